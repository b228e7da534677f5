// SPDX-License-Identifier: GPL-3.0-or-later
// What the person at the desk saves, and what becomes of it: outbox, conflicts, quarantine.
#include "localstoreprivate.h"

#include <store/entryfile.h>
#include <store/entryreader.h>

namespace ioc {

namespace {

constexpr qsizetype entriesPart = 200; // entries settled or imported in one transaction

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

} // namespace ioc
