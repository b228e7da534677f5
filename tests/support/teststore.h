// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/localstore.h>
#include <wire/codec.h>

#include <QCoreApplication>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

namespace ioc::test {

/// Waits for \a future while events are handled, and gives its answer.
template <typename T>
T answered(QFuture<T> future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 60'000))
        qFatal("no answer in a minute");
    return future.result();
}

/// A local store in a folder of its own, with a clock that tests set.
class TestStore
{
public:
    explicit TestStore(const QString &path = {})
    {
        const auto read = TypeCatalog::load();
        if (!read)
            qFatal("%s", qPrintable(read.error().detail));
        catalog = *read;
        folder = path.isEmpty() ? own.path() : path;
        store = std::make_unique<LocalStore>(LocalStore::Options{.folder = folder, .catalog = catalog, .clock = &clock});
        author = {.account = Id::create(clock), .displayName = QStringLiteral("Nguyễn Thị Lan"), .rights = Rights(QStringLiteral("operator"))};
    }

    Result<OpenReport> open()
    {
        auto report = answered(store->open());
        author.device = store->device();
        store->setAuthor(author);
        return report;
    }
    /// Closes it as at the end of the program, and opens it anew.
    Result<OpenReport> reopen()
    {
        store.reset();
        store = std::make_unique<LocalStore>(LocalStore::Options{.folder = folder, .catalog = catalog, .clock = &clock});
        return open();
    }
    /// The record as it is shown now.
    std::optional<StoredRecord> record(const QString &type, const Id &id)
    {
        const auto found = answered(store->record(type, id));
        return found ? *found : std::nullopt;
    }
    Result<Saved> create(const QString &type, const Id &id, const Values &values)
    {
        Draft draft{.kind = OperationKind::Create, .type = type, .record = id};
        for (const auto &[field, value] : values.asKeyValueRange())
            draft.changes += {field, {}, value};
        return answered(store->save({draft}));
    }
    Result<Saved> edit(const QString &type, const Id &id, const QString &field, const QCborValue &value)
    {
        const auto now = record(type, id);
        return answered(store->save({Draft{.type = type, .record = id, .changes = {{field, now ? now->record.value(field) : QCborValue(), value}}}}));
    }
    Result<void> pull(const QList<Change> &changes, bool more = false, const Id &newEpoch = {})
    {
        if (!newEpoch.isNull())
            epoch = newEpoch;
        ChangePage page{.next = {.epoch = epoch, .sequence = sequence += changes.size() + 1, .schemaVersion = catalog->schemaVersion()}, .changes = changes, .more = more};
        return wire::decodePackedPage(wire::encode(page)).and_then([this](const ChangePage &packed) { return answered(store->applyPage(packed)); });
    }

    /// What the lists on the screen hold, in the order of saving.
    QList<OutboxEntry> entries(EntryQuery::List list)
    {
        const auto keys = answered(store->entryKeys({.list = list}));
        return answered(store->outboxEntries(keys.value_or(QList<qint64>()))).value_or(QList<OutboxEntry>());
    }
    QList<OutboxEntry> outbox() { return entries(EntryQuery::List::Outbox); }
    QList<OutboxEntry> quarantine() { return entries(EntryQuery::List::Quarantine); }
    QList<Conflict> conflicts()
    {
        const auto keys = answered(store->entryKeys({.list = EntryQuery::List::Conflicts}));
        return answered(store->conflicts(keys.value_or(QList<qint64>()))).value_or(QList<Conflict>());
    }
    QList<qint64> conflictKeys()
    {
        QList<qint64> out;
        const auto all = conflicts();
        for (const Conflict &one : all)
            out += one.key;
        return out;
    }
    /// The key in quarantine of operation \a op; 0 when it is not there.
    qint64 quarantined(const Id &op)
    {
        const auto all = quarantine();
        const auto found = std::ranges::find_if(all, [&](const OutboxEntry &entry) { return entry.operation.op == op; });
        return found == all.end() ? 0 : found->key;
    }

    QTemporaryDir own;
    QString folder;
    ManualClock clock{1'760'000'000'000};
    std::shared_ptr<const TypeCatalog> catalog;
    std::unique_ptr<LocalStore> store;
    Author author;
    Id epoch = Id::create(clock);
    qint64 sequence = 0;
};

/// A change of the feed that carries a record's state.
inline Change stateOf(const QString &type, const Id &id, qint64 version, const Values &values)
{
    return {.kind = Change::Kind::State, .record = {.type = type, .id = id, .version = version, .values = values}};
}

} // namespace ioc::test
