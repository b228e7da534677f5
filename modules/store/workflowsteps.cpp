// SPDX-License-Identifier: GPL-3.0-or-later
#include <access/sealedtext.h>
#include <access/vault.h>
#include <records/derived.h>
#include <store/workflowsteps.h>

#include <QCborMap>
#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Store)
};

std::unexpected<Error> invalid(const QString &message)
{
    return failure(ErrorCode::InvalidInput, message);
}

QString name(const char *text) { return QString::fromLatin1(text); }

/// A record type with a workflow and the types of its ledger and its timeline; these may be missing.
struct Parts
{
    const RecordType *type = nullptr;
    const Workflow *workflow = nullptr;
    const RecordType *ledger = nullptr;
    const RecordType *timeline = nullptr;
};

Result<Parts> partsOf(const TypeCatalog &catalog, const QString &typeName, const Author &author)
{
    Parts parts{.type = catalog.type(typeName)};
    parts.workflow = parts.type ? catalog.workflowOf(*parts.type) : nullptr;
    if (!parts.workflow)
        return invalid(Words::tr("This kind of record has no steps."));
    if (!author.rights.mayCapture(*parts.type))
        return failure(ErrorCode::Denied, Words::tr("Your account may not change this kind of record."));
    const auto children = catalog.childrenOf(*parts.type);
    for (const RecordType *child : children) {
        if (child->clockLedger)
            parts.ledger = child;
        else if (child->field(u"kind") && child->field(u"at") && child->field(u"text"))
            parts.timeline = child;
    }
    return parts;
}

/// Makes the rows that go beside a record's own change, all at one time.
class Rows
{
public:
    Rows(const Parts &parts, const Id &record, const Author &author, const Clock &clock)
        : m_parts(parts), m_record(record), m_author(author), m_clock(clock), m_nowMs(clock.nowMs() - author.offsetMs) {}

    [[nodiscard]] qint64 nowMs() const { return m_nowMs; } ///< as central's clock would say

    [[nodiscard]] QList<Draft> ledger(const QList<ClockEntry> &entries, const QString &reason = {}) const
    {
        QList<Draft> out;
        if (!m_parts.ledger)
            return out;
        for (const ClockEntry &entry : entries) {
            Values values{{name("clock"), entry.clock}, {name("act"), clockActName(entry.act)}, {name("at"), entry.atMs}};
            if (entry.dueMs)
                values.insert(name("due"), entry.dueMs);
            if (!reason.isEmpty())
                values.insert(name("reason"), reason);
            out += child(*m_parts.ledger, values);
        }
        return out;
    }

    [[nodiscard]] QList<Draft> timeline(const QString &kind, Values values) const
    {
        if (!m_parts.timeline)
            return {};
        const Field *kinds = m_parts.timeline->field(u"kind");
        values.insert(name("kind"), kinds->choice(kind) ? kind : name("transition"));
        values.insert(name("at"), m_nowMs);
        values.insert(name("author_name"), m_author.displayName);
        return {child(*m_parts.timeline, values)};
    }

private:
    [[nodiscard]] Draft child(const RecordType &type, Values values) const
    {
        values.insert(type.parentField, m_record.toString());
        if (!m_author.account.isNull())
            values.insert(name("author"), m_author.account.toString());
        Draft draft{.kind = OperationKind::Create, .type = type.name, .record = Id::create(m_clock)};
        for (const auto &[field, value] : values.asKeyValueRange()) {
            const bool empty = value.isUndefined() || (value.isString() && value.toString().isEmpty());
            if (type.field(field) && !empty)
                draft.changes += {field, {}, value};
        }
        return draft;
    }

    const Parts &m_parts;
    Id m_record;
    const Author &m_author;
    const Clock &m_clock;
    qint64 m_nowMs;
};

// Old values as JSON, so that taking a step back is exact. Empty ones are null.
QString packedBefore(const QList<FieldChange> &changes, const QString &stateField)
{
    QCborMap map;
    for (const FieldChange &change : changes) {
        if (change.field != stateField)
            map.insert(change.field, change.oldValue.isUndefined() ? QCborValue(nullptr) : change.oldValue);
    }
    return map.isEmpty() ? QString() : QString::fromUtf8(QJsonDocument(map.toJsonObject()).toJson(QJsonDocument::Compact));
}

Values unpackedBefore(const QString &text)
{
    Values out;
    const QCborMap map = QCborMap::fromJsonObject(QJsonDocument::fromJson(text.toUtf8()).object());
    for (const auto &[field, value] : map)
        out.insert(field.toString(), value.isNull() ? QCborValue() : value);
    return out;
}

Result<const Transition *> allowedStep(const Parts &parts, const Record &record, const QString &code, const Author &author)
{
    const Transition *transition = parts.workflow->transition(code);
    if (!transition)
        return invalid(Words::tr("There is no such step."));
    if (!transition->roles.isEmpty() && !transition->roles.contains(author.rights.role()))
        return failure(ErrorCode::Denied, Words::tr("Your account may not take this step."));
    if (!transition->from.contains(record.text(parts.workflow->stateField)))
        return invalid(Words::tr("This step cannot be taken any more: the record has moved on. Look at its timeline."));
    return transition;
}

} // namespace

WorkflowSteps::WorkflowSteps(const TypeCatalog &catalog, const Author &author, const Clock &clock) : m_catalog(catalog), m_author(author), m_clock(clock)
{
}

Result<QList<Draft>> WorkflowSteps::create(const QString &type, const Id &id, const Values &values) const
{
    const auto parts = partsOf(m_catalog, type, m_author);
    if (!parts)
        return std::unexpected(parts.error());
    const Rows rows(*parts, id, m_author, m_clock);
    Draft draft{.kind = OperationKind::Create, .type = type, .record = id};
    for (const auto &[field, value] : values.asKeyValueRange()) {
        if (field != parts->workflow->stateField)
            draft.changes += {field, {}, value};
    }
    draft.changes += {parts->workflow->stateField, {}, parts->workflow->initialState};
    return QList<Draft>{draft} + rows.ledger(clockEntries(*parts->workflow, parts->workflow->initialClocks, rows.nowMs()))
           + rows.timeline(name("created"), {{name("to_state"), parts->workflow->initialState}});
}

Result<QList<Draft>> WorkflowSteps::step(const Record &record, const QString &code, const Values &values, const QString &comment) const
{
    const auto parts = partsOf(m_catalog, record.type, m_author);
    if (!parts)
        return std::unexpected(parts.error());
    const auto allowed = allowedStep(*parts, record, code, m_author);
    if (!allowed)
        return std::unexpected(allowed.error());
    const Transition &transition = **allowed;
    if (transition.needsComment && comment.trimmed().isEmpty())
        return invalid(Words::tr("This step needs a comment that says why."));
    const QString stateField = parts->workflow->stateField;
    Draft draft{.kind = OperationKind::Transition, .type = record.type, .record = record.id, .transition = code};
    QString toUnit;
    QString note;
    for (const auto &[field, value] : values.asKeyValueRange()) {
        const Field *declared = parts->type->field(field);
        if (!declared || field == stateField)
            return invalid(Words::tr("There is no field “%1” in this kind of record.").arg(field.left(60)));
        if (declared->kind == FieldKind::Unit)
            toUnit = value.toString();
        if (declared->kind == FieldKind::Note)
            note = value.toString();
        if (!sameValue(record.value(field), value))
            draft.changes += {field, record.value(field), value};
    }
    for (const QString &needed : transition.requiresFields) {
        const QCborValue value = values.contains(needed) ? values.value(needed) : record.value(needed);
        if (value.isUndefined() || value.isNull() || (value.isString() && value.toString().trimmed().isEmpty())) {
            const Field *field = parts->type->field(needed);
            const QString language = QCoreApplication::translate("Records", "en", "code of the language of these texts");
            return invalid(Words::tr("“%1” must be filled in before this step.").arg(field ? field->label.in(language) : needed));
        }
    }
    draft.changes += {stateField, record.value(stateField), transition.to};

    const Rows rows(*parts, record.id, m_author, m_clock);
    return QList<Draft>{draft} + rows.ledger(clockEntries(*parts->workflow, transition.clocks, rows.nowMs()))
           + rows.timeline(code, {{name("transition"), code},
                                  {name("from_state"), record.value(stateField)},
                                  {name("to_state"), transition.to},
                                  {name("text"), comment.trimmed().isEmpty() ? note : comment},
                                  {name("to_unit"), toUnit},
                                  {name("before"), packedBefore(draft.changes, stateField)}});
}

Result<QList<Draft>> WorkflowSteps::undo(const Record &record, const Record &last, const QList<Record> &ledger) const
{
    const auto parts = partsOf(m_catalog, record.type, m_author);
    if (!parts)
        return std::unexpected(parts.error());
    const QString stateField = parts->workflow->stateField;
    const QString from = last.text(name("from_state"));
    const QString code = last.text(name("transition"));
    if (code.isEmpty() || code == u"undo" || !parts->workflow->state(from))
        return invalid(Words::tr("There is no step to take back."));
    if (last.reference(name("author")) != m_author.account)
        return failure(ErrorCode::Denied, Words::tr("Only who took the last step may take it back."));
    if (last.text(name("to_state")) != record.text(stateField))
        return invalid(Words::tr("This step cannot be taken back any more: the record has moved on. Look at its timeline."));

    Draft draft{.kind = OperationKind::Transition, .type = record.type, .record = record.id, .transition = name("undo")};
    if (isSealed(last.value(name("before"))))
        return lockedAway();
    const Values before = unpackedBefore(last.text(name("before")));
    for (const auto &[field, value] : before.asKeyValueRange()) {
        if (!sameValue(record.value(field), value))
            draft.changes += {field, record.value(field), value};
    }
    draft.changes += {stateField, record.value(stateField), from};

    const Rows rows(*parts, record.id, m_author, m_clock);
    QList<ClockEntry> taken;
    for (const Record &row : ledger) { // a step and its rows have one time and one author
        const ClockEntry entry = clockEntry(row);
        if (entry.act != ClockAct::Undone && entry.atMs == last.integer(name("at")) && row.reference(name("author")) == m_author.account)
            taken += {.clock = entry.clock, .act = ClockAct::Undone, .atMs = rows.nowMs(), .dueMs = entry.atMs};
    }
    return QList<Draft>{draft} + rows.ledger(taken)
           + rows.timeline(name("undo"), {{name("transition"), name("undo")}, {name("from_state"), record.value(stateField)}, {name("to_state"), from}});
}

Result<QList<Draft>> WorkflowSteps::comment(const Record &record, const QString &text) const
{
    const auto parts = partsOf(m_catalog, record.type, m_author);
    if (!parts)
        return std::unexpected(parts.error());
    if (text.trimmed().isEmpty())
        return invalid(Words::tr("Write the comment first."));
    return Rows(*parts, record.id, m_author, m_clock).timeline(name("comment"), {{name("text"), text}});
}

Result<QList<Draft>> WorkflowSteps::extend(const Record &record, const QString &clock, qint64 dueMs, const QString &reason) const
{
    const auto parts = partsOf(m_catalog, record.type, m_author);
    if (!parts)
        return std::unexpected(parts.error());
    const Rows rows(*parts, record.id, m_author, m_clock);
    if (!parts->workflow->clock(clock) || !parts->ledger)
        return invalid(Words::tr("There is no such deadline."));
    if (reason.trimmed().isEmpty())
        return invalid(Words::tr("An extension needs a reason."));
    if (dueMs <= rows.nowMs())
        return invalid(Words::tr("The new deadline must lie ahead."));
    return rows.ledger({{.clock = clock, .act = ClockAct::Extended, .atMs = rows.nowMs(), .dueMs = dueMs}}, reason)
           + rows.timeline(name("extension"), {{name("text"), reason}});
}

} // namespace ioc
