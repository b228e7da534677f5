// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <db/connection.h>

#include <QFuture>
#include <QObject>
#include <QPromise>
#include <QThread>

namespace ioc::db {

/// One connection on a thread of its own. Work is done in the order it was given; answers come as futures:
/// \c{database.run(…).then(context, …)}.
class Database : public QObject
{
    Q_OBJECT

public:
    /// Opens on the new thread; null until opened() has answered.
    Database(Connection::Options options, const QString &threadName);
    /// Waits for work already given.
    ~Database() override;

    /// The outcome of opening the file.
    [[nodiscard]] QFuture<Result<void>> opened() const { return m_opened; }

    /// Runs \a work(Connection &) -> Result<T> on the database's thread. When the file could not be opened, answers with that error.
    template <typename Work>
    auto run(Work work) -> QFuture<std::invoke_result_t<Work, Connection &>>
    {
        using Answer = std::invoke_result_t<Work, Connection &>;
        QPromise<Answer> promise;
        promise.start();
        auto future = promise.future();
        QMetaObject::invokeMethod(
            m_worker,
            [this, promise = std::make_shared<QPromise<Answer>>(std::move(promise)), work = std::move(work)]() mutable {
                if (m_connection)
                    promise->addResult(work(*m_connection));
                else
                    promise->addResult(Answer(std::unexpected(m_failure)));
                promise->finish();
            },
            Qt::QueuedConnection);
        return future;
    }

    /// Stops the statement now running, if any (for a query that nobody waits for any more).
    void interrupt();

private:
    QThread m_thread;
    QObject *m_worker;                        // lives on m_thread
    std::unique_ptr<Connection> m_connection; // touched on m_thread only, but for interrupt()
    Error m_failure;
    QFuture<Result<void>> m_opened;
};

} // namespace ioc::db
