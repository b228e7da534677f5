// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/mainwindow.h>
#include <desktop/selftest.h>

#include <QCoreApplication>

namespace ioc {

bool selfTest(MainWindow &window)
{
    for (int page = 0; page < MainWindow::PageCount; ++page) {
        window.openPage(static_cast<MainWindow::WorkspacePage>(page));
        QCoreApplication::processEvents();
        if (window.page() != page)
            return false;
    }
    const bool all = window.openEveryType();
    window.openPage(MainWindow::Operations);
    QCoreApplication::processEvents();
    return all;
}

} // namespace ioc
