// SPDX-License-Identifier: GPL-3.0-or-later
#include <access/vault.h>
#include <base/faultpoint.h>
#include <central/feedlog.h>
#include <central/journal.h>
#include <central/snapshotjob.h>
#include <central/snapshotshelf.h>
#include <store/snapshotwriter.h>
#include <wire/filepacking.h>

#include <QCoreApplication>
#include <QDir>

namespace ioc {

namespace {

std::unexpected<Error> buildingStopped()
{
    return failure(ErrorCode::Cancelled, QCoreApplication::translate("Central", "Central is stopping. Try again in a moment."));
}

} // namespace

Result<Snapshot> SnapshotJob::run(db::Connection &connection, SnapshotBuilding &building) const
{
    const QString path = QDir(m_folder).filePath(SnapshotShelf::unfinished(m_scope.key()));
    auto made = write(connection, building, path);
    for (const auto &left : {path, path + QStringLiteral(".zst")})
        QFile::remove(left);
    return made;
}

Result<Snapshot> SnapshotJob::write(db::Connection &connection, SnapshotBuilding &building, const QString &path) const
{
    auto begun = db::Transaction::beginReading(connection);
    if (!begun)
        return std::unexpected(begun.error());
    std::optional<db::Transaction> reading(std::move(*begun));
    const auto cursor = cursorNow(connection);
    if (!cursor)
        return std::unexpected(cursor.error());
    building.records = cursor->sequence;
    const auto secrets = VaultSecrets::unpacked(m_tables.sealing().snapshotSecrets(m_scope.key(), cursor->toString()));
    if (!secrets)
        return std::unexpected(secrets.error());
    const auto vault = std::make_shared<Vault>();
    vault->open(*secrets);
    const TypeTables storeTables(m_tables.sharedCatalog(), vault);
    SnapshotWriter writer(storeTables);
    const auto added = writer.begin(path).and_then([&] { return addRecords(connection, building, writer); });
    reading.reset(); // the file is finished without it
    if (!added)
        return std::unexpected(added.error());
    faultPoint("build.read");
    Snapshot out{.ready = true, .records = writer.added(), .done = writer.added(), .cursor = *cursor};
    if (const auto done = writer.finish(*cursor); !done)
        return std::unexpected(done.error());
    faultPoint("build.written");
    const auto packed = wire::packFile(path, path + QStringLiteral(".zst"), [&](qint64) { return !building.cancelled; });
    if (!packed)
        return std::unexpected(packed.error());
    faultPoint("build.packed");
    out.bytes = packed->bytes;
    out.unpackedBytes = packed->plainBytes;
    out.sha256 = packed->sha256;
    out.id = QStringLiteral("%1-%2-%3-%4-%5").arg(m_scope.key()).arg(cursor->scopeVersion).arg(cursor->schemaVersion, 0, 16).arg(cursor->sequence)
                 .arg(QString::fromLatin1(out.sha256.toHex().first(16))) + SnapshotShelf::kind();
    return SnapshotShelf(m_folder).put(path + QStringLiteral(".zst"), out).transform([&] {
        faultPoint("build.shelved");
        return out;
    });
}

Result<Cursor> SnapshotJob::cursorNow(db::Connection &connection) const
{
    return feedHead(connection, m_epoch).transform([&](const FeedHead &head) {
        return Cursor{m_epoch, head.sequence, head.digest, m_scope.version(), m_tables.catalog().schemaVersion()};
    });
}

Result<void> SnapshotJob::addRecords(db::Connection &connection, SnapshotBuilding &building, SnapshotWriter &writer) const
{
    const auto types = m_tables.catalog().types();
    for (const RecordType *type : types) {
        Result<void> added;
        const auto asked = m_scope.asksForUnits(*type) ? RecordTables::Units::Asked : RecordTables::Units::Unasked;
        const auto personal = m_scope.disclosure(*type) == Disclosure::Open ? RecordTables::Personal::Sealed : RecordTables::Personal::Opened;
        const auto read = m_tables.eachLive(connection, *type, asked, personal, [&](CentralRecord &&state, const QList<Id> &units) {
            Record &record = state.record;
            if (building.cancelled) {
                added = buildingStopped();
            } else if (m_scope.sees(*type, record.id, units)) {
                record.values = m_scope.shown(*type, std::move(record.values));
                added = writer.add(record, personal == RecordTables::Personal::Sealed ? state.key : SealKey());
            }
            building.done.store(writer.added(), std::memory_order_relaxed);
            return added.has_value();
        });
        if (!read || !added)
            return !read ? read : added;
    }
    return {};
}

} // namespace ioc
