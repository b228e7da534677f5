// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <records/validation.h>
#include <ui/uicontext.h>

#include <QHash>
#include <QWidget>

class QFormLayout;
class QLabel;

namespace ioc {

class FieldEditor;
class PersonalCover;

/// The form of a record, made from its type's declaration. What is wrong stands below its field, as it is on central.
class RecordForm : public QWidget
{
    Q_OBJECT

public:
    /// \a only: the fields to show; empty: every field that people fill in.
    RecordForm(UiContext &context, const RecordType &type, const QStringList &only = {}, QWidget *parent = nullptr);

    /// Shows \a record as it is now.
    void setRecord(const Record &record);
    /// The changes made since setRecord(). False, with the first wrong field focused, when something is to be mended.
    bool take(QList<FieldChange> &changes);
    [[nodiscard]] bool isDirty() const { return m_dirty; }
    /// The editor of \a field, or null.
    [[nodiscard]] FieldEditor *editor(const QString &field) const { return m_editors.value(field); }
    /// Marks \a field as one that must be filled in here, whatever its declaration says.
    void markRequired(const QString &field);
    /// Says below \a field what is wrong with it, and focuses it.
    void showProblem(const QString &field, const QString &message) { showProblems({{field, message}}); }
    /// Every value as it would be saved; false when one cannot be read.
    bool values(Values &values);

Q_SIGNALS:
    void edited();

private:
    void addField(QFormLayout &layout, const Field &field);
    void setCovered(const QString &field, bool covered);
    void showProblems(const QList<Problem> &problems);

    UiContext &m_context;
    const RecordType &m_type;
    Record m_record;
    QHash<QString, FieldEditor *> m_editors;
    QHash<QString, PersonalCover *> m_covers; ///< of sensitive fields
    QHash<QString, QLabel *> m_problems;
    QHash<QString, QLabel *> m_labels;
    QStringList m_order;
    bool m_dirty = false;
};

} // namespace ioc
