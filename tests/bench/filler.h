// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/localstore.h>
#include <wire/feed.h>

#include <QEventLoop>
#include <QFutureWatcher>
#include <QRandomGenerator>

namespace ioc::bench {

/// Makes the same complaints every time: real words, a daily rhythm, one in twenty still open (with its clock ledger),
/// 168 communes, places around Ho Chi Minh City.
class ComplaintMaker
{
public:
    /// The last of \a complaints is of about \a newestMs.
    ComplaintMaker(qint64 newestMs, int complaints);
    /// The communes that complaints refer to.
    [[nodiscard]] QList<Change> units() const;
    /// The next complaint, with the ledger rows of an open one.
    QList<Change> next();

private:
    Id id(quint64 number, quint64 kind) const;
    QString pick(const QStringList &list);

    QRandomGenerator m_random;
    qint64 m_atMs;
    quint64 m_number = 0;
};

/// Fills the store in \a folder with \a complaints complaints over the same path that the feed takes; a folder that holds
/// them already is left as it is. Seconds it took, or the error.
Result<double> fill(const QString &folder, int complaints);
/// A folder with \a complaints complaints below the temporary folder, filled when lacking. Empty when that failed.
QString filledFolder(int complaints);
/// Opens a store on \a folder; null when it cannot be opened.
std::unique_ptr<LocalStore> openedStore(const QString &folder, const Clock &clock);
/// Waits for \a future while events are handled.
template <typename T>
T answered(QFuture<T> future)
{
    QEventLoop loop;
    QFutureWatcher<T> watcher;
    QObject::connect(&watcher, &QFutureWatcher<T>::finished, &loop, &QEventLoop::quit);
    watcher.setFuture(future);
    if (!future.isFinished())
        loop.exec();
    return future.result();
}

} // namespace ioc::bench
