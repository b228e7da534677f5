// SPDX-License-Identifier: GPL-3.0-or-later
// What the sync engine asks of the store.
#include "localstoreprivate.h"

#include <base/faultpoint.h>
#include <store/looknotes.h>

#include <QSemaphore>

namespace ioc {

namespace {

constexpr qsizetype chunkSize = 1000; // changes of a page in one transaction: the operator's own save waits for one at most

} // namespace

QFuture<Result<Cursor>> LocalStore::cursor()
{
    return d->follow<Cursor>([](StoreWriter &writer, db::Connection &connection) { return writer.cursor(connection); });
}

QFuture<Result<void>> LocalStore::noteLook(const QString &type, const Id &record, const QStringList &fields)
{
    const Clock &clock = *d->options.clock;
    const Look look{.look = Id::create(clock), .type = type, .record = record, .fields = fields, .author = d->author.account, .deviceTimeMs = clock.nowMs(), .offsetMs = d->author.offsetMs};
    return d->write<void>([look](StoreWriter &, db::Connection &connection) { return LookNotes(connection).add(look); }).then(this, [this](const Result<void> &noted) {
        if (noted)
            Q_EMIT lookNoted();
        return noted;
    });
}

QFuture<Result<QList<Look>>> LocalStore::looks(int limit)
{
    return d->follow<QList<Look>>([limit](StoreWriter &, db::Connection &connection) { return LookNotes(connection).first(limit); });
}

QFuture<Result<void>> LocalStore::looksTaken(const QList<Look> &looks)
{
    return d->follow<void>([looks](StoreWriter &, db::Connection &connection) { return LookNotes(connection).forget(looks); });
}

QFuture<Result<QList<Operation>>> LocalStore::nextPush(int limit)
{
    return d->follow<QList<Operation>>([limit, now = d->options.clock->nowMs()](StoreWriter &writer, db::Connection &connection) { return writer.nextPush(connection, limit, now); });
}

QFuture<Result<void>> LocalStore::applyAnswers(const QList<Answer> &answers)
{
    return d->follow<Id>([answers, moment = Moment(*d->options.clock)](StoreWriter &writer, db::Connection &connection) {
        auto last = writer.applyAnswers(connection, answers, moment);
        if (last)
            faultPoint("push.noted");
        return last;
    }).then(this, [this](const Result<Id> &last) {
        if (last)
            d->lastAnswered = *last;
        return last.transform([](const Id &) {});
    });
}

QFuture<Result<void>> LocalStore::applyPage(const ChangePage &page)
{
    // In parts, so that the operator's own save comes between them; the cursor moves with the last.
    const Moment moment(*d->options.clock);
    (void)d->follow<void>([next = page.next](StoreWriter &writer, db::Connection &connection) { return writer.beginPage(connection, next); });
    for (qsizetype from = 0; from < page.changes.size(); from += chunkSize) {
        (void)d->follow<void>([part = page.changes.mid(from, chunkSize), moment](StoreWriter &writer, db::Connection &connection) {
            const auto done = writer.applyChanges(connection, part, moment);
            faultPoint("pull.written");
            return done;
        });
    }
    return d->follow<void>([this, next = page.next, more = page.more, moment](StoreWriter &writer, db::Connection &connection) {
        const auto done = writer.finishPage(connection, next, more, moment);
        if (done && writer.hasUnindexed())
            QMetaObject::invokeMethod(this, [this, more] { more ? d->lull->start() : d->workOnSearch(); }, Qt::QueuedConnection);
        return done;
    });
}

Id LocalStore::lastAnswered() const
{
    return d->lastAnswered;
}

QFuture<Result<void>> LocalStore::restartFeed(Restart why)
{
    const bool answersLost = why == Restart::AnswersLost;
    return d->follow<void>([answersLost](StoreWriter &writer, db::Connection &connection) { return writer.restartFeed(connection, answersLost); }).then(this, [this, answersLost](const Result<void> &done) {
        if (done && answersLost)
            d->lastAnswered = {};
        return done;
    });
}

QString LocalStore::incomingSnapshot() const
{
    return d->file.incoming();
}

QFuture<Result<void>> LocalStore::setVault(const QByteArray &packed)
{
    if (packed.isEmpty()) {
        ++d->vaultTurn;
        if (d->tables.vault().isOpen()) {
            d->tables.vault().close();
            d->tellEverything();
        }
        return QtFuture::makeReadyValueFuture(Result<void>());
    }
    const auto secrets = VaultSecrets::unpacked(packed);
    if (!secrets)
        return QtFuture::makeReadyValueFuture(Result<void>(std::unexpected(secrets.error())));
    return d->write<bool>([this, secrets = *secrets, turn = d->vaultTurn.load()](StoreWriter &writer, db::Connection &connection) -> Result<bool> {
        if (turn != d->vaultTurn)
            return false;
        auto opened = writer.openVault(connection, secrets);
        if (turn != d->vaultTurn)
            d->tables.vault().close();
        return opened;
    }).then(this, [this](const Result<bool> &opened) {
        if (opened && *opened) {
            d->tellEverything();
            d->workOnSearch();
        }
        return opened.transform([](bool) {});
    });
}

bool LocalStore::isAtSearchWork() const
{
    return d->isAtSearchWork;
}

bool LocalStore::isLocked() const
{
    const Vault &vault = d->tables.vault();
    return vault.isUsed() && !vault.isOpen();
}

QFuture<Result<void>> LocalStore::adoptSnapshot(const Cursor &cursor, const QByteArray &packed)
{
    if (!d->ready)
        return Private::notOpen<void>();
    std::optional<VaultSecrets> secrets;
    if (!packed.isEmpty()) {
        const auto read = VaultSecrets::unpacked(packed);
        if (!read)
            return QtFuture::makeReadyValueFuture(Result<void>(std::unexpected(read.error())));
        secrets = *read;
    }
    d->stopReadAhead();
    d->isAdopting = true;
    return d->adopt(cursor, secrets).then(this, [this](const Result<void> &adopted) {
        d->isAdopting = false;
        if (adopted) {
            d->tellEverything();
            d->workOnSearch();
        }
        d->waitForQuiet();
        return adopted;
    });
}

void LocalStore::Private::tellEverything()
{
    pending = {.everything = true};
    pendingKeys = listLimit + 1;
    tell();
}

// The writer does it all in one piece of work, so that nothing is saved in between; what is asked meanwhile waits.
QFuture<Result<void>> LocalStore::Private::adopt(const Cursor &cursor, const std::optional<VaultSecrets> &secrets)
{
    const Moment moment(*options.clock);
    auto readerMayOpen = std::make_shared<QSemaphore>();
    const auto closeReader = [this, readerMayOpen] {
        auto closed = std::make_shared<QSemaphore>();
        (void)readerThread->swapFile({
            .before = {},
            .whileClosed = [closed, readerMayOpen]() -> Result<void> {
                closed->release();
                readerMayOpen->acquire();
                return {};
            },
            .after = [this](db::Connection *) -> Result<void> {
                makeReader(); // what it holds in memory is of the old file
                return {};
            }});
        closed->acquire();
    };
    return writerThread->swapFile({
        // The reader is closed first, so that the writer is the last to close the file and puts the log into it.
        .before = [this, cursor, secrets, moment, closeReader](db::Connection &) {
            const auto carried = writer->carryOver(file.database(), file.incoming(), cursor, secrets, moment);
            faultPoint("snapshot.carried");
            if (carried)
                closeReader();
            return carried;
        },
        .whileClosed = [this] { return file.replaceDatabase(); },
        .after = [this, moment, readerMayOpen](db::Connection *connection) {
            const auto done = connection ? noted<void>(writer->reopened(*connection, moment)) : Result<void>();
            readerMayOpen->release();
            faultPoint("snapshot.reopened");
            return done;
        }}, Database::Rank::Background);
}

} // namespace ioc
