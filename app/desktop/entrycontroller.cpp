// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/entrycontroller.h>

namespace ioc {

namespace {

bool isUnreached(const Error &error)
{
    return error.code == ErrorCode::Offline || error.code == ErrorCode::Timeout;
}

} // namespace

EntryController::EntryController(SyncEngine &engine, OfflineSignIn &offline, QObject *parent) : QObject(parent), m_engine(engine), m_offline(offline)
{
    connect(&engine, &SyncEngine::sessionConfirmed, this, [this](const Session &session) { m_offline.confirm(session); });
    connect(&engine, &SyncEngine::sessionRefused, this, [this] { m_offline.forget(); }); // central may have its reasons: a disabled account, a new password
}

void EntryController::signIn(const QString &login, const QString &password)
{
    m_engine.signIn(login, password).then(this, [this, login, password](const Result<Session> &session) {
        if (!session && isUnreached(session.error())) {
            signInHere(login, password, session.error());
        } else if (!session) {
            Q_EMIT refused(session.error());
        } else {
            if (session->mustChangePassword) // good for once
                m_offline.forget();
            else
                m_offline.remember(*session, password);
            Q_EMIT passwordTaken();
            Q_EMIT entered();
        }
    });
}

void EntryController::signInByProvider(const QString &idToken, const QString &secret)
{
    m_engine.signInByProvider(idToken, secret).then(this, [this](const Result<Session> &session) {
        if (session)
            enteredByProvider(*session);
        else
            Q_EMIT refused(session.error());
    });
}

void EntryController::enteredByProvider(const Session &session)
{
    Q_EMIT providerTaken();
    Q_EMIT entered();
    m_offline.keepFor(session.account).then(this, [this, days = session.offlineDays](bool isKnown) {
        if (!isKnown && days > 0)
            Q_EMIT pinMissing();
    });
}

void EntryController::setPin(const QString &pin)
{
    m_offline.remember(m_engine.session(), pin);
}

void EntryController::signInHere(const QString &login, const QString &password, const Error &why)
{
    m_offline.signIn(login, password).then(this, [this, why](const Result<Session> &session) {
        if (session) {
            m_engine.workOffline(*session);
            Q_EMIT entered();
        } else {
            Q_EMIT refused(session.error().code == ErrorCode::NotFound ? why : session.error());
        }
    });
}

void EntryController::unlock(const QString &login, const QString &password)
{
    const Session &session = m_engine.session();
    if (login != session.login || m_engine.state().kind == SyncState::Kind::SignedOut) {
        signIn(login, password);
        return;
    }
    m_offline.signIn(login, password).then(this, [this, login, password](const Result<Session> &checked) {
        if (checked) {
            if (m_engine.session().accessToken.isEmpty() && !checked->vault.isEmpty()) // else central has said what may be opened
                m_engine.openVault(checked->vault);
            else if (checked->vault.isEmpty() && !m_engine.session().vault.isEmpty()) // kept before central gave one
                m_offline.keepVault(m_engine.session().vault, password);
            Q_EMIT entered();
        } else if (checked.error().code == ErrorCode::Unauthenticated || checked.error().code == ErrorCode::Busy) {
            Q_EMIT refused(checked.error());
        } else {
            signIn(login, password); // nothing is kept here, or it is of no use any more
        }
    });
}

QFuture<Result<void>> EntryController::changePassword(const QString &before, const QString &after)
{
    return m_engine.changePassword(before, after).then(this, [this, after](const Result<void> &changed) {
        if (changed)
            m_offline.remember(m_engine.session(), after);
        return changed;
    });
}

} // namespace ioc
