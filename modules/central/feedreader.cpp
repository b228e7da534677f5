// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/feedlog.h>
#include <central/feedreader.h>

#include <records/rights.h>

#include <QCborArray>
#include <QCborMap>
#include <QCoreApplication>
#include <QSet>

#include <ranges>

namespace ioc {

namespace {

std::unexpected<Error> startAgain(const QString &detail)
{
    return failure(ErrorCode::Conflict, QCoreApplication::translate("Central", "Central's data are not those this device has followed. The device has to start again; what it has not sent is kept."), detail);
}

qsizetype weight(const QCborValue &value)
{
    if (value.isString())
        return value.toString().size() * 3 / 2;
    if (value.isContainer())
        return value.isArray() ? value.toArray().size() * 24 : value.toMap().size() * 200;
    return 9;
}

qsizetype weight(const Record &record)
{
    qsizetype bytes = 60;
    for (const auto &[name, value] : record.values.asKeyValueRange())
        bytes += name.size() + 3 + weight(value);
    return bytes;
}

QList<Id> idsIn(const QByteArray &bytes)
{
    constexpr qsizetype size = 16;
    QList<Id> out;
    for (qsizetype at = 0; at + size <= bytes.size(); at += size)
        out += Id::fromBytes(bytes.sliced(at, size)).value_or(Id());
    return out;
}

} // namespace

Result<void> FeedReader::check(const Cursor &cursor, const Scope &scope) const
{
    if (cursor.epoch != m_epoch)
        return startAgain(QStringLiteral("another epoch"));
    if (cursor.schemaVersion != m_tables.catalog().schemaVersion() || cursor.scopeVersion != scope.version())
        return startAgain(QStringLiteral("another schema or scope"));
    const auto digest = feedDigest(m_connection, m_epoch, cursor.sequence);
    if (!digest && digest.error().code == ErrorCode::NotFound)
        return startAgain(QStringLiteral("the cursor is ahead"));
    if (!digest)
        return std::unexpected(digest.error());
    return *digest == cursor.digest ? Result<void>() : startAgain(QStringLiteral("another digest"));
}

Result<QList<FeedReader::FeedRow>> FeedReader::rows(qint64 after, int limit) const
{
    QList<FeedRow> out;
    QHash<QString, const RecordType *> types;
    const auto read = m_connection.each(QStringLiteral("SELECT sequence, type, version, changed_ms, left_units, digest, id FROM central_feed WHERE sequence > ? ORDER BY sequence LIMIT ?"), {after, limit}, [&](const db::Row &row) {
        const QString name = row.text(1);
        auto type = types.constFind(name);
        if (type == types.cend())
            type = types.insert(name, m_tables.catalog().type(name));
        out += FeedRow{.sequence = row.integer(0), .version = row.integer(2), .changedMs = row.integer(3),
                       .id = Id::fromBytes(row.bytes(6)).value_or(Id()), .left = row.isNull(4) ? QList<Id>() : idsIn(row.bytes(4)), .digest = row.bytes(5), .type = *type};
        return true;
    });
    return read.transform([&] { return out; });
}

// What a device may see is asked of the record's state now, which is what it would be sent. A row whose record has moved on is passed
// over when that later state has its number: it comes there. One whose later state still waits for its number is sent, or a
// record that changes all the time would never come. A record that left is told of at the row by which it left, whatever came later.
Result<void> FeedReader::take(FeedRow &row, RecordTables::FeedRow &&found, const Scope &scope) const
{
    Record &state = found.state.record;
    if (!scope.sees(*row.type, row.id, found.units)) {
        if (row.left.isEmpty() || !scope.sees(*row.type, row.id, row.left))
            return {};
        state.values.clear();
        row.kind = Change::Kind::Withdrawn;
        row.state = std::move(state);
        return {};
    }
    if (state.version > row.version) {
        const auto pending = m_connection.integer(QStringLiteral("SELECT 1 FROM central_commit WHERE id = ? LIMIT 1"), {state.id.toBytes()});
        if (!pending || *pending == 0)
            return pending.transform([](qint64) {});
    }
    row.packed = std::move(found.packed);
    state.values = scope.shown(*row.type, std::move(state.values));
    if (scope.disclosure(*row.type) == Disclosure::Open)
        row.sealKey = found.state.key.packed();
    row.kind = state.deleted ? Change::Kind::Deleted : Change::Kind::State;
    row.state = std::move(state);
    return {};
}

Result<void> FeedReader::readStates(QList<FeedRow> &rows, const Scope &scope, qint64 after) const
{
    QSet<const RecordType *> types;
    for (const FeedRow &row : std::as_const(rows))
        types.insert(row.type);
    types.remove(nullptr); // a type that is no longer declared
    Result<void> taken;
    for (const RecordType *type : std::as_const(types)) {
        const auto units = scope.asksForUnits(*type) ? RecordTables::Units::Asked : RecordTables::Units::Unasked;
        const bool isOpen = scope.disclosure(*type) == Disclosure::Open || !mayBePersonal(*type);
        const auto personal = isOpen ? RecordTables::Personal::Sealed : RecordTables::Personal::Opened;
        const auto read = m_tables.eachInFeed(m_connection, *type, after, rows.last().sequence, units, personal, [&](RecordTables::FeedRow &&found) {
            FeedRow &row = rows[found.sequence - after - 1];
            if (taken)
                taken = take(row, std::move(found), scope);
        });
        if (!read || !taken)
            return read ? taken : read;
    }
    QSet<Id> seen;
    for (auto &row : std::views::reverse(rows)) {
        if (row.state && seen.contains(row.state->id))
            row.state.reset();
        else if (row.state)
            seen.insert(row.state->id);
    }
    return {};
}

Result<ChangePage> FeedReader::page(const Cursor &after, const Scope &scope, int limit, qint64 nowMs)
{
    auto reading = db::Transaction::beginReading(m_connection);
    if (!reading)
        return std::unexpected(reading.error());
    const auto head = feedHead(m_connection, m_epoch);
    if (!head)
        return std::unexpected(head.error());
    if (!after.isNull()) {
        if (const auto fine = check(after, scope); !fine)
            return std::unexpected(fine.error());
    }
    const auto start = feedDigest(m_connection, m_epoch, after.sequence);
    if (!start)
        return std::unexpected(start.error());
    ChangePage page{.next = {m_epoch, after.sequence, *start, scope.version(), m_tables.catalog().schemaVersion()}, .serverTimeMs = nowMs};
    auto found = rows(after.sequence, std::clamp(limit, 1, rowLimit));
    if (!found)
        return std::unexpected(found.error());
    if (!found->isEmpty()) {
        if (const auto read = readStates(*found, scope, after.sequence); !read)
            return std::unexpected(read.error());
    }
    qsizetype bytes = 0;
    for (FeedRow &row : *found) {
        if (row.state) {
            const qsizetype size = row.packed.size() + weight(*row.state);
            if (bytes + size > pageBytes && !page.changes.isEmpty())
                break;
            bytes += size;
            page.changes += Change{.sequence = row.sequence, .kind = row.kind, .record = std::move(*row.state), .packed = std::move(row.packed), .changedMs = row.changedMs, .sealKey = std::move(row.sealKey)};
        }
        page.next.sequence = row.sequence;
        page.next.digest = row.digest;
    }
    page.more = page.next.sequence < head->sequence;
    return page;
}

} // namespace ioc
