// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/faultpoint.h>
#include <central/changewaiter.h>
#include <central/feedreader.h>

#include <wire/codec.h>

namespace ioc {

ChangeWaiter::ChangeWaiter(CentralStorage &storage, Sequencer &sequencer, QObject *parent) : QObject(parent), m_storage(storage), m_sequencer(sequencer)
{
    connect(&sequencer, &Sequencer::advanced, this, &ChangeWaiter::wake);
    m_timer.setInterval(250);
    connect(&m_timer, &QTimer::timeout, this, &ChangeWaiter::releaseLate);
    m_timer.start();
}

void ChangeWaiter::serve(const HttpReplyPointer &reply, const QString &token, const ChangesQuery &query)
{
    read({reply, token, query, m_storage.clock().monotonicMs() + query.waitSeconds * 1000LL});
}

void ChangeWaiter::read(const Waiting &waiting)
{
    m_storage.read([storage = &m_storage, token = waiting.token, query = waiting.query, language = waiting.reply->language()](db::Connection &connection) -> Result<Page> {
        const LanguageScope words(language);
        const auto scope = storage->identify(connection, token);
        if (!scope)
            return std::unexpected(scope.error());
        return FeedReader(connection, storage->tables(), storage->epoch()).page(query.after, *scope, query.limit, storage->clock().nowMs())
            .transform([](const ChangePage &page) {
                faultPoint("feed.read");
                return Page{wire::encode(page), page.next, page.changes.size(), page.more};
            });
    }).then(this, [this, waiting](const Result<Page> &page) { finish(waiting, page); });
}

// What goes on outside an account's scope wakes its devices only when their time is over, to move their cursor.
void ChangeWaiter::finish(const Waiting &waiting, const Result<Page> &page)
{
    if (!page)
        return waiting.reply->send(page.error());
    const bool isNew = page->next != waiting.query.after && (page->changes > 0 || page->more || waiting.query.after.isNull());
    const bool mayWait = !m_stopped && m_storage.clock().monotonicMs() < waiting.untilMs;
    if (isNew || !mayWait) {
        waiting.reply->note("changes=" + QByteArray::number(page->changes));
        return waiting.reply->send(page->body);
    }
    Waiting further = waiting;
    further.query.after = page->next;
    if (m_sequencer.sequence() > page->next.sequence) { // something came while this was read
        read(further);
    } else {
        waiting.reply->beginWaiting();
        m_waiting.push_back(further);
    }
}

void ChangeWaiter::wake()
{
    for (const Waiting &waiting : std::exchange(m_waiting, {})) {
        waiting.reply->endWaiting();
        read(waiting);
    }
}

void ChangeWaiter::releaseLate()
{
    const qint64 now = m_storage.clock().monotonicMs();
    std::list<Waiting> late;
    for (auto it = m_waiting.begin(); it != m_waiting.end();) {
        const auto next = std::next(it);
        if (it->untilMs <= now)
            late.splice(late.end(), m_waiting, it);
        it = next;
    }
    for (const Waiting &waiting : late) {
        waiting.reply->endWaiting();
        read(waiting);
    }
}

void ChangeWaiter::stop()
{
    m_stopped = true;
    wake();
}

} // namespace ioc
