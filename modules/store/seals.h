// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <records/merge.h>
#include <records/record.h>
#include <store/typetable.h>
#include <wire/operation.h>

namespace ioc {

/// Personal data as the store keeps them: sealed with a key for each record, the keys in _seal_key wrapped by the vault. On the connection
/// of whoever asks. Where personal data were never sealed (Vault::isUsed()) everything passes as it is.
class Seals
{
public:
    Seals(db::Connection &connection, const TypeTables &tables) : m_connection(connection), m_tables(tables), m_vault(tables.vault()) {}

    /// \a key is what central seals \a record with: from now on it is done so here. True when the record had another one here before:
    /// then what waits for central is to be sealed again (resealed()).
    Result<bool> keep(const Id &record, const SealKey &key);
    /// The key of a saved operation whose row was lost with a damaged database.
    Result<void> keepRescued(const Operation &operation);
    /// Central has none for \a record now: unless something of it waits here, what was sealed with those of this device is gone for good.
    /// \a readingAnew: central may have gone back, and what it had is still to be offered to it; gone only with endReading().
    Result<void> forget(const Id &record, bool readingAnew);
    /// \a record is not here any more, and comes with its key should it come again. Its keys go unless something of it waits that they open; what
    /// was sent about it carries its own.
    Result<void> leave(const Id &record);
    /// The feed has been read to its end: keys that central does not have go wherever nothing waits that they open.
    Result<void> endReading();
    /// The key of \a record as an operation on it carries it; empty when there is none.
    Result<QByteArray> carried(const Id &record);
    /// As Vault::unwrapped(), wrapped by the secrets of a snapshot as well.
    [[nodiscard]] Result<SealKey> unwrapped(const QByteArray &wrapped, const Id &record) const;
    /// The secrets of a snapshot that takes the database's place.
    Result<void> keepSecrets(const VaultSecrets &others);

    /// As it is kept, with the key it was sealed with: it opens wherever the vault does. \a now: the record's row as it is kept, whose texts are
    /// used again for the same values. Unauthenticated when something would have to be sealed and the vault is closed.
    Result<Operation> sealed(Operation operation, const Values &now = {});
    /// \a operation sealed with the record's key of now; nothing when it is already, or cannot be opened.
    Result<std::optional<Operation>> resealed(const Operation &operation);
    Result<FieldConflict> sealed(const QString &type, const Id &record, FieldConflict values);
    Result<Values> sealed(const QString &type, const Id &record, Values values);
    /// \a value of \a from as a value of \a to, which became the same record.
    Result<QCborValue> sealedFor(const Id &to, const QCborValue &value, const SealPlace &from, const Operation &source);

    /// What cannot be opened stays sealed; nothing is while the vault is closed.
    [[nodiscard]] Operation opened(Operation operation) const;
    void open(Record &record) const;
    void open(QList<StoredRecord> &rows) const;
    void open(const QString &type, const Id &record, FieldConflict &values) const;
    [[nodiscard]] QCborValue opened(const QCborValue &value, const SealPlace &place) const;
    /// Opened, with the key when central may not have one yet. Nothing when it cannot be opened now: sealed texts are never sent.
    Result<std::optional<Operation>> forCentral(const Operation &operation) const;

    /// Whether \a value is personal and could not be opened.
    [[nodiscard]] bool isSealedAway(const QString &type, const QString &field, const QCborValue &value) const;

private:
    [[nodiscard]] bool anySealed(const Operation &operation) const;
    Result<void> forgetFormer(const QString &where, const QVariantList &parameters);
    struct Known { SealKey key; QByteArray wrapped; int rank = 0; };
    Result<std::optional<Known>> current(const Id &record);
    Result<Known> currentOrNew(const Id &record);
    [[nodiscard]] Result<SealKey> find(const Id &record, const Id &key) const;
    Result<QCborValue> sealed(const QCborValue &value, const SealPlace &place, const QCborValue &like, QByteArray *usedKey);
    [[nodiscard]] QCborValue opened(const QCborValue &value, const SealPlace &place, const QByteArray &wrappedKey) const;
    [[nodiscard]] const Field *personalField(const QString &type, const QString &field) const;

    db::Connection &m_connection;
    const TypeTables &m_tables;
    Vault &m_vault;
    mutable std::pair<Id, SealKey> m_last; // a record and the key found for it last: most have one, and several values
};

} // namespace ioc
