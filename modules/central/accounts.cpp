// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/accounts.h>
#include <central/journal.h>

#include <records/validation.h>

#include <QCoreApplication>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Central)
};

const RecordType &accountType(const RecordTables &tables)
{
    return *tables.catalog().type(u"account");
}

} // namespace

Result<Id> Accounts::named(const QString &login) const
{
    auto found = m_connection.one<Id>(QStringLiteral("SELECT id FROM account WHERE shard = ? AND login = ? AND deleted = 0"), {m_tables.shard(), login},
                                      [](const db::Row &row) { return Id::fromBytes(row.bytes(0)).value_or(Id()); });
    if (!found && found.error().code == ErrorCode::NotFound)
        return failure(ErrorCode::NotFound, Words::tr("There is no account “%1”.").arg(login));
    return found;
}

Result<void> Accounts::enter(AuditKind kind, const Id &account, const QCborMap &details)
{
    return AuditJournal(m_connection).add({.kind = kind, .atMs = m_clock.nowMs(), .who = m_actor, .type = accountType(m_tables).name, .record = account, .op = {}, .details = details});
}

Result<Id> Accounts::add(const QString &login, const QString &displayName, const QString &role, const QString &encodedPassword)
{
    const RecordType &type = accountType(m_tables);
    CentralRecord state{.record = {.type = type.name, .id = Id::create(m_clock), .version = 1,
                                   .values = {{QStringLiteral("login"), login}, {QStringLiteral("display_name"), displayName}, {QStringLiteral("role"), role}}}};
    const QList<Problem> problems = validate(type, state.record.values);
    if (!problems.isEmpty())
        return failure(ErrorCode::InvalidInput, Words::tr("%1: %2").arg(problems.first().field, problems.first().message));
    auto transaction = db::Transaction::begin(m_connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    const auto taken = m_tables.duplicate(m_connection, type, state.record.id, state.record.values);
    if (!taken)
        return std::unexpected(taken.error());
    if (!taken->isNull())
        return failure(ErrorCode::Conflict, Words::tr("The login “%1” is taken. Choose another.").arg(login));
    const qint64 now = m_clock.nowMs();
    const auto added = m_tables.insert(m_connection, type, state, {{}, now});
    if (!added)
        return std::unexpected(added.error());
    const auto secured = encodedPassword.isEmpty() ? Result<void>() : Sessions(m_connection, m_clock).setPassword(state.record.id, encodedPassword);
    return secured
        .and_then([&] { return Journal(m_connection).commit(type, state.record, now); })
        .and_then([&] { return enter(AuditKind::AccountAdded, state.record.id, {{QStringLiteral("login"), login}, {QStringLiteral("role"), role}}); })
        .and_then([&] { return transaction->commit(); })
        .transform([&] { return state.record.id; });
}

Result<QList<AccountInfo>> Accounts::list() const
{
    QList<AccountInfo> out;
    return m_connection.each(QStringLiteral("SELECT id, login, display_name, role, coalesce(disabled, 0) FROM account WHERE shard = ? AND deleted = 0 ORDER BY login"), {m_tables.shard()},
                             [&](const db::Row &row) {
                                 out += AccountInfo{Id::fromBytes(row.bytes(0)).value_or(Id()), row.text(1), row.text(2), row.text(3), row.integer(4) != 0};
                                 return true;
                             })
        .transform([&] { return out; });
}

Result<AccountPage> Accounts::page(const Id &after, int limit) const
{
    AccountPage out;
    const QString sql = QStringLiteral("SELECT a.id, a.login, a.display_name, a.role, a.custom_role, a.unit, coalesce(a.disabled, 0), c.account, coalesce(c.must_change, 0), coalesce(c.signed_in_ms, 0), "
                                       "(SELECT count(*) FROM access_session s WHERE s.account = a.id AND s.refresh_expires_ms > ?) "
                                       "FROM account a LEFT JOIN access_credential c ON c.account = a.id WHERE a.shard = ? AND a.deleted = 0 AND a.id > ? ORDER BY a.id LIMIT ?");
    const auto read = m_connection.each(sql, {m_clock.nowMs(), m_tables.shard(), after.toBytes(), limit + 1}, [&](const db::Row &row) {
        const auto id = [&](int column) { return Id::fromBytes(row.bytes(column)).value_or(Id()); };
        out.rows += AccountRow{.account = id(0), .login = row.text(1), .displayName = row.text(2), .role = row.text(3), .customRole = id(4), .unit = id(5), .disabled = row.integer(6) != 0,
                               .hasPassword = !id(7).isNull(), .mustChangePassword = row.integer(8) != 0, .signedInMs = row.integer(9), .sessions = static_cast<int>(row.integer(10))};
        return true;
    });
    if (!read)
        return std::unexpected(read.error());
    if (out.rows.size() > limit) {
        out.rows.removeLast();
        out.next = out.rows.constLast().account;
    }
    return out;
}

Result<QString> Accounts::loginOf(const Id &account) const
{
    auto found = m_connection.one<QString>(QStringLiteral("SELECT login FROM account WHERE shard = ? AND id = ? AND deleted = 0"), {m_tables.shard(), account.toBytes()},
                                           [](const db::Row &row) { return row.text(0); });
    if (!found && found.error().code == ErrorCode::NotFound)
        return failure(ErrorCode::NotFound, Words::tr("There is no such account any more."));
    return found;
}

// What is done to an account that is there, with its entry in the journal.
template <typename Work>
Result<void> Accounts::inTransaction(const Id &account, AuditKind kind, const QCborMap &details, Work work)
{
    auto transaction = db::Transaction::begin(m_connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    return loginOf(account).and_then([&](const QString &) { return work(); }).and_then([&] { return enter(kind, account, details); }).and_then([&] { return transaction->commit(); });
}

Result<void> Accounts::disable(const QString &login)
{
    return named(login).and_then([&](const Id &account) { return setDisabled(account, true); });
}

Result<void> Accounts::setDisabled(const Id &account, bool disabled)
{
    return inTransaction(account, disabled ? AuditKind::AccountDisabled : AuditKind::AccountEnabled, {}, [&]() -> Result<void> {
        const RecordType &type = accountType(m_tables);
        auto state = m_tables.find(m_connection, type, account, RecordTables::Purpose::Change);
        if (!state)
            return std::unexpected(state.error());
        const qint64 now = m_clock.nowMs();
        state->record.values.insert(QStringLiteral("disabled"), disabled);
        ++state->record.version;
        return m_tables.update(m_connection, type, *state, {{}, now})
            .and_then([&] { return Journal(m_connection).commit(type, state->record, now); })
            .and_then([&] { return disabled ? Sessions(m_connection, m_clock).closeAll(account) : Result<void>(); });
    });
}

Result<void> Accounts::setPassword(const QString &login, const QString &encodedPassword)
{
    return named(login).and_then([&](const Id &account) { return setPassword(account, encodedPassword, Sessions::Lasting::Kept); });
}

Result<void> Accounts::setOneTimePassword(const Id &account, const QString &encodedPassword)
{
    return setPassword(account, encodedPassword, Sessions::Lasting::OneTime);
}

Result<void> Accounts::setPassword(const Id &account, const QString &encodedPassword, Sessions::Lasting lasting)
{
    const bool oneTime = lasting == Sessions::Lasting::OneTime;
    return inTransaction(account, AuditKind::PasswordSet, oneTime ? QCborMap{{QStringLiteral("one_time"), true}} : QCborMap(), [&] {
        Sessions sessions(m_connection, m_clock);
        return sessions.setPassword(account, encodedPassword, lasting).and_then([&] { return sessions.unlock(account); }).and_then([&] { return sessions.closeAll(account); });
    });
}

Result<void> Accounts::unlock(const Id &account)
{
    return inTransaction(account, AuditKind::AccountUnlocked, {}, [&] { return Sessions(m_connection, m_clock).unlock(account); });
}

Result<void> Accounts::signOutEverywhere(const Id &account)
{
    return inTransaction(account, AuditKind::SessionsEnded, {}, [&] { return Sessions(m_connection, m_clock).closeAll(account); });
}

} // namespace ioc
