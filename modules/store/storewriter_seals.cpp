// SPDX-License-Identifier: GPL-3.0-or-later
// Personal data: opening the vault, the keys that come with the feed, what is sealed again for another key.
#include <store/storewriter.h>

#include <QCoreApplication>

namespace ioc {

using db::Transaction;

Result<bool> StoreWriter::openVault(db::Connection &connection, const VaultSecrets &secrets)
{
    Vault &vault = m_tables.vault();
    if (vault.mark() == secrets.mark())
        return false;
    const QByteArray now = secrets.mark().toBytes() + m_tables.personalFields();
    const auto known = connection.one<QByteArray>(QStringLiteral("SELECT value FROM _meta WHERE name='vault'"), {}, [](const db::Row &row) { return row.bytes(0); });
    if (!known && known.error().code != ErrorCode::NotFound)
        return std::unexpected(known.error());
    const bool isNew = !known || *known != now;
    const auto kept = isNew && vault.isOpen() ? openKeys(connection) : Result<QList<OpenKey>>();
    if (!kept)
        return std::unexpected(kept.error());
    vault.open(secrets);
    if (!isNew)
        return true;
    // Never opened before, of another central, or for other fields: what is here of the feed comes again, sealed; the rest is sealed now.
    auto done = beginSealing(connection, now, *kept);
    if (!done)
        vault.close();
    else
        (void)replaceJournal(connection); // its entries are known, and may stay as they are until the next time
    return done.transform([] { return true; });
}

Result<void> StoreWriter::beginSealing(db::Connection &connection, const QByteArray &mark, const QList<OpenKey> &kept)
{
    const auto at = connection.integer(QStringLiteral("SELECT EXISTS (SELECT 1 FROM _meta WHERE name='cursor')"));
    if (!at)
        return std::unexpected(at.error());
    auto transaction = Transaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    Rebaser rebaser(connection, m_tables, m_feed);
    const bool anew = *at != 0;
    const auto done = setMeta(connection, QStringLiteral("vault"), mark)
                          .and_then([&] { return wrapAgain(connection, kept); })
                          .and_then([&] { return sealKept(connection, rebaser); })
                          .and_then([&] { return anew ? beginReading(connection) : Result<void>(); })
                          .and_then([&] { return commit(connection, *transaction, rebaser); });
    if (done && anew) {
        ++m_feed;
        m_restarting = true;
        // Pages under way go on from a place that is none any more, until whoever asks for them has asked for the cursor.
        m_feedState = failure(ErrorCode::Busy, QCoreApplication::translate("Store", "The records are read anew. Try again in a moment."));
    }
    return done;
}

// What the vault at hand opens, before another one takes its place: work done on the word of the person alone, and then central knows this
// device by another name.
Result<QList<StoreWriter::OpenKey>> StoreWriter::openKeys(db::Connection &connection)
{
    QList<std::pair<Id, QByteArray>> rows;
    QList<OpenKey> out;
    const auto read = connection.each(QStringLiteral("SELECT record, wrapped FROM _seal_key"), {}, [&](const db::Row &row) {
        rows.emplaceBack(Id::fromBytes(row.bytes(0)).value_or(Id()), row.bytes(1));
        return true;
    });
    if (!read)
        return std::unexpected(read.error());
    const Seals seals(connection, m_tables);
    for (const auto &[record, wrapped] : std::as_const(rows)) {
        if (const auto key = seals.unwrapped(wrapped, record))
            out += {record, *key};
    }
    return out;
}

Result<void> StoreWriter::wrapAgain(db::Connection &connection, const QList<OpenKey> &keys)
{
    QHash<QByteArray, QByteArray> now; // by record and id
    for (const OpenKey &one : keys) {
        const auto wrapped = m_tables.vault().wrapped(one.key, one.record);
        if (!wrapped)
            return std::unexpected(wrapped.error());
        now.insert(one.record.toBytes() + one.key.id.toBytes(), *wrapped);
        const auto done = connection.exec(QStringLiteral("UPDATE _seal_key SET wrapped=? WHERE record=? AND id=?"), {*wrapped, one.record.toBytes(), one.key.id.toBytes()});
        if (!done)
            return std::unexpected(done.error());
    }
    Outbox outbox(connection);
    const auto live = outbox.all();
    const auto sent = outbox.sent();
    if (!live || !sent)
        return std::unexpected(!live ? live.error() : sent.error());
    const auto again = [&](Operation operation, auto put) {
        const QByteArray wrapped = now.value(operation.record.toBytes() + Vault::keyIn(operation.sealKey).toBytes());
        if (operation.sealKey.isEmpty() || wrapped.isEmpty())
            return Result<void>();
        operation.sealKey = wrapped;
        return put(operation);
    };
    for (const LiveOperation &one : *live) {
        if (const auto done = again(one.operation, [&](const Operation &operation) { return outbox.repack(operation); }); !done)
            return done;
    }
    for (const Operation &one : *sent) {
        if (const auto done = again(one, [&](const Operation &operation) { return outbox.repackSent(operation); }); !done)
            return done;
    }
    return {};
}

// Operations, states they stand on, conflicts; rows are made anew from these.
Result<void> StoreWriter::sealKept(db::Connection &connection, Rebaser &rebaser)
{
    Seals seals(connection, m_tables);
    Outbox outbox(connection);
    Conflicts conflicts(connection);
    BaseStates bases(connection);
    const auto live = outbox.all();
    const auto sent = outbox.sent();
    const auto open = conflicts.all();
    const auto based = bases.records();
    if (!live || !sent || !open || !based)
        return std::unexpected(!live ? live.error() : !sent ? sent.error() : !open ? open.error() : based.error());
    for (const LiveOperation &one : *live) {
        if (const auto done = seals.sealed(one.operation).and_then([&](const Operation &operation) { return outbox.repack(operation); }); !done)
            return done;
    }
    for (const Operation &one : *sent) {
        if (const auto done = seals.sealed(one).and_then([&](const Operation &operation) { return outbox.repackSent(operation); }); !done)
            return done;
    }
    for (const Conflict &one : *open) {
        if (const auto done = seals.sealed(one.type, one.record, one.values).and_then([&](const FieldConflict &values) { return conflicts.rewrite(one, values); }); !done)
            return done;
    }
    for (const Id &record : *based) {
        auto base = bases.find(record);
        if (!base || !*base)
            return base.transform([](const auto &) {});
        const auto done = seals.sealed((*base)->type, record, (*base)->values)
                              .and_then([&](const Values &values) {
                                  (*base)->values = values;
                                  return bases.put(**base);
                              })
                              .and_then([&] { return m_tables.table((*base)->type) ? rebaser.rebase((*base)->type, record) : Result<void>(); });
        if (!done)
            return done;
    }
    return {};
}

Result<void> StoreWriter::followKey(db::Connection &connection, const Change &change)
{
    const TypeTable *table = m_tables.table(change.record.type);
    if (!table || table->personalFields().isEmpty())
        return {};
    const Id &record = change.record.id;
    Seals seals(connection, m_tables);
    if (change.sealKey.isEmpty()) // central has none: never had, or it was erased. Who may not open them is told of none, either
        return change.kind == Change::Kind::Withdrawn || !m_tables.vault().isOpen() ? Result<void>() : seals.forget(record, m_restarting);
    if (!m_tables.vault().isOpen()) // it will be, with the session; not Unauthenticated, which would have it renewed at once and for ever
        return failure(ErrorCode::Busy, lockedAway().error().message);
    const auto key = SealKey::unpacked(change.sealKey);
    if (!key)
        return std::unexpected(key.error());
    const auto another = seals.keep(record, *key);
    return another && *another ? resealLive(connection, record) : another.transform([](bool) {});
}

Result<void> StoreWriter::resealLive(db::Connection &connection, const Id &record)
{
    Outbox outbox(connection);
    Seals seals(connection, m_tables);
    const auto all = outbox.of(record);
    if (!all)
        return std::unexpected(all.error());
    for (const LiveOperation &one : *all) {
        const auto again = one.operation.record == record ? seals.resealed(one.operation) : Result<std::optional<Operation>>();
        if (!again)
            return std::unexpected(again.error());
        if (!*again)
            continue;
        if (const auto done = outbox.repack(**again); !done)
            return done;
    }
    return {};
}

// What cannot be opened waits, and with it what builds on it: with the reason while the vault is open, so that nothing else waits behind it.
Result<QList<Operation>> StoreWriter::forCentral(db::Connection &connection, const QList<Operation> &operations, qint64 nowMs)
{
    const Seals seals(connection, m_tables);
    Outbox outbox(connection);
    QList<Operation> out;
    QSet<Id> waiting;
    for (const Operation &operation : operations) {
        const bool buildsOn = std::ranges::any_of(operation.after, [&](const Id &needed) { return waiting.contains(needed); });
        auto open = buildsOn ? Result<std::optional<Operation>>() : seals.forCentral(operation);
        if (!open)
            return std::unexpected(open.error());
        if (*open) {
            out += std::move(**open);
            continue;
        }
        waiting.insert(operation.op);
        if (buildsOn || !m_tables.vault().isOpen())
            continue;
        m_entriesTouched = true;
        const QString why = QCoreApplication::translate("Store", "The personal data in it cannot be opened on this device now. It is tried again; if this stays, tell the administrator.");
        if (const auto held = outbox.hold(operation.op, why, nowMs + Outbox::longestHoldMs); !held)
            return std::unexpected(held.error());
    }
    return out;
}

} // namespace ioc
