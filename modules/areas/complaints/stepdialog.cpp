// SPDX-License-Identifier: GPL-3.0-or-later
#include <complaints/stepdialog.h>

#include <ui/fieldeditor.h>
#include <ui/recordform.h>

#include <QDialogButtonBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace ioc {

StepDialog::StepDialog(UiContext &context, const Record &complaint, const Transition &transition, QWidget *parent)
    : QDialog(parent), m_context(context), m_transition(transition), m_form(nullptr), m_comment(new QPlainTextEdit(this)), m_problem(new QLabel(this))
{
    const RecordType &type = *context.catalog().type(complaint.type);
    setWindowTitle(transition.label.in(context.language));
    setMinimumWidth(520);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(10);
    auto *subject = new QLabel(type.title(complaint.values, context.language), this);
    subject->setTextFormat(Qt::PlainText);
    subject->setWordWrap(true);
    subject->setProperty("role", QStringLiteral("subject"));
    layout->addWidget(subject);
    if (!transition.requiresFields.isEmpty()) {
        m_form = new RecordForm(context, type, transition.requiresFields, this);
        for (const QString &field : transition.requiresFields)
            m_form->markRequired(field);
        m_form->setRecord(complaint);
        layout->addWidget(m_form);
    }
    m_comment->setPlaceholderText(transition.needsComment ? tr("Reason (required)") : tr("Note for the timeline (optional)"));
    m_comment->setAccessibleName(tr("Note for the timeline"));
    m_comment->setTabChangesFocus(true);
    m_comment->setMaximumHeight(80);
    layout->addWidget(m_comment);
    m_problem->setProperty("role", QStringLiteral("problem"));
    m_problem->hide();
    connect(m_comment, &QPlainTextEdit::textChanged, m_problem, &QLabel::hide);
    layout->addWidget(m_problem);
    auto *buttons = new QDialogButtonBox(this);
    auto *take = buttons->addButton(transition.label.in(context.language), QDialogButtonBox::AcceptRole);
    take->setProperty("look", QStringLiteral("primary"));
    take->setDefault(true);
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &StepDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &StepDialog::reject);
    FieldEditor *first = m_form ? m_form->editor(transition.requiresFields.first()) : nullptr;
    (first ? static_cast<QWidget *>(first) : m_comment)->setFocus();
}

QString StepDialog::comment() const
{
    return m_comment->toPlainText().trimmed();
}

void StepDialog::accept()
{
    if (m_transition.needsComment && comment().isEmpty()) {
        m_problem->setText(tr("Write the reason: it stays in the timeline."));
        m_problem->show();
        m_comment->setFocus();
        return;
    }
    if (m_form) {
        for (const QString &field : m_transition.requiresFields) {
            FieldEditor *editor = m_form->editor(field);
            if (!editor)
                continue; // the declaration names a field that forms do not show
            const auto value = editor->value();
            if (!value || value->isUndefined()) {
                m_form->showProblem(field, value ? tr("This field must be filled in.") : value.error().message);
                return;
            }
            m_values.insert(field, *value);
        }
    }
    QDialog::accept();
}

} // namespace ioc
