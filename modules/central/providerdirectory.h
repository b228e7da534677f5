// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <access/idtoken.h>
#include <access/providerdocument.h>
#include <base/clock.h>
#include <central/providersettings.h>

#include <QFuture>
#include <QNetworkAccessManager>
#include <QPromise>

namespace ioc {

/// What the identity provider publishes: its addresses and its keys, fetched over HTTPS when they are first needed and kept for an hour. Many who
/// ask at once cause one fetch; one that failed is not tried again for some seconds. Lives on one thread and never blocks it.
class ProviderDirectory : public QObject
{
    Q_OBJECT

public:
    static constexpr qint64 freshMs = 3'600'000;  ///< then it is fetched anew
    static constexpr qint64 refetchMs = 60'000;   ///< for a key that is not known, not more often
    static constexpr qint64 failedMs = 5'000;     ///< before it is tried again

    /// \a clock has to outlive it.
    ProviderDirectory(ProviderSettings settings, const Clock &clock, QObject *parent = nullptr);

    struct Published
    {
        ProviderDocument document;
        KeySet keys;
    };
    [[nodiscard]] const ProviderSettings &settings() const { return m_settings; }
    /// Offline when the provider cannot be reached, Untrusted when its certificate is another's, InvalidInput when what it publishes is of no use; the
    /// message is for who runs central.
    QFuture<Result<Published>> published();
    /// The same, with keys that \a token may be checked by: fetched anew when it names one that is not known yet.
    QFuture<Result<Published>> publishedFor(const Jwt &token);
    /// The provider's clock less this machine's, of its last answer; nothing when it told none.
    [[nodiscard]] std::optional<qint64> clockDifferenceMs() const { return m_clockDifferenceMs; }

private:
    using Answer = Result<Published>;
    QFuture<Answer> fetched();
    void fetch(const QUrl &url, void (ProviderDirectory::*then)(const QByteArray &));
    void documentCame(const QByteArray &body);
    void keysCame(const QByteArray &body);
    void finish(const Answer &answer);
    void noteTime(const QByteArray &date);
    void fail(const Error &error);
    [[nodiscard]] QNetworkRequest request(const QUrl &url) const;

    ProviderSettings m_settings;
    const Clock &m_clock;
    QNetworkAccessManager m_network;
    std::optional<Published> m_published;
    qint64 m_publishedMs = 0; ///< monotonic
    std::optional<Error> m_failure;
    qint64 m_triedMs = 0;
    ProviderDocument m_document; ///< of the fetch under way
    std::shared_ptr<QPromise<Answer>> m_fetching;
    std::optional<qint64> m_clockDifferenceMs;
};

} // namespace ioc
