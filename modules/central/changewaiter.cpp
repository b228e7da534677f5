// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/faultpoint.h>
#include <central/changewaiter.h>
#include <central/feedlog.h>
#include <central/feedreader.h>
#include <central/journal.h>

#include <wire/codec.h>

#include <algorithm>

namespace ioc {

namespace {

constexpr size_t mostAhead = 16;    // pages of some megabytes; a device beyond these has its own read when it asks
constexpr int mostBusy = 4;         // pieces of work that wait: then nothing is done before it is asked for
constexpr qint64 aheadForMs = 5000; // a device asks as soon as it has taken in the page before

/// What decides whether a page that was read ahead is what would be read now.
struct Standing
{
    qint64 scopeVersion = 0;
    qint64 feedEnd = 0;
    bool isQuiet = false; ///< nothing is committed that has no number yet
};

} // namespace

ChangeWaiter::ChangeWaiter(CentralStorage &storage, Sequencer &sequencer, QObject *parent) : QObject(parent), m_storage(storage), m_sequencer(sequencer)
{
    connect(&sequencer, &Sequencer::advanced, this, &ChangeWaiter::wake);
    m_timer.setInterval(250);
    connect(&m_timer, &QTimer::timeout, this, &ChangeWaiter::releaseLate);
    m_timer.start();
}

void ChangeWaiter::serve(const HttpReplyPointer &reply, const QString &token, const ChangesQuery &query)
{
    const Waiting waiting{reply, token, query, m_storage.clock().monotonicMs() + query.waitSeconds * 1000LL};
    const auto ahead = takeAhead(token, query);
    if (!ahead)
        return read(waiting);
    // The token may have been revoked since, the account's rights changed, a record erased or withdrawn.
    m_storage.read([storage = &m_storage, token, answered = query.answered](db::Connection &connection) -> Result<Standing> {
        const auto scope = storage->identify(connection, token).and_then([&](const Scope &who) { return Journal(connection).stillHas(answered).transform([&] { return who; }); });
        // In this order: what gets its number between the two is seen by the second.
        const auto unnumbered = scope ? connection.integer(QStringLiteral("SELECT 1 FROM central_commit LIMIT 1")) : Result<qint64>(std::unexpected(scope.error()));
        const auto head = unnumbered ? feedHead(connection, storage->epoch()) : Result<FeedHead>(std::unexpected(unnumbered.error()));
        return head.transform([&](const FeedHead &end) { return Standing{scope->version(), end.sequence, *unnumbered == 0}; });
    }).then(this, [this, waiting, page = ahead->page](const Result<Standing> &now) {
        QFuture<Result<Page>>(page).then(this, [this, waiting, now](const Result<Page> &read) {
            if (read && now && now->isQuiet && now->feedEnd == read->feedEnd && now->scopeVersion == read->next.scopeVersion)
                return finish(waiting, read);
            m_aheadPausedUntilMs = m_storage.clock().monotonicMs() + aheadForMs; // somebody writes: it would be read twice each time
            this->read(waiting);
        });
    });
}

void ChangeWaiter::readAhead(const Waiting &answered, const Cursor &next)
{
    ChangesQuery query = answered.query;
    query.after = next;
    query.answered = {}; // looked for when it is asked for
    if (m_ahead.size() >= mostAhead || m_storage.pending() > mostBusy || m_storage.clock().monotonicMs() < m_aheadPausedUntilMs)
        return;
    m_ahead.push_back({answered.token, query, readPage(answered.token, query, answered.reply->language(), TimeTold::No), m_storage.clock().monotonicMs() + aheadForMs});
}

std::optional<ChangeWaiter::Ahead> ChangeWaiter::takeAhead(const QString &token, const ChangesQuery &query)
{
    const auto found = std::ranges::find_if(m_ahead, [&](const Ahead &one) { return one.token == token && one.query.after == query.after && one.query.limit == query.limit; });
    if (found == m_ahead.end())
        return {};
    Ahead out = std::move(*found);
    m_ahead.erase(found);
    return out;
}

void ChangeWaiter::read(const Waiting &waiting)
{
    readPage(waiting.token, waiting.query, waiting.reply->language(), TimeTold::Yes).then(this, [this, waiting](const Result<Page> &page) { finish(waiting, page); });
}

QFuture<Result<ChangeWaiter::Page>> ChangeWaiter::readPage(const QString &token, const ChangesQuery &query, const QString &language, TimeTold told)
{
    return m_storage.read([storage = &m_storage, token, query, language, told](db::Connection &connection) -> Result<Page> {
        const LanguageScope words(language);
        const auto scope = storage->identify(connection, token);
        if (!scope)
            return std::unexpected(scope.error());
        if (const auto still = Journal(connection).stillHas(query.answered); !still)
            return std::unexpected(still.error());
        const auto head = feedHead(connection, storage->epoch());
        if (!head)
            return std::unexpected(head.error());
        return FeedReader(connection, storage->tables(), storage->epoch()).page(query.after, *scope, query.limit, told == TimeTold::Yes ? storage->clock().nowMs() : 0)
            .transform([&](const ChangePage &page) {
                faultPoint("feed.read");
                return Page{wire::encode(page), page.next, page.changes.size(), page.more, head->sequence};
            });
    });
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
        if (page->more && !m_stopped)
            readAhead(waiting, page->next);
        return waiting.reply->send(page->body);
    }
    Waiting further = waiting;
    further.query.after = page->next;
    further.query.answered = {}; // looked for already
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
    m_ahead.remove_if([now](const Ahead &one) { return one.untilMs <= now; });
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
