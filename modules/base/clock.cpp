// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/clock.h>

#include <QDateTime>
#include <QSysInfo>

#include <chrono>

namespace ioc {

qint64 SystemClock::nowMs() const
{
    return QDateTime::currentMSecsSinceEpoch();
}

qint64 SystemClock::monotonicMs() const
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

QString SystemClock::bootId() const
{
    return QString::fromLatin1(QSysInfo::bootUniqueId());
}

} // namespace ioc
