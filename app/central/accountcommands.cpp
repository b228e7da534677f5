// SPDX-License-Identifier: GPL-3.0-or-later
#include "accountcommands.h"

#include "quietterminal.h"

#include <access/password.h>
#include <central/accounts.h>

#include <QCoreApplication>
#include <QFile>

#include <cstdio>
#include <optional>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(CentralProgram)
};

QCommandLineOption loginOption()
{
    return {QStringLiteral("login"), Words::tr("Name to sign in with."), QStringLiteral("LOGIN")};
}

QList<QCommandLineOption> passwordOptions()
{
    return {{QStringLiteral("password-stdin"), Words::tr("Read the password from the first line of the standard input.")},
            {QStringLiteral("password-file"), Words::tr("Read the password from the first line of a file."), QStringLiteral("FILE")}};
}

// Never from the command line itself: every user of the machine can read that.
Result<QString> readPassword(const QCommandLineParser &parser)
{
    const bool fromInput = parser.isSet(QStringLiteral("password-stdin"));
    if (fromInput == parser.isSet(QStringLiteral("password-file")))
        return failure(ErrorCode::InvalidInput, Words::tr("Give the password with --password-stdin or --password-file."));
    QFile file(parser.value(QStringLiteral("password-file")));
    const bool opened = fromInput ? file.open(stdin, QFile::ReadOnly) : file.open(QFile::ReadOnly);
    if (!opened)
        return failure(ErrorCode::NotFound, Words::tr("The password file cannot be read."), file.errorString());
    QByteArray line;
    {
        std::optional<QuietTerminal> quiet;
        if (fromInput)
            quiet.emplace(Words::tr("Password (not shown): "));
        line = file.readLine(4096);
    }
    while (line.endsWith('\n') || line.endsWith('\r'))
        line.chop(1);
    return QString::fromUtf8(line);
}

Result<QString> encodedPassword(const QCommandLineParser &parser, const QString &login)
{
    return readPassword(parser).and_then([&](const QString &password) {
        return checkedPassword(password, login).and_then([&] { return hashedPassword(password); });
    });
}

template <typename Work>
auto withAccounts(CentralStorage &storage, Work work)
{
    return storage.write([&storage, work](db::Connection &connection) {
        Accounts accounts(connection, storage.tables(), storage.clock());
        return work(accounts);
    }).result();
}

Result<void> add(const CommandContext &context)
{
    QCommandLineParser parser;
    parser.addOptions({dataOption(), loginOption(), {QStringLiteral("name"), Words::tr("The person's name."), QStringLiteral("NAME")},
                       {QStringLiteral("role"), Words::tr("viewer, operator, clerk, editor, leader or administrator."), QStringLiteral("ROLE")}});
    parser.addOptions(passwordOptions());
    parser.addOption({QStringLiteral("no-password"), Words::tr("The account has none: its person comes in by the city's single sign-on alone.")});
    if (auto fine = parseArguments(parser, context, QStringLiteral("tourism-ioc-central account add --data DIR --login LOGIN --name NAME --role ROLE --password-stdin|--no-password")); !fine)
        return fine;
    const QString login = parser.value(QStringLiteral("login"));
    const auto encoded = parser.isSet(QStringLiteral("no-password")) ? Result<QString>(QString()) : encodedPassword(parser, login);
    if (!encoded)
        return std::unexpected(encoded.error());
    const auto storage = openStorage(parser, context.clock);
    if (!storage)
        return std::unexpected(storage.error());
    return withAccounts(**storage, [&, name = parser.value(QStringLiteral("name")), role = parser.value(QStringLiteral("role"))](Accounts &accounts) {
        return accounts.add(login, name, role, *encoded);
    }).transform([&](const Id &id) { say(Words::tr("Account %1 was made: %2").arg(login, id.toString())); });
}

Result<void> list(const CommandContext &context)
{
    QCommandLineParser parser;
    parser.addOption(dataOption());
    const auto storage = parseArguments(parser, context, QStringLiteral("tourism-ioc-central account list --data DIR")).and_then([&] { return openStorage(parser, context.clock); });
    if (!storage)
        return std::unexpected(storage.error());
    return withAccounts(**storage, [](Accounts &accounts) { return accounts.list(); }).transform([](const QList<AccountInfo> &all) {
        for (const AccountInfo &account : all)
            say(QStringList{account.login, account.role, account.disabled ? Words::tr("disabled") : Words::tr("active"), account.displayName}.join(u'\t'));
    });
}

Result<void> disable(const CommandContext &context)
{
    QCommandLineParser parser;
    parser.addOptions({dataOption(), loginOption()});
    const auto storage = parseArguments(parser, context, QStringLiteral("tourism-ioc-central account disable --data DIR --login LOGIN")).and_then([&] { return openStorage(parser, context.clock); });
    if (!storage)
        return std::unexpected(storage.error());
    const QString login = parser.value(QStringLiteral("login"));
    return withAccounts(**storage, [&](Accounts &accounts) { return accounts.disable(login); }).transform([&] { say(Words::tr("Account %1 is disabled.").arg(login)); });
}

Result<void> setPassword(const CommandContext &context)
{
    QCommandLineParser parser;
    parser.addOptions({dataOption(), loginOption()});
    parser.addOptions(passwordOptions());
    if (auto fine = parseArguments(parser, context, QStringLiteral("tourism-ioc-central account password --data DIR --login LOGIN --password-stdin")); !fine)
        return fine;
    const QString login = parser.value(QStringLiteral("login"));
    const auto encoded = encodedPassword(parser, login);
    if (!encoded)
        return std::unexpected(encoded.error());
    const auto storage = openStorage(parser, context.clock);
    if (!storage)
        return std::unexpected(storage.error());
    return withAccounts(**storage, [&](Accounts &accounts) { return accounts.setPassword(login, *encoded); }).transform([&] { say(Words::tr("Account %1 has a new password.").arg(login)); });
}

Result<void> account(const CommandContext &context)
{
    const QMap<QString, Result<void> (*)(const CommandContext &)> verbs{
        {QStringLiteral("add"), add}, {QStringLiteral("list"), list}, {QStringLiteral("disable"), disable}, {QStringLiteral("password"), setPassword}};
    const auto verb = verbs.value(context.arguments.value(0));
    if (!verb)
        return failure(ErrorCode::InvalidInput, Words::tr("Say what to do with accounts: %1.").arg(verbs.keys().join(QStringLiteral(", "))));
    return verb({context.arguments.mid(1), context.clock});
}

} // namespace

CentralCommand accountCommand()
{
    return {QStringLiteral("account"), Words::tr("Add, list or disable accounts, set passwords."), account};
}

} // namespace ioc
