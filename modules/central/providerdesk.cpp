// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/auditjournal.h>
#include <central/providerdesk.h>
#include <central/requesttext.h>

#include <QCoreApplication>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Provider)
};

constexpr int mostChecking = 64;
constexpr qint64 crowdedMs = 1'000;
constexpr qsizetype longestLogin = 100;

// By what the person was known, for the journal.
QCborMap byProvider()
{
    return {{QStringLiteral("by"), QStringLiteral("provider")}};
}

} // namespace

ProviderDesk::ProviderDesk(CentralStorage &storage, SessionDesk &sessions, const std::optional<ProviderSettings> &settings, QObject *parent)
    : QObject(parent), m_storage(storage), m_sessions(sessions), m_directory(settings ? std::make_unique<ProviderDirectory>(*settings, storage.clock()) : nullptr)
{
}

Error ProviderDesk::none()
{
    return {ErrorCode::NotFound, Words::tr("Your center has no sign-in with an account of the city. Sign in with a password."), {}};
}

// What somebody who wants to come in can do about it; the log has the rest.
Error ProviderDesk::unavailable(const Error &why) const
{
    const QString host = QUrl(m_directory->settings().issuer).host();
    if (why.code == ErrorCode::Offline)
        return {ErrorCode::Busy, Words::tr("The city's sign-in service (%1) does not answer. Try again in a while, or sign in with a password if you have one.").arg(host), {}};
    return {ErrorCode::Busy, Words::tr("The city's sign-in service (%1) cannot be used as it is set up. Tell the administrator of your center; sign in with a password if you have one.").arg(host), {}};
}

void ProviderDesk::offer(const HttpReplyPointer &reply)
{
    if (!m_directory)
        return reply->send(none());
    m_directory->published().then(this, [this, reply](const Result<ProviderDirectory::Published> &published) {
        const LanguageScope language(reply->language());
        if (!published)
            return reply->send(unavailable(published.error()));
        const ProviderSettings &settings = m_directory->settings();
        ProviderOffer out{.issuer = settings.issuer, .clientId = settings.clientId, .scopes = settings.scopes,
                          .authorizationEndpoint = published->document.authorizationEndpoint.toString(QUrl::FullyEncoded),
                          .tokenEndpoint = published->document.tokenEndpoint.toString(QUrl::FullyEncoded), .authorities = {}, .redirectPort = settings.redirectPort};
        for (const QSslCertificate &one : settings.authorities)
            out.authorities += one.toDer();
        reply->send(wire::encode(out));
    });
}

void ProviderDesk::open(const HttpReplyPointer &reply, const QByteArray &body, const QString &version)
{
    if (!m_directory)
        return reply->send(none());
    const auto request = wire::decodeProviderSignIn(body);
    if (!request)
        return reply->send(request.error());
    const qint64 wait = m_sessions.peerWaitMs(reply);
    if (wait > 0 || m_checking >= mostChecking)
        return m_sessions.sendTooMany(reply, std::max(wait, crowdedMs));
    const auto token = decodeJwt(request->idToken.toLatin1());
    if (!token)
        return refuse(reply, request->device, {ErrorCode::Unauthenticated, token.error().message, QStringLiteral("token")});
    ++m_checking;
    m_directory->publishedFor(*token).then(this, [this, reply, asked = Asked{*request, version, *token}](const Result<ProviderDirectory::Published> &published) {
        --m_checking;
        const LanguageScope language(reply->language());
        check(reply, asked, published);
    });
}

void ProviderDesk::check(const HttpReplyPointer &reply, const Asked &request, const Result<ProviderDirectory::Published> &published)
{
    if (!published)
        return reply->send(unavailable(published.error()));
    const ProviderSettings &settings = m_directory->settings();
    const auto login = checkedIdToken(request.token, published->keys, {.issuer = settings.issuer, .clientId = settings.clientId, .nonce = nonceOf(request.secret), .nowMs = m_storage.clock().nowMs()})
                           .and_then([this](const QJsonObject &claims) { return loginIn(claims); });
    if (login)
        admit(reply, request, *login);
    else
        refuse(reply, request.device, login.error());
}

Result<QString> ProviderDesk::loginIn(const QJsonObject &claims) const
{
    const ProviderSettings &settings = m_directory->settings();
    if (!settings.requiredClaim.isEmpty() && !claimHolds(claims, settings.requiredClaim, settings.requiredValue))
        return failure(ErrorCode::Denied, Words::tr("Your account of the city is not meant for this center. Ask the administrator of your center."), QStringLiteral("required"));
    QString login = claimNamed(claims, settings.loginClaim).toString();
    const bool isForeign = settings.loginClaim == u"email" && !claims.value(u"email_verified").toBool(); // anybody may claim an address
    if (login.isEmpty() || login.size() > longestLogin || isForeign)
        return failure(ErrorCode::Denied, Words::tr("The city's sign-in service does not tell who you are (%1). Tell the administrator of your center.").arg(settings.loginClaim), QStringLiteral("claim"));
    return login;
}

void ProviderDesk::admit(const HttpReplyPointer &reply, const Asked &request, const QString &login)
{
    m_storage.read([storage = &m_storage, login](db::Connection &connection) { return Sessions(connection, storage->clock()).account(login); })
        .then(this, [this, reply, request, login](const Result<Identity> &who) {
            const LanguageScope language(reply->language());
            const SignIn signIn{.login = login, .password = {}, .refreshToken = {}, .device = request.device, .deviceName = request.deviceName};
            if (who)
                m_sessions.admit(reply, signIn, request.version, *who, byProvider());
            else if (who.error().code == ErrorCode::Unauthenticated)
                refuse(reply, request.device, {ErrorCode::Denied, Words::tr("The city knows you as “%1”, but this center has no account of that name, or it is disabled. Ask the administrator of your center.").arg(login), QStringLiteral("account")});
            else
                reply->send(who.error());
        });
}

// The journal has why, but never the token or the name in it: that is nobody's here.
void ProviderDesk::refuse(const HttpReplyPointer &reply, const Id &device, const Error &why)
{
    m_sessions.countPeer(reply);
    QCborMap details = byProvider();
    details.insert(QStringLiteral("peer"), reply->peer().toString());
    details.insert(QStringLiteral("reason"), why.detail);
    const AuditEntry entry{.kind = AuditKind::SignInFailed, .atMs = m_storage.clock().nowMs(), .who = {.account = {}, .device = device, .console = {}}, .type = {}, .record = {}, .op = {}, .details = details};
    reply->note("reason=" + why.detail.toLatin1());
    m_storage.write([entry](db::Connection &connection) { return AuditJournal(connection).add(entry); }).then(this, [reply, why](const Result<void> &entered) {
        if (!entered)
            qWarning("event=audit_failed detail=\"%s\"", qUtf8Printable(entered.error().detail));
        reply->send(why);
    });
}

} // namespace ioc
