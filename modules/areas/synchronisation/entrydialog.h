// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/entries.h>
#include <ui/uicontext.h>

#include <QDialog>

class QLabel;
class QPushButton;

namespace ioc {

class FieldEditor;
class MessageBar;
class RecordForm;

/// Asks for the value to keep in the place of both values of a conflict, in the field's own editor.
class ConflictValueDialog : public QDialog
{
    Q_OBJECT

public:
    /// \a count: how many conflicts it is for.
    ConflictValueDialog(UiContext &context, const Field &field, const Conflict &conflict, int count, QWidget *parent = nullptr);
    [[nodiscard]] FieldEditor &editor() { return *m_editor; }
    [[nodiscard]] QCborValue chosen() const { return m_chosen; }
    void accept() override;

private:
    void showProblem(const QString &message);

    FieldEditor *m_editor;
    QLabel *m_problem;
    QCborValue m_chosen;
};

/// The form of a quarantined creation or edit, to be changed and sent again. Closes when that was saved.
class EntryDialog : public QDialog
{
    Q_OBJECT

public:
    /// \a now: the record as it is here without that change; empty for a creation.
    EntryDialog(UiContext &context, const RecordType &type, const OutboxEntry &entry, const Record &now, QWidget *parent = nullptr);
    [[nodiscard]] RecordForm &form() { return *m_form; }
    void accept() override;

private:
    [[nodiscard]] QList<FieldChange> changes(const Values &wanted) const;

    UiContext &m_context;
    OutboxEntry m_entry;
    Record m_now;
    RecordForm *m_form;
    MessageBar *m_message;
    QPushButton *m_send;
    bool m_saving = false;
};

} // namespace ioc
