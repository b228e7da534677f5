// SPDX-License-Identifier: GPL-3.0-or-later
#include <access/sealedtext.h>
#include <store/outbox.h>
#include <store/seals.h>

namespace ioc {

namespace {

// Which of a record's keys seals: the lowest. A former one only opens what is still about.
enum Rank { OfCentral = 0, Ours = 1, Former = 2 };

} // namespace

bool Seals::isSealedAway(const QString &type, const QString &field, const QCborValue &value) const
{
    return isSealed(value) && personalField(type, field);
}

bool Seals::anySealed(const Operation &operation) const
{
    return std::ranges::any_of(operation.changes, [&](const FieldChange &change) { return isSealedAway(operation.type, change.field, change.oldValue) || isSealedAway(operation.type, change.field, change.newValue); });
}

const Field *Seals::personalField(const QString &type, const QString &field) const
{
    const TypeTable *table = m_tables.table(type);
    const Field *found = table ? table->type().field(field) : nullptr;
    return found && table->personalFields().contains(found) ? found : nullptr;
}

Result<SealKey> Seals::unwrapped(const QByteArray &wrapped, const Id &record) const
{
    auto key = m_vault.unwrapped(wrapped, record);
    if (key || key.error().code != ErrorCode::NotFound)
        return key;
    QByteArray secrets; // of the snapshot that brought it
    const auto read = m_connection.each(QStringLiteral("SELECT wrapped FROM _seal_wrap WHERE wrap=?"), {Vault::markIn(wrapped).toBytes()}, [&](const db::Row &row) {
        secrets = row.bytes(0);
        return false;
    });
    if (!read || secrets.isEmpty())
        return read ? key : std::unexpected(read.error());
    return m_vault.learn(secrets).and_then([&] { return m_vault.unwrapped(wrapped, record); });
}

Result<SealKey> Seals::find(const Id &record, const Id &key) const
{
    if (m_vault.isOpen() && m_last.first == record && m_last.second.id == key && !key.isNull())
        return m_last.second;
    QByteArray wrapped;
    return m_connection.each(QStringLiteral("SELECT wrapped FROM _seal_key WHERE record=? AND id=?"), {record.toBytes(), key.toBytes()}, [&](const db::Row &row) {
        wrapped = row.bytes(0);
        return false;
    }).and_then([&] { return unwrapped(wrapped, record); }).transform([&](const SealKey &found) {
        m_last = {record, found};
        return found;
    });
}

Result<std::optional<Seals::Known>> Seals::current(const Id &record)
{
    std::optional<Known> found;
    const auto read = m_connection.each(QStringLiteral("SELECT wrapped, rank FROM _seal_key WHERE record=? ORDER BY rank, id DESC LIMIT 1"), {record.toBytes()}, [&](const db::Row &row) {
        found = {.key = {}, .wrapped = row.bytes(0), .rank = static_cast<int>(row.integer(1))};
        return false;
    });
    if (!read || !found)
        return read.transform([&] { return found; });
    return unwrapped(found->wrapped, record).transform([&](const SealKey &key) {
        found->key = key;
        return found;
    });
}

Result<Seals::Known> Seals::currentOrNew(const Id &record)
{
    static const SystemClock clock;
    auto known = current(record);
    if (known && *known && Vault::markIn((*known)->wrapped) != m_vault.mark()) { // by a snapshot's secrets, which are lost when the database is
        const auto wrapped = m_vault.wrapped((*known)->key, record);
        const auto kept = wrapped ? m_connection.exec(QStringLiteral("UPDATE _seal_key SET wrapped=? WHERE record=? AND id=?"), {*wrapped, record.toBytes(), (*known)->key.id.toBytes()}) : Result<qint64>(std::unexpected(wrapped.error()));
        if (!kept)
            return std::unexpected(kept.error());
        (*known)->wrapped = *wrapped;
    }
    if (known && *known)
        return **known;
    if (!known && known.error().code != ErrorCode::NotFound) // one that another vault wrapped is of no use here
        return std::unexpected(known.error());
    const auto key = SealKey::create(clock);
    if (!key)
        return std::unexpected(key.error());
    return m_vault.wrapped(*key, record).and_then([&](const QByteArray &wrapped) {
        return m_connection.exec(QStringLiteral("INSERT INTO _seal_key (record, id, wrapped, rank) VALUES (?,?,?,?)"), {record.toBytes(), key->id.toBytes(), wrapped, static_cast<int>(Ours)})
            .transform([&](qint64) { return Known{*key, wrapped, Ours}; });
    });
}

Result<bool> Seals::keep(const Id &record, const SealKey &key)
{
    QByteArray known;
    bool others = false;
    const auto read = m_connection.each(QStringLiteral("SELECT id, rank, wrapped FROM _seal_key WHERE record=?"), {record.toBytes()}, [&](const db::Row &row) {
        const bool same = row.bytes(0) == key.id.toBytes();
        if (same && row.integer(1) == OfCentral)
            known = row.bytes(2);
        others = others || !same;
        return true;
    });
    if (!read || (!known.isEmpty() && unwrapped(known, record))) // one that another vault wrapped is of no use
        return read.transform([] { return false; });
    return m_vault.wrapped(key, record)
        .and_then([&](const QByteArray &wrapped) {
            return m_connection.exec(QStringLiteral("INSERT INTO _seal_key (record, id, wrapped, rank) VALUES (?,?,?,0) ON CONFLICT (record, id) DO UPDATE SET rank=0, wrapped=excluded.wrapped"), {record.toBytes(), key.id.toBytes(), wrapped});
        })
        .and_then([&](qint64) {
            return others ? m_connection.exec(QStringLiteral("UPDATE _seal_key SET rank=? WHERE record=? AND id<>? AND rank=0"), {static_cast<int>(Former), record.toBytes(), key.id.toBytes()}) : Result<qint64>(0);
        })
        .transform([&](qint64) { return others; });
}

Result<void> Seals::keepRescued(const Operation &operation)
{
    const Id key = Vault::keyIn(operation.sealKey);
    if (key.isNull())
        return {};
    return m_connection.exec(QStringLiteral("INSERT OR IGNORE INTO _seal_key (record, id, wrapped, rank) VALUES (?,?,?,?)"), {operation.record.toBytes(), key.toBytes(), operation.sealKey, static_cast<int>(Former)}) // central may have it, or have destroyed it
        .transform([](qint64) {});
}

Result<void> Seals::forget(const Id &record, bool readingAnew)
{
    const auto any = m_connection.integer(QStringLiteral("SELECT EXISTS (SELECT 1 FROM _seal_key WHERE record=?)"), {record.toBytes()});
    if (!any || *any == 0)
        return any.transform([](qint64) {});
    const auto done = m_connection.exec(QStringLiteral("UPDATE _seal_key SET rank=? WHERE record=? AND rank=0"), {static_cast<int>(Former), record.toBytes()});
    if (!done)
        return std::unexpected(done.error());
    return readingAnew ? Result<void>() : forgetFormer(QStringLiteral(" AND k.record=?"), {record.toBytes()});
}

Result<void> Seals::leave(const Id &record)
{
    m_last = {};
    return m_connection.exec(QStringLiteral("DELETE FROM _seal_key WHERE record=?1 AND NOT EXISTS (SELECT 1 FROM _outbox WHERE record=?1) AND NOT EXISTS (SELECT 1 FROM _conflict WHERE record=?1)"),
                             {record.toBytes()}).transform([](qint64) {});
}

Result<void> Seals::endReading()
{
    return forgetFormer({}, {});
}

// What central has none for, has sealed with another one since, or has not taken of what was made here, once nothing waits that it opens; and what was
// sent with it.
Result<void> Seals::forgetFormer(const QString &where, const QVariantList &parameters)
{
    QList<std::pair<Id, Id>> keys;
    const auto read = m_connection.each(QStringLiteral("SELECT record, id FROM _seal_key k WHERE rank>0 AND NOT EXISTS (SELECT 1 FROM _outbox o WHERE o.record=k.record) "
                                                       "AND NOT EXISTS (SELECT 1 FROM _conflict c WHERE c.record=k.record)") + where, parameters, [&](const db::Row &row) {
        keys.emplaceBack(Id::fromBytes(row.bytes(0)).value_or(Id()), Id::fromBytes(row.bytes(1)).value_or(Id()));
        return true;
    });
    if (!read)
        return read;
    m_last = {};
    for (const auto &[record, key] : std::as_const(keys)) {
        const auto done = m_connection.exec(QStringLiteral("DELETE FROM _seal_key WHERE record=? AND id=?"), {record.toBytes(), key.toBytes()}).and_then([&](qint64) { return Outbox(m_connection).forgetSentKeys(record, key); });
        if (!done)
            return done;
    }
    return {};
}

Result<QByteArray> Seals::carried(const Id &record)
{
    const auto known = current(record);
    if (!known || !*known)
        return QByteArray();
    return currentOrNew(record).transform([](const Known &one) { return one.wrapped; });
}

Result<void> Seals::keepSecrets(const VaultSecrets &others)
{
    return m_vault.wrapped(others).and_then([&](const QByteArray &wrapped) {
        return m_connection.exec(QStringLiteral("INSERT OR REPLACE INTO _seal_wrap (wrap, wrapped) VALUES (?,?)"), {others.mark().toBytes(), wrapped}).transform([](qint64) {});
    });
}

Result<QCborValue> Seals::sealed(const QCborValue &value, const SealPlace &place, const QCborValue &like, QByteArray *usedKey)
{
    const Field *field = personalField(place.type, place.field);
    if (!field || !m_vault.isUsed() || !isPersonal(m_tables.rootOf(place.type), *field, value) || !sealedBy(value.toString()).isNull())
        return value;
    const auto known = currentOrNew(place.record);
    if (!known)
        return std::unexpected(known.error());
    if (usedKey)
        *usedKey = known->wrapped;
    if (isSealed(like) && sealedBy(like.toString()) == known->key.id && opened(like, place) == value)
        return like;
    return sealedText(value.toString(), known->key, place).transform([](const QString &text) { return QCborValue(text); });
}

Result<Operation> Seals::sealed(Operation operation, const Values &now)
{
    for (FieldChange &change : operation.changes) {
        const SealPlace place{operation.type, operation.record, change.field};
        auto before = sealed(change.oldValue, place, now.value(change.field), &operation.sealKey);
        auto after = before ? sealed(change.newValue, place, now.value(change.field), &operation.sealKey) : before;
        if (!after)
            return std::unexpected(after.error());
        change.oldValue = std::move(*before);
        change.newValue = std::move(*after);
    }
    return operation;
}

Result<std::optional<Operation>> Seals::resealed(const Operation &operation)
{
    if (!anySealed(operation))
        return std::optional<Operation>();
    Operation plain = opened(operation);
    if (anySealed(plain))
        return std::optional<Operation>();
    plain.sealKey.clear();
    return sealed(std::move(plain)).transform([&](Operation again) { return again == operation ? std::optional<Operation>() : std::optional(std::move(again)); });
}

Result<FieldConflict> Seals::sealed(const QString &type, const Id &record, FieldConflict values)
{
    for (QCborValue *value : {&values.base, &values.mine, &values.theirs}) {
        auto kept = sealed(*value, {type, record, values.field}, {}, nullptr);
        if (!kept)
            return std::unexpected(kept.error());
        *value = std::move(*kept);
    }
    return values;
}

Result<Values> Seals::sealed(const QString &type, const Id &record, Values values)
{
    for (auto at = values.begin(); at != values.end(); ++at) {
        auto kept = sealed(at.value(), {type, record, at.key()}, {}, nullptr);
        if (!kept)
            return std::unexpected(kept.error());
        at.value() = std::move(*kept);
    }
    return values;
}

Result<QCborValue> Seals::sealedFor(const Id &to, const QCborValue &value, const SealPlace &from, const Operation &source)
{
    const QCborValue plain = opened(value, from, source.sealKey);
    return isSealed(plain) ? plain : sealed(plain, {from.type, to, from.field}, {}, nullptr);
}

QCborValue Seals::opened(const QCborValue &value, const SealPlace &place, const QByteArray &wrappedKey) const
{
    if (!isSealed(value))
        return value;
    const QString text = value.toString();
    const Id by = sealedBy(text);
    auto key = by.isNull() ? Result<SealKey>(failure(ErrorCode::NotFound, {})) : find(place.record, by);
    if (!key && !by.isNull() && !wrappedKey.isEmpty())
        key = unwrapped(wrappedKey, place.record);
    if (!key)
        return value;
    const auto plain = openedText(text, *key, place);
    return plain ? QCborValue(*plain) : value;
}

QCborValue Seals::opened(const QCborValue &value, const SealPlace &place) const
{
    return opened(value, place, {});
}

Operation Seals::opened(Operation operation) const
{
    for (FieldChange &change : operation.changes) {
        const SealPlace place{operation.type, operation.record, change.field};
        change.oldValue = opened(change.oldValue, place, operation.sealKey);
        change.newValue = opened(change.newValue, place, operation.sealKey);
    }
    return operation;
}

void Seals::open(Record &record) const
{
    const TypeTable *table = m_tables.table(record.type);
    if (!table || !m_vault.isOpen())
        return;
    for (const Field *field : table->personalFields()) {
        const auto at = record.values.find(field->name);
        if (at != record.values.end())
            *at = opened(*at, {record.type, record.id, field->name});
    }
}

void Seals::open(QList<StoredRecord> &rows) const
{
    for (StoredRecord &row : rows)
        open(row.record);
}

void Seals::open(const QString &type, const Id &record, FieldConflict &values) const
{
    for (QCborValue *value : {&values.base, &values.mine, &values.theirs})
        *value = opened(*value, {type, record, values.field});
}

Result<std::optional<Operation>> Seals::forCentral(const Operation &operation) const
{
    Operation out = anySealed(operation) ? opened(operation) : operation;
    out.sealKey.clear();
    if (anySealed(out))
        return std::optional<Operation>();
    if (!anySealed(operation))
        return out;
    const auto known = m_connection.integer(QStringLiteral("SELECT EXISTS (SELECT 1 FROM _seal_key WHERE record=? AND rank=0)"), {operation.record.toBytes()});
    const auto ours = m_connection.integer(QStringLiteral("SELECT EXISTS (SELECT 1 FROM _seal_key WHERE record=? AND id=? AND rank=1)"), {operation.record.toBytes(), Vault::keyIn(operation.sealKey).toBytes()});
    if (!known || !ours)
        return std::unexpected(!known ? known.error() : ours.error());
    if (*known == 0 && *ours != 0)
        out.sealKey = unwrapped(operation.sealKey, operation.record).value_or(SealKey()).packed();
    return out;
}

} // namespace ioc
