// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/error.h>
#include <sync/centralclient.h>

#include <QNetworkAccessManager>
#include <QTimer>

#include <memory>

class QOAuth2AuthorizationCodeFlow;
class QOAuthHttpServerReplyHandler;

namespace ioc {

/// Lets somebody sign in at the city's single sign-on, in the system's browser: authorization code with PKCE (RFC 7636), answered on a port of this
/// machine alone (RFC 8252). Ends with an ID token for central; asks for no other right and keeps nothing.
class BrowserSignIn : public QObject
{
    Q_OBJECT

public:
    static constexpr int limitMs = 5 * 60'000;

    /// \a client has to outlive it.
    explicit BrowserSignIn(CentralClient &client, QObject *parent = nullptr);
    ~BrowserSignIn() override;

    /// Asks central whether there is one; offered() tells.
    void look();
    /// Opens the browser; one of granted() and failed() follows, unless it is cancelled. Whatever was under way before is cancelled.
    void start();
    /// Shows the same page once more, when the person has closed it.
    void openAgain();
    void cancel();
    [[nodiscard]] bool isUnderWay() const { return m_isUnderWay; }
    /// Another time limit; before start().
    void setLimitMs(int ms) { m_limit.setInterval(ms); }

Q_SIGNALS:
    void offered(bool isThere);
    void granted(const QString &idToken, const QString &secret);
    /// Code and message say why not.
    void failed(const ioc::Error &error);

private:
    void begin(const ProviderOffer &offer);
    void prepareFlow(const ProviderOffer &offer, const QString &state);
    void openBrowser();
    void tokensCame();
    void fail(const Error &error);
    [[nodiscard]] Error refusal() const;

    CentralClient &m_client;
    QNetworkAccessManager m_network;
    std::unique_ptr<QOAuthHttpServerReplyHandler> m_handler;
    std::unique_ptr<QOAuth2AuthorizationCodeFlow> m_flow;
    QTimer m_limit;
    QUrl m_page;
    QString m_secret;      ///< what the nonce is made of
    QString m_refusalName; ///< of RFC 6749 (4.1.2.1), as the service said it
    bool m_isUnderWay = false;
    quint64 m_turn = 0; ///< answers to an earlier start are dropped
};

} // namespace ioc
