// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/workflowsteps.h>
#include <ui/messagebar.h>
#include <ui/recorddialog.h>
#include <ui/recordform.h>

#include <QDialogButtonBox>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QSettings>
#include <QVBoxLayout>

namespace ioc {

namespace {
// What is asked for: in a new record nothing that a later step of its workflow fills in.
QStringList askedFields(const TypeCatalog &catalog, const RecordType &type, bool isNew)
{
    const Workflow *workflow = isNew ? catalog.workflowOf(type) : nullptr;
    if (!workflow)
        return {};
    QStringList fields;
    for (const Field &field : type.fields) {
        const bool later = std::ranges::any_of(workflow->transitions, [&](const Transition &step) { return step.requiresFields.contains(field.name); });
        if (!field.readOnly && field.kind != FieldKind::Files && (field.required || !later))
            fields += field.name;
    }
    return fields;
}
} // namespace

RecordDialog::RecordDialog(UiContext &context, const RecordType &type, const Record &record, bool isNew, QWidget *parent)
    : QDialog(parent), m_context(context), m_type(type), m_record(record), m_isNew(isNew), m_form(new RecordForm(context, type, askedFields(context.catalog(), type, isNew), this)),
      m_message(new MessageBar(context.theme, this)), m_save(nullptr)
{
    const QString label = type.label.in(context.language);
    const QString title = type.title(record.values, context.language);
    setWindowTitle(isNew ? tr("New: %1").arg(label) : title.isEmpty() ? label : tr("%1: %2").arg(label, title));
    auto *layout = new QVBoxLayout(this);
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    auto *page = new QWidget(scroll);
    auto *pageLayout = new QVBoxLayout(page);
    pageLayout->setContentsMargins(8, 8, 16, 8);
    pageLayout->addWidget(m_form);
    pageLayout->addStretch(1);
    scroll->setWidget(page);
    auto *mark = new QLabel(tr("* must be filled in"), this);
    mark->setProperty("role", QStringLiteral("small"));
    auto *buttons = new QDialogButtonBox(this);
    m_save = buttons->addButton(tr("Save"), QDialogButtonBox::AcceptRole);
    m_save->setProperty("look", QStringLiteral("primary"));
    m_save->setDefault(true);
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    m_message->dismiss();
    layout->addWidget(m_message);
    layout->addWidget(scroll, 1);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(8, 4, 8, 4);
    foot->addWidget(mark);
    foot->addWidget(buttons, 1);
    layout->addLayout(foot);
    connect(buttons, &QDialogButtonBox::accepted, this, &RecordDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &RecordDialog::reject);
    m_form->setRecord(record);
    resize(startSize());
}

// As the person left it; else as high as the form wants, where the screen has room.
QSize RecordDialog::startSize() const
{
    const QSize left = QSettings().value(QStringLiteral("dialogs/") + m_type.name).toSize();
    const QSize room = (parentWidget() ? parentWidget()->screen() : screen())->availableSize() * 88 / 100;
    const int width = 680;
    const int wanted = m_form->layout()->totalHeightForWidth(width - 60) + 90;
    return (left.isValid() ? left : QSize(width, std::max(wanted, 240))).boundedTo(room);
}

Result<QList<Draft>> RecordDialog::drafts(const QList<FieldChange> &changes) const
{
    if (!m_isNew)
        return QList<Draft>{Draft{OperationKind::Edit, m_type.name, m_record.id, changes, {}, {}}};
    Values values;
    for (const FieldChange &change : changes)
        values.insert(change.field, change.newValue);
    if (!m_type.workflow.isEmpty())
        return WorkflowSteps(m_context.catalog(), m_context.store.author(), m_context.clock).create(m_type.name, m_record.id, values);
    return QList<Draft>{Draft{OperationKind::Create, m_type.name, m_record.id, changes, {}, {}}};
}

void RecordDialog::accept()
{
    QList<FieldChange> changes;
    if (m_saving || !m_form->take(changes))
        return;
    if (m_isNew) { // values given beforehand are new as well
        for (const auto &[name, value] : m_record.values.asKeyValueRange()) {
            const bool listed = std::ranges::any_of(changes, [&](const FieldChange &change) { return change.field == name; });
            if (!listed)
                changes += {name, {}, value};
        }
        for (FieldChange &change : changes)
            change.oldValue = {};
        changes.removeIf([](const FieldChange &change) { return change.newValue.isUndefined(); });
    }
    if (changes.isEmpty()) {
        QDialog::accept();
        return;
    }
    const auto made = drafts(changes);
    if (!made) {
        m_message->say(Tone::Danger, made.error().message);
        return;
    }
    m_saving = true;
    m_save->setEnabled(false);
    m_context.store.save(*made).then(this, [this, changes](const Result<Saved> &saved) {
        m_saving = false;
        m_save->setEnabled(true);
        if (!saved) {
            m_message->say(Tone::Danger, saved.error().message);
            return;
        }
        QSettings().setValue(QStringLiteral("dialogs/") + m_type.name, size());
        Q_EMIT this->saved(m_record.id, changes);
        QDialog::accept();
    });
}

void RecordDialog::reject()
{
    if (m_form->isDirty()) {
        QMessageBox box(QMessageBox::Question, windowTitle(), tr("Close without saving? What you wrote here will be lost."), QMessageBox::NoButton, this);
        box.addButton(tr("Go on writing"), QMessageBox::RejectRole);
        const auto *lose = box.addButton(tr("Close without saving"), QMessageBox::DestructiveRole);
        box.exec();
        if (box.clickedButton() != lose)
            return;
    }
    QDialog::reject();
}

} // namespace ioc
