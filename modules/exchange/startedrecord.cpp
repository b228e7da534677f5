// SPDX-License-Identifier: GPL-3.0-or-later
#include <exchange/importid.h>
#include <exchange/startedrecord.h>
#include <records/derived.h>

namespace ioc {

QList<Record> ledgerRecords(const TypeCatalog &catalog, const Record &parent, const QList<ClockEntry> &entries, const Id &author)
{
    const RecordType *type = catalog.type(parent.type);
    const RecordType *ledger = nullptr;
    const auto children = type ? catalog.childrenOf(*type) : QList<const RecordType *>();
    for (const RecordType *child : children) {
        if (child->clockLedger)
            ledger = child;
    }
    QList<Record> out;
    for (const ClockEntry &entry : entries) {
        if (!ledger)
            break;
        const QString act = clockActName(entry.act);
        Record row{.type = ledger->name, .id = childId(parent.id, QStringLiteral("clock/%1/%2/%3").arg(entry.clock, act).arg(entry.atMs))};
        row.values.insert(ledger->parentField, parent.id.toString());
        row.values.insert(QStringLiteral("clock"), entry.clock);
        row.values.insert(QStringLiteral("act"), act);
        row.values.insert(QStringLiteral("at"), entry.atMs);
        if (entry.dueMs)
            row.values.insert(QStringLiteral("due"), entry.dueMs);
        if (!author.isNull())
            row.values.insert(QStringLiteral("author"), author.toString());
        out += row;
    }
    return out;
}

QList<Record> start(const TypeCatalog &catalog, Record &record, qint64 atMs, const Id &author)
{
    const RecordType *type = catalog.type(record.type);
    const Workflow *workflow = type ? catalog.workflowOf(*type) : nullptr;
    if (!workflow || !record.text(workflow->stateField).isEmpty())
        return {};
    record.values.insert(workflow->stateField, workflow->initialState);
    const QList<ClockEntry> entries = clockEntries(*workflow, workflow->initialClocks, atMs);
    for (const auto &[name, value] : derivedValues(*type, entries).asKeyValueRange()) {
        if (!value.isUndefined())
            record.values.insert(name, value);
    }
    return ledgerRecords(catalog, record, entries, author);
}

} // namespace ioc
