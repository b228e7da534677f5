// SPDX-License-Identifier: GPL-3.0-or-later
#include "localstoreprivate.h"

#include <QThreadPool>

namespace ioc {

namespace {

constexpr int lullMs = 3000;  // between two pages of a pull: what has come is made searchable meanwhile
constexpr int quietMs = 2000; // nobody has asked anything for so long: the columns are read ahead
constexpr int batchMs = 100;  // changes are told at most ten times a second

} // namespace

LocalStore::LocalStore(Options options, QObject *parent) : QObject(parent), d(std::make_unique<Private>(this, std::move(options)))
{
    d->timer = new QTimer(this);
    d->timer->setSingleShot(true);
    d->timer->setInterval(batchMs);
    connect(d->timer, &QTimer::timeout, this, [this] { d->tell(); });
    d->lull = new QTimer(this);
    d->lull->setSingleShot(true);
    d->lull->setInterval(lullMs);
    connect(d->lull, &QTimer::timeout, this, [this] { d->workOnSearch(); });
}

LocalStore::~LocalStore()
{
    d->opening.waitForFinished();
    d->close();
}

Result<OpenReport> LocalStore::Private::open()
{
    if (const auto made = file.makeFolder(); !made)
        return std::unexpected(made.error());
    const auto journal = OperationJournal(file.journal()).read();
    if (!journal)
        return std::unexpected(journal.error());
    OpenReport report{.created = !QFile::exists(file.database())};
    const Moment moment(*options.clock);
    if (file.damageNoted()) {
        const auto aside = file.putAside(moment);
        if (!aside)
            return std::unexpected(aside.error());
        report.damagedFile = *aside;
    }
    const db::Connection::Options write{.path = file.database(), .cacheKib = 32 * 1024};
    for (int attempt = 0;; ++attempt) {
        writerThread = std::make_unique<Database>(write, QStringLiteral("store writer"));
        const auto prepared = writerThread
                                  ->run([&](db::Connection &connection) {
                                      writer = std::make_unique<StoreWriter>(tables, file.journal(), [this](const Touched &touched, const StoreStatus &now, bool entries) { committed(touched, now, entries); });
                                      return writer->prepare(connection, *journal, moment);
                                  })
                                  .result();
        if (prepared) {
            device = *prepared;
            break;
        }
        writerThread.reset();
        if (prepared.error().code != ErrorCode::Damaged || attempt > 0)
            return std::unexpected(prepared.error());
        const auto aside = file.putAside(moment);
        if (!aside)
            return std::unexpected(aside.error());
        report.damagedFile = *aside;
    }
    report.rescuedOperations = writer->rescued();
    const auto last = writerThread->run([this](db::Connection &connection) { return writer->lastAnswered(connection); }).result();
    if (!last)
        return std::unexpected(last.error());
    lastAnswered = *last;
    readerThread = std::make_unique<Database>(db::Connection::Options{.path = file.database(), .readOnly = true, .mayCreate = false, .cacheKib = 32 * 1024}, QStringLiteral("store reader"));
    makeReader();
    if (const auto opened = readerThread->opened().result(); !opened)
        return std::unexpected(opened.error());
    return report;
}

// The reader ends first, so that the writer is the last to close the file and puts the log into it.
void LocalStore::Private::close()
{
    ready = false;
    if (writerThread) // work given before may still hand the reader something
        writerThread->run([](db::Connection &) { return Result<void>(); }, Database::Cancellable::No, Database::Rank::Background).waitForFinished();
    if (columnsThread)
        columnsThread->interrupt();
    columnsThread.reset();
    isReadingAhead = false;
    ++readsAhead;
    readerThread.reset();
    writerThread.reset();
}

void LocalStore::Private::makeReader()
{
    reader = std::make_unique<StoreReader>(tables);
    reader->setOrderWanted([this] {
        orderWanted = true;
        QMetaObject::invokeMethod(q, [this] { readWantedOrders(); }, Qt::QueuedConnection);
    });
}

void LocalStore::Private::waitForQuiet()
{
    delete quiet;
    quiet = new QTimer(q);
    quiet->setSingleShot(true);
    quiet->setInterval(quietMs);
    QObject::connect(quiet, &QTimer::timeout, q, [this] {
        std::exchange(quiet, nullptr)->deleteLater();
        if (ready)
            readAhead();
    });
    quiet->start();
}

void LocalStore::Private::readWantedOrders()
{
    if (ready && !quiet && !isReadingAhead && !isAdopting && orderWanted.exchange(false))
        readAhead();
}

// On a thread of its own, so that nobody who asks meanwhile waits for it.
void LocalStore::Private::readAhead()
{
    isReadingAhead = true;
    orderWanted = false;
    const int turn = ++readsAhead;
    (void)readerThread->run([this, turn](db::Connection &) -> Result<void> {
        const StoreReader::ReadAhead lacking = reader->beginReadingAhead();
        QMetaObject::invokeMethod(q, [this, turn, lacking] {
            if (turn != readsAhead)
                return;
            if (!ready || quiet) { // waiting again: another file has come
                isReadingAhead = false;
                return;
            }
            columnsThread = std::make_unique<Database>(db::Connection::Options{.path = file.database(), .readOnly = true, .mayCreate = false, .cacheKib = 1024}, QStringLiteral("store columns"));
            (void)columnsThread->run([this, turn, lacking](db::Connection &connection) -> Result<void> {
                auto loaded = reader->loadColumns(connection, lacking.columns);
                // What could not be read is read when it is needed, and whoever needs it hears why not.
                auto columns = std::make_shared<std::map<QString, std::unique_ptr<ColumnIndex>>>();
                if (loaded)
                    columns->swap(*loaded);
                if (ready)
                    (void)readerThread->run([this, columns](db::Connection &own) { return reader->takeColumns(own, std::move(*columns)); });
                auto known = StoreReader::loadOrders(connection, lacking);
                auto orders = std::make_shared<StoreReader::TextOrders>();
                if (known)
                    orders->swap(*known);
                if (ready)
                    (void)readerThread->run([this, orders](db::Connection &own) { return reader->takeOrders(own, std::move(*orders)); });
                QMetaObject::invokeMethod(q, [this, turn] {
                    if (turn != readsAhead)
                        return;
                    columnsThread.reset();
                    isReadingAhead = false;
                    Q_EMIT q->wasReadAhead();
                    readWantedOrders();
                }, Qt::QueuedConnection);
                return {};
            });
        }, Qt::QueuedConnection);
        return {};
    });
}

QFuture<Result<OpenReport>> LocalStore::open()
{
    d->opening.waitForFinished();
    d->close();
    QPromise<Result<OpenReport>> promise;
    promise.start();
    d->opening = promise.future();
    // Opening waits for two threads, so it has one of its own.
    QThreadPool::globalInstance()->start([this, promise = std::move(promise)]() mutable {
        auto report = d->open();
        if (report) {
            for (Database *thread : {d->writerThread.get(), d->readerThread.get()})
                thread->moveToThread(this->thread());
            d->ready = true;
            d->workOnSearch();
            QMetaObject::invokeMethod(this, [this] { d->waitForQuiet(); }, Qt::QueuedConnection);
        }
        promise.addResult(std::move(report));
        promise.finish();
    });
    return d->opening;
}

const TypeCatalog &LocalStore::catalog() const { return *d->options.catalog; }

void LocalStore::setAuthor(const Author &author)
{
    d->author = author;
    Q_EMIT authorChanged();
}

const Author &LocalStore::author() const { return d->author; }
Id LocalStore::device() const { return d->ready ? d->device : Id(); }
StoreStatus LocalStore::status() const { return d->status; }

// On the writer's thread. The reader hears of it before anybody can ask it about what they were told.
void LocalStore::Private::committed(const Touched &touched, const StoreStatus &now, bool entries)
{
    if (!touched.isEmpty() && ready)
        (void)readerThread->run([this, touched](db::Connection &connection) { return noted<void>(reader->refresh(connection, touched)); });
    QMetaObject::invokeMethod(
        q,
        [this, touched, now, entries, isUntidy = writer && writer->isUntidy()] {
            if (isUntidy && ready)
                workOnSearch();
            if (now != status) {
                status = now;
                Q_EMIT q->statusChanged(status);
            }
            if (entries)
                Q_EMIT q->entriesChanged();
            collect(touched);
        },
        Qt::QueuedConnection);
}

void LocalStore::Private::collect(const Touched &touched)
{
    if (touched.isEmpty())
        return;
    for (const auto *keys : {&touched.changed, &touched.removed}) {
        for (const QList<qint64> &list : *keys)
            pendingKeys += list.size();
    }
    if (pendingKeys > listLimit) {
        pending = {.everything = true};
    } else if (!pending.everything) {
        for (const auto &[type, keys] : touched.changed.asKeyValueRange())
            pending.changed[type] += keys;
        for (const auto &[type, keys] : touched.removed.asKeyValueRange())
            pending.removed[type] += keys;
    }
    if (!timer->isActive())
        tell(); // the first at once, the next no sooner than the timer
}

void LocalStore::Private::tell()
{
    if (pendingKeys == 0)
        return;
    const StoreChange change = std::exchange(pending, {});
    pendingKeys = 0;
    timer->start();
    Q_EMIT q->changed(change);
}

// One step after the other, with whatever is asked for meanwhile between them.
void LocalStore::Private::workOnSearch()
{
    isSearchWorkWanted = true;
    if (!isAtSearchWork.exchange(true))
        nextSearchStep();
}

void LocalStore::Private::nextSearchStep()
{
    if (!ready) { // closed meanwhile
        isAtSearchWork = false;
        return;
    }
    isSearchWorkWanted = false;
    writerThread->run([this](db::Connection &connection) -> Result<bool> {
        const auto step = noted<StoreWriter::SearchStep>(writer->workOnSearch(connection, [this] { return writerThread->isAwaited(); }));
        if (step && step->found && !writer->hasUnindexed() && ready)
            (void)readerThread->run([this](db::Connection &) { reader->forgetSearch(); return Result<void>(); });
        return step.transform([](const StoreWriter::SearchStep &one) { return one.more; });
    }, Database::Cancellable::No, Database::Rank::Background).then(q, [this](const Result<bool> &more) {
        if ((more && *more) || isSearchWorkWanted)
            nextSearchStep();
        else
            isAtSearchWork = false;
    });
}

QFuture<Result<std::optional<StoredRecord>>> LocalStore::record(const QString &type, const Id &id)
{
    return d->read<std::optional<StoredRecord>>([=](StoreReader &reader, db::Connection &connection) { return reader.record(connection, type, id); });
}

QFuture<Result<QList<StoredRecord>>> LocalStore::rows(const QString &type, const QList<qint64> &keys)
{
    return d->read<QList<StoredRecord>>([=](StoreReader &reader, db::Connection &connection) { return reader.rows(connection, type, keys); });
}

QFuture<Result<QList<StoredRecord>>> LocalStore::firstPage(const Query &query, int rows)
{
    return d->read<QList<StoredRecord>>([=](StoreReader &reader, db::Connection &connection) { return reader.firstPage(connection, query, rows); });
}

QFuture<Result<QList<qint64>>> LocalStore::keys(const Query &query)
{
    return d->read<QList<qint64>>([=](StoreReader &reader, db::Connection &connection) { return reader.keys(connection, query); });
}

QFuture<Result<qint64>> LocalStore::count(const Query &query)
{
    return d->read<qint64>([=](StoreReader &reader, db::Connection &connection) { return reader.count(connection, query); });
}

QFuture<Result<QList<std::pair<QCborValue, qint64>>>> LocalStore::countsBy(const Query &query, const QString &field)
{
    return d->read<QList<std::pair<QCborValue, qint64>>>([=](StoreReader &reader, db::Connection &connection) { return reader.countsBy(connection, query, field); });
}

QFuture<Result<QList<LocalStore::DayCount>>> LocalStore::countsByDay(const Query &query, const QString &field, const QString &splitField)
{
    return d->read<QList<DayCount>>([=](StoreReader &reader, db::Connection &connection) { return reader.countsByDay(connection, query, field, splitField); });
}

QFuture<Result<QList<qint64>>> LocalStore::durations(const Query &query, const QString &from, const QString &to)
{
    return d->read<QList<qint64>>([=](StoreReader &reader, db::Connection &connection) { return reader.durations(connection, query, from, to); });
}

QFuture<Result<QList<StoredRecord>>> LocalStore::children(const QString &type, const Id &parent)
{
    return d->read<QList<StoredRecord>>([=](StoreReader &reader, db::Connection &connection) { return reader.children(connection, type, parent); });
}

QFuture<Result<QList<PlacedRecord>>> LocalStore::places(const Query &query)
{
    return d->read<QList<PlacedRecord>>([=](StoreReader &reader, db::Connection &connection) { return reader.places(connection, query); });
}

QFuture<Result<QList<StoredRecord>>> LocalStore::nearest(const QString &type, double latitude, double longitude, int count)
{
    return d->read<QList<StoredRecord>>([=](StoreReader &reader, db::Connection &connection) { return reader.nearest(connection, type, latitude, longitude, count); });
}

QFuture<Result<QList<SearchHit>>> LocalStore::search(const QString &text, int limit, bool withPlaceOnly)
{
    return d->read<QList<SearchHit>>([=](StoreReader &reader, db::Connection &connection) { return reader.search(connection, text, limit, withPlaceOnly); });
}

void LocalStore::Private::stopReadAhead()
{
    delete std::exchange(quiet, nullptr);
    if (columnsThread)
        columnsThread->interrupt();
    columnsThread.reset();
    isReadingAhead = false;
    ++readsAhead;
}

} // namespace ioc
