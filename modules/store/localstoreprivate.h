// SPDX-License-Identifier: GPL-3.0-or-later
// What the parts of LocalStore share. Of this module alone.
#pragma once

#include <db/database.h>
#include <store/localstore.h>
#include <store/storefile.h>
#include <store/storereader.h>
#include <store/storewriter.h>

#include <QCoreApplication>
#include <QTimer>

#include <atomic>
#include <functional>
#include <memory>

namespace ioc {

using db::Database;

class LocalStore::Private
{
public:
    Private(LocalStore *store, Options given) : q(store), options(std::move(given)), tables(options.catalog), file(options.folder) {}

    Result<OpenReport> open();
    void close();
    void committed(const Touched &touched, const StoreStatus &status, bool entries);
    void collect(const Touched &touched);
    void tell();
    void workOnSearch();
    void nextSearchStep();
    void makeReader();
    void waitForQuiet();
    void readAhead();
    void readWantedOrders();
    void stopReadAhead();
    QFuture<Result<void>> adopt(const Cursor &cursor, const std::optional<VaultSecrets> &secrets);
    void tellEverything();

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
    QFuture<Result<T>> write(Work work, Database::Rank rank = Database::Rank::Foreground)
    {
        if (!ready)
            return notOpen<T>();
        return writerThread->run([this, work = std::move(work)](db::Connection &connection) -> Result<T> { return noted<T>(work(*writer, connection)); },
                                 Database::Cancellable::No, rank);
    }
    /// Likewise what the sync engine asks for, in the order of its asking: what people save does not wait for it.
    template <typename T, typename Work>
    QFuture<Result<T>> follow(Work work) { return write<T>(std::move(work), Database::Rank::Background); }
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

    static constexpr qsizetype listLimit = 2000; ///< keys told one by one; more: "everything"

    LocalStore *q;
    Options options;
    TypeTables tables;
    StoreFile file;
    Author author;
    Id device;
    Id lastAnswered; ///< as kept in the database
    StoreStatus status;
    std::atomic<bool> ready = false;
    std::atomic<bool> isAtSearchWork = false;
    std::atomic<bool> isSearchWorkWanted = false; ///< asked for since the step at hand began
    QTimer *lull = nullptr; ///< no page of a pull that goes on has come for a while: it may have been broken off
    std::atomic<int> vaultTurn = 0; ///< opening that was asked for before the last closing is of no effect
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
    bool isReadingAhead = false;
    bool isAdopting = false; // a file that takes the place of the one at hand: nobody else is to open that
    int readsAhead = 0; ///< begun or broken off, so that what an earlier one left to be run does not touch a later one
    std::atomic<bool> orderWanted = false; // since reading ahead began last
};

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
    *step = [this, promise, sum, part, rank = Database::Rank::Foreground, weak = std::weak_ptr(step)]() mutable {
        const auto next = weak.lock(); // kept alive by the job that runs
        const auto turn = std::exchange(rank, Database::Rank::Background); // or what sync waits for would never have its turn
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
        }, Database::Cancellable::No, turn);
    };
    (*step)();
    return promise->future();
}

} // namespace ioc
