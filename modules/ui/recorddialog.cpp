// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/workflowsteps.h>
#include <ui/messagebar.h>
#include <ui/recorddialog.h>
#include <ui/recordform.h>

#include <QDialogButtonBox>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QVBoxLayout>

namespace ioc {

RecordDialog::RecordDialog(UiContext &context, const RecordType &type, const Record &record, bool isNew, QWidget *parent)
    : QDialog(parent), m_context(context), m_type(type), m_record(record), m_isNew(isNew), m_form(new RecordForm(context, type, {}, this)),
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
    pageLayout->setContentsMargins(4, 4, 12, 4);
    pageLayout->addWidget(m_form);
    pageLayout->addStretch(1);
    scroll->setWidget(page);
    auto *buttons = new QDialogButtonBox(this);
    m_save = buttons->addButton(tr("Save"), QDialogButtonBox::AcceptRole);
    m_save->setProperty("look", QStringLiteral("primary"));
    m_save->setDefault(true);
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    m_message->dismiss();
    layout->addWidget(m_message);
    layout->addWidget(scroll, 1);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &RecordDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &RecordDialog::reject);
    m_form->setRecord(record);
    resize(QSettings().value(QStringLiteral("dialogs/") + type.name, QSize(640, 620)).toSize());
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
