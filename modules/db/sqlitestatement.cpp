// SPDX-License-Identifier: GPL-3.0-or-later
#include <db/connection.h>
#include <db/sqlitestatement.h>

#include <QCoreApplication>
#include <QSqlError>

#include <sqlite3.h>

namespace ioc::db {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Database)
};

Error errorOf(sqlite3 *database, const QString &sql)
{
    return errorFrom(QSqlError(QString(), QString::fromUtf8(sqlite3_errmsg(database)), QSqlError::StatementError,
                               QString::number(sqlite3_extended_errcode(database))), sql);
}

} // namespace

void SqliteStatement::Finalize::operator()(sqlite3_stmt *statement) const
{
    sqlite3_finalize(statement);
}

Result<SqliteStatement> SqliteStatement::prepare(sqlite3 *database, const QString &sql)
{
    const QByteArray text = sql.toUtf8();
    sqlite3_stmt *statement = nullptr;
    if (sqlite3_prepare_v3(database, text.constData(), static_cast<int>(text.size()), SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK)
        return std::unexpected(errorOf(database, sql));
    if (!statement)
        return failure(ErrorCode::Internal, Words::tr("The database reports a fault. Please report it to the administrator."), QStringLiteral("no statement: ") + sql);
    return SqliteStatement(statement);
}

Error SqliteStatement::error() const
{
    return errorOf(sqlite3_db_handle(m_statement.get()), QString::fromUtf8(sqlite3_sql(m_statement.get())));
}

void SqliteStatement::bind(int at, const QVariant &value)
{
    sqlite3_stmt *statement = m_statement.get();
    const auto keep = [this](QByteArray bytes) -> const QByteArray & { return m_bound.emplace_back(std::move(bytes)); };
    switch (value.typeId()) {
    case QMetaType::UnknownType:
    case QMetaType::Nullptr: sqlite3_bind_null(statement, at); break;
    case QMetaType::QByteArray:
        if (const QByteArray &bytes = keep(value.toByteArray()); bytes.isNull())
            sqlite3_bind_null(statement, at);
        else
            sqlite3_bind_blob64(statement, at, bytes.constData(), static_cast<sqlite3_uint64>(bytes.size()), SQLITE_STATIC);
        break;
    case QMetaType::QString:
        if (const QString text = value.toString(); text.isNull()) {
            sqlite3_bind_null(statement, at);
        } else {
            const QByteArray &bytes = keep(text.toUtf8());
            sqlite3_bind_text64(statement, at, bytes.constData(), static_cast<sqlite3_uint64>(bytes.size()), SQLITE_STATIC, SQLITE_UTF8);
        }
        break;
    case QMetaType::Double:
    case QMetaType::Float: sqlite3_bind_double(statement, at, value.toDouble()); break;
    default: sqlite3_bind_int64(statement, at, value.toLongLong()); break;
    }
}

Result<void> SqliteStatement::run(const QVariantList &parameters, const std::function<bool(const Row &)> &each)
{
    sqlite3_stmt *statement = m_statement.get();
    if (parameters.size() != sqlite3_bind_parameter_count(statement)) // or what was bound last time would stand in for the missing ones
        return failure(ErrorCode::Internal, Words::tr("The database reports a fault. Please report it to the administrator."),
                       QStringLiteral("%1 parameters for %2").arg(parameters.size()).arg(QString::fromUtf8(sqlite3_sql(statement))));
    for (qsizetype i = 0; i < parameters.size(); ++i)
        bind(static_cast<int>(i) + 1, parameters[i]);
    return runBound(each);
}

Result<void> SqliteStatement::run(const std::function<void(Bindings &)> &bind, const std::function<bool(const Row &)> &each)
{
    Bindings bindings(*this);
    bind(bindings);
    return runBound(each);
}

Result<void> SqliteStatement::runBound(const std::function<bool(const Row &)> &each)
{
    sqlite3_stmt *statement = m_statement.get();
    const Row row(statement);
    int step = sqlite3_step(statement);
    while (step == SQLITE_ROW && each(row))
        step = sqlite3_step(statement);
    if (step != SQLITE_DONE && step != SQLITE_ROW)
        return std::unexpected(error());
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement); // of what ends here
    m_bound.clear();
    return {};
}

void Bindings::integer(int at, qint64 value)
{
    sqlite3_bind_int64(m_statement.m_statement.get(), at, value);
}

void Bindings::real(int at, double value)
{
    sqlite3_bind_double(m_statement.m_statement.get(), at, value);
}

void Bindings::text(int at, QByteArrayView utf8)
{
    sqlite3_bind_text64(m_statement.m_statement.get(), at, utf8.constData(), static_cast<sqlite3_uint64>(utf8.size()), SQLITE_STATIC, SQLITE_UTF8);
}

void Bindings::bytes(int at, QByteArrayView bytes)
{
    sqlite3_bind_blob64(m_statement.m_statement.get(), at, bytes.constData(), static_cast<sqlite3_uint64>(bytes.size()), SQLITE_STATIC);
}

void Bindings::value(int at, const QVariant &value)
{
    m_statement.bind(at, value);
}

} // namespace ioc::db
