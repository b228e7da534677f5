// SPDX-License-Identifier: GPL-3.0-or-later
#include <access/sessions.h>
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
    return Sessions(m_connection, m_clock).setPassword(state.record.id, encodedPassword)
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

Result<void> Accounts::disable(const QString &login)
{
    const RecordType &type = accountType(m_tables);
    auto transaction = db::Transaction::begin(m_connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    auto state = named(login).and_then([&](const Id &id) { return m_tables.find(m_connection, type, id, RecordTables::Purpose::Change); });
    if (!state)
        return std::unexpected(state.error());
    const qint64 now = m_clock.nowMs();
    state->record.values.insert(QStringLiteral("disabled"), true);
    ++state->record.version;
    return m_tables.update(m_connection, type, *state, {{}, now})
        .and_then([&] { return Journal(m_connection).commit(type, state->record, now); })
        .and_then([&] { return Sessions(m_connection, m_clock).closeAll(state->record.id); })
        .and_then([&] { return enter(AuditKind::AccountDisabled, state->record.id); })
        .and_then([&] { return transaction->commit(); });
}

Result<void> Accounts::setPassword(const QString &login, const QString &encodedPassword)
{
    auto transaction = db::Transaction::begin(m_connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    const auto account = named(login);
    if (!account)
        return std::unexpected(account.error());
    Sessions sessions(m_connection, m_clock);
    return sessions.setPassword(*account, encodedPassword).and_then([&] { return sessions.closeAll(*account); }).and_then([&] { return enter(AuditKind::PasswordSet, *account); }).and_then([&] { return transaction->commit(); });
}

} // namespace ioc
