// SPDX-License-Identifier: GPL-3.0-or-later
#include <postgres/postgresfailure.h>

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Database)
};

bool isOneOf(const QString &state, std::initializer_list<const char *> states)
{
    return std::ranges::any_of(states, [&](const char *one) { return state.startsWith(QLatin1StringView(one)); });
}

// Its first line without what a row holds: DETAIL and CONTEXT quote values, and so does what cannot be read as a number or date (class 22).
QString withoutValues(const QString &text, const QString &state)
{
    static const QRegularExpression rest(QStringLiteral("\\n(DETAIL|CONTEXT|LINE|HINT|QUERY)\\b.*"), QRegularExpression::DotMatchesEverythingOption);
    return state.startsWith(u"22") ? QString() : QString(text).remove(rest).simplified();
}

} // namespace

// By SQLSTATE, see "PostgreSQL Error Codes" in its manual; none at all comes from the client's own library, which lost the server.
db::ServerFailure postgresFailure(const QString &state, const QString &text, const QString &what)
{
    const QString detail = QStringLiteral("%1 [%2] %3").arg(withoutValues(text, state), state, what);
    if (state.isEmpty() || isOneOf(state, {"08", "57P", "25P03"}))
        return {.error = {ErrorCode::Busy, Words::tr("The database server does not answer just now. Try again in a moment."), detail}, .isLost = true};
    if (isOneOf(state, {"40001", "40P01", "55P03"}))
        return {.error = {ErrorCode::Busy, Words::tr("The database has too much to do just now. Try again in a moment."), detail}, .collided = true};
    if (isOneOf(state, {"53100", "58030"}))
        return {.error = {ErrorCode::Full, Words::tr("The disk of the database server is full or faulty: the change was not saved. Free some space and try again."), detail}};
    if (isOneOf(state, {"53"}))
        return {.error = {ErrorCode::Busy, Words::tr("The database has too much to do just now. Try again in a moment."), detail}};
    if (isOneOf(state, {"25006", "42501"}))
        return {.error = {ErrorCode::ReadOnly, Words::tr("The database cannot be written to. Check the rights of the account that central uses there."), detail}};
    if (isOneOf(state, {"57014"}))
        return {.error = {ErrorCode::Cancelled, Words::tr("Stopped."), detail}};
    if (isOneOf(state, {"XX001", "XX002"}))
        return {.error = {ErrorCode::Damaged, Words::tr("The database is damaged. Restore it from a backup."), detail}};
    return {.error = {ErrorCode::Internal, Words::tr("The database reports a fault. Please report it to the administrator."), detail}, .isStale = isOneOf(state, {"0A000", "26000"}), .collided = state == u"23505"};
}

} // namespace ioc
