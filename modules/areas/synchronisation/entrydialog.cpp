// SPDX-License-Identifier: GPL-3.0-or-later
#include <records/validation.h>
#include <synchronisation/entrydialog.h>
#include <synchronisation/entrytext.h>
#include <ui/fieldeditor.h>
#include <ui/messagebar.h>
#include <ui/personalcover.h>
#include <ui/recordform.h>

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>

namespace ioc {

namespace {

QLabel *plainLabel(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

ConflictValueDialog::ConflictValueDialog(UiContext &context, const Field &field, const Conflict &conflict, int count, QWidget *parent)
    : QDialog(parent), m_editor(FieldEditor::create(context, field, this)), m_problem(plainLabel({}, this))
{
    const EntryText text(context);
    setWindowTitle(tr("Another value"));
    setMinimumWidth(560);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(10);
    auto *title = plainLabel(conflict.title, this);
    title->setProperty("role", QStringLiteral("subject"));
    layout->addWidget(title);
    if (count > 1)
        layout->addWidget(plainLabel(tr("The value is kept in all %n chosen conflicts of this field.", nullptr, count), this));
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(8);
    form->addRow(tr("At central"), plainLabel(text.value(conflict.type, field.name, conflict.values.theirs), this));
    form->addRow(tr("Mine"), plainLabel(text.value(conflict.type, field.name, conflict.values.mine), this));
    form->addRow(field.label.in(context.language), m_editor);
    layout->addLayout(form);
    m_problem->setProperty("role", QStringLiteral("problem"));
    m_problem->hide();
    layout->addWidget(m_problem);
    layout->addStretch(1);
    auto *buttons = new QDialogButtonBox(this);
    auto *keep = buttons->addButton(tr("Keep this value"), QDialogButtonBox::AcceptRole);
    keep->setProperty("look", QStringLiteral("primary"));
    keep->setDefault(true);
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::accepted, this, &ConflictValueDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
    connect(m_editor, &FieldEditor::edited, m_problem, &QWidget::hide);
    const auto begin = [this, keep, mine = conflict.values.mine] {
        m_editor->setEnabled(true);
        keep->setEnabled(true);
        m_editor->setValue(mine);
        m_editor->setFocus();
    };
    if (!isCovered(context, *context.catalog().type(conflict.type), field, conflict.values.mine)) {
        begin();
        return;
    }
    m_editor->setEnabled(false);
    keep->setEnabled(false);
    if (isLockedAway(field, conflict.values.mine)) {
        showProblem(tr("Personal data are locked: lock the screen and sign in to open them."));
        return;
    }
    context.store.noteLook(conflict.type, conflict.record, {field.name}).then(this, [this, begin](const Result<void> &noted) {
        if (noted)
            begin();
        else
            showProblem(noted.error().message);
    });
}

void ConflictValueDialog::accept()
{
    const Field &field = m_editor->field();
    auto value = m_editor->value().and_then([&](const QCborValue &written) { return canonical(field, written); });
    if (value && value->isUndefined() && field.required)
        value = failure(ErrorCode::InvalidInput, tr("This field must be filled in."));
    if (!value) {
        showProblem(value.error().message);
        m_editor->setFocus();
        return;
    }
    m_chosen = *value;
    QDialog::accept();
}

void ConflictValueDialog::showProblem(const QString &message)
{
    m_problem->setText(message);
    m_problem->show();
}

EntryDialog::EntryDialog(UiContext &context, const RecordType &type, const OutboxEntry &entry, const Record &now, QWidget *parent)
    : QDialog(parent), m_context(context), m_entry(entry), m_now(now), m_form(new RecordForm(context, type, {}, this)), m_message(new MessageBar(context.theme, this)), m_send(nullptr)
{
    setWindowTitle(tr("Change and send again: %1").arg(entry.title));
    auto *layout = new QVBoxLayout(this);
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    auto *page = new QWidget(scroll);
    auto *pageLayout = new QVBoxLayout(page);
    pageLayout->setContentsMargins(8, 8, 16, 8);
    pageLayout->addWidget(m_form);
    pageLayout->addStretch(1);
    scroll->setWidget(page);
    layout->addWidget(m_message);
    layout->addWidget(scroll, 1);
    auto *buttons = new QDialogButtonBox(this);
    m_send = buttons->addButton(tr("Send again"), QDialogButtonBox::AcceptRole);
    m_send->setProperty("look", QStringLiteral("primary"));
    m_send->setDefault(true);
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &EntryDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    if (entry.message.isEmpty())
        m_message->dismiss();
    else
        m_message->say(Tone::Warning, entry.message); // why central refused it, while it is mended
    Record shown = now;
    shown.type = type.name;
    for (const FieldChange &change : entry.operation.changes)
        shown.values.insert(change.field, change.newValue);
    m_form->setRecord(shown);
    resize(QSize(680, m_form->layout()->totalHeightForWidth(620) + 130).boundedTo((parent ? parent->screen() : screen())->availableSize() * 88 / 100));
}

// A creation needs all its values, an edit those that differ from what is here.
QList<FieldChange> EntryDialog::changes(const Values &wanted) const
{
    const bool creates = m_entry.operation.kind == OperationKind::Create;
    QList<FieldChange> out;
    for (const auto &[name, value] : wanted.asKeyValueRange()) {
        if (creates ? !value.isUndefined() : !sameValue(m_now.value(name), value))
            out += {name, creates ? QCborValue() : m_now.value(name), value};
    }
    if (creates)
        return out;
    for (const auto &[name, value] : m_now.values.asKeyValueRange()) {
        if (!wanted.contains(name) && m_form->editor(name))
            out += {name, value, {}};
    }
    return out;
}

void EntryDialog::accept()
{
    Values wanted;
    if (m_saving || !m_form->values(wanted))
        return;
    m_saving = true;
    m_send->setEnabled(false);
    m_context.store.resend(m_entry.key, changes(wanted)).then(this, [this](const Result<void> &done) {
        m_saving = false;
        m_send->setEnabled(true);
        if (done)
            QDialog::accept();
        else
            m_message->say(Tone::Danger, done.error().message);
    });
}

} // namespace ioc
