// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/localstore.h>
#include <ui/uicontext.h>

#include <QTimer>
#include <QWidget>

class QPushButton;
class QStackedWidget;
class QTabWidget;
class QTableView;
class QTableWidget;

namespace ioc {

class OutboxModel;

/// What waits to be sent, what two people changed at once, and what central refused; each with what can be done about it.
class SynchronisationPage : public QWidget
{
    Q_OBJECT

public:
    enum Tab { Outbox, Conflicts, Quarantine };

    explicit SynchronisationPage(UiContext &context, QWidget *parent = nullptr);

    void showTab(Tab tab);
    [[nodiscard]] int conflictCount() const { return static_cast<int>(m_conflictRows.size()); }
    [[nodiscard]] OutboxModel &outbox() { return *m_outbox; }
    [[nodiscard]] OutboxModel &quarantine() { return *m_quarantine; }
    [[nodiscard]] QTableView &quarantineView() { return *m_quarantineList.view; }

private:
    struct List { QTableView *view; QStackedWidget *stack; QWidget *actions; };
    List addList(const QString &icon, const QString &empty, QWidget *actions);
    void read();
    void showConflicts(const QList<Conflict> &conflicts);
    void settle();
    void forQuarantined(QFuture<Result<void>> (LocalStore::*act)(const Id &));

    UiContext &m_context;
    QTabWidget *m_tabs;
    QPushButton *m_settle = nullptr;
    OutboxModel *m_outbox;
    OutboxModel *m_quarantine;
    List m_outboxList;
    List m_quarantineList;
    QTableWidget *m_conflictTable;
    QStackedWidget *m_conflictStack;
    QList<Conflict> m_conflictRows;
    QTimer m_again;
};

} // namespace ioc
