// SPDX-License-Identifier: GPL-3.0-or-later
#include <support/backendtest.h>

#include <support/postgres.h>

#include <QTest>

namespace ioc {

void BackendTest::initTestCase_data() { addBackends(); }

void BackendTest::init()
{
    QFETCH_GLOBAL(QString, backend);
    if (const QString obstacle = begin(backend); !obstacle.isEmpty())
        QSKIP(qPrintable(obstacle));
    prepare();
}

} // namespace ioc
