// SPDX-License-Identifier: GPL-3.0-or-later
#include <complaints/complaintsteps.h>

#include <ui/workspace.h>

namespace ioc {

namespace {
QString timelineType() { return QStringLiteral("timeline_entry"); }
QString ledgerType() { return QStringLiteral("clock_entry"); }
} // namespace

ComplaintSteps::ComplaintSteps(UiContext &context, QObject *parent)
    : QObject(parent), m_context(context), m_steps(context.catalog(), context.store.author(), context.clock)
{
}

void ComplaintSteps::take(const Record &complaint, const QString &transition, const Values &values, const QString &comment)
{
    const Workflow *workflow = m_context.catalog().workflow(u"complaint");
    const Transition *declared = workflow ? workflow->transition(transition) : nullptr;
    const QString label = declared ? declared->label.in(m_context.language) : transition;
    save(m_steps.step(complaint, transition, values, comment), complaint.id, tr("Saved: %1").arg(label));
}

void ComplaintSteps::comment(const Record &complaint, const QString &text)
{
    save(m_steps.comment(complaint, text), complaint.id, {});
}

void ComplaintSteps::noteStill(const Record &complaint, const QString &text)
{
    auto drafts = m_steps.comment(complaint, text);
    if (drafts) {
        for (Draft &draft : *drafts) {
            for (FieldChange &change : draft.changes) {
                if (change.field == u"kind")
                    change.newValue = QStringLiteral("still");
            }
        }
    }
    save(drafts, complaint.id, {});
}

void ComplaintSteps::save(const Result<QList<Draft>> &drafts, const Id &complaint, const QString &told)
{
    if (!drafts) {
        Q_EMIT failed(drafts.error().message);
        return;
    }
    m_context.store.save(*drafts).then(this, [this, complaint, told](const Result<Saved> &result) {
        if (!result) {
            Q_EMIT failed(result.error().message);
            return;
        }
        Q_EMIT saved(complaint);
        if (told.isEmpty())
            return;
        m_context.workspace.tell(told, tr("Undo"), [this, complaint] {
            m_context.store.record(QStringLiteral("complaint"), complaint).then(this, [this](const Result<std::optional<StoredRecord>> &now) {
                if (now && *now)
                    undoLast((*now)->record);
            });
        });
    });
}

std::optional<Record> ComplaintSteps::undoable(const QList<StoredRecord> &timeline) const
{
    for (auto entry = timeline.crbegin(); entry != timeline.crend(); ++entry) {
        const QString kind = entry->record.text(QStringLiteral("kind"));
        if (kind == u"undo")
            return {}; // one step back, not two
        if (!entry->record.text(QStringLiteral("transition")).isEmpty()) {
            const bool own = entry->record.reference(QStringLiteral("author")) == m_context.store.author().account;
            return own ? std::optional(entry->record) : std::nullopt;
        }
    }
    return {};
}

void ComplaintSteps::undoLast(const Record &complaint)
{
    m_context.store.children(timelineType(), complaint.id).then(this, [this, complaint](const Result<QList<StoredRecord>> &timeline) {
        if (!timeline) {
            Q_EMIT failed(timeline.error().message);
            return;
        }
        m_context.store.children(ledgerType(), complaint.id).then(this, [this, complaint, entries = *timeline](const Result<QList<StoredRecord>> &ledger) {
            if (ledger)
                takeBack(complaint, entries, *ledger);
            else
                Q_EMIT failed(ledger.error().message);
        });
    });
}

void ComplaintSteps::takeBack(const Record &complaint, const QList<StoredRecord> &timeline, const QList<StoredRecord> &ledger)
{
    const auto last = undoable(timeline);
    if (!last) {
        Q_EMIT failed(tr("There is no step of yours to take back."));
        return;
    }
    QList<Record> rows;
    for (const StoredRecord &row : ledger)
        rows += row.record;
    save(m_steps.undo(complaint, *last, rows), complaint.id, {});
}

} // namespace ioc
