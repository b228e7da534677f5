// SPDX-License-Identifier: GPL-3.0-or-later
#include <db/connection.h>
#include <db/schema.h>

#include <QCoreApplication>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QSqlDriver>
#include <QSqlError>
#include <QThread>
#include <QUuid>

#include <algorithm>
#include <iterator>

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
    connection->m_options = options;
    connection->m_dialect = options.server ? Dialect::PostgreSql : Dialect::Sqlite;
    if (!options.server && !options.mayCreate && !QFileInfo::exists(options.path))
        return failure(ErrorCode::NotFound, Words::tr("The database file cannot be opened. Check that its folder exists and may be written to."), options.path);
    if (options.server) {
        auto session = openServer(*options.server, options.readOnly);
        if (!session)
            return std::unexpected(session.error());
        connection->m_server = std::move(*session);
        return connection;
    }
    connection->m_database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), connection->m_name);
    if (auto opened = openSqlite(*connection, options); !opened)
        return std::unexpected(opened.error());
    return connection;
}

Result<void> Connection::openSqlite(Connection &connection, const Options &options)
{
    QSqlDatabase &database = connection.m_database;
    database.setDatabaseName(options.path);
    database.setConnectOptions(options.readOnly ? QStringLiteral("QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=5000")
                                                : QStringLiteral("QSQLITE_BUSY_TIMEOUT=5000"));
    if (!database.open())
        return std::unexpected(errorFrom(database.lastError(), options.path));
    connection.m_sqlite = handle(database);
    if (!connection.m_sqlite)
        return failure(ErrorCode::Unsupported, Words::tr("The database reports a fault. Please report it to the administrator."), QStringLiteral("the driver has no handle"));
    sqlite3_extended_result_codes(connection.m_sqlite, 1);
    QStringList pragmas{QStringLiteral("PRAGMA cache_size=-%1").arg(options.cacheKib), QStringLiteral("PRAGMA temp_store=MEMORY"),
                        QStringLiteral("PRAGMA foreign_keys=OFF"), QStringLiteral("PRAGMA trusted_schema=OFF")};
    if (!options.readOnly)
        pragmas << QStringLiteral("PRAGMA journal_mode=WAL") << QStringLiteral("PRAGMA synchronous=FULL")
                << QStringLiteral("PRAGMA journal_size_limit=67108864")
                // A page of an index that many commits touch is put into the file once per checkpoint: with one every 32 MiB
                // (8,000 pages; the default is 1,000) inserts of 90,000 complaints took 3.3 s rather than 5.1.
                << QStringLiteral("PRAGMA wal_autocheckpoint=8000");
    for (const QString &pragma : std::as_const(pragmas)) {
        if (const auto done = connection.exec(pragma); !done)
            return std::unexpected(done.error());
    }
    // Reading the schema is what notices a file that is no database.
    return connection.integer(QStringLiteral("SELECT count(*) FROM sqlite_schema")).transform([](qint64) {});
}

// What was begun on the lost connection is over, so nothing of it may go on as if it were a statement of its own.
Result<void> Connection::reconnect()
{
    constexpr qint64 pauseMs = 250;
    const bool tooSoon = m_lastAttempt.isValid() && !m_lastAttempt.hasExpired(pauseMs);
    if (m_inTransaction || tooSoon)
        return failure(ErrorCode::Busy, Words::tr("The database server does not answer just now. Try again in a moment."), m_options.server->toString());
    m_lastAttempt.start();
    m_server.reset();
    auto session = openServer(*m_options.server, m_options.readOnly);
    if (!session)
        return std::unexpected(session.error());
    m_server = std::move(*session);
    m_isLost = false;
    m_lastAttempt.invalidate();
    return {};
}

Connection::~Connection()
{
    m_idle.clear();
    if (m_dialect == Dialect::PostgreSql)
        return;
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_name);
}

QString Connection::Insert::ofRows(qsizetype rows) const
{
    const QString marks = QStringLiteral("(?") + QStringLiteral(", ?").repeated(columns.count(u',')) + u')';
    return QStringLiteral("INSERT INTO %1 (%2) VALUES ").arg(table, columns) + QStringList(rows, marks).join(QStringLiteral(", ")) + tail;
}

Result<void> Connection::insertLater(const Insert &insert, const QVariantList &row)
{
    if (m_dialect == Dialect::Sqlite || !m_inTransaction) {
        return exec(insert.ofRows(1), row).and_then([&](qint64 rows) -> Result<void> {
            m_collided = m_collided || rows == 0;
            return rows == 1 ? Result<void>() : failure(ErrorCode::Busy, Words::tr("The database has too much to do just now. Try again in a moment."), insert.table);
        });
    }
    auto same = std::ranges::find(m_waiting, insert.table, [](const Waiting &waiting) { return waiting.insert.table; });
    if (same == m_waiting.end())
        same = m_waiting.insert(same, Waiting{.insert = insert, .rows = {}});
    same->rows += row;
    ++same->count;
    return {};
}

// Before \a next. What a rollback undoes need not be done.
Result<void> Connection::insertWaiting(const QString &next)
{
    const auto waiting = std::exchange(m_waiting, {});
    if (next.startsWith(u"ROLLBACK"))
        return {};
    for (const Waiting &one : waiting) {
        const auto done = insertNow(one.insert, one.rows, one.count);
        if (!done && !m_collided)
            return std::unexpected(done.error());
        if (done && *done == one.count)
            continue;
        m_collided = m_lacksRows = true;
        return failure(ErrorCode::Busy, Words::tr("The database has too much to do just now. Try again in a moment."), one.insert.table);
    }
    return {};
}

Result<qint64> Connection::insert(const Insert &insert, const QVariantList &values, qsizetype count)
{
    if (count == 0)
        return 0;
    if (!m_waiting.empty()) {
        if (const auto done = insertWaiting(insert.table); !done)
            return std::unexpected(done.error());
    }
    return insertNow(insert, values, count);
}

Result<qint64> Connection::insertNow(const Insert &insert, const QVariantList &values, qsizetype count)
{
    constexpr qsizetype worthCopying = 8; // fewer are put in sooner by a statement that is prepared
    if (m_server && count >= worthCopying) {
        auto all = answered(m_server->insert(insert.table, insert.columns, values));
        if (!all)
            return std::unexpected(all.error());
        if (*all)
            return (*all)->touched();
    }
    constexpr qsizetype largest = 64; // in groups of few sizes, so that the statements stay prepared
    const qsizetype width = values.size() / count;
    qint64 out = 0;
    for (qsizetype from = 0, rows = largest; from < count; from += rows) {
        while (rows > count - from)
            rows /= 4;
        const QString sql = insert.ofRows(rows);
        const QVariantList those = values.mid(from * width, rows * width);
        const auto done = m_server ? runOnce(sql, those).transform([](const auto &answer) { return answer->touched(); }) : execOnSqlite(sql, those);
        if (!done) { // of a statement as long as many rows
            constexpr qsizetype enough = 300;
            Error error = done.error();
            error.detail.truncate(enough);
            return std::unexpected(std::move(error));
        }
        out += *done;
    }
    return out;
}

Connection::Answered Connection::runOnServer(const QString &sql, const QVariantList &parameters)
{
    if (!m_waiting.empty()) {
        if (const auto done = insertWaiting(sql); !done)
            return std::unexpected(done.error());
    }
    if (m_isLost) {
        if (auto back = reconnect(); !back)
            return std::unexpected(back.error());
    }
    auto answer = runOnce(sql, parameters);
    // A server that was restarted is noticed by the first statement after it: one that changes nothing is given to the new one.
    const bool repeatable = sql.startsWith(u"SELECT") || sql.startsWith(u"BEGIN");
    if (answer || !m_isLost || m_inTransaction || !repeatable || !reconnect())
        return answer;
    return runOnce(sql, parameters);
}

Connection::Answered Connection::runOnce(const QString &sql, const QVariantList &parameters)
{
    return answered(m_server->run(sql, parameters));
}

Connection::Answered Connection::answered(ServerSession::Answer answer)
{
    if (answer)
        return std::move(*answer);
    m_isLost = m_isLost || answer.error().isLost;
    m_isSpoilt = m_isSpoilt || m_inTransaction;
    m_collided = m_collided || answer.error().collided;
    return std::unexpected(std::move(answer.error().error));
}

Error Connection::nothingFound(const QString &sql)
{
    return {ErrorCode::NotFound, Words::tr("This record is no longer there."), sql};
}

Result<qint64> Connection::exec(const QString &sql, const QVariantList &parameters)
{
    if (m_dialect == Dialect::PostgreSql) {
        const auto answer = runOnServer(sql, parameters);
        if (!answer)
            return std::unexpected(answer.error());
        if (sql.startsWith(u"ROLLBACK TO"))
            m_isSpoilt = false;
        return (*answer)->touched();
    }
    return execOnSqlite(sql, parameters);
}

Result<qint64> Connection::execBound(const QString &sql, const std::function<void(Bindings &)> &bind)
{
    Q_ASSERT(m_dialect == Dialect::Sqlite);
    return execOnSqlite(sql, bind);
}

template <typename Parameters>
Result<qint64> Connection::execOnSqlite(const QString &sql, const Parameters &parameters)
{
    const bool inserts = sql.startsWith(u"INSERT", Qt::CaseInsensitive);
    if (inserts)
        sqlite3_set_last_insert_rowid(m_sqlite, 0); // or one that updates would leave the key of another
    const auto done = runOnSqlite(sql, parameters, [](const Row &) { return true; });
    if (!done)
        return std::unexpected(done.error());
    if (inserts)
        m_lastKey = sqlite3_last_insert_rowid(m_sqlite);
    return sqlite3_changes64(m_sqlite);
}

Result<void> Connection::each(const QString &sql, const QVariantList &parameters, const std::function<bool(const Row &)> &each)
{
    return m_dialect == Dialect::Sqlite ? runOnSqlite(sql, parameters, each) : eachOnServer(sql, parameters, each);
}

Result<void> Connection::eachAside(const QString &sql, const QVariantList &parameters, const std::function<bool(const Row &)> &each)
{
    auto waiting = std::exchange(m_waiting, {});
    auto done = this->each(sql, parameters, each);
    m_waiting.insert(m_waiting.begin(), std::make_move_iterator(waiting.begin()), std::make_move_iterator(waiting.end()));
    return done;
}

// Taken out of the kept ones while it runs, so that the same statement within it has one of its own.
template <typename Parameters>
Result<void> Connection::runOnSqlite(const QString &sql, const Parameters &parameters, const std::function<bool(const Row &)> &each)
{
    auto idle = m_idle.extract(sql);
    auto statement = idle ? Result<SqliteStatement>(std::move(idle.mapped())) : SqliteStatement::prepare(m_sqlite, sql);
    if (!statement)
        return std::unexpected(statement.error());
    if (auto done = statement->run(parameters, each); !done)
        return done;
    constexpr size_t kept = 256;
    if (m_idle.size() >= kept)
        m_idle.clear(); // rare: statements are written once, only filters of lists vary
    m_idle.insert_or_assign(sql, std::move(*statement));
    return {};
}

Result<void> Connection::eachOnServer(const QString &sql, const QVariantList &parameters, const std::function<bool(const Row &)> &each)
{
    const auto answer = runOnServer(sql, parameters);
    if (!answer)
        return std::unexpected(answer.error());
    const int rows = (*answer)->rows();
    for (int i = 0; i < rows; ++i) {
        if (!each(Row(**answer, i)))
            break;
    }
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

Result<bool> Connection::hasTable(const QString &name)
{
    const auto tables = m_dialect == Dialect::Sqlite ? integer(QStringLiteral("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?"), {name})
                                                     : integer(QStringLiteral("SELECT count(to_regclass(?))"), {quoted(name)});
    return tables.transform([](qint64 count) { return count == 1; });
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
    if (m_server)
        m_server->forgetStatements();
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

void pauseAfter(int attempt)
{
    QThread::sleep(std::chrono::milliseconds(QRandomGenerator::global()->bounded(1, 10 << std::min(attempt, 6))));
}

Result<Transaction> Transaction::begun(Connection &connection, const QString &sql)
{
    const auto begun = connection.exec(sql);
    if (!begun)
        return std::unexpected(begun.error());
    connection.m_inTransaction = true;
    connection.m_isSpoilt = connection.m_lacksRows = false;
    return Transaction(connection);
}

Result<Transaction> Transaction::begin(Connection &connection, Durability durability)
{
    if (connection.dialect() == Dialect::PostgreSql) // as one message
        return begun(connection, durability == Durability::Full ? QStringLiteral("BEGIN") : QStringLiteral("BEGIN; SET LOCAL synchronous_commit = off"));
    const auto level = connection.exec(durability == Durability::Full ? QStringLiteral("PRAGMA synchronous=FULL") : QStringLiteral("PRAGMA synchronous=NORMAL"));
    if (!level)
        return std::unexpected(level.error());
    return begun(connection, QStringLiteral("BEGIN IMMEDIATE"));
}

Result<Transaction> Transaction::beginReading(Connection &connection)
{
    return begun(connection, connection.dialect() == Dialect::Sqlite ? QStringLiteral("BEGIN DEFERRED") : QStringLiteral("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"));
}

Transaction::~Transaction()
{
    if (!m_connection)
        return;
    m_connection->m_waiting.clear();
    if (!m_connection->m_isLost)
        (void)m_connection->exec(QStringLiteral("ROLLBACK")); // nothing left to do about a failed rollback: the file's journal does it
    m_connection->m_inTransaction = false;
}

Result<void> Transaction::commit()
{
    Q_ASSERT(m_connection);
    if (m_connection->m_isSpoilt || m_connection->m_lacksRows)
        return failure(ErrorCode::Internal, Words::tr("The database reports a fault. Please report it to the administrator."), QStringLiteral("COMMIT after a failure"));
    const auto done = m_connection->exec(QStringLiteral("COMMIT"));
    if (!done)
        return std::unexpected(done.error());
    m_connection->m_inTransaction = false;
    m_connection = nullptr;
    return {};
}

} // namespace ioc::db
