// SPDX-License-Identifier: GPL-3.0-or-later
#include <db/postgresql.h>

#include <QCoreApplication>
#include <QRegularExpression>
#include <QSqlError>
#include <QStringList>

namespace ioc::db {

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

// A server's machine that vanished without a word is given up after some seconds.
QString connectOptions(const QString &own)
{
    QStringList all{QStringLiteral("connect_timeout=5"), QStringLiteral("application_name=tourism-ioc-central"), QStringLiteral("tcp_user_timeout=15000"),
                    QStringLiteral("keepalives_idle=10"), QStringLiteral("keepalives_interval=5"), QStringLiteral("keepalives_count=3")};
    if (!own.isEmpty())
        all += own.split(u' ');
    return all.join(u';');
}

} // namespace

// Its first line without what a row holds: DETAIL and CONTEXT quote values, and so does what cannot be read as a number or date (class 22).
QString withoutValues(const QString &text, const QString &state)
{
    static const QRegularExpression rest(QStringLiteral("\\n(DETAIL|CONTEXT|LINE|HINT|QUERY)\\b.*"), QRegularExpression::DotMatchesEverythingOption);
    return state.startsWith(u"22") ? QString() : QString(text).remove(rest).simplified();
}

// By SQLSTATE, see "PostgreSQL Error Codes" in its manual; none at all comes from the client's own library, which lost the server.
PostgresFailure postgresFailure(const QSqlError &error, const QString &what)
{
    const QString state = error.nativeErrorCode();
    const QString detail = QStringLiteral("%1 [%2] %3").arg(withoutValues(error.databaseText(), state), state, what);
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
    return {.error = {ErrorCode::Internal, Words::tr("The database reports a fault. Please report it to the administrator."), detail}, .collided = state == u"23505"};
}

Result<void> openPostgres(QSqlDatabase &database, const Connection::Options &options)
{
    const ServerAddress &server = *options.server;
    database.setHostName(server.host);
    database.setPort(server.port);
    database.setDatabaseName(server.database);
    database.setUserName(server.user);
    database.setPassword(server.password);
    database.setConnectOptions(connectOptions(server.options));
    if (!database.open())
        return failure(ErrorCode::Busy, Words::tr("The database server %1 cannot be reached. Check that it runs, its address, and the account and password for it.").arg(server.toString()), database.lastError().text().trimmed());
    QSqlQuery query(database);
    if (!query.exec(QStringLiteral("SELECT current_setting('server_encoding'), current_setting('server_version_num')")) || !query.next())
        return std::unexpected(postgresFailure(query.lastError(), QStringLiteral("server_encoding")).error);
    if (query.value(0).toString() != u"UTF8" || query.value(1).toInt() < 150'000)
        return failure(ErrorCode::Unsupported, Words::tr("The database must be encoded in UTF-8 and its server PostgreSQL 15 or newer. Make one with “createdb --encoding=UTF8 --template=template0 NAME”."),
                       query.value(0).toString() + u' ' + query.value(1).toString());
    // Readers look at ranges of very different sizes: their plans are made for the values at hand.
    const QString session = QStringLiteral("SET client_min_messages = warning; SET lock_timeout = '20s'; SET idle_in_transaction_session_timeout = '120s'; SET synchronous_commit = on")
                            + (options.readOnly ? QStringLiteral("; SET default_transaction_read_only = on; SET plan_cache_mode = force_custom_plan") : QString());
    if (!query.exec(session))
        return std::unexpected(postgresFailure(query.lastError(), session).error);
    return {};
}

} // namespace ioc::db
