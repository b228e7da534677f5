// SPDX-License-Identifier: GPL-3.0-or-later
#include <ui/fieldeditor.h>
#include <ui/personalcover.h>
#include <ui/recordform.h>

#include <QFormLayout>
#include <QLabel>
#include <QStyle>
#include <QVBoxLayout>

namespace ioc {

namespace {
// The style sheet draws a wrong editor with a red edge.
void markWrong(FieldEditor &editor, bool wrong)
{
    QWidget *input = editor.focusProxy();
    if (!input || input->property("invalid").toBool() == wrong)
        return;
    input->setProperty("invalid", wrong);
    input->style()->unpolish(input);
    input->style()->polish(input);
}
} // namespace

RecordForm::RecordForm(UiContext &context, const RecordType &type, const QStringList &only, QWidget *parent)
    : QWidget(parent), m_context(context), m_type(type)
{
    auto *layout = new QFormLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setHorizontalSpacing(12);
    layout->setVerticalSpacing(6);
    layout->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    layout->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    layout->setRowWrapPolicy(QFormLayout::WrapLongRows);
    for (const Field &field : type.fields) {
        const bool wanted = only.isEmpty() ? !field.readOnly && field.kind != FieldKind::Files : only.contains(field.name);
        if (wanted)
            addField(*layout, field);
    }
    m_record.type = type.name;
    connect(&context.store, &LocalStore::authorChanged, this, [this, account = context.store.author().account]() mutable {
        if (std::exchange(account, m_context.store.author().account) == m_context.store.author().account)
            return;
        for (const QString &name : m_covers.keys()) // who comes after has seen nothing yet
            setCovered(name, isCovered(m_context, m_type, *m_type.field(name), m_record.value(name)));
    });
}

void RecordForm::addField(QFormLayout &layout, const Field &field)
{
    auto *cell = new QWidget(this);
    auto *column = new QVBoxLayout(cell);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    auto *editor = FieldEditor::create(m_context, field, cell);
    auto *problem = new QLabel(cell);
    problem->setTextFormat(Qt::PlainText);
    problem->setWordWrap(true);
    problem->setProperty("role", QStringLiteral("problem"));
    problem->hide();
    column->addWidget(editor);
    if (field.sensitive) {
        auto *cover = new PersonalCover(m_context, m_type, field, cell);
        cover->hide();
        column->addWidget(cover);
        m_covers.insert(field.name, cover);
        connect(cover, &PersonalCover::revealed, this, [this, editor, name = field.name] {
            setCovered(name, false);
            editor->setFocus(Qt::OtherFocusReason);
        });
    }
    if (field.kind == FieldKind::Place) { // the one kind whose form nobody guesses
        auto *hint = new QLabel(tr("Latitude, longitude in degrees, such as 10.7769, 106.7009"), cell);
        hint->setProperty("role", QStringLiteral("small"));
        hint->setWordWrap(true);
        column->addWidget(hint);
    }
    column->addWidget(problem);
    const QString name = field.label.in(m_context.language) + (field.unitOfMeasure.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(field.unitOfMeasure));
    auto *label = new QLabel(field.required ? name + QStringLiteral(" *") : name, this);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setMinimumWidth(130);
    label->setAlignment(Qt::AlignLeft | Qt::AlignTop); // beside its editor, also when a problem stands below that
    label->setBuddy(editor);
    label->setContentsMargins(0, 6, 0, 0);
    layout.addRow(label, cell);
    m_editors.insert(field.name, editor);
    m_problems.insert(field.name, problem);
    m_labels.insert(field.name, label);
    m_order += field.name;
    connect(editor, &FieldEditor::edited, this, [this, problem, name = field.name] {
        m_dirty = true;
        problem->hide();
        markWrong(*m_editors[name], false);
        Q_EMIT edited();
    });
}

void RecordForm::markRequired(const QString &field)
{
    QLabel *label = m_labels.value(field);
    if (label && !label->text().endsWith(u'*'))
        label->setText(label->text() + QStringLiteral(" *"));
}

void RecordForm::setRecord(const Record &record)
{
    m_record = record;
    for (const auto &[name, editor] : m_editors.asKeyValueRange()) {
        editor->setValue(record.value(name));
        setCovered(name, isCovered(m_context, m_type, *m_type.field(name), record.value(name)));
    }
    showProblems({});
    m_dirty = false;
}

void RecordForm::setCovered(const QString &field, bool covered)
{
    PersonalCover *cover = m_covers.value(field);
    if (!cover)
        return;
    if (covered)
        cover->setValue(m_record.id, m_record.value(field));
    cover->setVisible(covered);
    m_editors[field]->setHidden(covered);
    m_labels[field]->setBuddy(covered ? static_cast<QWidget *>(cover) : m_editors[field]);
}

bool RecordForm::values(Values &values)
{
    values = m_record.values;
    QList<Problem> problems;
    for (const QString &name : std::as_const(m_order)) {
        if (isLockedAway(*m_type.field(name), m_record.value(name)))
            continue; // nobody has seen it, nor changed it
        const auto value = m_editors[name]->value();
        if (!value)
            problems += {name, value.error().message};
        else if (value->isUndefined())
            values.remove(name);
        else
            values.insert(name, *value);
    }
    Values checked = values;
    const QList<Problem> found = validate(m_type, checked);
    for (const Problem &problem : found) {
        const bool known = std::ranges::any_of(problems, [&](const Problem &other) { return other.field == problem.field; });
        const Field *field = m_type.field(problem.field);
        // What was there before is not this edit's fault, and what the workflow or central fills in is not asked for here.
        const QCborValue before = m_record.value(problem.field);
        const bool kept = !before.isUndefined() && sameValue(before, values.value(problem.field));
        if (!known && !kept && !(field && field->readOnly))
            problems += problem;
    }
    if (found.isEmpty())
        values = checked;
    showProblems(problems);
    return problems.isEmpty();
}

bool RecordForm::take(QList<FieldChange> &changes)
{
    Values now;
    if (!values(now))
        return false;
    changes.clear();
    for (const QString &name : std::as_const(m_order)) {
        const QCborValue before = m_record.value(name);
        const QCborValue after = now.value(name);
        if (!sameValue(before, after))
            changes += {name, before, after};
    }
    return true;
}

void RecordForm::showProblems(const QList<Problem> &problems)
{
    for (QLabel *label : std::as_const(m_problems))
        label->hide();
    for (FieldEditor *editor : std::as_const(m_editors))
        markWrong(*editor, false);
    QWidget *first = nullptr;
    for (const QString &name : std::as_const(m_order)) {
        for (const Problem &problem : problems) {
            if (problem.field != name)
                continue;
            QLabel *label = m_problems[name];
            label->setText(problem.message);
            label->show();
            markWrong(*m_editors[name], true);
            first = first ? first : m_editors[name];
        }
    }
    if (first)
        first->setFocus(Qt::OtherFocusReason);
}

} // namespace ioc
