// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/scope.h>
#include <db/connection.h>

#include <atomic>

namespace ioc {

/// Tells every account's scope. Roles, grants and the unit tree are read once and again when the database says that they changed (by any
/// central); the account itself is read at every request. Used from any thread with that thread's connection.
class ScopeBook
{
public:
    ScopeBook(std::shared_ptr<const TypeCatalog> catalog, qint64 shard) : m_catalog(std::move(catalog)), m_shard(shard) {}

    /// The scope of \a who, as identified on \a connection.
    Result<Scope> scopeOf(db::Connection &connection, const Identity &who);
    /// What its role is granted: what its devices are told of their rights.
    Result<QList<Grant>> grantsOf(db::Connection &connection, const Identity &who);

private:
    struct Pages // never changed once they can be seen
    {
        qint64 revision = -1;
        QHash<Id, QList<Grant>> grants; ///< by role
        QHash<QString, Id> roles;       ///< by code
        QMultiHash<Id, Id> below;       ///< units right below each
        QHash<QByteArray, std::shared_ptr<const Scope::Contents>> scopes; ///< by role and unit
    };
    using Open = std::shared_ptr<const Pages>;
    Result<Open> open(db::Connection &connection, const Identity &who);
    Result<std::shared_ptr<Pages>> read(db::Connection &connection) const;
    static QList<Grant> grantsIn(const Pages &pages, const Identity &who);

    std::shared_ptr<const TypeCatalog> m_catalog;
    qint64 m_shard;
    std::atomic<Open> m_open{std::make_shared<const Pages>()};
};

} // namespace ioc
