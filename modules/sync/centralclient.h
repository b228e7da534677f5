// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <wire/administration.h>
#include <wire/codec.h>
#include <wire/filestate.h>
#include <wire/provider.h>

#include <QFuture>
#include <QNetworkAccessManager>
#include <QSslCertificate>
#include <QSslKey>
#include <QUrl>

#include <optional>

class QNetworkReply;

namespace ioc {

/// Speaks to one central over HTTPS. Trusts certificates signed by the deployment's own CA for the host it was told, and no
/// other; messages are packed and unpacked off the caller's thread.
class CentralClient : public QObject
{
    Q_OBJECT

public:
    /// By which central knows a device of the deployment, beside who signs in there.
    struct DeviceCertificate
    {
        QList<QSslCertificate> chain;
        QSslKey key;
    };
    struct Options
    {
        QUrl server;                          ///< https://host:port
        QList<QSslCertificate> authorities;   ///< the deployment's CA
        QString language = QStringLiteral("vi");
        std::optional<DeviceCertificate> device = {}; ///< where central asks for one
    };
    /// What stands beside the CA's file \a authorityFile as device.pem and device.key; nothing when neither is there. Damaged when they are of no use.
    static Result<std::optional<DeviceCertificate>> deviceCertificateBeside(const QString &authorityFile);
    /// Reads the CA from a PEM file.
    static Result<QList<QSslCertificate>> authoritiesFrom(const QString &file);

    /// \a network: for tests; null: an own one.
    explicit CentralClient(Options options, QNetworkAccessManager *network = nullptr, QObject *parent = nullptr);
    [[nodiscard]] const QUrl &server() const { return m_options.server; }
    /// For a client beside this one.
    [[nodiscard]] const Options &options() const { return m_options; }

    QFuture<Result<Session>> signIn(const SignIn &signIn);
    /// The city's single sign-on, where central has one; NotFound where it has none.
    QFuture<Result<ProviderOffer>> providerOffer();
    QFuture<Result<Session>> signIn(const ProviderSignIn &signIn);
    QFuture<Result<void>> signOut(const QString &token);
    /// \a answered, here and below: what central answered last (LocalStore::lastAnswered()); WentBack when it does not know that any more.
    QFuture<Result<QList<Answer>>> push(const QString &token, const QList<Operation> &operations, const Id &answered);
    /// Changes after \a cursor (null: from the start); waits up to \a waitSeconds for the first one.
    QFuture<Result<ChangePage>> pull(const QString &token, const Cursor &cursor, int waitSeconds, const Id &answered);
    /// The file that central offers a new device, or how far it is; NotFound when there is none.
    QFuture<Result<Snapshot>> snapshot(const QString &token, const Id &answered);
    /// The next bytes of that file from \a from on.
    QFuture<Result<QByteArray>> snapshotPart(const QString &token, const QString &id, qint64 from);
    /// The password of whom \a token stands for.
    QFuture<Result<void>> changePassword(const QString &token, const PasswordChange &change);

    /// Looks at personal data, for the audit journal.
    QFuture<Result<void>> reportLooks(const QString &token, const QList<Look> &looks);

    // For administrators
    QFuture<Result<AccountPage>> accounts(const QString &token, const Id &after);
    QFuture<Result<DevicePage>> devices(const QString &token, const Id &after);
    /// \a verb: unlock, sign-out, disable or enable.
    QFuture<Result<void>> changeAccount(const QString &token, const Id &account, const QString &verb);
    /// A password that the account has to change when it is first used.
    QFuture<Result<QString>> newPassword(const QString &token, const Id &account);
    /// \a verb: revoke or restore.
    QFuture<Result<void>> changeDevice(const QString &token, const Id &device, const QString &verb);

    /// How central stands with files; an empty list asks for its epoch alone.
    QFuture<Result<FileStates>> fileStates(const QString &token, const QStringList &digests);
    /// Sends the piece of a file that begins at \a offset.
    QFuture<Result<FileStates>> sendFilePiece(const QString &token, const QString &digest, qint64 offset, const QByteArray &bytes);
    /// The next bytes of a file from \a from on.
    QFuture<Result<QByteArray>> filePart(const QString &token, const QString &digest, qint64 from);
    /// Ends every request under way, with Timeout.
    void abortAll();
    /// How long central asked to be left alone with its last refusal, in ms; 0 when it said nothing.
    [[nodiscard]] qint64 retryAfterMs() const { return m_retryAfterMs; }

private:
    QNetworkRequest request(const QString &path, const QString &token, int timeoutMs) const;
    QNetworkRequest listRequest(const QString &path, const QString &token, const Id &after) const;
    /// Posts \a body where the answer is nothing but that it is done.
    QFuture<Result<void>> done(const QString &path, const QString &token, const QByteArray &body);
    QFuture<Result<QByteArray>> partOf(const QString &path, const QString &token, qint64 from, std::optional<qint64> last);
    QFuture<Result<QByteArray>> bodyOf(QNetworkReply *reply);
    [[nodiscard]] Error errorOf(QNetworkReply &reply, const QByteArray &body) const;

    Options m_options;
    QNetworkAccessManager *m_network;
    QList<QNetworkReply *> m_replies;
    qint64 m_retryAfterMs = 0;
};

} // namespace ioc
