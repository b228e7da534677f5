// SPDX-License-Identifier: GPL-3.0-or-later
#include "faultyworld.h"

#include <wire/codec.h>
#include <wire/filepacking.h>

#include <cstdio>

namespace ioc::test {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 startMs = 1'760'000'000'000;
constexpr qint64 yearMs = 365LL * 24 * 3600 * 1000;
constexpr int roundsToQuiet = 60;
constexpr int everything = 100'000;

template <typename T>
T expected(Result<T> result, const char *what)
{
    if (!result)
        qFatal("%s: %s %s", what, qUtf8Printable(result.error().message), qUtf8Printable(result.error().detail));
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

} // namespace

QString mishapName(Mishap mishap)
{
    constexpr std::array names{"lost-reply", "duplicate", "late-request", "slow-reply", "crash", "database-lost", "central-restart", "central-went-back", "clock-jump", "snapshot", "feed-restart", "short-pages"};
    static_assert(names.size() == mishaps);
    return QString::fromLatin1(names[static_cast<size_t>(mishap)]);
}

QString FaultyWorld::Shape::replay() const
{
    QString line = u"convergence --seed %1 --devices %2 --steps %3"_s.arg(seed).arg(devices).arg(steps);
    for (int i = 0; i < mishaps; ++i) {
        if (without & (1U << i))
            line += u" --without "_s + mishapName(static_cast<Mishap>(i));
    }
    return onServer ? line + u" --postgres"_s : line;
}

FaultyWorld::FaultyWorld(const Shape &shape) : m_shape(shape), m_random(shape.seed), m_central(shape.onServer)
{
    if (!m_central.obstacle().isEmpty())
        return;
    for (int i = 0; i < m_shape.devices; ++i) {
        const QString name = u"lan%1"_s.arg(i);
        const Identity who{.account = Id::create(m_central.clock), .login = name, .displayName = name, .role = u"operator"_s};
        m_central.addAccount(who);
        m_links.push_back({.device = std::make_unique<WorkingDevice>(m_folder.filePath(name), who, m_central.unit(), startMs, [this](const Id &device) { return m_central.storage().tables().sealing().deviceSecrets(device); })});
    }
    m_central.number(everything);
}

FaultyWorld::~FaultyWorld() = default;

void FaultyWorld::tell(const QString &text) const
{
    if (m_shape.tells && !text.isEmpty())
        std::fprintf(stderr, "%5d  %s\n", m_at, qUtf8Printable(text));
}

// The chance is drawn whether or not it may happen: the rest of the world stays as it was.
bool FaultyWorld::happens(Mishap mishap, int inThousand)
{
    const bool drawn = m_random.bounded(1000) < inThousand;
    return drawn && !(m_shape.without & (1U << static_cast<int>(mishap)));
}

QStringList FaultyWorld::run()
{
    for (m_at = 0; m_at < m_shape.steps; ++m_at)
        step();
    QStringList out;
    if (!settleDown())
        out += u"it does not come to rest"_s;
    compare(out);
    findLost(out);
    checkOnce(out);
    return out;
}

void FaultyWorld::step()
{
    const int passing = m_random.bounded(4000);
    m_central.clock.advance(passing);
    for (Link &link : m_links)
        link.device->clock.advance(passing);
    const int number = m_random.bounded(m_shape.devices);
    Link &link = m_links[static_cast<size_t>(number)];
    const int chance = m_random.bounded(100);
    const QString name = u"lan%1: "_s.arg(number);
    if (chance < 50) {
        const QString what = link.device->act(m_random);
        tell(what.isEmpty() ? QString() : name + what);
    } else if (chance < 66) {
        tell(name + u"push"_s);
        push(link, true);
    } else if (chance < 84) {
        tell(name + u"pull"_s);
        (void)pull(link, true);
    } else if (chance < 92) {
        m_central.number(1 + m_random.bounded(20));
    } else if (chance < 95) {
        deliver();
    } else {
        disaster(link);
    }
}

void FaultyWorld::disaster(Link &link)
{
    const QString name = link.device->identity().login + u": "_s;
    if (happens(Mishap::Crash, 250)) {
        tell(name + u"crash"_s);
        drop(link);
        link.device->crash();
    }
    // Nobody can bring back what both central and the desk have lost.
    if (happens(Mishap::DatabaseLost, 50) && !link.owes) {
        tell(name + u"database lost"_s);
        drop(link);
        link.device->loseDatabase();
        // What this device had sent is forgotten there: it is central alone that has it, and is not to lose it, too.
        if (m_mayGoBack)
            m_central.keepCopy();
    }
    if (happens(Mishap::ClockJump, 150))
        turnClock(link);
    if (happens(Mishap::FeedRestart, 50)) {
        tell(name + u"feed restart"_s);
        drop(link);
        startAgain(link);
    }
    if (happens(Mishap::CentralRestart, 100)) {
        tell(u"central restarts"_s);
        m_central.restart();
    }
    if (happens(Mishap::Snapshot, 200)) {
        tell(u"snapshot built"_s);
        m_offer = expected(m_central.buildSnapshot(link.device->identity()), "snapshot");
    }
    if (happens(Mishap::CentralWentBack, 150))
        goBack();
}

void FaultyWorld::goBack()
{
    const bool byRestore = m_random.bounded(2) == 0;
    const bool keeps = m_random.bounded(2) == 0;
    if (!m_central.canGoBack() || !numbersAtOnce())
        return;
    if (!m_mayGoBack || keeps) {
        tell(u"central is copied"_s);
        m_central.keepCopy();
        m_mayGoBack = true;
        return;
    }
    tell(byRestore ? u"central restored from its backup"_s : u"central's old copy put in its place"_s);
    m_central.goBack(byRestore);
    m_late.clear(); // nothing is on its way any more to a server that ended
    for (Link &link : m_links) {
        drop(link); // its connections ended with it
        link.owes = true;
    }
    ++m_sum.wentBack;
}

void FaultyWorld::turnClock(Link &link)
{
    const qint64 by = (m_random.bounded(2) ? yearMs : -yearMs) + m_random.bounded(1000);
    tell(link.device->identity().login + u": clock by %1"_s.arg(by));
    const bool isWrong = std::abs(link.device->clock.nowMs() - m_central.clock.nowMs()) > yearMs / 2;
    link.device->clock.setNowMs(isWrong ? m_central.clock.nowMs() : link.device->clock.nowMs() + by);
}

// The connection is cut: what was on its way never arrives.
void FaultyWorld::drop(Link &link)
{
    link.answers.reset();
    link.page.reset();
}

void FaultyWorld::push(Link &link, bool faults)
{
    if (link.answers) {
        takeAnswers(link, *std::exchange(link.answers, {}));
        return;
    }
    const int limit = faults ? 1 + m_random.bounded(40) : 500;
    const auto operations = expected(awaited(link.device->store().nextPush(limit)), "next push");
    if (operations.isEmpty())
        return;
    for (const Operation &one : operations) {
        QStringList after;
        for (const Id &needed : one.after)
            after += needed.toString().right(6);
        if (m_shape.tells)
            tell(u"  > %1 %2 %3 %4 after %5"_s.arg(one.op.toString().right(6), operationKindName(one.kind), one.type, one.record.toString().right(6), after.join(u' ')));
    }
    const QByteArray body = wire::encode(operations);
    const Identity &who = link.device->identity();
    const Id answered = link.device->store().lastAnswered();
    if (faults && happens(Mishap::LateRequest, 100)) { // given up by the device, and on its way all the same
        m_late += Late{body, who, answered};
        if (m_random.bounded(2))
            return;
    }
    auto taken = m_central.push(body, who, answered);
    if (!taken && taken.error().code == ErrorCode::WentBack) {
        tell(u"  start again: answers are lost"_s);
        drop(link);
        return startAgain(link, LocalStore::Restart::AnswersLost);
    }
    auto answers = expected(std::move(taken), "push");
    if (numbersAtOnce())
        m_central.number(everything);
    if (faults && happens(Mishap::Duplicate, 100))
        answers = expected(m_central.push(body, who, answered), "push");
    if (faults && happens(Mishap::LostReply, 150)) {
        tell(u"  reply lost"_s);
        return;
    }
    if (faults && happens(Mishap::SlowReply, 200))
        link.answers = answers;
    else
        takeAnswers(link, answers);
}

void FaultyWorld::takeAnswers(Link &link, const QByteArray &body)
{
    const auto answers = expected(wire::decodeAnswers(body), "answers");
    for (const Answer &answer : answers) {
        if (m_shape.tells)
            tell(u"  %1 %2 v%3 %4"_s.arg(answer.op.toString().right(6), outcomeName(answer.outcome)).arg(answer.version).arg(answer.message));
    }
    expected(awaited(link.device->store().applyAnswers(answers)), "answers");
}

// True while there is more to come.
bool FaultyWorld::pull(Link &link, bool faults)
{
    if (link.page) {
        takePage(link, *std::exchange(link.page, {}));
        return true;
    }
    const auto cursor = expected(awaited(link.device->store().cursor()), "cursor");
    if (cursor.isNull() && faults && happens(Mishap::Snapshot, 500) && startFromSnapshot(link))
        return true;
    const int limit = faults && happens(Mishap::ShortPages, 600) ? 1 + m_random.bounded(30) : 150;
    const auto body = m_central.pull(cursor.isNull() ? QString() : cursor.toString(), link.device->identity(), limit, link.device->store().lastAnswered());
    if (!body) {
        const bool isLost = body.error().code == ErrorCode::WentBack;
        if (!isLost && body.error().code != ErrorCode::Conflict)
            expected(body, "pull");
        tell(u"  start again: "_s + body.error().detail);
        startAgain(link, isLost ? LocalStore::Restart::AnswersLost : LocalStore::Restart::CursorRefused);
        return true;
    }
    link.device->metCentral(m_central.clock.nowMs());
    if (faults && happens(Mishap::LostReply, 100))
        return true;
    if (faults && happens(Mishap::SlowReply, 200)) {
        link.page = *body;
        return true;
    }
    takePage(link, *body);
    if (cursor.isNull())
        link.owes = false;
    const auto now = expected(awaited(link.device->store().cursor()), "cursor");
    return !(now == cursor);
}

void FaultyWorld::takePage(Link &link, const QByteArray &body)
{
    const auto page = expected(wire::decodePackedPage(body), "page");
    expected(awaited(link.device->store().applyPage(page)), "page");
}

void FaultyWorld::startAgain(Link &link, LocalStore::Restart why)
{
    link.page.reset();
    expected(awaited(link.device->store().restartFeed(why)), "restart");
}

// Any file that central ever offered may still be on its way to a device.
bool FaultyWorld::startFromSnapshot(Link &link)
{
    if (!m_offer)
        return false;
    tell(u"  from the snapshot"_s);
    const Snapshot &snapshot = m_offer->snapshot;
    LocalStore &store = link.device->store();
    expected(wire::unpackFile(m_offer->path, store.incomingSnapshot(), {.bytes = snapshot.bytes, .plainBytes = snapshot.unpackedBytes, .sha256 = snapshot.sha256}), "unpack");
    expected(awaited(store.adoptSnapshot(snapshot.cursor, snapshot.vault)), "adopt");
    return true;
}

void FaultyWorld::deliver()
{
    if (m_late.isEmpty())
        return;
    const Late late = m_late.takeAt(m_random.bounded(static_cast<int>(m_late.size())));
    tell(late.who.login + u": a late request arrives"_s);
    if (const auto taken = m_central.push(late.body, late.who, late.answered); !taken && taken.error().code != ErrorCode::WentBack)
        expected(taken, "late push");
    if (numbersAtOnce())
        m_central.number(everything);
}

bool FaultyWorld::settleDown()
{
    tell(u"all faults end"_s);
    while (!m_late.isEmpty())
        deliver();
    for (Link &link : m_links)
        link.device->clock.setNowMs(m_central.clock.nowMs());
    for (int round = 0; round < roundsToQuiet; ++round) {
        m_central.clock.advance(120'000); // what central asked to be held is offered again
        for (Link &link : m_links)
            link.device->clock.advance(120'000);
        if (settledOnce())
            return true;
    }
    return false;
}

// One round of everybody's; whether nothing moved in it.
bool FaultyWorld::settledOnce()
{
    bool quiet = m_central.number(everything) == 0;
    for (Link &link : m_links) {
        drop(link);
        while (pull(link, false))
            quiet = false;
        for (int i = 0; i < 20; ++i)
            push(link, false);
        const auto all = link.device->kept();
        quiet = quiet && std::ranges::none_of(all, [](const WorkingDevice::Kept &one) { return one.state < static_cast<int>(OutboxEntry::State::Quarantined); });
    }
    return quiet && m_central.number(everything) == 0;
}

FaultyWorld::Shape FaultyWorld::narrowed(Shape shape)
{
    const auto fails = [](const Shape &one) { return !FaultyWorld(one).run().isEmpty(); };
    shape.tells = false;
    for (int i = 0; i < mishaps; ++i) {
        Shape less = shape;
        less.without |= 1U << i;
        if (fails(less))
            shape = less;
    }
    for (int part = shape.steps / 2; part > 0; part /= 2) {
        Shape less = shape;
        less.steps -= part;
        if (less.steps > 0 && fails(less))
            shape = less;
    }
    return shape;
}

} // namespace ioc::test
