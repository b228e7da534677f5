// SPDX-License-Identifier: GPL-3.0-or-later
#include <access/password.h>
#include <central/auditjournal.h>
#include <central/requesttext.h>
#include <central/sessiondesk.h>

#include <QCoreApplication>
#include <QtConcurrentRun>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Access)
};

// Not "unauthenticated": the session is good, and nobody has to sign in again.
std::unexpected<Error> wrongPresent()
{
    return failure(ErrorCode::InvalidInput, Words::tr("Your present password is wrong."), QStringLiteral("present password"));
}

Result<QString> newPassword(const PasswordChange &change, const QString &login, const QString &present)
{
    const auto matches = passwordMatches(change.before, present);
    if (!matches)
        return std::unexpected(matches.error());
    if (!*matches)
        return wrongPresent();
    if (change.after.normalized(QString::NormalizationForm_C) == change.before.normalized(QString::NormalizationForm_C))
        return failure(ErrorCode::InvalidInput, Words::tr("The new password is the present one. Choose another."));
    return checkedPassword(change.after, login).and_then([&] { return hashedPassword(change.after); });
}

} // namespace

QFuture<Result<QString>> SessionDesk::hashed(const QString &password)
{
    return QtConcurrent::run(&m_hashing, [password] { return hashedPassword(password); });
}

void SessionDesk::changePassword(const HttpReplyPointer &reply, const QString &token, const QByteArray &body)
{
    const auto change = wire::decodePasswordChange(body);
    if (!change)
        return reply->send(change.error());
    m_storage.read([storage = &m_storage, token, language = reply->language()](db::Connection &connection) -> Result<Candidate> {
        const LanguageScope words(language);
        const Sessions sessions(connection, storage->clock());
        const auto who = sessions.identify(token, Sessions::For::PasswordChange);
        if (!who)
            return std::unexpected(who.error());
        return sessions.password(who->account).transform([&](const QString &encoded) { return Candidate{*who, encoded}; });
    }).then(this, [this, reply, change = *change](const Result<Candidate> &candidate) {
        if (candidate)
            checkPresent(reply, change, *candidate);
        else
            reply->send(candidate.error());
    });
}

// Who has somebody's open session must not find out the password here: it is limited as signing in is.
void SessionDesk::checkPresent(const HttpReplyPointer &reply, const PasswordChange &change, const Candidate &candidate)
{
    const QString login = candidate.identity->login;
    if (const qint64 wait = waitMs(reply, login); wait > 0)
        return sendTooMany(reply, wait);
    countGuess(reply, login);
    ++m_checking;
    QtConcurrent::run(&m_hashing, [change, login, encoded = candidate.encoded, language = reply->language()] {
        const LanguageScope words(language);
        return newPassword(change, login, encoded);
    }).then(this, [this, reply, login, candidate](const Result<QString> &encoded) {
        --m_checking;
        if (encoded || encoded.error().detail != u"present password")
            forgive(reply, login); // it was right, whatever was wrong with the new one
        if (encoded)
            replacePassword(reply, candidate, *encoded);
        else
            reply->send(encoded.error());
    });
}

// Whoever else is signed in with the password of before is out.
void SessionDesk::replacePassword(const HttpReplyPointer &reply, const Candidate &candidate, const QString &encoded)
{
    m_storage.write([storage = &m_storage, who = *candidate.identity, before = candidate.encoded, encoded, language = reply->language()](db::Connection &connection) -> Result<void> {
        const LanguageScope words(language);
        auto transaction = db::Transaction::begin(connection);
        if (!transaction)
            return std::unexpected(transaction.error());
        Sessions sessions(connection, storage->clock());
        return sessions.replacePassword(who.account, before, encoded).and_then([&] { return sessions.closeAll(who.account, who.family); })
            .and_then([&] {
                return AuditJournal(connection).add({.kind = AuditKind::PasswordChanged, .atMs = storage->clock().nowMs(), .who = {.account = who.account, .device = who.device, .console = {}},
                                                     .type = QStringLiteral("account"), .record = who.account, .op = {}, .details = {}});
            })
            .and_then([&] { return transaction->commit(); });
    }).then(this, [reply](const Result<void> &done) {
        if (done)
            reply->send(QByteArray());
        else
            reply->send(done.error());
    });
}

} // namespace ioc
