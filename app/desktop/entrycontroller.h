// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sync/offlinesignin.h>
#include <sync/syncengine.h>

namespace ioc {

/// Lets people in: at central, and where it cannot be reached by what this device kept of their last sign-in.
class EntryController : public QObject
{
    Q_OBJECT

public:
    EntryController(SyncEngine &engine, OfflineSignIn &offline, QObject *parent = nullptr);

    void signIn(const QString &login, const QString &password);
    /// With what the city's single sign-on gave.
    void signInByProvider(const QString &idToken, const QString &secret);
    /// Central let \a session in already, by the city's single sign-on.
    void enteredByProvider(const Session &session);
    /// \a pin lets the person who works here in on this device from now on.
    void setPin(const QString &pin);
    /// The person who works here comes back: decided here, at once, while their session lives. Anybody else, and anybody whose session has
    /// ended, signs in.
    void unlock(const QString &login, const QString &password);
    QFuture<Result<void>> changePassword(const QString &before, const QString &after);

Q_SIGNALS:
    /// Before entered(): central took the password, which this device knows the person by from now on.
    void passwordTaken();
    /// Before entered(): the city's single sign-on let the person in.
    void providerTaken();
    // One of these ends what was asked for.
    void entered();
    /// Code and message say why not.
    void refused(const ioc::Error &error);

    /// After entered() by the city's single sign-on: this device has nothing by which it would know the person without central.
    void pinMissing();

private:
    void signInHere(const QString &login, const QString &password, const Error &why);

    SyncEngine &m_engine;
    OfflineSignIn &m_offline;
};

} // namespace ioc
