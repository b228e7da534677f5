// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <access/sealedtext.h>
#include <db/connection.h>
#include <records/typecatalog.h>
#include <wire/operation.h>

#include <memory>

namespace ioc {

/// The two secrets that everything sealed in a central database hangs on: one wraps the keys of records, the other makes match codes. They are
/// in a file beside the database, not in it, and the same for all centrals of one database. Immutable; used from any thread.
class Sealing
{
public:
    /// "sealing.key" in the data folder.
    static QString fileName();
    /// Makes the file in \a folder. Conflict when there is one.
    static Result<void> create(const QString &folder);
    /// NotFound when there is none, Damaged when it is not whole.
    static Result<std::shared_ptr<const Sealing>> load(const QString &folder);
    /// Those that \a central's personal data are sealed by, from \a folder. NotFound when the file is missing, Conflict when it is another's; null when nothing was sealed yet.
    static Result<std::shared_ptr<const Sealing>> of(db::Connection &central, const QString &folder);
    /// From the file's bytes.
    static Result<Sealing> parse(const QByteArray &text);

    /// Tells one file's secrets from another's without giving them away.
    [[nodiscard]] QByteArray mark() const;

    /// \a key as it is kept in the database.
    [[nodiscard]] Result<QByteArray> wrapped(const SealKey &key, const Id &record) const;
    /// As SealKey::unwrapped().
    [[nodiscard]] Result<SealKey> unwrapped(const QByteArray &wrapped, const Id &record) const;

    /// By what equal values of \a field's kind are found, in whatever record: of a phone number, an address without regard to case, a text
    /// without regard to case and spaces.
    [[nodiscard]] Result<QByteArray> match(const Field &field, const QString &value) const;

    /// What \a device opens its own store with, once somebody has signed in there: VaultSecrets, packed. Made anew each time, the same.
    [[nodiscard]] QByteArray deviceSecrets(const Id &device) const;
    /// The same for the file of a snapshot of \a scope (Scope::key()) at \a cursor (Cursor::toString()).
    [[nodiscard]] QByteArray snapshotSecrets(const QString &scope, const QString &cursor) const;

private:
    [[nodiscard]] QByteArray secrets(const QByteArray &purpose) const;
    Sealing(QByteArray wrapping, QByteArray matching) : m_wrapping(std::move(wrapping)), m_matching(std::move(matching)) {}

    QByteArray m_wrapping;
    QByteArray m_matching;
};

/// Texts that were sealed a moment ago with one key, for one record, by their fields. Sealing the same again would give the same.
struct FreshSeals
{
    struct One { QString plain; QString sealed; };
    QHash<QString, One> byField;

    /// Null when it is not among them.
    [[nodiscard]] QString of(const QString &field, const QString &plain) const;
};

/// Whether the journal does not keep \a value as it was sent.
bool isKeptOtherwise(const RecordType &root, const Field &field, const QCborValue &value);

/// An operation and its answer as the journal keeps them: what is personal in them sealed with \a key as values of \a record, whose key it
/// is; left out where there is none, which is where nothing was changed. So are values of types and fields that central does not know. \a fresh are of the same key and record.
Result<Operation> sealed(const TypeCatalog &catalog, Operation operation, const SealKey &key, const Id &record, const FreshSeals &fresh = {});
Result<Answer> sealed(const TypeCatalog &catalog, const QString &type, Answer answer, const SealKey &key, const Id &record);
/// The answer as it was given. What was erased since is left out.
Result<Answer> opened(const TypeCatalog &catalog, const QString &type, Answer answer, const SealKey &key, const Id &record);

} // namespace ioc
