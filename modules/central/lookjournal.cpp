// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/auditjournal.h>
#include <central/lookjournal.h>
#include <central/operationcheck.h>

#include <QCborArray>

namespace ioc {

namespace {

AuditEntry entryOf(const Look &look, const Identity &who, qint64 receivedMs)
{
    QString note;
    const qint64 seenMs = boundedTime({.deviceTimeMs = look.deviceTimeMs, .offsetMs = look.offsetMs}, receivedMs, &note);
    QCborMap details{{QStringLiteral("fields"), QCborArray::fromStringList(look.fields)}, {QStringLiteral("received_ms"), receivedMs}};
    if (!note.isEmpty())
        details.insert(QStringLiteral("time_note"), note);
    const Id author = look.author.isNull() ? who.account : look.author;
    if (author != who.account)
        details.insert(QStringLiteral("reported_by"), who.account.toBytes());
    return {.kind = AuditKind::SealedSeen, .atMs = seenMs, .who = {.account = author, .device = who.device, .console = {}}, .type = look.type,
            .record = look.record, .op = look.look, .details = details};
}

} // namespace

Result<void> takeLooks(db::Connection &connection, const Clock &clock, const QList<Look> &looks, const Identity &who)
{
    auto transaction = db::Transaction::begin(connection, db::Transaction::Durability::Full);
    if (!transaction)
        return std::unexpected(transaction.error());
    AuditJournal journal(connection);
    const qint64 now = clock.nowMs();
    for (const Look &look : looks) {
        const auto isNew = connection.exec(QStringLiteral("INSERT INTO central_look (look) VALUES (?) ON CONFLICT DO NOTHING"), {look.look.toBytes()});
        if (!isNew)
            return std::unexpected(isNew.error());
        if (*isNew == 0)
            continue;
        if (auto entered = journal.add(entryOf(look, who, now)); !entered)
            return entered;
    }
    return transaction->commit();
}

} // namespace ioc
