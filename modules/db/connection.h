// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <db/row.h>
#include <db/server.h>
#include <db/sqlitestatement.h>

#include <QElapsedTimer>
#include <QSqlDatabase>
#include <QVariantList>

#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

class QSqlError;

namespace ioc::db {

enum class Dialect { Sqlite, PostgreSql };

/// One connection, used by the one thread that opened it. Statements are prepared once and the latest some hundred kept.
/// One to a server that was lost is opened anew by the next statement outside a transaction; until that works, statements
/// fail as Busy.
class Connection
{
public:
    struct Options
    {
        QString path; ///< of the SQLite file
        std::optional<ServerAddress> server; ///< of the PostgreSQL database; then there is no path
        bool readOnly = false;
        bool mayCreate = true;
        int cacheKib = 8192;
    };
    static Result<std::unique_ptr<Connection>> open(const Options &options);
    ~Connection();
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    [[nodiscard]] Dialect dialect() const { return m_dialect; }

    /// Runs one statement with its parameters ("?", as many as there are); the number of rows it touched.
    Result<qint64> exec(const QString &sql, const QVariantList &parameters = {});
    /// Likewise, with parameters bound where they lie. SQLite only.
    Result<qint64> execBound(const QString &sql, const std::function<void(Bindings &)> &bind);
    /// An INSERT into one table.
    struct Insert
    {
        QString table;   ///< as it stands in SQL
        QString columns; ///< likewise, with commas between them
        QString tail = {}; ///< what follows the rows
        [[nodiscard]] QString ofRows(qsizetype rows) const;
    };
    /// Puts in \a count rows in their order, \a values being one behind the other; the number of those that were put in, where the tail passes over what is there already.
    /// On a server that is a failure with collided(), whatever the tail says, when there are several.
    Result<qint64> insert(const Insert &insert, const QVariantList &values, qsizetype count);
    /// One row. On a server it may wait, within a transaction, for others like it, which are put in with it: before
    /// anything else is done on this connection, at the latest by the commit. Should fewer rows be put in than were given (somebody else had
    /// them there), what comes next fails, as Busy, and collided() is true.
    Result<void> insertLater(const Insert &insert, const QVariantList &row);
    /// Runs \a each on every row, until it returns false. It may use this connection, too, with the same statement even.
    Result<void> each(const QString &sql, const QVariantList &parameters, const std::function<bool(const Row &)> &each);
    /// Likewise, for what has nothing to do with the rows that wait (insertLater()): they go on waiting.
    Result<void> eachAside(const QString &sql, const QVariantList &parameters, const std::function<bool(const Row &)> &each);
    /// The first row turned into a T; NotFound when there is none.
    template <typename T, typename Read>
    Result<T> one(const QString &sql, const QVariantList &parameters, Read read)
    {
        std::optional<T> found;
        const auto done = each(sql, parameters, [&](const Row &row) {
            found = read(row);
            return false;
        });
        if (!done)
            return std::unexpected(done.error());
        if (!found)
            return std::unexpected(nothingFound(sql));
        return std::move(*found);
    }
    /// The integer in the first row and column; \a otherwise when there is no row.
    Result<qint64> integer(const QString &sql, const QVariantList &parameters = {}, qint64 otherwise = 0);
    /// Whether there is a table \a name.
    Result<bool> hasTable(const QString &name);
    /// Several statements, each ended by ";", without parameters: for schema scripts. Triggers, comments and texts with ";"
    /// in them are understood.
    Result<void> script(const QString &sql);
    /// Whether something failed, since this was asked last, because another transaction was in the way: see repeated().
    bool takeCollision() { return std::exchange(m_collided, false); }
    [[nodiscard]] bool collided() const { return m_collided; }

    /// The key that the last INSERT gave, 0 when it updated or did nothing. SQLite only.
    [[nodiscard]] qint64 lastKey() const { return m_lastKey; }
    /// Pages of the write-ahead log are put into the file and it is cut. SQLite only, as the next two.
    Result<void> checkpoint();
    /// Stops the statement now running; may be called from any thread.
    void interrupt();
    /// While set, statements end with Cancelled soon after \a cancelled returns true. Null takes it off again.
    void setCancelCheck(std::function<bool()> cancelled);

private:
    friend class Transaction;
    explicit Connection(QString name) : m_name(std::move(name)) {}
    using Answered = Result<std::unique_ptr<ServerAnswer>>;
    Answered runOnServer(const QString &sql, const QVariantList &parameters);
    Result<void> insertWaiting(const QString &next);
    Result<qint64> insertNow(const Insert &insert, const QVariantList &values, qsizetype count);
    Answered answered(ServerSession::Answer answer);
    Answered runOnce(const QString &sql, const QVariantList &parameters);
    template <typename Parameters>
    Result<void> runOnSqlite(const QString &sql, const Parameters &parameters, const std::function<bool(const Row &)> &each);
    template <typename Parameters>
    Result<qint64> execOnSqlite(const QString &sql, const Parameters &parameters);
    Result<void> eachOnServer(const QString &sql, const QVariantList &parameters, const std::function<bool(const Row &)> &each);
    static Result<void> openSqlite(Connection &connection, const Options &options);
    Result<void> reconnect();
    static Error nothingFound(const QString &sql);

    QString m_name;
    QSqlDatabase m_database; // SQLite's
    std::unique_ptr<ServerSession> m_server;
    sqlite3 *m_sqlite = nullptr; // of m_database, for interrupt() from another thread
    Dialect m_dialect = Dialect::Sqlite;
    std::unordered_map<QString, SqliteStatement> m_idle; // prepared and not running
    struct Waiting
    {
        Insert insert;
        QVariantList rows; ///< one behind the other
        qsizetype count = 0;
    };
    std::vector<Waiting> m_waiting; // in the order of their first rows
    qint64 m_lastKey = 0;
    Options m_options;           // to open it again
    QElapsedTimer m_lastAttempt; // to open it again
    bool m_isLost = false;
    bool m_inTransaction = false;
    bool m_isSpoilt = false; // PostgreSQL takes the COMMIT of a transaction in which something failed, and rolls it back
    bool m_lacksRows = false; // that were to be put in: it is not committed, whatever is undone
    bool m_collided = false;
    std::function<bool()> m_cancelled;
};

/// Rolls back unless committed. Not nested.
class Transaction
{
public:
    enum class Durability {
        Full,   ///< on the disk when commit() returns: what a person saved
        Normal, ///< may be lost by a power cut, never by a crash of the program: what central can send again
    };
    static Result<Transaction> begin(Connection &connection, Durability durability = Durability::Full);
    /// A transaction that only reads: everything in it sees one state of the database.
    static Result<Transaction> beginReading(Connection &connection);
    Transaction(const Transaction &) = delete;
    Transaction &operator=(const Transaction &) = delete;
    Transaction(Transaction &&other) noexcept : m_connection(std::exchange(other.m_connection, nullptr)) {}
    Transaction &operator=(Transaction &&) = delete;
    ~Transaction();
    /// Once. When it fails, nothing was kept.
    Result<void> commit();

private:
    explicit Transaction(Connection &connection) : m_connection(&connection) {}
    static Result<Transaction> begun(Connection &connection, const QString &sql);
    Connection *m_connection;
};

/// Waits a little, by chance more or less and longer after more attempts, so that two do not meet again and again.
void pauseAfter(int attempt);

/// Does \a work(Connection &) -> Result<T>, one transaction or more, and again for some times as long as another
/// transaction is in its way (a deadlock, the same key made twice at once).
template <typename Work>
auto repeated(Connection &connection, Work &work)
{
    constexpr int attempts = 10;
    for (int attempt = 1;; ++attempt) {
        connection.takeCollision();
        auto answer = work(connection);
        if (answer || !connection.takeCollision() || attempt == attempts)
            return answer;
        pauseAfter(attempt);
    }
}

/// A driver's error in terms of what the user can do.
Error errorFrom(const QSqlError &error, const QString &what);

} // namespace ioc::db
