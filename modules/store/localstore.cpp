// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/faultpoint.h>
#include <db/database.h>
#include <store/entryfile.h>
#include <store/entryreader.h>
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
constexpr qsizetype entriesPart = 200; // entries settled or imported in one transaction
constexpr qsizetype chunkSize = 1000;  // changes of a page in one transaction: the operator's own save waits for one at most

void addTo(EntriesDone &sum, const EntriesDone &part)
{
    sum.done += part.done;
    sum.left += part.left;
    if (sum.why.isEmpty())
        sum.why = part.why;
}

void addTo(EntriesImported &sum, const EntriesImported &part)
{
    sum.taken += part.taken;
    sum.quarantined += part.quarantined;
    sum.known += part.known;
    sum.ofOthers += part.ofOthers;
    for (const QString &author : part.authors) {
        if (!sum.authors.contains(author))
            sum.authors += author;
    }
}

} // namespace

class LocalStore::Private
{
public:
    Private(LocalStore *store, Options given) : q(store), options(std::move(given)), tables(options.catalog), file(options.folder) {}

    Result<OpenReport> open();
    void close();
    void committed(const Touched &touched, const StoreStatus &status, bool entries);
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
    /// Runs \a part(StoreWriter &, Connection &, T &sum) -> Result<int>, how far it came of \a total, until that is reached.
    template <typename T, typename Part>
    QFuture<Result<T>> inParts(int total, const Part &part);
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
void LocalStore::Private::committed(const Touched &touched, const StoreStatus &now, bool entries)
{
    if (!touched.isEmpty() && ready)
        (void)readerThread->run([this, touched](db::Connection &connection) { return noted<void>(reader->refresh(connection, touched)); });
    QMetaObject::invokeMethod(
        q,
        [this, touched, now, entries] {
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

QFuture<Result<QList<qint64>>> LocalStore::entryKeys(const EntryQuery &query)
{
    return d->read<QList<qint64>>([query](StoreReader &reader, db::Connection &connection) { return EntryReader(connection, reader.tables()).keys(query); });
}

QFuture<Result<QList<std::pair<QString, qint64>>>> LocalStore::entryTypes(EntryQuery::List list)
{
    return d->read<QList<std::pair<QString, qint64>>>([list](StoreReader &reader, db::Connection &connection) { return EntryReader(connection, reader.tables()).types(list); });
}

QFuture<Result<QList<OutboxEntry>>> LocalStore::outboxEntries(const QList<qint64> &keys)
{
    return d->read<QList<OutboxEntry>>([keys](StoreReader &reader, db::Connection &connection) { return EntryReader(connection, reader.tables()).outbox(keys); });
}

QFuture<Result<QList<Conflict>>> LocalStore::conflicts(const QList<qint64> &keys)
{
    return d->read<QList<Conflict>>([keys](StoreReader &reader, db::Connection &connection) { return EntryReader(connection, reader.tables()).conflicts(keys); });
}

// One part after the other on the writer, so that the operator's own save comes between them; each part gives the next.
template <typename T, typename Part>
QFuture<Result<T>> LocalStore::Private::inParts(int total, const Part &part)
{
    if (!ready)
        return notOpen<T>();
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    promise->setProgressRange(0, total);
    auto sum = std::make_shared<T>();
    auto step = std::make_shared<std::function<void()>>();
    *step = [this, promise, sum, part, weak = std::weak_ptr(step)] {
        const auto next = weak.lock(); // kept alive by the job that runs
        (void)writerThread->run([this, promise, sum, part, next](db::Connection &connection) -> Result<void> {
            const Result<int> at = noted<int>(promise->isCanceled() ? Result<int>(-1) : part(*writer, connection, *sum));
            if (at && *at >= 0)
                promise->setProgressValue(*at);
            if (at && *at >= 0 && *at < promise->future().progressMaximum() && ready) {
                (*next)();
                return {};
            }
            promise->addResult(at ? Result<T>(*sum) : Result<T>(std::unexpected(at.error())));
            promise->finish();
            return {};
        });
    };
    (*step)();
    return promise->future();
}

QFuture<Result<EntriesDone>> LocalStore::settle(const QList<qint64> &conflicts, Keep keep, const QCborValue &value)
{
    auto how = std::make_shared<StoreWriter::Settling>(keep, value);
    auto from = std::make_shared<qsizetype>(0);
    return d->inParts<EntriesDone>(static_cast<int>(conflicts.size()), [conflicts, how, from, author = d->author, moment = Moment(*d->options.clock)](StoreWriter &writer, db::Connection &connection, EntriesDone &sum) {
        const QList<qint64> part = conflicts.mid(*from, entriesPart);
        return writer.settle(connection, part, *how, author, moment).transform([&](const EntriesDone &done) {
            addTo(sum, done);
            return static_cast<int>(*from += part.size());
        });
    });
}

QFuture<Result<EntriesDone>> LocalStore::undoSettling()
{
    return d->inParts<EntriesDone>(std::numeric_limits<int>::max(), [author = d->author, moment = Moment(*d->options.clock)](StoreWriter &writer, db::Connection &connection, EntriesDone &sum) {
        return writer.undoSettling(connection, author, moment).transform([&](const EntriesDone &done) {
            addTo(sum, done);
            return done.done + done.left == 0 ? std::numeric_limits<int>::max() : static_cast<int>(sum.done + sum.left);
        });
    });
}

QFuture<Result<EntriesDone>> LocalStore::retry(const QList<qint64> &entries)
{
    return d->write<EntriesDone>([entries, author = d->author, moment = Moment(*d->options.clock)](StoreWriter &writer, db::Connection &connection) {
        return writer.retry(connection, entries, author, moment);
    });
}

QFuture<Result<void>> LocalStore::resend(qint64 entry, const QList<FieldChange> &changes)
{
    return d->write<void>([entry, changes, author = d->author, moment = Moment(*d->options.clock)](StoreWriter &writer, db::Connection &connection) {
        return writer.resend(connection, entry, changes, author, moment);
    });
}

QFuture<Result<EntriesDone>> LocalStore::discard(const QList<qint64> &entries)
{
    return d->write<EntriesDone>([entries](StoreWriter &writer, db::Connection &connection) { return writer.discard(connection, entries); });
}

QFuture<Result<EntriesDone>> LocalStore::restoreDiscarded(const QList<qint64> &entries)
{
    return d->write<EntriesDone>([entries](StoreWriter &writer, db::Connection &connection) { return writer.restoreDiscarded(connection, entries); });
}

QFuture<Result<qint64>> LocalStore::exportEntries(const QList<qint64> &entries, const QString &path)
{
    return d->read<qint64>([entries, path, by = d->author.displayName, device = d->device, now = d->options.clock->nowMs()](StoreReader &reader, db::Connection &connection) {
        return EntryReader(connection, reader.tables()).file(entries).and_then([&](OperationFile &&file) {
            file.device = device;
            file.writtenBy = by;
            file.writtenMs = now;
            return writeEntryFile(file, path);
        });
    });
}

QFuture<Result<EntriesImported>> LocalStore::importEntries(const QString &path, bool anyCentral)
{
    struct Source { bool read = false; OperationFile file; qsizetype from = 0; };
    auto source = std::make_shared<Source>();
    return d->inParts<EntriesImported>(std::numeric_limits<int>::max(), [path, anyCentral, source, author = d->author](StoreWriter &writer, db::Connection &connection, EntriesImported &sum) -> Result<int> {
        if (!source->read) {
            auto file = readEntryFile(path);
            if (!file)
                return std::unexpected(file.error());
            if (const auto fits = writer.checkEpoch(connection, file->epoch); !fits && !anyCentral)
                return std::unexpected(fits.error());
            *source = {.read = true, .file = std::move(*file)};
        }
        return writer.importEntries(connection, source->file, source->from, entriesPart, author).transform([&](const EntriesImported &part) {
            addTo(sum, part);
            source->from += entriesPart;
            return source->from < source->file.entries.size() ? static_cast<int>(source->from) : std::numeric_limits<int>::max();
        });
    });
}

QFuture<Result<Cursor>> LocalStore::cursor()
{
    return d->write<Cursor>([](StoreWriter &writer, db::Connection &connection) { return writer.cursor(connection); });
}

QFuture<Result<QList<Operation>>> LocalStore::nextPush(int limit)
{
    return d->write<QList<Operation>>([limit, now = d->options.clock->nowMs()](StoreWriter &writer, db::Connection &connection) { return writer.nextPush(connection, limit, now); });
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
