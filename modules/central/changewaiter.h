// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/httpreply.h>
#include <central/requesttext.h>
#include <central/sequencer.h>

#include <QFuture>

#include <list>
#include <optional>

namespace ioc {

/// Answers GET /v1/changes, at once when there is something, else as soon as there is or when the wait is over. While a device takes in
/// a page that is not the last, the next one is read ahead for it. Lives on the HTTP thread.
class ChangeWaiter : public QObject
{
    Q_OBJECT

public:
    ChangeWaiter(CentralStorage &storage, Sequencer &sequencer, QObject *parent = nullptr);

    void serve(const HttpReplyPointer &reply, const QString &token, const ChangesQuery &query);
    /// Everybody who waits is answered now, and nobody waits any more: the server is about to stop.
    void stop();
    [[nodiscard]] size_t waiting() const { return m_waiting.size(); }

private:
    struct Waiting
    {
        HttpReplyPointer reply;
        QString token;
        ChangesQuery query;
        qint64 untilMs = 0; ///< monotonic
    };
    struct Page
    {
        QByteArray body;
        Cursor next;
        qsizetype changes = 0;
        bool more = false;
        qint64 feedEnd = 0; ///< before it was read
    };
    struct Ahead
    {
        QString token;
        ChangesQuery query;
        QFuture<Result<Page>> page;
        qint64 untilMs = 0; ///< monotonic
    };
    enum class TimeTold { No, Yes }; ///< whether the page tells central's time
    QFuture<Result<Page>> readPage(const QString &token, const ChangesQuery &query, const QString &language, TimeTold told);
    void readAhead(const Waiting &answered, const Cursor &next);
    std::optional<Ahead> takeAhead(const QString &token, const ChangesQuery &query);
    void read(const Waiting &waiting);
    void finish(const Waiting &waiting, const Result<Page> &page);
    void wake();
    void releaseLate();

    CentralStorage &m_storage;
    Sequencer &m_sequencer;
    std::list<Waiting> m_waiting;
    std::list<Ahead> m_ahead; ///< oldest first
    qint64 m_aheadPausedUntilMs = 0; ///< pages read ahead are of no use while somebody writes
    QTimer m_timer;
    bool m_stopped = false;
};

} // namespace ioc
