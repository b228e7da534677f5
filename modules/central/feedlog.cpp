// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/faultpoint.h>
#include <central/auditchain.h>
#include <central/feedlog.h>
#include <db/namedlock.h>
#include <db/rowinserter.h>

#include <QCryptographicHash>
#include <QtEndian>

#include <algorithm>

namespace ioc {

namespace {

struct Waiting
{
    qint64 number = 0;
    QString type;
    QByteArray id;
    qint64 version = 0;
    qint64 kind = 0;
    QVariant leftUnits;
    qint64 changedMs = 0;
};

void add(QCryptographicHash &hash, qint64 number)
{
    std::array<char, 8> bytes{};
    qToBigEndian(number, bytes.data());
    hash.addData(QByteArrayView(bytes.data(), bytes.size()));
}

QByteArray chained(const QByteArray &before, qint64 sequence, const Waiting &row)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(before);
    add(hash, sequence);
    const QByteArray type = row.type.toUtf8();
    add(hash, type.size());
    hash.addData(type);
    hash.addData(row.id);
    add(hash, row.version);
    add(hash, row.kind);
    add(hash, row.changedMs);
    return hash.result();
}

// Takes away what waits, as far as it is committed: work that began earlier and commits later stays for another time.
Result<QList<Waiting>> takeWaiting(db::Connection &connection, int limit)
{
    QList<Waiting> out;
    const auto read = connection.each(QStringLiteral("DELETE FROM central_commit WHERE number IN (SELECT number FROM central_commit ORDER BY number LIMIT ?) "
                                                     "RETURNING number, type, id, version, kind, left_units, changed_ms"), {limit}, [&](const db::Row &row) {
        out += Waiting{row.integer(0), row.text(1), row.bytes(2), row.integer(3), row.integer(4), row.isNull(5) ? QVariant() : row.value(5), row.integer(6)};
        return true;
    });
    std::ranges::sort(out, {}, &Waiting::number);
    return read.transform([&] { return std::move(out); });
}

QByteArray firstDigest(const Id &epoch)
{
    return QCryptographicHash::hash(epoch.toBytes(), QCryptographicHash::Sha256);
}

Result<int> addWaiting(db::Connection &connection, const Id &epoch, int limit)
{
    const auto waiting = takeWaiting(connection, limit);
    if (!waiting || waiting->isEmpty())
        return waiting.transform([](const auto &) { return 0; });
    auto head = feedHead(connection, epoch);
    if (!head)
        return std::unexpected(head.error());
    db::RowInserter feed(connection, QStringLiteral("central_feed"), QStringLiteral("sequence, type, id, version, kind, left_units, changed_ms, digest"));
    feed.hold();
    for (const Waiting &row : *waiting) {
        ++head->sequence;
        head->digest = chained(head->digest, head->sequence, row);
        if (const auto added = feed.add({head->sequence, row.type, row.id, row.version, row.kind, row.leftUnits, row.changedMs, head->digest}); !added)
            return std::unexpected(added.error());
    }
    return feed.flush().transform([&] { return static_cast<int>(waiting->size()); });
}

} // namespace

Result<FeedHead> feedHead(db::Connection &connection, const Id &epoch)
{
    auto head = connection.one<FeedHead>(QStringLiteral("SELECT sequence, digest FROM central_feed ORDER BY sequence DESC LIMIT 1"), {},
                                         [](const db::Row &row) { return FeedHead{row.integer(0), row.bytes(1)}; });
    if (!head && head.error().code == ErrorCode::NotFound)
        return FeedHead{0, firstDigest(epoch)};
    return head;
}

Result<QByteArray> feedDigest(db::Connection &connection, const Id &epoch, qint64 sequence)
{
    if (sequence == 0)
        return firstDigest(epoch);
    return connection.one<QByteArray>(QStringLiteral("SELECT digest FROM central_feed WHERE sequence = ?"), {sequence}, [](const db::Row &row) { return row.bytes(0); });
}

Result<qint64> firstBrokenLink(db::Connection &connection, const Id &firstEpoch, qint64 after, qint64 upTo)
{
    auto digest = feedDigest(connection, firstEpoch, after);
    if (!digest)
        return std::unexpected(digest.error());
    qint64 expected = after;
    qint64 broken = 0;
    const auto read = connection.each(QStringLiteral("SELECT sequence, type, id, version, kind, changed_ms, digest FROM central_feed WHERE sequence > ? AND sequence <= ? ORDER BY sequence"), {after, upTo}, [&](const db::Row &row) {
        const Waiting link{.type = row.text(1), .id = row.bytes(2), .version = row.integer(3), .kind = row.integer(4), .changedMs = row.integer(5)};
        ++expected;
        *digest = chained(*digest, expected, link);
        if (row.integer(0) != expected || row.bytes(6) != *digest)
            broken = expected;
        return broken == 0;
    });
    if (read && broken == 0 && expected < upTo)
        broken = expected + 1;
    return read.transform([&] { return broken; });
}

Result<Numbered> numberCommits(db::Connection &connection, const Id &epoch, int limit)
{
    auto transaction = db::Transaction::begin(connection, db::Transaction::Durability::Full);
    if (!transaction)
        return std::unexpected(transaction.error());
    const auto alone = db::takeLock(connection, "sequencer");
    if (!alone || !*alone) // another central numbers them
        return alone.transform([](bool) { return Numbered(); });
    const auto commits = addWaiting(connection, epoch, limit);
    if (!commits)
        return std::unexpected(commits.error());
    const auto entries = chainAudit(connection, limit);
    if (!entries)
        return std::unexpected(entries.error());
    if (*commits == 0 && *entries == 0)
        return Numbered();
    faultPoint("sequencer.chained");
    return transaction->commit().transform([&] {
        faultPoint("sequencer.numbered");
        return Numbered{*commits, *entries};
    });
}

} // namespace ioc
