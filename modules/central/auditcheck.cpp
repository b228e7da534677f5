// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/auditcheck.h>
#include <central/auditkind.h>
#include <central/auditoperation.h>

#include <wire/codec.h>
#include <wire/plaincbor.h>

#include <QCborArray>
#include <QCoreApplication>

namespace ioc {

namespace {

constexpr int auditRowsAtOnce = 2000;
constexpr int longestShift = 1000;
constexpr qint64 detailItems = 100'000;

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Central)
};

using Kind = AuditFault::Kind;

std::optional<AuditFault> faultAt(Kind kind, qint64 sequence, const QString &message)
{
    return AuditFault{kind, sequence, message};
}

bool follows(const QByteArray &before, const AuditLink &link, qint64 sequence)
{
    return chainedDigest(before, link, sequence) == link.digest;
}

QCborMap detailsOf(const AuditLink &link)
{
    const auto value = wire::parsedPlain(link.details, detailItems);
    return value ? value->toMap() : QCborMap();
}

bool isOfOperation(const AuditLink &link)
{
    return link.kind == auditKindCode(AuditKind::OperationTaken) || link.kind == auditKindCode(AuditKind::OperationRefused);
}

QString opText(const QByteArray &op)
{
    return Id::fromBytes(op).value_or(Id()).toString();
}

} // namespace

Result<AuditReport> AuditCheck::run(qint64 from, const QList<AuditAnchor> &anchors, const Progress &progress)
{
    auto transaction = db::Transaction::beginReading(m_connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    const auto head = auditHead(m_connection);
    const auto waiting = m_connection.integer(QStringLiteral("SELECT count(*) FROM audit_pending"));
    if (!head || !waiting)
        return std::unexpected(!head ? head.error() : waiting.error());
    AuditReport report{.head = *head, .links = 0, .operations = 0, .waiting = *waiting, .fault = {}};
    const auto start = before(std::max<qint64>(from, 1), report.fault);
    if (!start || report.fault)
        return start.transform([&](const auto &) { return std::move(report); });
    m_last = *start;
    m_digestBeforeLast.clear();
    if (const auto walked = walk(report, anchors, progress); !walked)
        return std::unexpected(walked.error());
    const auto check = [&](auto &&one) -> Result<void> {
        if (report.fault)
            return {};
        auto fault = one();
        if (!fault)
            return std::unexpected(fault.error());
        report.fault = std::move(*fault);
        return {};
    };
    return check([&] { return startFault(report); })
        .and_then([&] { return check([&] { return anchorFault(anchors, report, start->sequence + 1); }); })
        .and_then([&] { return check([&] { return missingEntries(); }); })
        .transform([&] { return std::move(report); });
}

Result<AuditReport> AuditCheck::newest(qint64 count)
{
    auto transaction = db::Transaction::beginReading(m_connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    const auto head = auditHead(m_connection);
    if (!head)
        return std::unexpected(head.error());
    AuditReport report{.head = *head, .links = 0, .operations = 0, .waiting = 0, .fault = {}};
    const auto start = before(std::max<qint64>(head->sequence - count + 1, 1), report.fault);
    if (!start || report.fault)
        return start.transform([&](const auto &) { return std::move(report); });
    m_last = *start;
    m_digestBeforeLast.clear();
    return walk(report, {}, {}).transform([&] { return std::move(report); });
}

Result<AuditAnchor> AuditCheck::before(qint64 from, Fault &fault) const
{
    if (from == 1)
        return auditStart();
    auto link = m_connection.one<AuditAnchor>(QStringLiteral("SELECT sequence, digest FROM audit_entry WHERE sequence = ?"), {from - 1},
                                              [](const db::Row &row) { return AuditAnchor{row.integer(0), row.bytes(1)}; });
    if (link || link.error().code != ErrorCode::NotFound)
        return link;
    const auto head = auditHead(m_connection);
    if (!head)
        return head;
    if (head->sequence < from - 1)
        return failure(ErrorCode::InvalidInput, Words::tr("The audit journal ends at entry %1. Begin at an earlier one.").arg(head->sequence));
    fault = faultAt(Kind::Removed, from - 1, Words::tr("Entry %1 was removed.").arg(from - 1));
    return head;
}

Result<QList<AuditCheck::Row>> AuditCheck::rows(qint64 after, int limit) const
{
    QList<Row> out;
    const QString sql = QStringLiteral("SELECT %1, o.operation, o.outcome, o.version, o.author, o.device, o.record FROM audit_entry a LEFT JOIN central_operation o ON o.op = a.op "
                                       "WHERE a.sequence > ? ORDER BY a.sequence LIMIT ?").arg(AuditLink::columns(QStringLiteral("a")));
    return m_connection.each(sql, {after, limit}, [&](const db::Row &row) {
        out += Row{AuditLink::read(row), !row.isNull(10), row.bytes(10), row.integer(11), row.integer(12), row.bytes(13), row.bytes(14), row.bytes(15)};
        return true;
    }).transform([&] { return std::move(out); });
}

Result<void> AuditCheck::walk(AuditReport &report, const QList<AuditAnchor> &anchors, const Progress &progress)
{
    const qint64 first = m_last.sequence;
    auto anchor = std::ranges::lower_bound(anchors, first + 1, {}, &AuditAnchor::sequence);
    while (!report.fault) {
        const auto part = rows(m_last.sequence, auditRowsAtOnce);
        if (!part || part->isEmpty())
            return part.transform([](const auto &) {});
        for (const Row &row : *part) {
            const qint64 expected = m_last.sequence + 1;
            if (row.link.sequence != expected || !follows(m_last.digest, row.link, expected)) {
                auto fault = broken(row.link, expected);
                if (!fault)
                    return std::unexpected(fault.error());
                report.fault = std::move(*fault);
                return {};
            }
            m_digestBeforeLast = std::exchange(m_last, AuditAnchor{expected, row.link.digest}).digest;
            ++report.links;
            report.fault = operationFault(row, report);
            for (; !report.fault && anchor != anchors.end() && anchor->sequence == expected; ++anchor) {
                if (anchor->digest != row.link.digest)
                    report.fault = faultAt(Kind::Rewritten, expected, Words::tr("The journal up to entry %1 is not the one that the anchor was taken of: it was written anew, or central was restored from a backup.").arg(expected));
            }
            if (report.fault)
                return {};
        }
        if (progress)
            progress(m_last.sequence - first, report.head.sequence - first);
    }
    return {};
}

// What must have happened: each guess is tried on the digests, which fit for one only.
Result<AuditCheck::Fault> AuditCheck::broken(const AuditLink &link, qint64 expected) const
{
    if (!m_digestBeforeLast.isEmpty() && follows(m_digestBeforeLast, link, expected - 1)) // the one before had a digest of somebody's own making
        return faultAt(Kind::Inserted, expected - 1, Words::tr("Entry %1 was inserted later.").arg(expected - 1));
    auto fault = misplaced(link, expected);
    if (!fault || *fault)
        return fault;
    if (link.sequence != expected)
        return faultAt(Kind::Removed, expected, link.sequence == expected + 1 ? Words::tr("Entry %1 was removed.").arg(expected)
                                                                            : Words::tr("Entries %1 to %2 were removed.").arg(expected).arg(link.sequence - 1));
    const auto next = linkAfter(expected);
    if (!next)
        return std::unexpected(next.error());
    for (int shift = 1; *next && shift <= longestShift; ++shift) {
        if (follows(link.digest, **next, expected + 1 + shift))
            return faultAt(Kind::Removed, expected, Words::tr("%n entry(s) before entry %1 were removed and those after it given new numbers.", nullptr, shift).arg(expected));
    }
    return faultAt(Kind::Changed, expected, Words::tr("Entry %1 was changed.").arg(expected));
}

// Whether the link that belongs at \a expected stands further on.
Result<AuditCheck::Fault> AuditCheck::misplaced(const AuditLink &link, qint64 expected) const
{
    std::optional<AuditLink> right;
    bool goesOn = true;
    for (qint64 after = expected; goesOn && !right;) {
        goesOn = false;
        const auto read = m_connection.each(QStringLiteral("SELECT %1 FROM audit_entry WHERE sequence > ? ORDER BY sequence LIMIT ?").arg(AuditLink::columns({})), {after, auditRowsAtOnce}, [&](const db::Row &row) {
            AuditLink one = AuditLink::read(row);
            after = one.sequence;
            goesOn = true;
            if (follows(m_last.digest, one, expected))
                right = std::move(one);
            return !right;
        });
        if (!read)
            return std::unexpected(read.error());
    }
    if (!right)
        return Fault();
    const auto behind = linkAfter(right->sequence);
    if (!behind)
        return std::unexpected(behind.error());
    if (*behind && follows(right->digest, **behind, expected + 1)) // all from there on stand too far behind
        return faultAt(Kind::Inserted, expected, Words::tr("Entry %1 was inserted later.").arg(expected));
    const bool isLast = link.sequence == expected && right->sequence == expected + 1 && !*behind; // nothing behind it to tell by
    if (isLast && !follows(right->digest, link, expected + 1))
        return faultAt(Kind::Inserted, expected, Words::tr("Entry %1 was inserted later.").arg(expected));
    return faultAt(Kind::Reordered, expected, Words::tr("What stands as entry %1 is entry %2: entries were put in another order.").arg(right->sequence).arg(expected));
}

Result<std::optional<AuditLink>> AuditCheck::linkAfter(qint64 sequence) const
{
    std::optional<AuditLink> out;
    return m_connection.each(QStringLiteral("SELECT %1 FROM audit_entry WHERE sequence > ? ORDER BY sequence LIMIT 1").arg(AuditLink::columns({})), {sequence}, [&](const db::Row &row) {
        out = AuditLink::read(row);
        return false;
    }).transform([&] { return std::move(out); });
}

AuditCheck::Fault AuditCheck::operationFault(const Row &row, AuditReport &report) const
{
    if (!isOfOperation(row.link))
        return {};
    if (!row.hasOperation)
        return faultAt(Kind::OperationGone, row.link.sequence, Words::tr("The change %1 of entry %2 is not kept any more.").arg(opText(row.link.op)).arg(row.link.sequence));
    ++report.operations;
    const QCborMap details = detailsOf(row.link);
    QStringList fields;
    const QCborArray withheld = details.value(QStringLiteral("withheld")).toArray();
    for (const QCborValue field : details.value(QStringLiteral("fields")).toArray()) {
        if (!withheld.contains(field))
            fields += field.toString();
    }
    const auto operation = wire::unpackedOperation(row.operation);
    const bool same = operation && operationDigest(*operation, fields) == details.value(QStringLiteral("digest")).toByteArray() && row.author == row.link.account
                      && row.device == row.link.device && row.record == row.link.record && row.version == details.value(QStringLiteral("version")).toInteger(-1)
                      && outcomeName(static_cast<Outcome>(std::clamp<qint64>(row.outcome, 0, static_cast<qint64>(Outcome::Later)))) == details.value(QStringLiteral("outcome")).toString();
    return same ? Fault() : faultAt(Kind::OperationChanged, row.link.sequence, Words::tr("The change %1 is kept otherwise than it was entered in entry %2.").arg(opText(row.link.op)).arg(row.link.sequence));
}

Result<AuditCheck::Fault> AuditCheck::anchorFault(const QList<AuditAnchor> &anchors, const AuditReport &report, qint64 from) const
{
    for (const AuditAnchor &anchor : anchors) {
        if (anchor.sequence > report.head.sequence)
            return faultAt(Kind::CutOff, report.head.sequence + 1, Words::tr("The journal ends at entry %1, but there was an entry %2: the end was cut off, or central was restored from a backup.")
                                                                     .arg(report.head.sequence).arg(anchor.sequence));
        if (anchor.sequence >= from)
            continue; // compared on the way
        Fault ignored;
        const auto link = before(anchor.sequence + 1, ignored);
        if (!link)
            return std::unexpected(link.error());
        if (ignored || *link != anchor)
            return faultAt(Kind::Rewritten, anchor.sequence, Words::tr("The journal up to entry %1 is not the one that the anchor was taken of: it was written anew, or central was restored from a backup.").arg(anchor.sequence));
    }
    return Fault();
}

Result<AuditCheck::Fault> AuditCheck::startFault(const AuditReport &report) const
{
    if (report.head.sequence == 0)
        return report.waiting > 0 ? Fault() : faultAt(Kind::CutOff, 1, Words::tr("The journal is empty: all of it was removed."));
    const auto began = m_connection.one<QString>(QStringLiteral("SELECT kind FROM audit_entry WHERE sequence = 1"), {}, [](const db::Row &row) { return row.text(0); });
    if (began ? *began == auditKindCode(AuditKind::JournalBegan) : began.error().code != ErrorCode::NotFound)
        return began.transform([](const QString &) { return Fault(); });
    return faultAt(Kind::Rewritten, 1, Words::tr("The journal does not begin with its beginning: it was written anew."));
}

// Operations from before there was a journal have none: how many there were, the first entry says.
Result<AuditCheck::Fault> AuditCheck::missingEntries() const
{
    qint64 beganMs = std::numeric_limits<qint64>::max();
    qint64 before = 0;
    const auto began = m_connection.each(QStringLiteral("SELECT at_ms, details FROM audit_entry WHERE sequence = 1 UNION ALL SELECT at_ms, details FROM audit_pending WHERE kind = ?"),
                                         {QString(auditKindCode(AuditKind::JournalBegan))}, [&](const db::Row &row) {
        beganMs = row.integer(0);
        before = detailsOf({.details = row.bytes(1)}).value(QStringLiteral("operations")).toInteger();
        return false;
    });
    if (!began)
        return std::unexpected(began.error());
    const QString without = QStringLiteral("FROM central_operation o LEFT JOIN audit_entry a ON a.op = o.op LEFT JOIN audit_pending p ON p.op = o.op "
                                           "WHERE a.op IS NULL AND p.op IS NULL");
    qint64 old = 0;
    qint64 late = 0;
    const auto counted = m_connection.each(QStringLiteral("SELECT count(CASE WHEN o.received_ms <= ? THEN 1 END), count(CASE WHEN o.received_ms > ? THEN 1 END) ") + without, {beganMs, beganMs}, [&](const db::Row &row) {
        old = row.integer(0);
        late = row.integer(1);
        return false;
    });
    if (!counted || (late == 0 && old == before))
        return counted.transform([] { return Fault(); });
    if (late == 0)
        return faultAt(Kind::OperationWithoutEntry, 0, Words::tr("Of the changes from before there was a journal, %1 are kept; there were %2.").arg(old).arg(before));
    return m_connection.one<QByteArray>(QStringLiteral("SELECT o.op ") + without + QStringLiteral(" AND o.received_ms > ? ORDER BY o.received_ms LIMIT 1"), {beganMs}, [](const db::Row &row) { return row.bytes(0); })
        .transform([&](const QByteArray &op) {
            return faultAt(Kind::OperationWithoutEntry, 0, Words::tr("%n change(s) have no entry in the journal, the first of them %1.", nullptr, static_cast<int>(late)).arg(opText(op)));
        });
}

} // namespace ioc
