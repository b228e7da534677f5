// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <db/connection.h>

#include <QFuture>
#include <QMutex>
#include <QObject>
#include <QPromise>
#include <QThread>

#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <type_traits>

namespace ioc::db {

/// One connection on a thread of its own. Work is done in the order it was given, but that what may wait (Rank::Background) lets all other
/// work pass; answers come as futures: \c{database.run(…).then(context, …)}. A job that a job
/// gives while the database is being closed is cancelled.
class Database : public QObject
{
    Q_OBJECT

public:
    /// Opens on the new thread; null until opened() has answered.
    Database(Connection::Options options, const QString &threadName);
    /// Waits for work already given; its futures are answered by then.
    ~Database() override;

    /// The outcome of opening the file.
    [[nodiscard]] QFuture<Result<void>> opened() const { return m_opened; }

    /// Runs \a work(Connection &) -> Result<T> on the database's thread. When the database could not be opened, answers with that
    /// error; a server that did not answer then is asked again.
    /// Cancelling the future takes the work back: not begun it is left out, running it is stopped. Work that writes is to be
    /// given with \c{Cancellable::No}.
    enum class Cancellable { No, Yes };
    enum class Rank { Foreground, Background };
    template <typename Work>
    auto run(Work work, Cancellable cancellable = Cancellable::No, Rank rank = Rank::Foreground) -> QFuture<std::invoke_result_t<Work, Connection &>>
    {
        using Answer = std::invoke_result_t<Work, Connection &>;
        QPromise<Answer> promise;
        promise.start();
        auto future = promise.future();
        ++m_pending;
        post(rank, [this, cancellable, promise = std::make_shared<QPromise<Answer>>(std::move(promise)), work = std::move(work)]() mutable {
            if (cancellable == Cancellable::Yes && promise->isCanceled()) {
                --m_pending;
                promise->finish();
                return;
            }
            if (!m_connection && m_options.server)
                open();
            if (m_connection) {
                if (cancellable == Cancellable::Yes)
                    m_connection->setCancelCheck([&promise] { return promise->isCanceled(); });
                promise->addResult(work(*m_connection));
                if (cancellable == Cancellable::Yes)
                    m_connection->setCancelCheck({});
            } else
                promise->addResult(Answer(std::unexpected(m_failure)));
            --m_pending;
            promise->finish();
        });
        return future;
    }

    /// Whether work other than in the background waits while some is done.
    [[nodiscard]] bool isAwaited()
    {
        const QMutexLocker locker(&m_mutex);
        return !m_jobs.empty();
    }
    /// Work given and not done yet.
    [[nodiscard]] int pending() const { return m_pending; }
    /// Another file in the place of the one that is open; work given later waits for it.
    struct Swap
    {
        std::function<Result<void>(Connection &)> before; ///< with the old file; when it fails, or no file is open, nothing else is done. May be empty
        std::function<Result<void>()> whileClosed;
        std::function<Result<void>(Connection *)> after;  ///< always after whileClosed, with what was opened; null when nothing could be
    };
    /// Runs \a swap on the database's thread, in the turn of its rank; its first failure.
    QFuture<Result<void>> swapFile(Swap swap, Rank rank = Rank::Foreground);

    /// Stops the statement now running, if any (for a query that nobody waits for any more).
    void interrupt();

private:
    using Job = std::move_only_function<void()>;
    void post(Rank rank, Job job);
    void next();
    Result<void> open();
    Result<void> runSwap(const Swap &swap);

    Connection::Options m_options;
    std::atomic<int> m_pending = 0;
    QMutex m_mutex;           // of the two
    std::deque<Job> m_jobs;
    std::deque<Job> m_background;
    QThread m_thread;
    QObject *m_worker;                        // lives on m_thread
    std::unique_ptr<Connection> m_connection; // touched on m_thread only, but for interrupt()
    Error m_failure;
    QFuture<Result<void>> m_opened;
};

} // namespace ioc::db
