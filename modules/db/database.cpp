// SPDX-License-Identifier: GPL-3.0-or-later
#include <db/database.h>

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
            open();
            promise->addResult(m_connection ? Result<void>() : Result<void>(std::unexpected(m_failure)));
            promise->finish();
        },
        Qt::QueuedConnection);
}

void Database::open()
{
    auto connection = Connection::open(m_options);
    if (connection)
        m_connection = std::move(*connection);
    else
        m_failure = connection.error();
}

Database::~Database()
{
    // The last job: what was given before is done by then, and the connection ends on its own thread.
    QMetaObject::invokeMethod(
        m_worker,
        [this] {
            m_connection.reset();
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
