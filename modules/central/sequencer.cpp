// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/auditchain.h>
#include <central/feedlog.h>
#include <central/sequencer.h>

namespace ioc {

namespace {
constexpr int lookEveryMs = 50;
constexpr qint64 anchorEveryMs = 3'600'000;
constexpr int rowsAtOnce = 5000; // so that writers do not wait long behind a large import

Result<FeedHead> numbered(db::Connection &connection, const Id &epoch, bool *more)
{
    auto waiting = connection.integer(QStringLiteral("SELECT 1 FROM central_commit ORDER BY number LIMIT 1"));
    if (waiting && !*waiting)
        waiting = connection.integer(QStringLiteral("SELECT 1 FROM audit_pending ORDER BY number LIMIT 1"));
    if (!waiting)
        return std::unexpected(waiting.error());
    if (*waiting) {
        const auto done = numberCommits(connection, epoch, rowsAtOnce);
        if (!done)
            return std::unexpected(done.error());
        *more = done->commits == rowsAtOnce || done->auditEntries == rowsAtOnce;
    }
    return feedHead(connection, epoch);
}

// Into the log, which those who write to the database need not reach.
Result<FeedHead> anchored(db::Connection &connection, const FeedHead &head)
{
    return auditHead(connection).transform([&](const AuditAnchor &anchor) {
        qInfo("event=audit_anchor anchor=\"%s\"", qUtf8Printable(anchor.toString()));
        return head;
    });
}

} // namespace

Sequencer::Sequencer(CentralStorage &storage, QObject *parent) : QObject(parent), m_storage(storage)
{
    m_timer.setInterval(lookEveryMs);
    connect(&m_timer, &QTimer::timeout, this, &Sequencer::look);
    m_timer.start();
    look();
}

void Sequencer::soon()
{
    if (m_busy)
        m_again = true;
    else
        look();
}

void Sequencer::look()
{
    if (m_busy)
        return;
    m_busy = true;
    m_again = false;
    auto more = std::make_shared<bool>(false);
    const bool anchor = !m_sinceAnchor.isValid() || m_sinceAnchor.elapsed() >= anchorEveryMs;
    if (anchor)
        m_sinceAnchor.start();
    m_storage.sequence([epoch = m_storage.epoch(), more, anchor](db::Connection &connection) {
        auto head = numbered(connection, epoch, more.get());
        return head && anchor ? anchored(connection, *head) : head;
    })
        .then(this, [this, more](const Result<FeedHead> &head) {
            m_busy = false;
            if (!head) {
                if (head.error().code != ErrorCode::Busy) // an import of another process: the next look will do
                    qWarning("event=sequencer_failed code=%s detail=\"%s\"", qUtf8Printable(errorCodeName(head.error().code)), qUtf8Printable(head.error().detail));
                return;
            }
            if (std::exchange(m_sequence, head->sequence) != head->sequence)
                Q_EMIT advanced(m_sequence);
            if (m_again || *more)
                look();
        });
}

} // namespace ioc
