// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/cbor.h>
#include <central/auditchain.h>
#include <db/rowinserter.h>

#include <QCoreApplication>
#include <QCryptographicHash>

#include <algorithm>

namespace ioc {

namespace {

constexpr qsizetype anchorDigestBytes = 32;

QByteArray blobAt(const db::Row &row, int column)
{
    if (row.isNull(column))
        return {};
    const QByteArray bytes = row.bytes(column);
    return bytes.isNull() ? QByteArray("") : bytes;
}

QVariant boundBlob(const QByteArray &bytes)
{
    return bytes.isNull() ? QVariant() : QVariant(bytes);
}

void appendBlob(cbor::Writer &writer, const QByteArray &bytes)
{
    if (bytes.isNull())
        writer.null();
    else
        writer.bytes(bytes);
}

Result<QList<AuditLink>> takePending(db::Connection &connection, int limit)
{
    QList<AuditLink> out;
    const auto read = connection.each(QStringLiteral("DELETE FROM audit_pending WHERE number IN (SELECT number FROM audit_pending ORDER BY number LIMIT ?) "
                                                     "RETURNING number, at_ms, account, device, kind, type, record, op, details"), {limit}, [&](const db::Row &row) {
        out += AuditLink{.sequence = row.integer(0), .atMs = row.integer(1), .account = blobAt(row, 2), .device = blobAt(row, 3), .kind = row.text(4),
                         .type = row.text(5), .record = blobAt(row, 6), .op = blobAt(row, 7), .details = blobAt(row, 8), .digest = {}};
        return true;
    });
    std::ranges::sort(out, {}, &AuditLink::sequence);
    return read.transform([&] { return std::move(out); });
}

Result<void> appendLinks(db::Connection &connection, const QList<AuditLink> &links)
{
    db::RowInserter entries(connection, QStringLiteral("audit_entry"), AuditLink::columns({}));
    entries.hold();
    for (const AuditLink &link : links) {
        const auto added = entries.add({link.sequence, link.atMs, boundBlob(link.account), boundBlob(link.device), link.kind, link.type, boundBlob(link.record), boundBlob(link.op), link.details, link.digest});
        if (!added)
            return added;
    }
    return entries.flush();
}

} // namespace

QString AuditAnchor::toString() const
{
    return QString::number(sequence) + u' ' + QString::fromLatin1(digest.toHex());
}

Result<QList<AuditAnchor>> AuditAnchor::fromText(const QByteArray &text)
{
    QList<AuditAnchor> out;
    const QList<QByteArray> lines = text.split('\n');
    for (const QByteArray &line : lines) {
        const QByteArray words = line.simplified();
        if (words.isEmpty() || words.startsWith('#'))
            continue;
        const QList<QByteArray> parts = words.split(' ');
        bool isNumber = false;
        const qint64 sequence = parts.first().toLongLong(&isNumber);
        const auto digest = parts.size() == 2 && parts[1].size() == 2 * anchorDigestBytes ? QByteArray::fromHex(parts[1]) : QByteArray();
        if (!isNumber || sequence < 0 || digest.size() != anchorDigestBytes)
            return failure(ErrorCode::InvalidInput, QCoreApplication::translate("Central", "“%1” is no anchor of an audit journal. Give a file that “audit anchor” wrote.").arg(QString::fromUtf8(words.left(60))));
        out += AuditAnchor{sequence, digest};
    }
    std::ranges::sort(out, {}, &AuditAnchor::sequence);
    return out;
}

QString AuditLink::columns(const QString &table)
{
    QStringList out;
    for (const char *column : {"sequence", "at_ms", "account", "device", "kind", "type", "record", "op", "details", "digest"})
        out += table.isEmpty() ? QString::fromLatin1(column) : table + u'.' + QString::fromLatin1(column);
    return out.join(QStringLiteral(", "));
}

AuditLink AuditLink::read(const db::Row &row)
{
    return {.sequence = row.integer(0), .atMs = row.integer(1), .account = blobAt(row, 2), .device = blobAt(row, 3), .kind = row.text(4),
            .type = row.text(5), .record = blobAt(row, 6), .op = blobAt(row, 7), .details = blobAt(row, 8), .digest = blobAt(row, 9)};
}

QByteArray chainedDigest(const QByteArray &before, const AuditLink &link, qint64 sequence)
{
    QByteArray encoded;
    encoded.reserve(160 + link.details.size());
    cbor::Writer writer(encoded);
    writer.array(9);
    writer.integer(sequence);
    writer.integer(link.atMs);
    appendBlob(writer, link.account);
    appendBlob(writer, link.device);
    writer.text(link.kind);
    writer.text(link.type);
    appendBlob(writer, link.record);
    appendBlob(writer, link.op);
    appendBlob(writer, link.details);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(before);
    hash.addData(encoded);
    return hash.result();
}

AuditAnchor auditStart()
{
    return {0, QCryptographicHash::hash("tourism-ioc audit journal", QCryptographicHash::Sha256)};
}

Result<AuditAnchor> auditHead(db::Connection &connection)
{
    auto head = connection.one<AuditAnchor>(QStringLiteral("SELECT sequence, digest FROM audit_entry ORDER BY sequence DESC LIMIT 1"), {},
                                            [](const db::Row &row) { return AuditAnchor{row.integer(0), row.bytes(1)}; });
    if (!head && head.error().code == ErrorCode::NotFound)
        return auditStart();
    return head;
}

Result<int> chainAudit(db::Connection &connection, int limit)
{
    auto pending = takePending(connection, limit);
    if (!pending || pending->isEmpty())
        return pending.transform([](const auto &) { return 0; });
    auto head = auditHead(connection);
    if (!head)
        return std::unexpected(head.error());
    for (AuditLink &link : *pending) {
        link.sequence = ++head->sequence;
        head->digest = link.digest = chainedDigest(head->digest, link, link.sequence);
    }
    return appendLinks(connection, *pending).transform([&] { return static_cast<int>(pending->size()); });
}

} // namespace ioc
