// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <support/signingkey.h>

#include <QHttpServer>
#include <QNetworkAccessManager>
#include <QSslServer>
#include <QTemporaryDir>
#include <QThread>
#include <QUrl>

#include <functional>

namespace ioc::test {

/// A city's single sign-on, small but whole: over TLS, on a thread of its own, with authorization codes, PKCE and real signatures. Its one person
/// is always signed in there.
class TestProvider
{
public:
    static constexpr char clientId[] = "tourism-ioc";

    TestProvider();
    ~TestProvider();

    [[nodiscard]] QString issuer() const { return QStringLiteral("https://127.0.0.1:%1").arg(m_port); }
    /// The authority of its certificate.
    [[nodiscard]] QString authorityFile() const { return m_folder.filePath(QStringLiteral("tls/ca.pem")); }
    /// Writes oidc.json into \a folder; \a more keys beside what is needed.
    void writeSettings(const QString &folder, const QJsonObject &more = {}) const;

    /// Claims of a token for the person here, issued now.
    [[nodiscard]] QJsonObject claims(const QString &nonce) const;
    /// What its tokens are signed with.
    [[nodiscard]] const SigningKey &key() const { return m_keys.first(); }
    /// Others from now on; the keys of before are published no more.
    void rotate();
    /// How often the keys were asked for.
    [[nodiscard]] int keyRequests() const { return m_keyRequests; }

    // Before the desktop asks
    QString person = QStringLiteral("lan");
    QString refusal; ///< of RFC 6749 (4.1.2.1); empty: the person agrees
    std::function<void(QJsonObject &)> alter; ///< what is wrong with the claims
    bool breaksCodes = false;

    /// Goes away, and comes back on the same port.
    void stop();
    void start();

private:
    struct Code
    {
        QString challenge;
        QString redirect;
        QString nonce;
    };
    void listen();
    void addRoutes();
    QHttpServerResponse authorize(const QHttpServerRequest &request);
    QHttpServerResponse token(const QHttpServerRequest &request);
    template <typename Work>
    void onThread(Work work);

    QTemporaryDir m_folder;
    QThread m_thread;
    QObject m_context; ///< lives on the thread
    std::unique_ptr<QHttpServer> m_server;
    QList<SigningKey> m_keys;
    QHash<QString, Code> m_codes;
    quint16 m_port = 0;
    std::atomic<int> m_keyRequests = 0;
};

/// A browser as far as redirects go: QDesktopServices sends it the pages that the program opens.
class TestBrowser : public QObject
{
    Q_OBJECT

public:
    explicit TestBrowser(const QString &authorityFile);
    ~TestBrowser() override;

    /// Pages opened so far; the last one.
    [[nodiscard]] qsizetype opened() const { return m_opened.size(); }
    [[nodiscard]] QUrl page() const { return m_opened.value(m_opened.size() - 1); }
    bool follows = true; ///< else a page is opened and nobody looks at it
    void get(const QUrl &page);

public Q_SLOTS:
    void open(const QUrl &page);

private:
    QNetworkAccessManager m_network;
    QSslConfiguration m_tls;
    QList<QUrl> m_opened;
};

} // namespace ioc::test
