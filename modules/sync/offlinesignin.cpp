// SPDX-License-Identifier: GPL-3.0-or-later
#include <sync/offlinesignin.h>

#include <access/password.h>
#include <access/wrappedkey.h>

#include <QCoreApplication>
#include <QtConcurrentRun>

namespace ioc {

namespace {
QString noteSecret() { return QStringLiteral("offline"); }
QString activeSecret() { return QStringLiteral("active"); }
} // namespace

OfflineSignIn::OfflineSignIn(SecretStore &secrets, const Clock &clock) : m_secrets(secrets), m_clock(clock)
{
    m_thread.setMaxThreadCount(1);
}

OfflineSignIn::~OfflineSignIn()
{
    m_thread.waitForDone();
}

Result<OfflineNote> OfflineSignIn::read() const
{
    const auto kept = m_secrets.read(noteSecret());
    if (!kept)
        return failure(ErrorCode::NotFound, QCoreApplication::translate("Sync", "Nobody can sign in on this device without central yet. Check the network."));
    return decodeOfflineNote(*kept);
}

void OfflineSignIn::write(const OfflineNote &note) const
{
    if (const auto written = m_secrets.write(noteSecret(), encodeOfflineNote(note)); !written)
        qWarning("%s", qUtf8Printable(written.error().message));
}

QFuture<void> OfflineSignIn::remember(const Session &session, const QString &password)
{
    return QtConcurrent::run(&m_thread, [this, session, password, now = m_clock.nowMs()] {
        const auto verifier = session.offlineDays > 0 ? hashedPassword(password) : Result<QString>(QString());
        if (!verifier || verifier->isEmpty()) {
            m_secrets.remove(noteSecret());
            return;
        }
        const auto vault = session.vault.isEmpty() ? Result<QByteArray>(QByteArray()) : wrappedKey(session.vault, password);
        if (!vault)
            qWarning("%s", qUtf8Printable(vault.error().message));
        write({.verifier = *verifier, .session = session, .confirmedMs = now, .seenMs = now, .vault = vault.value_or(QByteArray())});
    });
}

void OfflineSignIn::keepVault(const QByteArray &vault, const QString &password)
{
    m_thread.start([this, vault, password] {
        auto note = read();
        const auto wrapped = note ? wrappedKey(vault, password) : Result<QByteArray>(QByteArray());
        if (!note || !wrapped)
            return;
        note->vault = *wrapped;
        write(*note);
    });
}

QFuture<bool> OfflineSignIn::keepFor(const Id &account)
{
    return QtConcurrent::run(&m_thread, [this, account] {
        const auto note = read();
        const bool isTheirs = note && note->session.account == account;
        if (!isTheirs)
            m_secrets.remove(noteSecret());
        return isTheirs;
    });
}

void OfflineSignIn::confirm(const Session &session)
{
    m_thread.start([this, session, now = m_clock.nowMs()] {
        auto note = read();
        if (!note || note->session.account != session.account)
            return;
        if (session.offlineDays == 0) {
            m_secrets.remove(noteSecret());
            return;
        }
        note->session = session;
        if (session.vault.isEmpty()) // this person may see none any more
            note->vault.clear();
        note->confirmedMs = note->seenMs = now; // central answered: the clock of now is the one that counts
        write(*note);
    });
}

void OfflineSignIn::noteTime()
{
    m_thread.start([this, now = m_clock.nowMs()] {
        (void)m_secrets.write(activeSecret(), QByteArray::number(now));
        auto note = read();
        if (!note || note->seenMs >= now)
            return;
        note->seenMs = now;
        write(*note);
    });
}

std::optional<qint64> OfflineSignIn::lastNotedMs() const
{
    bool isNumber = false;
    const qint64 at = m_secrets.read(activeSecret()).value_or(QByteArray()).toLongLong(&isNumber);
    return isNumber ? std::optional(at) : std::nullopt;
}

void OfflineSignIn::forget()
{
    m_thread.start([this] { m_secrets.remove(noteSecret()); });
}

QFuture<Result<Session>> OfflineSignIn::signIn(const QString &login, const QString &password)
{
    return QtConcurrent::run(&m_thread, [this, login, password, now = m_clock.nowMs()] { return check(login, password, now); });
}

Result<Session> OfflineSignIn::check(const QString &login, const QString &password, qint64 now) const
{
    auto note = read();
    if (!note)
        return std::unexpected(note.error());
    if (const auto may = note->mayTry(login, now); !may)
        return std::unexpected(may.error());
    ++note->failures; // ending the program meanwhile brings no free guess
    note->failedMs = now;
    note->seenMs = std::max(note->seenMs, now);
    if (const auto counted = m_secrets.write(noteSecret(), encodeOfflineNote(*note)); !counted)
        return std::unexpected(counted.error());
    const auto matches = passwordMatches(password, note->verifier);
    if (!matches)
        return std::unexpected(matches.error());
    if (!*matches)
        return failure(ErrorCode::Unauthenticated, QCoreApplication::translate("Access", "The login or the password is wrong."));
    note->failures = 0;
    write(*note);
    Session session = note->session;
    if (!note->vault.isEmpty()) {
        const auto vault = unwrappedKey(note->vault, password);
        if (!vault)
            return std::unexpected(vault.error());
        session.vault = *vault;
    }
    return session;
}

} // namespace ioc
