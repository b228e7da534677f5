// SPDX-License-Identifier: GPL-3.0-or-later
#include <access/password.h>
#include <central/accounts.h>
#include <central/administrationdesk.h>
#include <central/devices.h>
#include <central/requesttext.h>

#include <wire/administration.h>

#include <QCoreApplication>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Central)
};

// Who may change accounts may administer them; grants never take that from administrators.
Result<Identity> administrator(CentralStorage &storage, db::Connection &connection, const QString &token)
{
    const auto scope = storage.identify(connection, token);
    if (!scope)
        return std::unexpected(scope.error());
    if (!scope->mayCapture(*storage.catalog().type(u"account")))
        return failure(ErrorCode::Denied, Words::tr("Only administrators may do that."));
    return scope->who();
}

AuditActor actorOf(const Identity &who)
{
    return {.account = who.account, .device = who.device, .console = {}};
}

Accounts accountsFor(CentralStorage &storage, db::Connection &connection, const Identity &who)
{
    return {connection, storage.tables(), storage.clock(), actorOf(who)};
}

Error unknownAddress()
{
    return {ErrorCode::NotFound, Words::tr("There is nothing at this address. Check the address of central."), {}};
}

} // namespace

AdministrationDesk::AdministrationDesk(CentralStorage &storage, Sequencer &sequencer, SessionDesk &sessions, QObject *parent)
    : QObject(parent), m_storage(storage), m_sequencer(sequencer), m_sessions(sessions)
{
}

void AdministrationDesk::listAccounts(const HttpReplyPointer &reply, const QString &token, const QByteArray &query)
{
    const auto asked = parsedListQuery(query);
    if (!asked)
        return reply->send(asked.error());
    m_storage.read([storage = &m_storage, token, asked = *asked, language = reply->language()](db::Connection &connection) -> Result<AccountPage> {
        const LanguageScope words(language);
        return administrator(*storage, connection, token).and_then([&](const Identity &who) { return accountsFor(*storage, connection, who).page(asked.after, asked.limit); });
    }).then(this, [this, reply](Result<AccountPage> page) {
        if (!page)
            return reply->send(page.error());
        for (AccountRow &row : page->rows)
            row.lockedMs = m_sessions.lockedMs(row.login);
        reply->send(wire::encode(*page));
    });
}

void AdministrationDesk::listDevices(const HttpReplyPointer &reply, const QString &token, const QByteArray &query)
{
    const auto asked = parsedListQuery(query);
    if (!asked)
        return reply->send(asked.error());
    m_storage.read([storage = &m_storage, token, asked = *asked, language = reply->language()](db::Connection &connection) -> Result<DevicePage> {
        const LanguageScope words(language);
        return administrator(*storage, connection, token).and_then([&](const Identity &) {
            return Devices(connection, storage->tables().shard(), storage->clock()).page(asked.after, asked.limit);
        });
    }).then(this, [reply](const Result<DevicePage> &page) {
        if (page)
            reply->send(wire::encode(*page));
        else
            reply->send(page.error());
    });
}

template <typename Work, typename Done>
void AdministrationDesk::asAdministrator(const HttpReplyPointer &reply, const QString &token, const Work &work, const Done &done)
{
    m_storage.write([storage = &m_storage, token, work, language = reply->language()](db::Connection &connection) -> Result<void> {
        const LanguageScope words(language);
        return administrator(*storage, connection, token).and_then([&](const Identity &who) { return work(connection, who); });
    }).then(this, [this, reply, done](const Result<void> &worked) {
        if (!worked)
            return reply->send(worked.error());
        m_sequencer.soon();
        done();
    });
}

void AdministrationDesk::changeDevice(const HttpReplyPointer &reply, const QString &token, const QString &path)
{
    const auto target = parsedRowTarget(path);
    const bool isRevoking = target && target->verb == u"revoke";
    if (!isRevoking && (!target || target->verb != u"restore"))
        return reply->send(unknownAddress());
    asAdministrator(reply, token, [storage = &m_storage, device = target->id, isRevoking](db::Connection &connection, const Identity &who) -> Result<void> {
        if (isRevoking && device == who.device)
            return failure(ErrorCode::InvalidInput, Words::tr("This is the device you are working on. Revoke it from another one."));
        Devices devices(connection, storage->tables().shard(), storage->clock(), actorOf(who));
        return isRevoking ? devices.revoke(device) : devices.restore(device);
    }, [reply] { reply->send(QByteArray()); });
}

void AdministrationDesk::changeAccount(const HttpReplyPointer &reply, const QString &token, const QString &path)
{
    const auto target = parsedRowTarget(path);
    static const QStringList verbs{QStringLiteral("password"), QStringLiteral("unlock"), QStringLiteral("sign-out"), QStringLiteral("disable"), QStringLiteral("enable")};
    if (!target || !verbs.contains(target->verb))
        return reply->send(unknownAddress());
    if (target->verb == u"password")
        return setOneTimePassword(reply, token, target->id);
    const auto login = std::make_shared<QString>();
    asAdministrator(reply, token, [storage = &m_storage, account = target->id, verb = target->verb, login](db::Connection &connection, const Identity &who) -> Result<void> {
        Accounts accounts = accountsFor(*storage, connection, who);
        if (verb == u"disable" && account == who.account)
            return failure(ErrorCode::InvalidInput, Words::tr("This is your own account. Another administrator can disable it."));
        const auto found = accounts.loginOf(account);
        if (!found)
            return std::unexpected(found.error());
        *login = *found;
        if (verb == u"unlock")
            return accounts.unlock(account);
        return verb == u"sign-out" ? accounts.signOutEverywhere(account) : accounts.setDisabled(account, verb == u"disable");
    }, [this, reply, login, isUnlocking = target->verb == u"unlock"] {
        if (isUnlocking)
            m_sessions.unlock(*login);
        reply->send(QByteArray());
    });
}

// Who asks is looked at before the slow hashing, and again with the change.
void AdministrationDesk::setOneTimePassword(const HttpReplyPointer &reply, const QString &token, const Id &account)
{
    m_storage.read([storage = &m_storage, token, account, language = reply->language()](db::Connection &connection) -> Result<void> {
        const LanguageScope words(language);
        return administrator(*storage, connection, token).and_then([&](const Identity &who) { return accountsFor(*storage, connection, who).loginOf(account); }).transform([](const QString &) {});
    }).then(this, [this, reply, token, account](const Result<void> &may) {
        if (!may)
            return reply->send(may.error());
        const QString password = oneTimePassword();
        m_sessions.hashed(password).then(this, [this, reply, token, account, password](const Result<QString> &encoded) {
            if (encoded)
                storePassword(reply, token, account, password, *encoded);
            else
                reply->send(encoded.error());
        });
    });
}

void AdministrationDesk::storePassword(const HttpReplyPointer &reply, const QString &token, const Id &account, const QString &password, const QString &encoded)
{
    const auto login = std::make_shared<QString>();
    asAdministrator(reply, token, [storage = &m_storage, account, encoded, login](db::Connection &connection, const Identity &who) {
        Accounts accounts = accountsFor(*storage, connection, who);
        return accounts.loginOf(account).and_then([&](const QString &found) {
            *login = found;
            return accounts.setOneTimePassword(account, encoded);
        });
    }, [this, reply, password, login] {
        m_sessions.unlock(*login);
        reply->send(wire::encodeOneTimePassword(password));
    });
}

} // namespace ioc
