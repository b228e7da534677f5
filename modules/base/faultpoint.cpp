// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/faultpoint.h>

#include <QByteArray>

#include <cstdlib>

#ifdef Q_OS_UNIX
#include <csignal>
#endif

namespace ioc {

void faultPoint(const char *step)
{
    static const QByteArray wanted = qgetenv("IOC_FAULT");
    if (wanted.isEmpty() || wanted != step)
        return;
#ifdef Q_OS_UNIX
    std::raise(SIGKILL);
#endif
    std::_Exit(137);
}

} // namespace ioc
