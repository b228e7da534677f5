// SPDX-License-Identifier: GPL-3.0-or-later
#include <postgres/binaryform.h>
#include <postgres/numberedmarks.h>
#include <postgres/postgresfailure.h>
#include <postgres/postgressession.h>

#include <QCoreApplication>
#include <QVarLengthArray>
#include <QVariant>

#include <algorithm>

namespace ioc {

using db::ServerAddress;
using db::ServerFailure;
using db::ServerSession;

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Database)
};

constexpr int usualParameters = 64;

/// The values of a statement as libpq wants them. In binary form where the server's type is known and the value fits it, else as text, which the
/// server reads as it does what people write.
class Parameters
{
public:
    Parameters(const QVariantList &values, const QList<Oid> &types)
    {
        m_kept.reserve(values.size());
        for (qsizetype i = 0; i < values.size(); ++i)
            add(values[i], types[i]);
        for (const QByteArray &one : std::as_const(m_kept)) {
            m_values.append(one.isNull() ? nullptr : one.constData());
            m_lengths.append(static_cast<int>(one.size()));
        }
    }
    [[nodiscard]] int count() const { return static_cast<int>(m_values.size()); }
    [[nodiscard]] const char *const *values() const { return m_values.constData(); }
    [[nodiscard]] const int *lengths() const { return m_lengths.constData(); }
    [[nodiscard]] const int *formats() const { return m_formats.constData(); }

private:
    void put(QByteArray bytes, bool isBinaryForm)
    {
        m_kept.append(std::move(bytes));
        m_formats.append(isBinaryForm ? 1 : 0);
    }
    void add(const QVariant &value, Oid type)
    {
        if (isNull(value, type))
            return put(QByteArray(), false);
        QByteArray bytes("");
        const bool isInBinaryForm = putBinary(bytes, value, type);
        put(isInBinaryForm ? std::move(bytes) : QByteArray("") + value.toString().toUtf8(), isInBinaryForm); // empty is not NULL
    }

    QVarLengthArray<QByteArray, usualParameters> m_kept;
    QVarLengthArray<const char *, usualParameters> m_values;
    QVarLengthArray<int, usualParameters> m_lengths;
    QVarLengthArray<int, usualParameters> m_formats;
};

// A server's machine that vanished without a word is given up after some seconds.
QList<std::pair<QByteArray, QByteArray>> connectOptions(const ServerAddress &address)
{
    QList<std::pair<QByteArray, QByteArray>> out{{"connect_timeout", "5"}, {"application_name", "tourism-ioc-central"}, {"tcp_user_timeout", "15000"}, {"keepalives_idle", "10"},
                                                 {"keepalives_interval", "5"}, {"keepalives_count", "3"}, {"client_encoding", "UTF8"},
                                                 {"port", QByteArray::number(address.port)}, {"dbname", address.database.toUtf8()}};
    for (const auto &[name, value] : {std::pair("host", address.host), std::pair("user", address.user), std::pair("password", address.password)}) {
        if (!value.isEmpty())
            out.emplaceBack(name, value.toUtf8());
    }
    const auto own = address.options.split(u' ', Qt::SkipEmptyParts);
    for (const QString &one : own)
        out.emplaceBack(one.section(u'=', 0, 0).toUtf8(), one.section(u'=', 1).toUtf8());
    return out;
}

} // namespace

Result<std::unique_ptr<ServerSession>> PostgresSession::open(const ServerAddress &address, bool readOnly)
{
    const auto options = connectOptions(address);
    QList<const char *> names;
    QList<const char *> values;
    for (const auto &[name, value] : options) {
        names += name.constData();
        values += value.constData();
    }
    names += nullptr;
    values += nullptr;
    std::unique_ptr<PostgresSession> session(new PostgresSession(PQconnectdbParams(names.constData(), values.constData(), 0)));
    PGconn *connection = session->m_connection.get();
    if (PQstatus(connection) != CONNECTION_OK)
        return failure(ErrorCode::Busy, Words::tr("The database server %1 cannot be reached. Check that it runs, its address, and the account and password for it.").arg(address.toString()),
                       QString::fromUtf8(PQerrorMessage(connection)).trimmed());
    PQsetNoticeReceiver(connection, [](void *, const PGresult *) {}, nullptr); // it would write them to the log, values and all
    return session->begin(readOnly).transform([&]() -> std::unique_ptr<ServerSession> { return std::move(session); });
}

Result<void> PostgresSession::begin(bool readOnly)
{
    const auto known = run(QStringLiteral("SELECT current_setting('server_encoding')"), {});
    if (!known)
        return std::unexpected(known.error().error);
    const QString encoding = (*known)->rows() > 0 ? (*known)->text(0, 0) : QString();
    const int version = PQserverVersion(m_connection.get());
    constexpr int oldest = 150'000;
    if (encoding != u"UTF8" || version < oldest)
        return failure(ErrorCode::Unsupported, Words::tr("The database must be encoded in UTF-8 and its server PostgreSQL 15 or newer. Make one with “createdb --encoding=UTF8 --template=template0 NAME”."),
                       encoding + u' ' + QString::number(version));
    // Readers look at ranges of very different sizes: their plans are made for the values at hand.
    const QString session = QStringLiteral("SET client_min_messages = warning; SET bytea_output = hex; SET lock_timeout = '20s'; SET idle_in_transaction_session_timeout = '120s'; SET synchronous_commit = on")
                            + (readOnly ? QStringLiteral("; SET default_transaction_read_only = on; SET plan_cache_mode = force_custom_plan") : QString());
    if (const auto set = run(session, {}); !set)
        return std::unexpected(set.error().error);
    return {};
}

ServerFailure PostgresSession::failed(const PGresult *result, const QString &sql) const
{
    PGconn *connection = m_connection.get();
    const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
    const char *text = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : nullptr;
    const bool isLost = PQstatus(connection) == CONNECTION_BAD;
    const char *own = isLost ? "" : "XX000"; // the library's own fault
    ServerFailure out = postgresFailure(QString::fromLatin1(state ? state : own), QString::fromUtf8(text ? text : PQerrorMessage(connection)), sql);
    out.isLost = out.isLost || isLost;
    return out;
}

ServerSession::Answer PostgresSession::answered(PGresult *result, const QString &sql) const
{
    PostgresResult kept(result);
    const ExecStatusType status = PQresultStatus(result); // of none: PGRES_FATAL_ERROR
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
        return std::unexpected(failed(result, sql));
    return std::make_unique<PostgresAnswer>(std::move(kept));
}

std::expected<const PostgresSession::Statement *, ServerFailure> PostgresSession::prepared(const QString &sql)
{
    if (const auto found = m_statements.find(sql); found != m_statements.end())
        return &found->second;
    constexpr size_t kept = 1024;
    if (m_statements.size() >= kept) // rare: statements are written once, only filters of lists vary
        forgetStatements();
    Statement statement{.name = "s" + QByteArray::number(++m_named)};
    PGconn *connection = m_connection.get();
    const PostgresResult made(PQprepare(connection, statement.name.constData(), numberedMarks(sql).toUtf8().constData(), 0, nullptr));
    if (PQresultStatus(made.get()) != PGRES_COMMAND_OK)
        return std::unexpected(failed(made.get(), sql));
    const PostgresResult described(PQdescribePrepared(connection, statement.name.constData()));
    if (PQresultStatus(described.get()) != PGRES_COMMAND_OK)
        return std::unexpected(failed(described.get(), sql));
    for (int i = 0; i < PQnparams(described.get()); ++i)
        statement.parameters += PQparamtype(described.get(), i);
    for (int i = 0; i < PQnfields(described.get()); ++i)
        statement.columns += PQftype(described.get(), i);
    statement.isBinary = std::ranges::all_of(statement.columns, isBinary);
    return &m_statements.emplace(sql, std::move(statement)).first->second;
}

ServerSession::Answer PostgresSession::run(const QString &sql, const QVariantList &parameters)
{
    if (parameters.isEmpty()) // neither schema nor transaction statements can be prepared
        return answered(PQexec(m_connection.get(), sql.toUtf8().constData()), sql);
    const auto statement = prepared(sql);
    if (!statement)
        return std::unexpected(statement.error());
    if ((*statement)->parameters.size() != parameters.size())
        return std::unexpected(ServerFailure{.error = {ErrorCode::Internal, Words::tr("The database reports a fault. Please report it to the administrator."),
                                                       QStringLiteral("%1 parameters for %2").arg(parameters.size()).arg(sql)}});
    const Parameters given(parameters, (*statement)->parameters);
    auto answer = answered(PQexecPrepared(m_connection.get(), (*statement)->name.constData(), given.count(), given.values(), given.lengths(), given.formats(), (*statement)->isBinary ? 1 : 0), sql);
    if (!answer && answer.error().isStale)
        m_statements.erase(sql);
    return answer;
}

ServerSession::Answer PostgresSession::insert(const QString &table, const QString &columns, const QVariantList &values)
{
    const QString same = QStringLiteral("SELECT %1 FROM %2").arg(columns, table); // never run: it tells what the columns are
    const auto described = prepared(same);
    if (!described)
        return std::unexpected(described.error());
    const QList<Oid> &types = (*described)->columns;
    QByteArray data = copyHead();
    for (qsizetype from = 0; from < values.size(); from += types.size()) {
        if (!putCopyRow(data, values, from, types))
            return nullptr;
    }
    data += copyEnd();
    const QString sql = QStringLiteral("COPY %1 (%2) FROM STDIN (FORMAT binary)").arg(table, columns);
    auto answer = copied(sql, data);
    if (!answer)
        m_statements.erase(same); // the tables may be others by now
    return answer;
}

ServerSession::Answer PostgresSession::copied(const QString &sql, const QByteArray &data)
{
    PGconn *connection = m_connection.get();
    PostgresResult begun(PQexec(connection, sql.toUtf8().constData()));
    if (PQresultStatus(begun.get()) != PGRES_COPY_IN)
        return answered(begun.release(), sql);
    if (PQputCopyData(connection, data.constData(), static_cast<int>(data.size())) == 1)
        (void)PQputCopyEnd(connection, nullptr); // what went wrong is told by the result
    PostgresResult first(PQgetResult(connection));
    for (PostgresResult more(PQgetResult(connection)); more && PQstatus(connection) != CONNECTION_BAD;)
        more.reset(PQgetResult(connection));
    return answered(first.release(), sql);
}

// In a transaction that failed the server does nothing; then they stay.
void PostgresSession::forgetStatements()
{
    const PostgresResult done(PQexec(m_connection.get(), "DEALLOCATE ALL"));
    if (PQresultStatus(done.get()) == PGRES_COMMAND_OK)
        m_statements.clear();
}

void usePostgres()
{
    db::setServerOpener(&PostgresSession::open);
}

} // namespace ioc
