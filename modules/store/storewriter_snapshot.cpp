// SPDX-License-Identifier: GPL-3.0-or-later
// Starting from a snapshot: what this device alone knows is carried over into the file that central made.
#include <base/faultpoint.h>
#include <store/snapshotwriter.h>
#include <store/storeschema.h>
#include <store/storewriter.h>
#include <wire/codec.h>
#include <wire/filepacking.h>

#include <QCoreApplication>
#include <QFile>

namespace ioc {

using db::Transaction;

namespace {

constexpr qint64 broughtFeed = SnapshotWriter::feed - 1; // rows that the snapshot does not confirm

std::unexpected<Error> anotherVersion(const QString &detail)
{
    return failure(ErrorCode::Unsupported, QCoreApplication::translate("Store", "The file from central was made for another version of the program. The records are fetched one by one."), detail);
}

Result<Cursor> snapshotCursor(db::Connection &snapshot)
{
    const auto text = StoreSchema::metaText(snapshot, QStringLiteral("cursor"));
    if (!text || text->isEmpty())
        return anotherVersion(text ? QStringLiteral("no cursor") : text.error().detail);
    return Cursor::fromString(*text);
}

} // namespace

Result<void> StoreWriter::carryOver(const QString &database, const QString &snapshotPath, const Cursor &expected, const std::optional<VaultSecrets> &secrets, const Moment &moment)
{
    for (const auto &suffix : {QStringLiteral("-wal"), QStringLiteral("-shm")})
        QFile::remove(snapshotPath + suffix); // of an earlier try that was cut off
    const auto opened = db::Connection::open({.path = snapshotPath, .mayCreate = false, .cacheKib = 32 * 1024});
    if (!opened)
        return opened.error().code == ErrorCode::Damaged ? anotherVersion(opened.error().detail) : std::unexpected(opened.error());
    db::Connection &snapshot = **opened;
    const auto cursor = snapshotCursor(snapshot);
    if (!cursor)
        return std::unexpected(cursor.error());
    if (*cursor != expected || cursor->schemaVersion != m_tables.catalog().schemaVersion())
        return anotherVersion(cursor->toString());
    return StoreSchema(m_tables).bringTables(snapshot)
        .and_then([&] { return snapshot.exec(QStringLiteral("ATTACH ? AS old"), {database}).transform([](qint64) {}); })
        .and_then([&] { return carryInto(snapshot, *cursor, secrets, moment); })
        .and_then([&] { return snapshot.exec(QStringLiteral("DETACH old")).transform([](qint64) {}); })
        // Without a log beside it, the file alone is whole.
        .and_then([&] { return snapshot.exec(QStringLiteral("PRAGMA journal_mode=DELETE")).transform([](qint64) {}); })
        .and_then([&] { return wire::syncToDisk(snapshotPath); });
}

Result<void> StoreWriter::carryInto(db::Connection &snapshot, const Cursor &cursor, const std::optional<VaultSecrets> &secrets, const Moment &moment)
{
    auto transaction = Transaction::begin(snapshot);
    if (!transaction)
        return std::unexpected(transaction.error());
    Rebaser rebaser(snapshot, m_tables, SnapshotWriter::feed);
    const auto done = (secrets ? Seals(snapshot, m_tables).keepSecrets(*secrets) : Result<void>())
                          .and_then([&] { return StoreSchema(m_tables).bringSearch(snapshot); })
                          .and_then([&] { return copyControlRows(snapshot); })
                          .and_then([&] { return rebaseCarried(snapshot, rebaser, moment); })
                          .and_then([&] { return returnTo(snapshot, rebaser, cursor, moment); })
                          .and_then([&] { return Seals(snapshot, m_tables).endReading(); })
                          .and_then([&] { return rebaser.finish().transform([](const Touched &) {}); });
    return done ? transaction->commit() : done;
}

// What follows when the snapshot is of a central that went back in time.
Result<void> StoreWriter::returnTo(db::Connection &snapshot, Rebaser &rebaser, const Cursor &cursor, const Moment &moment)
{
    QByteArray epochBefore;
    const auto read = snapshot.each(QStringLiteral("SELECT value FROM old._meta WHERE name='epoch'"), {}, [&](const db::Row &row) { epochBefore = row.bytes(0); return false; });
    if (!read)
        return read;
    const auto back = wentBack(snapshot, cursor);
    if (!back)
        return std::unexpected(back.error());
    if (!*back && (epochBefore.isEmpty() || epochBefore == cursor.epoch.toBytes()))
        return {};
    const auto restarting = meta(snapshot, QStringLiteral("restarting"), 0);
    if (!restarting)
        return std::unexpected(restarting.error());
    return offerAgain(snapshot, rebaser)
        .and_then([&] { return recallCarried(snapshot, moment); })
        .and_then([&] { return forgetReturn(snapshot); })
        .and_then([&] { return *restarting ? setMeta(snapshot, QStringLiteral("went_back"), 1) : Result<void>(); });
}

Result<void> StoreWriter::copyControlRows(db::Connection &snapshot) const
{
    QStringList tables;
    const auto types = m_tables.all();
    const auto read = snapshot.each(QStringLiteral("SELECT name FROM old.sqlite_schema WHERE type='table' AND substr(name, 1, 1)='_'"), {}, [&](const db::Row &row) {
        const bool ofSearch = std::ranges::any_of(types, [&](const TypeTable *type) { return row.text(0).startsWith(u'_' + type->type().name + QStringLiteral("_search")); });
        if (!ofSearch && row.text(0) != u"_seal_unindexed") // of rows that are others now
            tables += row.text(0);
        return true;
    });
    if (!read)
        return read;
    for (const QString &table : std::as_const(tables)) {
        // What the snapshot says of itself stands; how far this device had come with the old rows is of no more use. Of keys it has all that
        // central has now; those of before may be needed for what still waits, and for what such a central has lost.
        const QString sql = table == u"_seal_key"
                                ? QStringLiteral("INSERT OR IGNORE INTO main._seal_key SELECT record, id, wrapped, iif(rank=0, 2, rank) FROM old._seal_key")
                            : table == u"_meta"
                                ? QStringLiteral("INSERT OR IGNORE INTO main._meta SELECT * FROM old._meta WHERE name NOT IN ('cursor','restarting','went_back') AND name NOT LIKE 'unindexed:%'")
                                : QStringLiteral("INSERT OR %2 INTO main.%1 SELECT * FROM old.%1").arg(db::quoted(table), table == u"_seal_wrap" ? QStringLiteral("IGNORE") : QStringLiteral("ABORT"));
        if (const auto copied = snapshot.exec(sql); !copied)
            return std::unexpected(copied.error());
    }
    return {};
}

Result<void> StoreWriter::rebaseCarried(db::Connection &snapshot, Rebaser &rebaser, const Moment &moment)
{
    const auto records = BaseStates(snapshot).records();
    if (!records)
        return std::unexpected(records.error());
    bool unconfirmed = false;
    for (const Id &id : *records) {
        if (const auto done = resealLive(snapshot, id); !done)
            return done;
        auto base = BaseStates(snapshot).find(id);
        if (!base || !*base)
            return base.transform([](const auto &) {});
        const TypeTable *table = m_tables.table((*base)->type);
        if (!table)
            continue;
        auto row = table->find(snapshot, id);
        if (!row)
            return std::unexpected(row.error());
        Result<void> done;
        if (*row) {
            Change now{.record = (*row)->record};
            for (const Field &field : table->type().fields) {
                if (!field.derived.isEmpty())
                    now.record.values.remove(field.name);
            }
            (*base)->version = 0; // central's state is what the snapshot says, older though it may be
            done = applyBased(snapshot, rebaser, now, std::move(**base), moment);
        } else if ((*base)->present) { // newer than the snapshot, or gone: the feed will say
            unconfirmed = true;
            (*base)->feed = broughtFeed;
            done = BaseStates(snapshot).put(**base).and_then([&] { return rebaser.rebase((*base)->type, id); });
        } else { // gone, as what was read before said; should it come again, with whatever version, that is newer
            (*base)->version = 0;
            done = BaseStates(snapshot).put(**base).and_then([&] { return rebaser.rebase((*base)->type, id); });
        }
        if (!done)
            return done;
    }
    return unconfirmed ? setMeta(snapshot, QStringLiteral("restarting"), 1) : Result<void>();
}

Result<void> StoreWriter::reopened(db::Connection &connection, const Moment &moment)
{
    m_searchLimits.clear();
    m_feedState = {};
    return prepare(connection, {}, moment).transform([](const Id &) {});
}

} // namespace ioc
