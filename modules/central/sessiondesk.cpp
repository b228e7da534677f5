// SPDX-License-Identifier: GPL-3.0-or-later
#include <access/password.h>
#include <access/token.h>
#include <central/auditjournal.h>
#include <central/requesttext.h>
#include <central/sessiondesk.h>
#include <central/settings.h>

#include <wire/codec.h>

#include <QCoreApplication>
#include <QtConcurrentRun>

namespace ioc {

namespace {

constexpr int hashingThreads = 2; // bounds the memory that sign-ins take, 19 MiB each
constexpr int waitingSignIns = 64;

Error wrongPassword()
{
    return {ErrorCode::Unauthenticated, QCoreApplication::translate("Access", "The login or the password is wrong."), {}};
}

QCborMap peerDetails(const HttpReply &reply)
{
    return {{QStringLiteral("peer"), reply.peer().toString()}};
}

Result<void> enterMisuse(db::Connection &connection, const Sessions::Misuse &misuse, const Id &sender, QCborMap details, qint64 nowMs)
{
    details.insert(QStringLiteral("reason"), misuse.kind == Sessions::Misuse::Kind::UsedTwice ? QStringLiteral("used_twice") : QStringLiteral("other_device"));
    details.insert(QStringLiteral("family"), misuse.family.toBytes());
    if (!misuse.device.isNull() && misuse.device != sender)
        details.insert(QStringLiteral("device"), misuse.device.toBytes()); // the true one, perhaps
    return AuditJournal(connection).add({.kind = AuditKind::TokenMisused, .atMs = nowMs, .who = {.account = misuse.account, .device = sender, .console = {}}, .type = {}, .record = {}, .op = {}, .details = details});
}

/// What a new session is made of.
struct Opened
{
    TokenPair tokens;
    Identity who;
    QList<Grant> grants;
    int offlineDays = defaultOfflineDays;
    QByteArray vault;
};

QByteArray encoded(const Opened &opened, qint64 nowMs)
{
    const Identity &who = opened.who;
    return wire::encode(Session{.accessToken = opened.tokens.access, .refreshToken = opened.tokens.refresh, .expiresMs = opened.tokens.accessExpiresMs, .serverTimeMs = nowMs,
                                .account = who.account, .login = who.login, .displayName = who.displayName, .role = who.role, .unit = who.unit, .grants = opened.grants,
                                .mustChangePassword = who.mustChangePassword, .offlineDays = opened.offlineDays, .vault = opened.vault});
}

// What opens personal data on \a device, for whom may see any whole.
Result<QByteArray> vaultOf(CentralStorage &storage, db::Connection &connection, const Identity &who, const Id &device)
{
    return storage.scopes().scopeOf(connection, who).transform([&](const Scope &scope) {
        return scope.opensPersonal(storage.catalog()) ? storage.tables().sealing().deviceSecrets(device) : QByteArray();
    });
}

// A session that is committed and entered into the journal; nothing is kept when the device is revoked.
Result<Opened> openSession(CentralStorage &storage, db::Connection &connection, const SignIn &request, const QString &version, const Identity &who, const QCborMap &details)
{
    auto transaction = db::Transaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    Sessions sessions(connection, storage.clock());
    const auto grants = storage.scopes().grantsOf(connection, who);
    const auto days = Settings(connection).offlineDays();
    const auto vault = vaultOf(storage, connection, who, request.device);
    if (!grants || !days || !vault)
        return std::unexpected(!grants ? grants.error() : !days ? days.error() : vault.error());
    return sessions.sweep().and_then([&] { return sessions.open(who.account, request.device, request.deviceName, version); })
        .and_then([&](const TokenPair &tokens) {
            return AuditJournal(connection).add({.kind = AuditKind::SignedIn, .atMs = storage.clock().nowMs(), .who = {.account = who.account, .device = request.device, .console = {}},
                                                 .type = {}, .record = {}, .op = {}, .details = details}).transform([&] { return tokens; });
        })
        .and_then([&](const TokenPair &tokens) { return transaction->commit().transform([&] { return Opened{tokens, who, *grants, *days, *vault}; }); });
}

} // namespace

SessionDesk::SessionDesk(CentralStorage &storage, QObject *parent)
    : QObject(parent), m_storage(storage), m_byLogin(storage.clock(), {}), m_byPeer(storage.clock(), {.freeFailures = 20})
{
    m_hashing.setMaxThreadCount(hashingThreads);
    m_decoy = newToken().and_then([](const QString &token) { return hashedPassword(token); }).value_or(QString());
}

SessionDesk::~SessionDesk()
{
    m_hashing.waitForDone();
}

void SessionDesk::open(const HttpReplyPointer &reply, const QByteArray &body, const QString &version)
{
    const auto request = wire::decodeSignIn(body);
    if (!request)
        return reply->send(request.error());
    if (request->refreshToken.isEmpty())
        signInUnlessLocked(reply, {*request, version});
    else
        renew(reply, {*request, version});
}

qint64 SessionDesk::waitMs(const HttpReplyPointer &reply, const QString &login) const
{
    return std::max(m_byLogin.waitMs(login), m_byPeer.waitMs(reply->peer().toString()));
}

void SessionDesk::countGuess(const HttpReplyPointer &reply, const QString &login)
{
    m_byLogin.failed(login);
    m_byPeer.failed(reply->peer().toString());
}

void SessionDesk::forgive(const HttpReplyPointer &reply, const QString &login)
{
    m_byLogin.succeeded(login);
    m_byPeer.succeeded(reply->peer().toString());
}

void SessionDesk::sendTooMany(const HttpReplyPointer &reply, qint64 waitMs)
{
    const LanguageScope language(reply->language());
    const int seconds = static_cast<int>(std::max<qint64>(1, (waitMs + 999) / 1000));
    reply->send(Error{ErrorCode::Busy, QCoreApplication::translate("Access", "Too many failed attempts. Try again in %n second(s).", nullptr, seconds), {}}, seconds);
}

// A login that has to wait may have been unlocked at another central meanwhile.
void SessionDesk::signInUnlessLocked(const HttpReplyPointer &reply, const Asked &request)
{
    const qint64 byPeer = m_byPeer.waitMs(reply->peer().toString());
    const qint64 byLogin = m_byLogin.waitMs(request.login);
    if (byPeer > 0 || m_checking >= waitingSignIns)
        return sendTooMany(reply, std::max(byPeer, byLogin));
    if (byLogin == 0)
        return signIn(reply, request);
    ++m_checking;
    m_storage.read([storage = &m_storage, login = request.login](db::Connection &connection) {
        return Sessions(connection, storage->clock()).unlockedMs(login).transform([storage](qint64 at) { return storage->clock().nowMs() - at; });
    }).then(this, [this, reply, request](const Result<qint64> &unlockedAgoMs) {
        --m_checking;
        if (unlockedAgoMs && *unlockedAgoMs < m_byLogin.sinceFailureMs(request.login))
            m_byLogin.succeeded(request.login);
        if (const qint64 wait = m_byLogin.waitMs(request.login); wait > 0)
            sendTooMany(reply, wait);
        else
            signIn(reply, request);
    });
}

void SessionDesk::signIn(const HttpReplyPointer &reply, const Asked &request)
{
    // Counted before it is known: a hundred guesses sent at once are not checked at once.
    countGuess(reply, request.login);
    m_storage.read([storage = &m_storage, decoy = m_decoy, login = request.login](db::Connection &connection) -> Result<Candidate> {
        const Sessions sessions(connection, storage->clock());
        const auto who = sessions.account(login);
        const auto password = who ? sessions.password(who->account) : Result<QString>(std::unexpected(who.error()));
        if (password)
            return Candidate{*who, *password};
        return password.error().code == ErrorCode::Unauthenticated ? Result<Candidate>(Candidate{{}, decoy}) : std::unexpected(password.error());
    }).then(this, [this, reply, request](const Result<Candidate> &candidate) {
        if (candidate)
            check(reply, request, *candidate);
        else
            reply->send(candidate.error());
    });
}

void SessionDesk::check(const HttpReplyPointer &reply, const Asked &request, const Candidate &candidate)
{
    ++m_checking;
    QtConcurrent::run(&m_hashing, [password = request.password, encoded = candidate.encoded] { return passwordMatches(password, encoded); })
        .then(this, [this, reply, request, candidate](const Result<bool> &matches) {
            --m_checking;
            if (!matches) {
                reply->send(matches.error());
            } else if (*matches && candidate.identity) {
                forgive(reply, request.login);
                begin(reply, request, *candidate.identity, peerDetails(*reply));
            } else {
                refuse(reply, request, candidate.identity);
            }
        });
}

void SessionDesk::refuse(const HttpReplyPointer &reply, const SignIn &request, const std::optional<Identity> &who)
{
    // The login as typed is not entered: now and then it is a password.
    const AuditEntry entry{.kind = AuditKind::SignInFailed, .atMs = m_storage.clock().nowMs(), .who = {.account = who ? who->account : Id(), .device = request.device, .console = {}},
                           .type = {}, .record = {}, .op = {}, .details = peerDetails(*reply)};
    m_storage.write([entry](db::Connection &connection) { return AuditJournal(connection).add(entry); }).then(this, [reply](const Result<void> &entered) {
        const LanguageScope language(reply->language());
        if (!entered)
            qWarning("event=audit_failed detail=\"%s\"", qUtf8Printable(entered.error().detail));
        reply->send(wrongPassword());
    });
}

void SessionDesk::admit(const HttpReplyPointer &reply, const SignIn &request, const QString &version, const Identity &who, const QCborMap &details)
{
    QCborMap all = peerDetails(*reply);
    for (const auto &[name, value] : details)
        all.insert(name, value);
    m_byPeer.succeeded(reply->peer().toString());
    begin(reply, {request, version}, who, all);
}

void SessionDesk::begin(const HttpReplyPointer &reply, const Asked &request, const Identity &who, const QCborMap &details)
{
    m_storage.write([storage = &m_storage, request, who, language = reply->language(), details](db::Connection &connection) -> Result<Opened> {
        const LanguageScope scope(language);
        auto opened = openSession(*storage, connection, request, request.version, who, details);
        const auto refusal = opened ? std::nullopt : refusalOf(opened.error());
        if (!refusal)
            return opened;
        QCborMap why = details;
        why.insert(QStringLiteral("reason"), refusalName(*refusal));
        return AuditJournal(connection).add({.kind = AuditKind::SignInFailed, .atMs = storage->clock().nowMs(), .who = {.account = who.account, .device = request.device, .console = {}},
                                             .type = {}, .record = {}, .op = {}, .details = why})
            .and_then([&] { return opened; });
    }).then(this, [this, reply](const Result<Opened> &opened) {
        if (opened)
            reply->send(encoded(*opened, m_storage.clock().nowMs()));
        else
            reply->send(opened.error());
    });
}

void SessionDesk::renew(const HttpReplyPointer &reply, const Asked &request)
{
    m_storage.write([storage = &m_storage, request, language = reply->language(), details = peerDetails(*reply)](db::Connection &connection) -> Result<Opened> {
        const LanguageScope scope(language);
        auto transaction = db::Transaction::begin(connection);
        if (!transaction)
            return std::unexpected(transaction.error());
        std::optional<Sessions::Misuse> misuse;
        const auto renewed = Sessions(connection, storage->clock()).renew(request.refreshToken, request.device, &misuse, request.version);
        if (misuse) {
            if (const auto entered = enterMisuse(connection, *misuse, request.device, details, storage->clock().nowMs()); !entered)
                return std::unexpected(entered.error());
        }
        const auto grants = renewed ? storage->scopes().grantsOf(connection, renewed->identity) : Result<QList<Grant>>();
        const auto vault = renewed ? vaultOf(*storage, connection, renewed->identity, request.device) : Result<QByteArray>();
        const auto days = Settings(connection).offlineDays();
        if (!days || !vault)
            return std::unexpected(!days ? days.error() : vault.error());
        // A token used twice ends its family: that has to last too.
        if (const auto committed = transaction->commit(); !committed)
            return std::unexpected(committed.error());
        return renewed.and_then([&](const Sessions::Renewed &one) { return grants.transform([&](const QList<Grant> &list) { return Opened{one.tokens, one.identity, list, *days, *vault}; }); });
    }).then(this, [this, reply](const Result<Opened> &opened) {
        if (opened)
            reply->send(encoded(*opened, m_storage.clock().nowMs()));
        else
            reply->send(opened.error());
    });
}

void SessionDesk::close(const HttpReplyPointer &reply, const QString &token)
{
    m_storage.write([storage = &m_storage, token, language = reply->language(), details = peerDetails(*reply)](db::Connection &connection) -> Result<void> {
        const LanguageScope scope(language);
        auto transaction = db::Transaction::begin(connection);
        if (!transaction)
            return std::unexpected(transaction.error());
        Sessions sessions(connection, storage->clock());
        const auto who = sessions.identify(token, Sessions::For::PasswordChange);
        if (!who)
            return std::unexpected(who.error());
        return sessions.close(who->family)
            .and_then([&] {
                return AuditJournal(connection).add({.kind = AuditKind::SignedOut, .atMs = storage->clock().nowMs(), .who = {.account = who->account, .device = who->device, .console = {}},
                                                     .type = {}, .record = {}, .op = {}, .details = details});
            })
            .and_then([&] { return transaction->commit(); });
    }).then(this, [reply](const Result<void> &closed) {
        if (closed)
            reply->send(QByteArray());
        else
            reply->send(closed.error());
    });
}

} // namespace ioc
