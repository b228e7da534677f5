// SPDX-License-Identifier: GPL-3.0-or-later
#include <synchronisation/conflictpane.h>
#include <synchronisation/entrypane.h>
#include <synchronisation/synchronisationpage.h>

#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace ioc {

SynchronisationPage::SynchronisationPage(UiContext &context, QWidget *parent)
    : QWidget(parent), m_context(context), m_tabs(new QTabWidget(this)), m_outbox(new EntryPane(context, EntryQuery::List::Outbox, this)), m_conflicts(new ConflictPane(context, this)),
      m_quarantine(new EntryPane(context, EntryQuery::List::Quarantine, this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->addWidget(m_tabs);
    m_tabs->addTab(m_outbox, QString());
    m_tabs->addTab(m_conflicts, QString());
    m_tabs->addTab(m_quarantine, QString());
    connect(&context.store, &LocalStore::statusChanged, this, &SynchronisationPage::showCounts);
    showCounts(context.store.status());
}

void SynchronisationPage::showCounts(const StoreStatus &status)
{
    const auto put = [this](Tab tab, const QString &name, qint64 count) {
        m_tabs->setTabText(tab, count == 0 ? name : QStringLiteral("%1 (%2)").arg(name, m_context.format.number(double(count))));
    };
    put(Outbox, tr("Outbox"), status.outbox);
    put(Conflicts, tr("Conflicts"), status.conflicts);
    put(Quarantine, tr("Quarantine"), status.quarantine);
}

void SynchronisationPage::showTab(Tab tab)
{
    m_tabs->setCurrentIndex(tab);
    QTableView &view = tab == Conflicts ? m_conflicts->table().view() : (tab == Outbox ? m_outbox : m_quarantine)->table().view();
    view.setFocus(Qt::OtherFocusReason);
}

} // namespace ioc
