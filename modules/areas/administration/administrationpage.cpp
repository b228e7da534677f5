// SPDX-License-Identifier: GPL-3.0-or-later
#include <administration/accountpane.h>
#include <administration/administrationpage.h>
#include <administration/devicepane.h>

#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace ioc {

AdministrationPage::AdministrationPage(UiContext &context, QWidget *parent)
    : QWidget(parent), m_tabs(new QTabWidget(this)), m_accounts(new AccountPane(context, this)), m_devices(new DevicePane(context, this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->addWidget(m_tabs);
    m_tabs->addTab(m_accounts, tr("Accounts"));
    m_tabs->addTab(m_devices, tr("Devices"));
}

bool AdministrationPage::isFor(const UiContext &context)
{
    const RecordType *account = context.catalog().type(u"account");
    return account && context.store.author().rights.mayCapture(*account);
}

void AdministrationPage::setAccess(const CentralAccess &access)
{
    m_accounts->setAccess(access);
    m_devices->setAccess(access);
}

void AdministrationPage::setOnline(bool online)
{
    if (std::exchange(m_isOnline, online) == online)
        return;
    m_accounts->refresh();
    m_devices->refresh();
}

void AdministrationPage::showTab(Tab tab)
{
    m_tabs->setCurrentIndex(tab);
    (tab == Accounts ? m_accounts->view() : m_devices->view()).setFocus(Qt::OtherFocusReason);
}

} // namespace ioc
