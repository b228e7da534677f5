// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/auditjournal.h>
#include <central/recordtables.h>

namespace ioc {

/// An account as administrators list it.
struct AccountInfo
{
    Id id;
    QString login;
    QString displayName;
    QString role;
    bool disabled = false;
};

/// What administrators do to accounts at central itself. Each call is one durable transaction, and the account's record
/// goes to the devices through the feed like any other.
class Accounts
{
public:
    /// \a actor is who does it, for the audit journal.
    Accounts(db::Connection &connection, const RecordTables &tables, const Clock &clock, AuditActor actor = AuditActor::atConsole())
        : m_connection(connection), m_tables(tables), m_clock(clock), m_actor(std::move(actor))
    {
    }

    /// A new account; \a encodedPassword comes from hashedPassword(). Conflict when the login is taken, InvalidInput when a value will not do.
    Result<Id> add(const QString &login, const QString &displayName, const QString &role, const QString &encodedPassword);
    Result<QList<AccountInfo>> list() const;
    /// Disables the account and ends all its sessions. NotFound when there is none.
    Result<void> disable(const QString &login);
    /// A new password; ends all the account's sessions.
    Result<void> setPassword(const QString &login, const QString &encodedPassword);

private:
    Result<Id> named(const QString &login) const;
    Result<void> enter(AuditKind kind, const Id &account, const QCborMap &details = {});

    db::Connection &m_connection;
    const RecordTables &m_tables;
    const Clock &m_clock;
    AuditActor m_actor;
};

} // namespace ioc
