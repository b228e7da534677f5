// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <synchronisation/entrytable.h>
#include <synchronisation/outboxmodel.h>

class QAction;
class QPlainTextEdit;

namespace ioc {

class ActionRow;
class WorkBar;

/// The outbox, or the quarantine: each entry with its reason in full and what can be done about it.
class EntryPane : public QWidget
{
    Q_OBJECT

public:
    EntryPane(UiContext &context, EntryQuery::List list, QWidget *parent = nullptr);

    [[nodiscard]] OutboxModel &model() { return *m_model; }
    [[nodiscard]] EntryTable &table() { return *m_table; }

    /// Sends the chosen entries again.
    void retry();
    /// Opens the form of the entry at hand: changed and sent again from quarantine, the record's own form from the outbox.
    void edit();
    void discard();
    void undoDiscard();
    /// Writes the chosen entries, or all of them, to a file; takes one in.
    void exportTo(const QString &path, bool all);
    void importFrom(const QString &path, bool anyCentral = false);

private:
    [[nodiscard]] bool isQuarantine() const { return m_model->query().list == EntryQuery::List::Quarantine; }
    void buildActions();
    void askWhereTo(bool all);
    void askWhatFrom();
    void tellImported(const Result<EntriesImported> &imported, const QString &path);
    void tellDone(const Result<EntriesDone> &done, const QString &said);
    void openRecord(int row);
    void editQuarantined(const OutboxEntry &entry);
    void showDetail(int row);
    void offer();

    UiContext &m_context;
    EntryText m_text;
    OutboxModel *m_model;
    QPlainTextEdit *m_detail;
    EntryTable *m_table;
    ActionRow *m_actions;
    WorkBar *m_working;
    QAction *m_retry = nullptr;
    QAction *m_edit = nullptr;
    QAction *m_discard = nullptr;
    QAction *m_undo = nullptr;
    QAction *m_export = nullptr;
    QAction *m_exportAll = nullptr;
    QList<qint64> m_discarded; ///< last
};

} // namespace ioc
