// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/faultpoint.h>
#include <db/database.h>
#include <store/localstore.h>
#include <store/storefile.h>
#include <store/storereader.h>
#include <store/storewriter.h>

#include <QCoreApplication>
#include <QSemaphore>
#include <QThreadPool>
#include <QTimer>

#include <atomic>

namespace ioc {

using db::Database;

namespace {

constexpr int quietMs = 2000;        // nobody has asked anything for so long: the columns are read ahead
constexpr int batchMs = 100;         // changes are told at most ten times a second
constexpr qsizetype listLimit = 2000; // keys told one by one; more: "everything"
constexpr qsizetype chunkSize = 1000;  // changes of a page in one transaction: the operator's own save waits for one at most

} // namespace

class LocalStore::Private
{
public:
    Private(LocalStore *store, Options given) : q(store), options(std::move(given)), tables(options.catalog), file(options.folder) {}

    Result<OpenReport> open();
    void close();
    void committed(const Touched &touched, const StoreStatus &status);
    void collect(const Touched &touched);
    void tell();
    void scheduleIndexing();
    void waitForQuiet();
    void readAhead();
    void stopReadAhead();
    QFuture<Result<void>> adopt(const Cursor &cursor);

    template <typename T>
    static QFuture<Result<T>> notOpen()
    {
        return QtFuture::makeReadyValueFuture(Result<T>(failure(ErrorCode::Busy, QCoreApplication::translate("Store", "The local data are still being opened. Try again in a moment."))));
    }
    /// Runs \a work(StoreReader &, Connection &) on the reader.
    template <typename T, typename Work>
    QFuture<Result<T>> read(Work work)
    {
        if (!ready)
            return notOpen<T>();
        if (quiet && QThread::currentThread() == quiet->thread())
            quiet->start();
        return readerThread->run(
            [this, work = std::move(work)](db::Connection &connection) -> Result<T> { return noted<T>(work(*reader, connection)); }, Database::Cancellable::Yes);
    }
    /// Runs \a work(StoreWriter &, Connection &) on the writer.
    template <typename T, typename Work>
    QFuture<Result<T>> write(Work work)
    {
        if (!ready)
            return notOpen<T>();
        return writerThread->run([this, work = std::move(work)](db::Connection &connection) -> Result<T> { return noted<T>(work(*writer, connection)); });
    }
    template <typename T>
    Result<T> noted(Result<T> answer)
    {
        if (!answer && answer.error().code == ErrorCode::Damaged) {
            file.noteDamage();
            answer.error().message = QCoreApplication::translate("Store", "The local data are damaged. Start the program again: they are fetched anew from central, and changes not yet sent are kept.");
        }
        return answer;
    }

    LocalStore *q;
    Options options;
    TypeTables tables;
    StoreFile file;
    Author author;
    Id device;
    StoreStatus status;
    std::atomic<bool> ready = false;
    std::unique_ptr<StoreWriter> writer;  // touched on the writer's thread
    std::unique_ptr<StoreReader> reader;  // touched on the reader's thread
    std::unique_ptr<Database> readerThread;
    std::unique_ptr<Database> writerThread;
    std::unique_ptr<Database> columnsThread; // while columns are read ahead
    QFuture<Result<OpenReport>> opening;
    StoreChange pending;
    qsizetype pendingKeys = 0;
    QTimer *timer = nullptr;
    QTimer *quiet = nullptr; // null once the columns have been read ahead
};

LocalStore::LocalStore(Options options, QObject *parent) : QObject(parent), d(std::make_unique<Private>(this, std::move(options)))
{
    d->timer = new QTimer(this);
    d->timer->setSingleShot(true);
    d->timer->setInterval(batchMs);
    connect(d->timer, &QTimer::timeout, this, [this] { d->tell(); });
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
                                      writer = std::make_unique<StoreWriter>(tables, file.journal(), [this](const Touched &touched, const StoreStatus &now) { committed(touched, now); });
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
    readerThread = std::make_unique<Database>(db::Connection::Options{.path = file.database(), .readOnly = true, .mayCreate = false, .cacheKib = 32 * 1024}, QStringLiteral("store reader"));
    reader = std::make_unique<StoreReader>(tables);
    if (const auto opened = readerThread->opened().result(); !opened)
        return std::unexpected(opened.error());
    return report;
}

// The reader ends first, so that the writer is the last to close the file and puts the log into it.
void LocalStore::Private::close()
{
    ready = false;
    if (writerThread) // work given before may still hand the reader something
        writerThread->run([](db::Connection &) { return Result<void>(); }).waitForFinished();
    if (columnsThread)
        columnsThread->interrupt();
    columnsThread.reset();
    readerThread.reset();
    writerThread.reset();
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

// On a thread of its own, so that nobody who asks meanwhile waits for it.
void LocalStore::Private::readAhead()
{
    (void)readerThread->run([this](db::Connection &) -> Result<void> {
        const QStringList types = reader->beginColumns();
        QMetaObject::invokeMethod(q, [this, types] {
            if (!ready || types.isEmpty() || quiet) // waiting again: another file has come
                return;
            columnsThread = std::make_unique<Database>(db::Connection::Options{.path = file.database(), .readOnly = true, .mayCreate = false, .cacheKib = 1024}, QStringLiteral("store columns"));
            (void)columnsThread->run([this, types](db::Connection &connection) -> Result<void> {
                auto loaded = reader->loadColumns(connection, types);
                // What could not be read is read when it is needed, and whoever needs it hears why not.
                auto columns = std::make_shared<std::map<QString, std::unique_ptr<ColumnIndex>>>();
                if (loaded)
                    columns->swap(*loaded);
                if (ready)
                    (void)readerThread->run([this, columns](db::Connection &own) { return reader->takeColumns(own, std::move(*columns)); });
                QMetaObject::invokeMethod(q, [this] { columnsThread.reset(); }, Qt::QueuedConnection);
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
            d->scheduleIndexing();
            QMetaObject::invokeMethod(this, [this] { d->waitForQuiet(); }, Qt::QueuedConnection);
        }
        promise.addResult(std::move(report));
        promise.finish();
    });
    return d->opening;
}

const TypeCatalog &LocalStore::catalog() const { return *d->options.catalog; }
void LocalStore::setAuthor(const Author &author) { d->author = author; }
const Author &LocalStore::author() const { return d->author; }
Id LocalStore::device() const { return d->ready ? d->device : Id(); }
StoreStatus LocalStore::status() const { return d->status; }

// On the writer's thread. The reader hears of it before anybody can ask it about what they were told.
void LocalStore::Private::committed(const Touched &touched, const StoreStatus &now)
{
    if (!touched.isEmpty() && ready)
        (void)readerThread->run([this, touched](db::Connection &connection) { return noted<void>(reader->refresh(connection, touched)); });
    QMetaObject::invokeMethod(
        q,
        [this, touched, now] {
            if (now != status) {
                status = now;
                Q_EMIT q->statusChanged(status);
            }
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

void LocalStore::Private::scheduleIndexing()
{
    (void)writerThread->run([this](db::Connection &connection) -> Result<void> {
        const auto more = noted<bool>(writer->indexSome(connection));
        if (more && *more && ready)
            QMetaObject::invokeMethod(q, [this] { scheduleIndexing(); }, Qt::QueuedConnection);
        else if (ready)
            (void)readerThread->run([this](db::Connection &) { reader->forgetSearch(); return Result<void>(); });
        return {};
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

QFuture<Result<Saved>> LocalStore::save(const QList<Draft> &drafts)
{
    return d->write<Saved>([drafts, author = d->author, moment = Moment(*d->options.clock)](StoreWriter &writer, db::Connection &connection) {
        return writer.save(connection, drafts, author, moment);
    });
}

QFuture<Result<QList<OutboxEntry>>> LocalStore::outboxEntries()
{
    return d->read<QList<OutboxEntry>>([](StoreReader &reader, db::Connection &connection) { return reader.entries(connection, false); });
}

QFuture<Result<QList<OutboxEntry>>> LocalStore::quarantineEntries()
{
    return d->read<QList<OutboxEntry>>([](StoreReader &reader, db::Connection &connection) { return reader.entries(connection, true); });
}

QFuture<Result<QList<Conflict>>> LocalStore::conflicts()
{
    return d->read<QList<Conflict>>([](StoreReader &reader, db::Connection &connection) { return reader.conflicts(connection); });
}

QFuture<Result<void>> LocalStore::settle(const Id &op, const Values &keep)
{
    return d->write<void>([op, keep, author = d->author, moment = Moment(*d->options.clock)](StoreWriter &writer, db::Connection &connection) {
        return writer.settle(connection, op, keep, author, moment);
    });
}

QFuture<Result<void>> LocalStore::retry(const Id &op)
{
    return d->write<void>([op, author = d->author, moment = Moment(*d->options.clock)](StoreWriter &writer, db::Connection &connection) {
        return writer.retry(connection, op, author, moment);
    });
}

QFuture<Result<void>> LocalStore::discard(const Id &op)
{
    return d->write<void>([op](StoreWriter &writer, db::Connection &connection) { return writer.discard(connection, op); });
}

QFuture<Result<Cursor>> LocalStore::cursor()
{
    return d->write<Cursor>([](StoreWriter &writer, db::Connection &connection) { return writer.cursor(connection); });
}

QFuture<Result<QList<Operation>>> LocalStore::nextPush(int limit)
{
    return d->write<QList<Operation>>([limit, now = d->options.clock->nowMs()](StoreWriter &, db::Connection &connection) { return Outbox(connection).nextPush(limit, now); });
}

QFuture<Result<void>> LocalStore::applyAnswers(const QList<Answer> &answers)
{
    return d->write<void>([answers, moment = Moment(*d->options.clock)](StoreWriter &writer, db::Connection &connection) { return writer.applyAnswers(connection, answers, moment); });
}

QFuture<Result<void>> LocalStore::applyPage(const ChangePage &page)
{
    // In parts, so that the operator's own save comes between them; the cursor moves with the last.
    const Moment moment(*d->options.clock);
    for (qsizetype from = 0; from < page.changes.size(); from += chunkSize) {
        (void)d->write<void>([part = page.changes.mid(from, chunkSize), moment](StoreWriter &writer, db::Connection &connection) {
            return writer.applyChanges(connection, part, moment);
        });
    }
    return d->write<void>([this, next = page.next, more = page.more, moment](StoreWriter &writer, db::Connection &connection) {
        const auto done = writer.finishPage(connection, next, more, moment);
        if (done && !more && writer.hasUnindexed())
            QMetaObject::invokeMethod(this, [this] { d->scheduleIndexing(); }, Qt::QueuedConnection);
        return done;
    });
}

QFuture<Result<void>> LocalStore::restartFeed()
{
    return d->write<void>([](StoreWriter &writer, db::Connection &connection) { return writer.restartFeed(connection); });
}

QString LocalStore::incomingSnapshot() const
{
    return d->file.incoming();
}

QFuture<Result<void>> LocalStore::adoptSnapshot(const Cursor &cursor)
{
    if (!d->ready)
        return Private::notOpen<void>();
    d->stopReadAhead();
    return d->adopt(cursor).then(this, [this](const Result<void> &adopted) {
        if (adopted) {
            d->pending = {.everything = true};
            d->pendingKeys = listLimit + 1;
            d->tell();
        }
        d->waitForQuiet();
        return adopted;
    });
}

void LocalStore::Private::stopReadAhead()
{
    delete std::exchange(quiet, nullptr);
    if (columnsThread)
        columnsThread->interrupt();
    columnsThread.reset();
}

// The writer does it all in one piece of work, so that nothing is saved in between; what is asked meanwhile waits.
QFuture<Result<void>> LocalStore::Private::adopt(const Cursor &cursor)
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
                reader = std::make_unique<StoreReader>(tables); // what it holds in memory is of the old file
                return {};
            }});
        closed->acquire();
    };
    return writerThread->swapFile({
        // The reader is closed first, so that the writer is the last to close the file and puts the log into it.
        .before = [this, cursor, moment, closeReader](db::Connection &) {
            const auto carried = writer->carryOver(file.database(), file.incoming(), cursor, moment);
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
        }});
}

} // namespace ioc
