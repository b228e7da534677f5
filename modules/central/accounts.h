// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <access/sessions.h>
#include <central/auditjournal.h>
#include <central/recordtables.h>
#include <wire/administration.h>

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

    /// A new account; \a encodedPassword comes from hashedPassword(); empty: it has none, and comes in by a city's single sign-on alone. Conflict when the login is taken, InvalidInput when a value will not do.
    Result<Id> add(const QString &login, const QString &displayName, const QString &role, const QString &encodedPassword);
    Result<QList<AccountInfo>> list() const;
    /// Those after \a after in the order of ids, \a limit at most, with what is known of their sign-ins at every central.
    [[nodiscard]] Result<AccountPage> page(const Id &after, int limit) const;
    /// NotFound when there is none.
    [[nodiscard]] Result<Id> named(const QString &login) const;
    [[nodiscard]] Result<QString> loginOf(const Id &account) const;

    // Each of these: NotFound when there is no such account.
    /// Disables the account and ends all its sessions.
    Result<void> disable(const QString &login);
    Result<void> setDisabled(const Id &account, bool disabled);
    /// A new password; ends all the account's sessions.
    Result<void> setPassword(const QString &login, const QString &encodedPassword);
    /// One that has to be changed when it is first used; ends all the account's sessions.
    Result<void> setOneTimePassword(const Id &account, const QString &encodedPassword);
    /// Wrong passwords are forgiven, at every central.
    Result<void> unlock(const Id &account);
    /// Ends all its sessions.
    Result<void> signOutEverywhere(const Id &account);

private:
    Result<void> setPassword(const Id &account, const QString &encodedPassword, Sessions::Lasting lasting);
    template <typename Work>
    Result<void> inTransaction(const Id &account, AuditKind kind, const QCborMap &details, Work work);
    Result<void> enter(AuditKind kind, const Id &account, const QCborMap &details = {});

    db::Connection &m_connection;
    const RecordTables &m_tables;
    const Clock &m_clock;
    AuditActor m_actor;
};

} // namespace ioc
