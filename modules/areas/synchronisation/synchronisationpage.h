// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/localstore.h>
#include <ui/uicontext.h>

#include <QWidget>

class QTabWidget;

namespace ioc {

class ConflictPane;
class EntryPane;

/// What waits to be sent, what two people changed at once, and what central refused; each with what can be done about it.
class SynchronisationPage : public QWidget
{
    Q_OBJECT

public:
    enum Tab { Outbox, Conflicts, Quarantine };

    explicit SynchronisationPage(UiContext &context, QWidget *parent = nullptr);

    void showTab(Tab tab);
    [[nodiscard]] EntryPane &outbox() { return *m_outbox; }
    [[nodiscard]] ConflictPane &conflicts() { return *m_conflicts; }
    [[nodiscard]] EntryPane &quarantine() { return *m_quarantine; }

private:
    void showCounts(const StoreStatus &status);

    UiContext &m_context;
    QTabWidget *m_tabs;
    EntryPane *m_outbox;
    ConflictPane *m_conflicts;
    EntryPane *m_quarantine;
};

} // namespace ioc
