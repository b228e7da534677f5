// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <administration/centralaccess.h>
#include <ui/uicontext.h>

#include <QWidget>

class QTabWidget;

namespace ioc {

class AccountPane;
class DevicePane;

/// Accounts and devices, for those who may administer accounts. Roles and grants are records of the catalogue, which this leads to.
class AdministrationPage : public QWidget
{
    Q_OBJECT

public:
    enum Tab { Accounts, Devices };

    explicit AdministrationPage(UiContext &context, QWidget *parent = nullptr);

    /// Whether the person who works here may administer.
    static bool isFor(const UiContext &context);
    void setAccess(const CentralAccess &access);
    void showTab(Tab tab);
    /// Whether central is reached: when it is again, the lists are read anew.
    void setOnline(bool online);
    [[nodiscard]] AccountPane &accounts() { return *m_accounts; }
    [[nodiscard]] DevicePane &devices() { return *m_devices; }

private:
    QTabWidget *m_tabs;
    AccountPane *m_accounts;
    DevicePane *m_devices;
    bool m_isOnline = false;
};

} // namespace ioc
