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

QString tr(const char *text)
{
    return QCoreApplication::translate("Database", text);
}

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
    case SQLITE_FULL: return {ErrorCode::Full, tr("The disk is full: the change was not saved. Free some space and try again."), detail};
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return {ErrorCode::ReadOnly, tr("The database cannot be written to. Check the rights of its folder and start again."), detail};
    case SQLITE_CANTOPEN: return {ErrorCode::NotFound, tr("The database file cannot be opened. Check that its folder exists and may be written to."), detail};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return {ErrorCode::Damaged, tr("The database file is damaged."), detail};
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return {ErrorCode::Busy, tr("The database is in use by another program. Close it and try again."), detail};
    case SQLITE_INTERRUPT: return {ErrorCode::Cancelled, tr("Stopped."), detail};
    case SQLITE_IOERR: return {ErrorCode::Full, tr("The disk does not take the change. Check that it has space and is healthy, then try again."), detail};
    default: return {ErrorCode::Internal, tr("The database reports a fault. Please report it to the administrator."), detail};
    }
}

Result<std::unique_ptr<Connection>> Connection::open(const Options &options)
{
    auto connection = std::unique_ptr<Connection>(new Connection(QUuid::createUuid().toString()));
    connection->m_database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), connection->m_name);
    QSqlDatabase &database = connection->m_database;
    if (!options.mayCreate && !QFileInfo::exists(options.path))
        return failure(ErrorCode::NotFound, tr("The database file cannot be opened. Check that its folder exists and may be written to."), options.path);
    database.setDatabaseName(options.path);
    database.setConnectOptions(options.readOnly ? QStringLiteral("QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=5000")
                                                : QStringLiteral("QSQLITE_BUSY_TIMEOUT=5000"));
    if (!database.open())
        return std::unexpected(errorFrom(database.lastError(), options.path));
    if (sqlite3 *raw = handle(database))
        sqlite3_extended_result_codes(raw, 1);
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

Connection::~Connection()
{
    m_prepared.clear();
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_name);
}

Result<QSqlQuery *> Connection::run(const QString &sql, const QVariantList &parameters)
{
    auto &query = m_prepared[sql];
    if (!query) {
        auto fresh = std::make_unique<QSqlQuery>(m_database);
        fresh->setForwardOnly(true);
        if (!fresh->prepare(sql)) {
            m_prepared.erase(sql);
            return std::unexpected(errorFrom(fresh->lastError(), sql));
        }
        query = std::move(fresh);
    }
    for (qsizetype i = 0; i < parameters.size(); ++i)
        query->bindValue(static_cast<int>(i), parameters[i]);
    if (!query->exec()) {
        const Error error = errorFrom(query->lastError(), sql);
        m_prepared.erase(sql);
        return std::unexpected(error);
    }
    return query.get();
}

Result<qint64> Connection::exec(const QString &sql, const QVariantList &parameters)
{
    const auto query = run(sql, parameters);
    if (!query)
        return std::unexpected(query.error());
    const qint64 rows = (*query)->numRowsAffected();
    if (sql.startsWith(QStringLiteral("INSERT"), Qt::CaseInsensitive))
        m_lastKey = (*query)->lastInsertId().toLongLong();
    (*query)->finish();
    return rows;
}

Result<void> Connection::each(const QString &sql, const QVariantList &parameters, const std::function<bool(const Row &)> &each)
{
    const auto query = run(sql, parameters);
    if (!query)
        return std::unexpected(query.error());
    const Row row(**query);
    while ((*query)->next()) {
        if (!each(row))
            break;
    }
    const QSqlError error = (*query)->lastError();
    (*query)->finish();
    if (error.isValid())
        return std::unexpected(errorFrom(error, sql));
    return {};
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
    static const QRegularExpression ends(QStringLiteral(R"(;[ \t]*(\n|$))"));
    const QStringList statements = sql.split(ends, Qt::SkipEmptyParts);
    for (const QString &statement : statements) {
        if (statement.trimmed().isEmpty())
            continue;
        if (const auto done = exec(statement.trimmed()); !done)
            return std::unexpected(done.error());
    }
    m_prepared.clear(); // schema statements are not run twice
    return {};
}

Result<void> Connection::checkpoint()
{
    return exec(QStringLiteral("PRAGMA wal_checkpoint(TRUNCATE)")).transform([](qint64) {});
}

void Connection::interrupt()
{
    if (sqlite3 *raw = handle(m_database))
        sqlite3_interrupt(raw);
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
    const auto done = m_connection->exec(QStringLiteral("COMMIT"));
    if (!done)
        return std::unexpected(done.error());
    m_connection = nullptr;
    return {};
}

} // namespace ioc::db
