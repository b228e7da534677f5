// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/browsersignin.h>

#include <access/idtoken.h>
#include <access/token.h>

#include <QDesktopServices>
#include <QHostAddress>
#include <QOAuth2AuthorizationCodeFlow>
#include <QOAuthHttpServerReplyHandler>
#include <QSslConfiguration>

#include <chrono>

namespace ioc {

namespace {

constexpr std::chrono::seconds tokenTimeout(30);
constexpr std::chrono::seconds pageGrace(2); // for the browser to have its page
constexpr qsizetype verifierLength = 64;

/// Where the browser brings the answer: the address itself, as RFC 8252 (8.3) wants it, because a name may mean another machine.
class LoopbackHandler : public QOAuthHttpServerReplyHandler
{
public:
    using QOAuthHttpServerReplyHandler::QOAuthHttpServerReplyHandler;
    [[nodiscard]] QString callback() const override { return QStringLiteral("http://127.0.0.1:%1/").arg(port()); }
};

QSslConfiguration trusting(const QByteArrayList &authorities)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    QList<QSslCertificate> certificates;
    for (const QByteArray &one : authorities)
        certificates += QSslCertificate::fromData(one, QSsl::Der);
    if (!certificates.isEmpty())
        tls.addCaCertificates(certificates);
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    return tls;
}

} // namespace

BrowserSignIn::BrowserSignIn(CentralClient &client, QObject *parent) : QObject(parent), m_client(client)
{
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    m_network.setTransferTimeout(tokenTimeout);
    m_limit.setSingleShot(true);
    m_limit.setInterval(limitMs);
    connect(&m_limit, &QTimer::timeout, this, [this] {
        fail({ErrorCode::Cancelled, tr("Nobody has signed in in the browser within %n minute(s). Try again.", nullptr, std::max(1, m_limit.interval() / 60'000)), {}});
    });
}

BrowserSignIn::~BrowserSignIn() = default;

void BrowserSignIn::look()
{
    m_client.providerOffer().then(this, [this](const Result<ProviderOffer> &offer) {
        // A service that does not answer just now may do so when it is asked for.
        Q_EMIT offered(offer || offer.error().code == ErrorCode::Busy);
    });
}

void BrowserSignIn::start()
{
    cancel();
    m_isUnderWay = true;
    m_client.providerOffer().then(this, [this, turn = m_turn](const Result<ProviderOffer> &offer) {
        if (turn != m_turn)
            return;
        if (offer)
            begin(*offer);
        else
            fail(offer.error());
    });
}

void BrowserSignIn::begin(const ProviderOffer &offer)
{
    m_handler = std::make_unique<LoopbackHandler>(QHostAddress(QHostAddress::LocalHost), static_cast<quint16>(offer.redirectPort));
    if (!m_handler->isListening())
        return fail({ErrorCode::Conflict, tr("Port %1 of this computer, on which the answer of the browser is awaited, is taken by another program. Close it and try again.").arg(offer.redirectPort), {}});
    m_handler->setCallbackText(QStringLiteral("<p style=\"font: 16px sans-serif; margin: 3em\">%1</p>").arg(tr("You can close this page and go back to Tourism IOC.").toHtmlEscaped()));
    const auto secret = newToken();
    const auto state = newToken();
    if (!secret || !state)
        return fail(!secret ? secret.error() : state.error());
    m_secret = *secret;
    prepareFlow(offer, *state);
    m_limit.start();
    m_flow->grant();
}

void BrowserSignIn::prepareFlow(const ProviderOffer &offer, const QString &state)
{
    m_flow = std::make_unique<QOAuth2AuthorizationCodeFlow>(offer.clientId, QUrl(offer.authorizationEndpoint), QUrl(offer.tokenEndpoint), &m_network);
    m_flow->setScope(offer.scopes.join(u' '));
    m_flow->setState(state);
    m_flow->setPkceMethod(QOAuth2AuthorizationCodeFlow::PkceMethod::S256, verifierLength);
    m_flow->setSslConfiguration(trusting(offer.authorities));
    m_flow->setModifyParametersFunction([nonce = nonceOf(m_secret)](QAbstractOAuth::Stage stage, QMultiMap<QString, QVariant> *parameters) {
        if (stage == QAbstractOAuth::Stage::RequestingAuthorization)
            parameters->insert(QStringLiteral("nonce"), nonce);
    });
    m_flow->setReplyHandler(m_handler.get());
    connect(m_flow.get(), &QAbstractOAuth::authorizeWithBrowser, this, [this](const QUrl &page) {
        m_page = page;
        openBrowser();
    });
    connect(m_flow.get(), &QAbstractOAuth2::error, this, [this](const QString &name) { m_refusalName = name; });
    // Queued: the flow is ended by what is made of it.
    connect(m_flow.get(), &QAbstractOAuth::granted, this, &BrowserSignIn::tokensCame, Qt::QueuedConnection);
    connect(m_flow.get(), &QAbstractOAuth::requestFailed, this, [this, turn = m_turn] {
        if (turn == m_turn)
            fail(refusal());
    }, Qt::QueuedConnection);
}

void BrowserSignIn::openBrowser()
{
    if (!QDesktopServices::openUrl(m_page))
        fail({ErrorCode::Unsupported, tr("No browser could be opened. Choose a browser in this computer's settings, or sign in with a password if you have one."), {}});
}

void BrowserSignIn::openAgain()
{
    if (m_flow && !m_page.isEmpty())
        openBrowser();
}

void BrowserSignIn::tokensCame()
{
    if (!m_flow)
        return;
    const QString idToken = m_flow->extraTokens().value(QStringLiteral("id_token")).toString();
    const QString secret = m_secret;
    if (idToken.isEmpty() || idToken.size() > jwtLimit)
        return fail({ErrorCode::Unsupported, tr("The city's sign-in service gave no token of who you are. Tell the administrator of your center."), {}});
    cancel();
    Q_EMIT granted(idToken, secret);
}

Error BrowserSignIn::refusal() const
{
    if (m_refusalName == u"access_denied")
        return {ErrorCode::Cancelled, tr("The sign-in was not allowed in the browser. Try again when you mean to sign in."), m_refusalName};
    if (m_refusalName.isEmpty() && m_flow && m_flow->status() == QAbstractOAuth::Status::NotAuthenticated)
        return {ErrorCode::Untrusted, tr("What the browser brought is not the answer to this sign-in. Try again; open no other address meanwhile."), {}};
    return {ErrorCode::Busy, tr("The city's sign-in service did not let you in (%1). Try again; if it lasts, tell the administrator of your center.").arg(m_refusalName.isEmpty() ? tr("no answer") : m_refusalName.left(100)), m_refusalName};
}

void BrowserSignIn::fail(const Error &error)
{
    cancel();
    Q_EMIT failed(error);
}

void BrowserSignIn::cancel()
{
    ++m_turn;
    m_isUnderWay = false;
    m_limit.stop();
    m_refusalName.clear();
    m_secret.clear();
    m_page.clear();
    if (m_flow)
        m_flow.release()->deleteLater();
    if (QOAuthHttpServerReplyHandler *handler = m_handler.release()) {
        handler->close(); // nobody is awaited any more
        handler->setParent(this);
        QTimer::singleShot(pageGrace, handler, &QObject::deleteLater);
    }
}

} // namespace ioc
