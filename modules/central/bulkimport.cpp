// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/assignednumbers.h>
#include <central/auditjournal.h>
#include <central/bulkimport.h>
#include <central/feedlog.h>
#include <central/journal.h>

#include <db/namedlock.h>
#include <records/validation.h>

#include <QCoreApplication>

namespace ioc {

namespace {

constexpr qsizetype batchSize = 2000;

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Central)
};

// The year of an official number: the record's own date, where its type is kept by date.
qint64 numberTime(const RecordType &type, const Record &record, qint64 nowMs)
{
    const Field *sorted = type.field(type.sortField);
    return sorted && sorted->kind == FieldKind::DateTime ? record.integer(sorted->name, nowMs) : nowMs;
}

} // namespace

std::optional<BulkImport::Checked> BulkImport::checked(const Record &record, qsizetype index, ImportReport &report) const
{
    const auto leaveOut = [&](const QString &why) {
        report.problems += ImportProblem{index, why};
        return std::nullopt;
    };
    Checked item{index, m_tables.catalog().type(record.type), record};
    if (!item.type)
        return leaveOut(Words::tr("There is no kind of record called “%1”.").arg(record.type.left(60)));
    if (record.id.isNull())
        return leaveOut(Words::tr("The record has no identifier."));
    for (const Field &field : item.type->fields) {
        if (!field.derived.isEmpty())
            item.record.values.remove(field.name);
    }
    const Workflow *workflow = m_tables.catalog().workflowOf(*item.type);
    item.stateGiven = workflow && !item.record.value(workflow->stateField).isUndefined();
    if (workflow && !item.stateGiven)
        item.record.values.insert(workflow->stateField, workflow->initialState);
    const QList<Problem> problems = validate(*item.type, item.record.values);
    if (!problems.isEmpty())
        return leaveOut(problems.first().field.isEmpty() ? problems.first().message : Words::tr("%1: %2").arg(problems.first().field, problems.first().message));
    return item;
}

Result<ImportReport> BulkImport::run(const QList<Record> &records, const Id &author, const ImportProgress &onProgress)
{
    ImportReport report;
    for (qsizetype from = 0; from < records.size(); from += batchSize) {
        const qsizetype to = std::min(from + batchSize, records.size());
        QList<Checked> batch; // checked before the transaction, which others wait for
        batch.reserve(to - from);
        for (qsizetype i = from; i < to; ++i) {
            if (auto item = checked(records[i], i, report))
                batch += std::move(*item);
        }
        if (const auto taken = takeBatch(batch, author, report); !taken)
            return std::unexpected(taken.error());
        if (const auto numbered = numberCommits(m_connection, m_epoch, static_cast<int>(batchSize)); !numbered)
            return std::unexpected(numbered.error());
        if (onProgress)
            onProgress(to, records.size());
    }
    return report;
}

// Others may work on the same records: what a transaction changed in \a batch and the report before it failed is forgotten.
Result<void> BulkImport::takeBatch(const QList<Checked> &batch, const Id &author, ImportReport &report)
{
    const auto once = [&](db::Connection &) -> Result<void> {
        QList<Checked> items = batch;
        ImportReport next = report;
        m_parents.clear();
        m_taken.clear();
        return takeOnce(items, author, next).transform([&] { report = std::move(next); });
    };
    return db::repeated(m_connection, once);
}

Result<void> BulkImport::takeOnce(QList<Checked> &batch, const Id &author, ImportReport &report)
{
    auto transaction = db::Transaction::begin(m_connection, db::Transaction::Durability::Normal); // can be imported again
    if (!transaction)
        return std::unexpected(transaction.error());
    if (const auto alone = db::waitForLock(m_connection, "import"); !alone) // two that take the same records in another order
        return alone;
    for (Checked &item : batch) {
        if (auto taken = take(item, author, report); !taken)
            return taken;
    }
    if (auto derived = recomputeParents(); !derived)
        return derived;
    return enter(author).and_then([&] { return transaction->commit(); });
}

Result<void> BulkImport::enter(const Id &author)
{
    const AuditActor who = author.isNull() ? AuditActor::atConsole() : AuditActor{.account = author, .device = {}, .console = {}};
    for (const auto &[type, taken] : std::as_const(m_taken).asKeyValueRange()) {
        const QCborMap details{{QStringLiteral("added"), taken.added}, {QStringLiteral("changed"), taken.changed}, {QStringLiteral("records"), taken.records}};
        if (auto entered = AuditJournal(m_connection).add({.kind = AuditKind::RecordsImported, .atMs = m_clock.nowMs(), .who = who, .type = type, .record = {}, .op = {}, .details = details}); !entered)
            return entered;
    }
    return {};
}

Result<void> BulkImport::take(Checked &item, const Id &author, ImportReport &report)
{
    const RecordType &type = *item.type;
    const auto duplicate = m_tables.duplicate(m_connection, type, item.record.id, item.record.values);
    if (!duplicate)
        return std::unexpected(duplicate.error());
    if (!duplicate->isNull()) {
        report.problems += ImportProblem{item.index, Words::tr("The same record is there already.")};
        return {};
    }
    const auto known = m_tables.exists(m_connection, type, item.record.id);
    if (!known)
        return std::unexpected(known.error());
    if (*known)
        return change(item, author, report);
    const qint64 now = m_clock.nowMs();
    if (auto numbered = AssignedNumbers(m_connection).assign(type, item.record.values, numberTime(type, item.record, now)); !numbered)
        return numbered;
    item.record.version = 1;
    item.record.deleted = false;
    CentralRecord state{.record = item.record};
    const auto added = m_tables.insert(m_connection, type, state, {author, now});
    if (!added)
        return std::unexpected(added.error());
    if (!*added) // somebody else made it meanwhile
        return change(item, author, report);
    if (const RecordType *parent = m_tables.ledgerParent(type))
        m_parents[parent].insert(item.record.reference(type.parentField));
    ++report.added;
    ++m_taken[type.name].added;
    m_taken[type.name].records += item.record.id.toBytes();
    return Journal(m_connection).commit(type, item.record, now);
}

Result<void> BulkImport::change(Checked &item, const Id &author, ImportReport &report)
{
    const RecordType &type = *item.type;
    auto state = m_tables.find(m_connection, type, item.record.id, RecordTables::Purpose::Change);
    if (!state)
        return std::unexpected(state.error());
    if (!state->aliasOf.isNull()) {
        report.problems += ImportProblem{item.index, Words::tr("The record was merged into another one.")};
        return {};
    }
    Values kept; // what an import does not write
    const Workflow *workflow = m_tables.catalog().workflowOf(type);
    for (const Field &field : type.fields) {
        const bool isState = workflow && workflow->stateField == field.name;
        const bool stays = !field.derived.isEmpty() || (!field.assigned.isEmpty() && !item.record.values.contains(field.name)) || (isState && !item.stateGiven);
        if (stays && state->record.values.contains(field.name))
            kept.insert(field.name, state->record.values[field.name]);
    }
    Values next = item.record.values;
    next.insert(kept);
    if (!state->record.deleted && state->record.values == next) {
        ++report.unchanged;
        return {};
    }
    if (type.appendOnly) {
        report.problems += ImportProblem{item.index, Words::tr("Entries of this kind are never changed. Add a new one instead.")};
        return {};
    }
    const qint64 now = m_clock.nowMs();
    const auto before = m_tables.unitsOf(m_connection, type, state->record.id, state->record.values);
    if (!before)
        return std::unexpected(before.error());
    state->record.values = next;
    state->record.deleted = false;
    ++state->record.version;
    if (auto updated = m_tables.update(m_connection, type, *state, {author, now}); !updated)
        return updated;
    ++report.changed;
    ++m_taken[type.name].changed;
    m_taken[type.name].records += item.record.id.toBytes();
    return Journal(m_connection).commitMoved(m_tables, type, state->record, now, *before);
}

Result<void> BulkImport::recomputeParents()
{
    for (const auto &[type, parents] : m_parents.asKeyValueRange()) {
        for (const Id &parent : parents) {
            if (auto done = m_tables.recompute(m_connection, *type, parent); !done)
                return done;
        }
    }
    m_parents.clear();
    return {};
}

} // namespace ioc
