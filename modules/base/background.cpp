// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/background.h>

#include <QtGlobal>

#ifdef Q_OS_LINUX
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace ioc {

void workInBackground()
{
#ifdef Q_OS_LINUX
    constexpr int niceness = 19; // a seventieth of what others get while they want it
    (void)::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), niceness); // of a thread, on Linux
#endif
}

} // namespace ioc
