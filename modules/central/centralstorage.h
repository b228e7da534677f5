// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/bulkimport.h>
#include <central/recordtables.h>
#include <central/scopebook.h>
#include <db/database.h>
#include <db/migrator.h>

#include <array>
#include <atomic>
#include <vector>

namespace ioc {

/// The central database: a SQLite file, which one thread writes and a few read, or a database on a PostgreSQL server, which several
/// write at once and may be that of other centrals as well. What differs in between is asked of db::Dialect.
class CentralStorage
{
public:
    struct Options
    {
        QString folder; ///< holds central.sqlite, unless there is a server
        std::shared_ptr<const TypeCatalog> catalog;
        const Clock *clock = nullptr;
        int readers = 2;
        std::optional<db::ServerAddress> server; ///< the PostgreSQL database
        int writers = 4;                         ///< there
    };
    /// Makes a new central in an empty database. Conflict when there is one already.
    static Result<void> create(const Options &options);
    /// Opens an existing one and brings it to this program's schema. NotFound when there is none. Blocks; call it before serving.
    static Result<std::unique_ptr<CentralStorage>> open(const Options &options);
    ~CentralStorage();

    [[nodiscard]] const TypeCatalog &catalog() const { return *m_options.catalog; }
    [[nodiscard]] const RecordTables &tables() const { return *m_tables; }
    [[nodiscard]] const Clock &clock() const { return *m_options.clock; }
    /// The scope of whom \a accessToken stands for; Unauthenticated when it is of no use.
    Result<Scope> identify(db::Connection &connection, const QString &accessToken);
    /// The same of each of \a accessTokens, asked for together. Fails as a whole when the database does.
    Result<QList<Result<Scope>>> identify(db::Connection &connection, const QStringList &accessTokens);
    [[nodiscard]] ScopeBook &scopes() { return *m_scopes; }
    /// Names this history of the database.
    [[nodiscard]] Id epoch() const { return m_epoch; }

    /// Runs \a work(db::Connection &) -> Result<T> on a writing thread; again when other work was in its way (see db::repeated).
    template <typename Work>
    auto write(Work work)
    {
        return idlest(m_writers).run(counted([work = std::move(work)](db::Connection &connection) mutable { return db::repeated(connection, work); }));
    }
    /// Runs \a work(db::Connection &) -> Result<T> on one of the reading threads.
    template <typename Work>
    auto read(Work work)
    {
        return idlest(m_readers).run(counted(std::move(work)));
    }
    /// Runs \a work of the sequencer's: it stands behind no one's work.
    template <typename Work>
    auto sequence(Work work)
    {
        return (m_sequencing ? *m_sequencing : *m_writers.front()).run(counted(std::move(work)));
    }

    /// What the database, not who asked for something, is to blame for; how often it was since central started.
    static constexpr std::array countedFailures{ErrorCode::Busy, ErrorCode::Full, ErrorCode::ReadOnly, ErrorCode::Damaged, ErrorCode::Internal};
    [[nodiscard]] qint64 failures(ErrorCode code) const { return m_failures.at(static_cast<size_t>(code)); }
    /// Counts a failure that work done by write() or read() did not end with.
    void noteFailure(const Error &error) { ++m_failures.at(static_cast<size_t>(error.code)); }
    /// How many can write at once.
    [[nodiscard]] size_t writers() const { return m_writers.size(); }
    /// Work given to the database's threads and not done yet.
    [[nodiscard]] int pending() const;
    /// Whether the database answers and takes changes; ReadOnly on a PostgreSQL server that only follows another.
    QFuture<Result<void>> ready();
    /// The last thing before the end: what was committed is put into the file itself. Blocks.
    void settle();

    /// A reading thread of its own, for work that would keep others waiting; it must end before the storage.
    [[nodiscard]] std::unique_ptr<db::Database> openReader(const QString &threadName) const;
    /// The PostgreSQL database; none when it is a file.
    [[nodiscard]] const std::optional<db::ServerAddress> &server() const { return m_options.server; }
    [[nodiscard]] const QString &folder() const { return m_options.folder; }

    /// Takes whole records by their ids, new and known, beside the operations: see BulkImport. \a onProgress is called on the writing thread.
    QFuture<Result<ImportReport>> importRecords(QList<Record> records, const Id &author, ImportProgress onProgress = {});

    /// The control tables' history, for tests.
    static QList<db::Migration> migrations();

private:
    explicit CentralStorage(Options options) : m_options(std::move(options)) {}
    using Threads = std::vector<std::unique_ptr<db::Database>>;
    static db::Database &idlest(const Threads &threads);
    template <typename Work>
    auto counted(Work work)
    {
        return [this, work = std::move(work)](db::Connection &connection) mutable {
            auto answer = work(connection);
            if (!answer)
                noteFailure(answer.error());
            return answer;
        };
    }

    Options m_options;
    Id m_epoch;
    std::unique_ptr<RecordTables> m_tables;
    std::unique_ptr<ScopeBook> m_scopes;
    std::array<std::atomic<qint64>, static_cast<size_t>(ErrorCode::Internal) + 1> m_failures{};
    Threads m_writers;
    Threads m_readers;
    std::unique_ptr<db::Database> m_sequencing; // on a server
};

} // namespace ioc
