// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/seals.h>
#include <store/snapshotwriter.h>

#include <QFile>

namespace ioc {

namespace {
constexpr int buildCacheKib = 128 * 1024; // while sorting indexes of a million rows
}

SnapshotWriter::~SnapshotWriter()
{
    m_transaction.reset(); // before its connection
}

Result<void> SnapshotWriter::begin(const QString &path)
{
    for (const auto &suffix : {QStringLiteral(""), QStringLiteral("-wal"), QStringLiteral("-shm")})
        QFile::remove(path + suffix);
    auto opened = db::Connection::open({.path = path, .cacheKib = buildCacheKib});
    if (!opened)
        return std::unexpected(opened.error());
    m_connection = std::move(*opened);
    // A file that is not whole is thrown away: nothing is written twice for its sake.
    for (const auto &pragma : {QStringLiteral("PRAGMA journal_mode=OFF"), QStringLiteral("PRAGMA locking_mode=EXCLUSIVE")}) {
        if (const auto done = m_connection->exec(pragma); !done)
            return std::unexpected(done.error());
    }
    const StoreSchema schema(m_tables);
    if (const auto done = schema.bringTables(*m_connection, false); !done)
        return done;
    auto transaction = db::Transaction::begin(*m_connection, db::Transaction::Durability::Normal);
    if (!transaction)
        return std::unexpected(transaction.error());
    m_transaction.emplace(std::move(*transaction));
    return schema.bringSearch(*m_connection).and_then([this] { return setManyAtOnce(true); });
}

Result<void> SnapshotWriter::setManyAtOnce(bool many)
{
    const auto all = m_tables.all();
    for (const TypeTable *table : all) {
        const auto done = table->isSearchable() ? table->search().setManyAtOnce(*m_connection, many) : Result<void>();
        if (!done)
            return done;
    }
    return {};
}

Result<void> SnapshotWriter::add(const Record &record, const SealKey &key)
{
    ++m_added;
    if (!key.id.isNull()) {
        if (const auto kept = Seals(*m_connection, m_tables).keep(record.id, key); !kept)
            return std::unexpected(kept.error());
    }
    return m_tables.table(record.type)->put(*m_connection, record, false, feed).transform([](qint64) {});
}

Result<void> SnapshotWriter::finish(const Cursor &cursor)
{
    using Schema = StoreSchema;
    const auto done = Schema::setMeta(*m_connection, QStringLiteral("cursor"), cursor.toString())
                          .and_then([&] { return Schema::setMeta(*m_connection, QStringLiteral("epoch"), cursor.epoch.toBytes()); })
                          .and_then([&] { return Schema::setMeta(*m_connection, QStringLiteral("feed"), feed); })
                          .and_then([&] { return setManyAtOnce(false); })
                          .and_then([&] { return m_transaction->commit(); })
                          .and_then([&] { return StoreSchema(m_tables).bringTables(*m_connection); });
    m_transaction.reset();
    m_connection.reset();
    return done;
}

} // namespace ioc
