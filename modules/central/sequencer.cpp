// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/feedlog.h>
#include <central/sequencer.h>

namespace ioc {

namespace {
constexpr int lookEveryMs = 50;
constexpr int rowsAtOnce = 5000; // so that writers do not wait long behind a large import

Result<FeedHead> numbered(db::Connection &connection, const Id &epoch, bool *more)
{
    const auto waiting = connection.integer(QStringLiteral("SELECT 1 FROM central_commit ORDER BY number LIMIT 1"));
    if (!waiting)
        return std::unexpected(waiting.error());
    if (*waiting) {
        const auto done = numberCommits(connection, epoch, rowsAtOnce);
        if (!done)
            return std::unexpected(done.error());
        *more = *done == rowsAtOnce;
    }
    return feedHead(connection, epoch);
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
    m_storage.sequence([epoch = m_storage.epoch(), more](db::Connection &connection) { return numbered(connection, epoch, more.get()); })
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
