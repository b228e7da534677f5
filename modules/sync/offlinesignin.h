// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/clock.h>
#include <sync/offlinenote.h>
#include <sync/secretstore.h>

#include <QFuture>
#include <QThreadPool>

namespace ioc {

/// Lets the person who last signed in at central in again while central cannot be reached, for as many days as central allows. Keeps a
/// verifier of the password, never the password. Hashing and files are worked on a thread of its own, one thing after another.
class OfflineSignIn
{
public:
    /// Both must outlive it.
    OfflineSignIn(SecretStore &secrets, const Clock &clock);
    ~OfflineSignIn();
    OfflineSignIn(const OfflineSignIn &) = delete;
    OfflineSignIn &operator=(const OfflineSignIn &) = delete;

    /// Central let this person in with \a password, or took it as their new one; or they chose it as the PIN of this device.
    QFuture<void> remember(const Session &session, const QString &password);
    /// Adds what opens personal data to what is kept of the person who just gave \a password.
    void keepVault(const QByteArray &vault, const QString &password);
    /// \a account was let in at central by other means than a password: what is kept of another person is of no use any more. Whether there is
    /// something of this one.
    QFuture<bool> keepFor(const Id &account);
    /// Central renewed this person's session: rights are as it says, and the days are counted from now.
    void confirm(const Session &session);
    /// Notes the time, so that a clock set back later shows, and that somebody works here.
    void noteTime();
    /// When noteTime() was last called, before this start too; reads a small file.
    [[nodiscard]] std::optional<qint64> lastNotedMs() const;
    void forget();

    /// The session as central last gave it, without tokens. Unauthenticated when the password is wrong, NotFound when nobody has signed in here,
    /// Denied or Busy when it cannot be tried (see OfflineNote::mayTry). A try counts before it is known, and over restarts.
    QFuture<Result<Session>> signIn(const QString &login, const QString &password);

private:
    // On the thread of its own.
    [[nodiscard]] Result<OfflineNote> read() const;
    void write(const OfflineNote &note) const;
    [[nodiscard]] Result<Session> check(const QString &login, const QString &password, qint64 now) const;

    SecretStore &m_secrets;
    const Clock &m_clock;
    QThreadPool m_thread;
};

} // namespace ioc
