// SPDX-License-Identifier: GPL-3.0-or-later
#include <db/database.h>

#include <openssl/crypto.h>

#include <algorithm>
#include <iterator>

namespace ioc::db {

Database::Database(Connection::Options options, const QString &threadName) : m_options(std::move(options)), m_worker(new QObject)
{
    m_thread.setObjectName(threadName);
    m_worker->moveToThread(&m_thread);
    m_thread.start();
    auto promise = std::make_shared<QPromise<Result<void>>>();
    promise->start();
    m_opened = promise->future();
    QMetaObject::invokeMethod(
        m_worker,
        [this, promise] {
            promise->addResult(open());
            promise->finish();
        },
        Qt::QueuedConnection);
}

Result<void> Database::open()
{
    auto connection = Connection::open(m_options);
    if (connection)
        m_connection = std::move(*connection);
    else
        m_failure = connection.error();
    return connection.transform([](const auto &) {});
}

// For each job one event, which takes whatever is to be done next.
void Database::post(Rank rank, Job job)
{
    {
        const QMutexLocker locker(&m_mutex);
        (rank == Rank::Background ? m_background : m_jobs).push_back(std::move(job));
    }
    QMetaObject::invokeMethod(m_worker, [this] { next(); }, Qt::QueuedConnection);
}

void Database::next()
{
    Job job;
    {
        const QMutexLocker locker(&m_mutex);
        std::deque<Job> &jobs = m_jobs.empty() ? m_background : m_jobs;
        job = std::move(jobs.front());
        jobs.pop_front();
    }
    job();
}

QFuture<Result<void>> Database::swapFile(Swap swap, Rank rank)
{
    QPromise<Result<void>> promise;
    promise.start();
    auto future = promise.future();
    post(rank, [this, promise = std::move(promise), swap = std::move(swap)]() mutable {
        promise.addResult(runSwap(swap));
        promise.finish();
    });
    return future;
}

Result<void> Database::runSwap(const Swap &swap)
{
    if (swap.before) {
        const auto ready = m_connection ? swap.before(*m_connection) : Result<void>(std::unexpected(m_failure));
        if (!ready)
            return ready;
    }
    m_connection.reset();
    const auto swapped = swap.whileClosed();
    const auto opened = open();
    const auto after = swap.after(m_connection.get());
    return !swapped ? swapped : !opened ? opened : after;
}

Database::~Database()
{
    // The last job: what was given before is done by then, and the connection ends on its own thread.
    QMetaObject::invokeMethod(
        m_worker,
        [this] {
            std::deque<Job> left; // background work that others passed; what it gives in turn is cancelled
            {
                const QMutexLocker locker(&m_mutex);
                left.swap(m_jobs);
                std::ranges::move(m_background, std::back_inserter(left));
                m_background.clear();
            }
            for (Job &job : left)
                job();
            m_connection.reset();
            // The server's driver and what seals values use OpenSSL on this thread. Qt waits until the thread has done its work, not until the system has
            // ended it: what OpenSSL keeps for it would be left when the program ends meanwhile.
            OPENSSL_thread_stop();
            delete m_worker;
            m_worker = nullptr;
            m_thread.quit();
        },
        Qt::QueuedConnection);
    m_thread.wait();
}

void Database::interrupt()
{
    if (!m_options.server && m_opened.isFinished() && m_connection)
        m_connection->interrupt();
}

} // namespace ioc::db
