// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <synchronisation/conflictmodel.h>
#include <synchronisation/entrytable.h>

class QAction;
class QLabel;
class QPlainTextEdit;

namespace ioc {

class ActionRow;
class WorkBar;

/// All open conflicts: both values side by side, settled one by one or in bulk, and taken back.
class ConflictPane : public QWidget
{
    Q_OBJECT

public:
    explicit ConflictPane(UiContext &context, QWidget *parent = nullptr);

    [[nodiscard]] ConflictModel &model() { return *m_model; }
    [[nodiscard]] EntryTable &table() { return *m_table; }

    void settle(Keep keep);
    /// Asks for a value of the field at hand, and keeps it for all chosen rows of that field.
    void editValue();
    void undo();

private:
    QWidget *buildDetail();
    void work(const QFuture<Result<EntriesDone>> &work, const QString &what, bool isUndo);
    void tellDone(const Result<EntriesDone> &done, bool isUndo);
    void editFor(const Conflict &conflict, const QList<qint64> &keys);
    void openRecord(int row);
    void showDetail(int row);
    void offer();

    UiContext &m_context;
    EntryText m_text;
    QLabel *m_theirsHead = nullptr; // made with the detail, before the table that it stands beneath
    QLabel *m_mineHead = nullptr;
    QLabel *m_note = nullptr;
    QPlainTextEdit *m_theirs = nullptr;
    QPlainTextEdit *m_mine = nullptr;
    ConflictModel *m_model;
    EntryTable *m_table;
    ActionRow *m_actions;
    WorkBar *m_working;
    QList<QAction *> m_settling;
    QAction *m_edit = nullptr;
    QAction *m_open = nullptr;
    QAction *m_undo = nullptr;
    bool m_isWorking = false;
    bool m_canUndo = false;
};

} // namespace ioc
