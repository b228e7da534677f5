// SPDX-License-Identifier: GPL-3.0-or-later
#include <db/connection.h>

#include <QCoreApplication>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSqlDriver>
#include <QSqlError>
#include <QUuid>

#include <sqlite3.h>

namespace ioc::db {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Database)
};

sqlite3 *handle(const QSqlDatabase &database)
{
    const QVariant driver = database.driver()->handle();
    return driver.isValid() && qstrcmp(driver.typeName(), "sqlite3*") == 0 ? *static_cast<sqlite3 *const *>(driver.constData()) : nullptr;
}

} // namespace

Error errorFrom(const QSqlError &error, const QString &what)
{
    const QString detail = QStringLiteral("%1 [%2] %3").arg(error.text(), error.nativeErrorCode(), what);
    switch (error.nativeErrorCode().toInt() & 0xff) { // SQLite's primary result code
    case SQLITE_FULL: return {ErrorCode::Full, Words::tr("The disk is full: the change was not saved. Free some space and try again."), detail};
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return {ErrorCode::ReadOnly, Words::tr("The database cannot be written to. Check the rights of its folder and start again."), detail};
    case SQLITE_CANTOPEN: return {ErrorCode::NotFound, Words::tr("The database file cannot be opened. Check that its folder exists and may be written to."), detail};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return {ErrorCode::Damaged, Words::tr("The database file is damaged."), detail};
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return {ErrorCode::Busy, Words::tr("The database is in use by another program. Close it and try again."), detail};
    case SQLITE_INTERRUPT: return {ErrorCode::Cancelled, Words::tr("Stopped."), detail};
    case SQLITE_IOERR: return {ErrorCode::Full, Words::tr("The disk does not take the change. Check that it has space and is healthy, then try again."), detail};
    default: return {ErrorCode::Internal, Words::tr("The database reports a fault. Please report it to the administrator."), detail};
    }
}

Result<std::unique_ptr<Connection>> Connection::open(const Options &options)
{
    auto connection = std::unique_ptr<Connection>(new Connection(QUuid::createUuid().toString()));
    connection->m_database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), connection->m_name);
    QSqlDatabase &database = connection->m_database;
    if (!options.mayCreate && !QFileInfo::exists(options.path))
        return failure(ErrorCode::NotFound, Words::tr("The database file cannot be opened. Check that its folder exists and may be written to."), options.path);
    database.setDatabaseName(options.path);
    database.setConnectOptions(options.readOnly ? QStringLiteral("QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=5000")
                                                : QStringLiteral("QSQLITE_BUSY_TIMEOUT=5000"));
    if (!database.open())
        return std::unexpected(errorFrom(database.lastError(), options.path));
    connection->m_sqlite = handle(database);
    if (connection->m_sqlite)
        sqlite3_extended_result_codes(connection->m_sqlite, 1);
    QStringList pragmas{QStringLiteral("PRAGMA cache_size=-%1").arg(options.cacheKib), QStringLiteral("PRAGMA temp_store=MEMORY"),
                        QStringLiteral("PRAGMA foreign_keys=OFF"), QStringLiteral("PRAGMA trusted_schema=OFF")};
    if (!options.readOnly)
        pragmas << QStringLiteral("PRAGMA journal_mode=WAL") << QStringLiteral("PRAGMA synchronous=FULL")
                << QStringLiteral("PRAGMA journal_size_limit=67108864");
    for (const QString &pragma : std::as_const(pragmas)) {
        if (const auto done = connection->exec(pragma); !done)
            return std::unexpected(done.error());
    }
    // Reading the schema is what notices a file that is no database.
    if (const auto schema = connection->integer(QStringLiteral("SELECT count(*) FROM sqlite_schema")); !schema)
        return std::unexpected(schema.error());
    return connection;
}

/// A statement being run, taken out of the kept ones so that nobody else runs or drops it; put back when done with.
class Connection::Running
{
public:
    Running(Connection &connection, QString sql, Statement statement)
        : m_connection(&connection), m_sql(std::move(sql)), m_statement(std::move(statement))
    {
    }
    Running(Running &&other) noexcept = default;
    Running &operator=(Running &&) = delete;
    ~Running()
    {
        constexpr size_t kept = 256;
        if (!m_statement.query)
            return;
        m_statement.query->finish();
        if (m_connection->m_idle.size() >= kept)
            m_connection->m_idle.clear(); // rare: statements are written once, only filters of lists vary
        m_connection->m_idle.insert_or_assign(m_sql, std::move(m_statement));
    }
    QSqlQuery &query() { return *m_statement.query; }

private:
    Connection *m_connection;
    QString m_sql;
    Statement m_statement;
};

Connection::~Connection()
{
    m_idle.clear();
    m_idleScans.clear();
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_name);
}

Result<Connection::Running> Connection::run(const QString &sql, const QVariantList &parameters)
{
    Statement statement;
    if (auto idle = m_idle.extract(sql)) {
        statement = std::move(idle.mapped());
    } else {
        statement = {std::make_unique<QSqlQuery>(m_database), parameters.size()};
        statement.query->setForwardOnly(true);
        if (!statement.query->prepare(sql))
            return std::unexpected(errorFrom(statement.query->lastError(), sql));
    }
    if (parameters.size() != statement.parameters) // or what was bound last time would stand in for the missing ones
        return failure(ErrorCode::Internal, Words::tr("The database reports a fault. Please report it to the administrator."),
                       QStringLiteral("%1 parameters for %2").arg(parameters.size()).arg(sql));
    for (qsizetype i = 0; i < parameters.size(); ++i)
        statement.query->bindValue(static_cast<int>(i), parameters[i]);
    if (!statement.query->exec())
        return std::unexpected(errorFrom(statement.query->lastError(), sql));
    return Running(*this, sql, std::move(statement));
}

Error Connection::nothingFound(const QString &sql)
{
    return {ErrorCode::NotFound, Words::tr("This record is no longer there."), sql};
}

Result<qint64> Connection::exec(const QString &sql, const QVariantList &parameters)
{
    auto running = run(sql, parameters);
    if (!running)
        return std::unexpected(running.error());
    const qint64 rows = running->query().numRowsAffected();
    if (sql.startsWith(QStringLiteral("INSERT"), Qt::CaseInsensitive))
        m_lastKey = running->query().lastInsertId().toLongLong();
    return rows;
}

Result<void> Connection::each(const QString &sql, const QVariantList &parameters, const std::function<bool(const Row &)> &each)
{
    auto running = run(sql, parameters);
    if (!running)
        return std::unexpected(running.error());
    QSqlQuery &query = running->query();
    const Row row(query);
    while (query.next()) {
        if (!each(row))
            return {};
    }
    if (query.lastError().isValid())
        return std::unexpected(errorFrom(query.lastError(), sql));
    return {};
}

namespace {

void bindOne(sqlite3_stmt *statement, int at, const QVariant &value)
{
    if (value.isNull()) {
        sqlite3_bind_null(statement, at);
        return;
    }
    switch (value.typeId()) {
    case QMetaType::QByteArray: {
        const QByteArray bytes = value.toByteArray();
        sqlite3_bind_blob64(statement, at, bytes.constData(), static_cast<sqlite3_uint64>(bytes.size()), SQLITE_TRANSIENT);
        break;
    }
    case QMetaType::Double: sqlite3_bind_double(statement, at, value.toDouble()); break;
    case QMetaType::QString: {
        const QByteArray text = value.toString().toUtf8();
        sqlite3_bind_text64(statement, at, text.constData(), static_cast<sqlite3_uint64>(text.size()), SQLITE_TRANSIENT, SQLITE_UTF8);
        break;
    }
    default: sqlite3_bind_int64(statement, at, value.toLongLong()); break;
    }
}

Error errorOf(sqlite3 *raw, const QString &what)
{
    return errorFrom(QSqlError(QString(), QString::fromUtf8(sqlite3_errmsg(raw)), QSqlError::StatementError, QString::number(sqlite3_extended_errcode(raw))), what);
}

} // namespace

Result<void> Connection::scan(const QString &sql, const QVariantList &parameters, const std::function<bool(const ScanRow &)> &each)
{
    auto statement = prepared(sql);
    if (!statement)
        return std::unexpected(statement.error());
    sqlite3_stmt *running = statement->get();
    if (parameters.size() != sqlite3_bind_parameter_count(running))
        return failure(ErrorCode::Internal, Words::tr("The database reports a fault. Please report it to the administrator."),
                       QStringLiteral("%1 parameters for %2").arg(parameters.size()).arg(sql));
    for (qsizetype i = 0; i < parameters.size(); ++i)
        bindOne(running, static_cast<int>(i) + 1, parameters[i]);
    const ScanRow row(running);
    int step = sqlite3_step(running);
    while (step == SQLITE_ROW && each(row))
        step = sqlite3_step(running);
    if (step != SQLITE_DONE && step != SQLITE_ROW)
        return std::unexpected(errorOf(m_sqlite, sql)); // and the statement is dropped
    sqlite3_reset(running);
    constexpr size_t kept = 64;
    if (m_idleScans.size() >= kept)
        m_idleScans.clear(); // filters of lists vary
    m_idleScans.insert_or_assign(sql, std::move(*statement));
    return {};
}

void Connection::Finalize::operator()(sqlite3_stmt *statement) const
{
    sqlite3_finalize(statement);
}

// Taken out of the kept ones, so that a scan within a scan has a statement of its own.
Result<Connection::ScanStatement> Connection::prepared(const QString &sql)
{
    if (auto idle = m_idleScans.extract(sql))
        return std::move(idle.mapped());
    if (!m_sqlite)
        return failure(ErrorCode::Unsupported, Words::tr("The database reports a fault. Please report it to the administrator."), sql);
    const QByteArray text = sql.toUtf8();
    sqlite3_stmt *fresh = nullptr;
    if (sqlite3_prepare_v2(m_sqlite, text.constData(), static_cast<int>(text.size()), &fresh, nullptr) != SQLITE_OK)
        return std::unexpected(errorOf(m_sqlite, sql));
    return ScanStatement(fresh);
}

bool ScanRow::isNull(int column) const { return sqlite3_column_type(m_statement, column) == SQLITE_NULL; }
qint64 ScanRow::integer(int column) const { return sqlite3_column_int64(m_statement, column); }
double ScanRow::real(int column) const { return sqlite3_column_double(m_statement, column); }

QByteArrayView ScanRow::bytes(int column) const
{
    const void *data = sqlite3_column_blob(m_statement, column);
    return {static_cast<const char *>(data), data ? sqlite3_column_bytes(m_statement, column) : 0};
}

Result<qint64> Connection::integer(const QString &sql, const QVariantList &parameters, qint64 otherwise)
{
    qint64 found = otherwise;
    return each(sql, parameters, [&](const Row &row) {
               found = row.integer(0);
               return false;
           }).transform([&] { return found; });
}

Result<void> Connection::script(const QString &sql)
{
    const auto blank = [](const QString &text) {
        static const QRegularExpression comments(QStringLiteral(R"(--[^\n]*|/\*.*?\*/)"), QRegularExpression::DotMatchesEverythingOption);
        return QString(text).remove(comments).trimmed().isEmpty();
    };
    QString statement;
    const QStringList pieces = sql.split(u';');
    for (qsizetype i = 0; i < pieces.size(); ++i) {
        statement += pieces[i];
        const bool last = i + 1 == pieces.size();
        if (!last)
            statement += u';';
        if (!last && !sqlite3_complete(statement.toUtf8().constData()))
            continue; // that ";" stood in a trigger, a text or a comment
        if (!blank(QString(statement).remove(u';'))) {
            if (const auto done = exec(statement.trimmed()); !done)
                return std::unexpected(done.error());
        }
        statement.clear();
    }
    m_idle.clear(); // schema statements are not run twice
    m_idleScans.clear();
    return {};
}

Result<void> Connection::checkpoint()
{
    return exec(QStringLiteral("PRAGMA wal_checkpoint(TRUNCATE)")).transform([](qint64) {});
}

void Connection::interrupt()
{
    if (m_sqlite)
        sqlite3_interrupt(m_sqlite);
}

void Connection::setCancelCheck(std::function<bool()> cancelled)
{
    sqlite3 *raw = handle(m_database);
    m_cancelled = std::move(cancelled);
    if (!raw)
        return;
    const auto ask = [](void *self) { return static_cast<Connection *>(self)->m_cancelled() ? 1 : 0; };
    if (m_cancelled)
        sqlite3_progress_handler(raw, 20'000, ask, this);
    else
        sqlite3_progress_handler(raw, 0, nullptr, nullptr);
}

Result<Transaction> Transaction::begin(Connection &connection, Durability durability)
{
    if (connection.dialect() == Dialect::Sqlite) {
        const auto level = connection.exec(durability == Durability::Full ? QStringLiteral("PRAGMA synchronous=FULL") : QStringLiteral("PRAGMA synchronous=NORMAL"));
        if (!level)
            return std::unexpected(level.error());
    }
    const auto begun = connection.exec(connection.dialect() == Dialect::Sqlite ? QStringLiteral("BEGIN IMMEDIATE") : QStringLiteral("BEGIN"));
    if (!begun)
        return std::unexpected(begun.error());
    return Transaction(connection);
}

Result<Transaction> Transaction::beginReading(Connection &connection)
{
    const auto begun = connection.exec(connection.dialect() == Dialect::Sqlite ? QStringLiteral("BEGIN DEFERRED") : QStringLiteral("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"));
    if (!begun)
        return std::unexpected(begun.error());
    return Transaction(connection);
}

Transaction::~Transaction()
{
    if (m_connection)
        (void)m_connection->exec(QStringLiteral("ROLLBACK")); // nothing left to do about a failed rollback: the file's journal does it
}

Result<void> Transaction::commit()
{
    Q_ASSERT(m_connection);
    const auto done = m_connection->exec(QStringLiteral("COMMIT"));
    if (!done)
        return std::unexpected(done.error());
    m_connection = nullptr;
    return {};
}

} // namespace ioc::db
