// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/auditkind.h>
#include <central/auditlist.h>

#include <wire/plaincbor.h>

#include <QCborMap>

namespace ioc {

namespace {

constexpr qint64 linksAtOnce = 5000;

bool took(const AuditLink &import, const QByteArray &record)
{
    const auto details = wire::parsedPlain(import.details, 100);
    const QByteArray ids = details ? details->toMap().value(QStringLiteral("records")).toByteArray() : QByteArray();
    for (qsizetype at = ids.indexOf(record); at >= 0; at = ids.indexOf(record, at + 1)) {
        if (at % record.size() == 0)
            return true;
    }
    return false;
}

struct Condition
{
    QString sql;
    QVariantList parameters;
};

Condition condition(const AuditFilter &filter)
{
    Condition out;
    if (filter.sinceMs != 0) {
        out.sql += QStringLiteral(" AND at_ms >= ?");
        out.parameters += filter.sinceMs;
    }
    if (filter.untilMs != 0) {
        out.sql += QStringLiteral(" AND at_ms < ?");
        out.parameters += filter.untilMs;
    }
    if (!filter.account.isNull()) {
        out.sql += QStringLiteral(" AND account = ?");
        out.parameters += filter.account.toBytes();
    }
    if (!filter.record.isNull()) {
        out.sql += QStringLiteral(" AND (record = ? OR kind = ?)");
        out.parameters << filter.record.toBytes() << QString(auditKindCode(AuditKind::RecordsImported));
    }
    return out;
}

} // namespace

Result<void> eachAuditEntry(db::Connection &connection, const AuditFilter &filter, const std::function<bool(const AuditLink &)> &each,
                            const std::function<void(qint64 done, qint64 total)> &progress)
{
    const auto head = auditHead(connection);
    if (!head)
        return std::unexpected(head.error());
    const Condition wanted = condition(filter);
    const QByteArray record = filter.record.isNull() ? QByteArray() : filter.record.toBytes();
    const QString sql = QStringLiteral("SELECT %1 FROM audit_entry WHERE sequence > ? AND sequence <= ?%2 ORDER BY sequence").arg(AuditLink::columns({}), wanted.sql);
    bool goesOn = true;
    for (qint64 from = 0; goesOn && from < head->sequence; from += linksAtOnce) {
        const auto read = connection.each(sql, QVariantList{from, std::min(from + linksAtOnce, head->sequence)} + wanted.parameters, [&](const db::Row &row) {
            const AuditLink link = AuditLink::read(row);
            if (record.isEmpty() || link.record == record || took(link, record))
                goesOn = each(link);
            return goesOn;
        });
        if (!read)
            return read;
        if (progress)
            progress(std::min(from + linksAtOnce, head->sequence), head->sequence);
    }
    return {};
}

} // namespace ioc
