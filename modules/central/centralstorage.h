// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/bulkimport.h>
#include <central/recordtables.h>
#include <db/database.h>
#include <db/migrator.h>

#include <vector>

namespace ioc {

/// The central database: one thread writes, a few read. SQLite in a folder for now; what differs on PostgreSQL is asked of db::Dialect.
class CentralStorage
{
public:
    struct Options
    {
        QString folder; ///< holds central.sqlite
        std::shared_ptr<const TypeCatalog> catalog;
        const Clock *clock = nullptr;
        int readers = 2;
    };
    /// Makes a new database. Conflict when the folder holds one already.
    static Result<void> create(const Options &options);
    /// Opens an existing one and brings it to this program's schema. NotFound when there is none. Blocks; call it before serving.
    static Result<std::unique_ptr<CentralStorage>> open(const Options &options);
    ~CentralStorage();

    [[nodiscard]] const TypeCatalog &catalog() const { return *m_options.catalog; }
    [[nodiscard]] const RecordTables &tables() const { return *m_tables; }
    [[nodiscard]] const Clock &clock() const { return *m_options.clock; }
    /// Names this history of the database.
    [[nodiscard]] Id epoch() const { return m_epoch; }

    /// Runs \a work(db::Connection &) -> Result<T> on the writing thread.
    template <typename Work>
    auto write(Work work)
    {
        return m_writer->run(std::move(work));
    }
    /// Runs \a work(db::Connection &) -> Result<T> on one of the reading threads.
    template <typename Work>
    auto read(Work work)
    {
        m_nextReader = (m_nextReader + 1) % m_readers.size();
        return m_readers[m_nextReader]->run(std::move(work));
    }

    /// A reading thread of its own, for work that would keep others waiting; it must end before the storage.
    [[nodiscard]] std::unique_ptr<db::Database> openReader(const QString &threadName) const;
    [[nodiscard]] const QString &folder() const { return m_options.folder; }
    [[nodiscard]] const std::shared_ptr<const TypeCatalog> &sharedCatalog() const { return m_options.catalog; }

    /// Takes whole records by their ids, new and known, beside the operations: see BulkImport. \a onProgress is called on the writing thread.
    QFuture<Result<ImportReport>> importRecords(QList<Record> records, const Id &author, ImportProgress onProgress = {});

    /// The control tables' history, for tests.
    static QList<db::Migration> migrations();

private:
    explicit CentralStorage(Options options) : m_options(std::move(options)) {}
    static QString file(const Options &options);

    Options m_options;
    Id m_epoch;
    std::unique_ptr<RecordTables> m_tables;
    std::unique_ptr<db::Database> m_writer;
    std::vector<std::unique_ptr<db::Database>> m_readers;
    size_t m_nextReader = 0;
};

} // namespace ioc
