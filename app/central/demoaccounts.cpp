// SPDX-License-Identifier: GPL-3.0-or-later
#include "demoaccounts.h"

#include <access/password.h>
#include <central/accounts.h>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QSaveFile>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(CentralProgram)
};

struct Wanted
{
    QString login;
    QString name;
    QString role;
    bool handlesComplaints = false;
};

QString randomPassword()
{
    static const QString letters = QStringLiteral("abcdefghijkmnpqrstuvwxyz23456789"); // none that look alike
    QString out;
    for (int i = 0; i < 20; ++i)
        out += letters[QRandomGenerator::system()->bounded(letters.size())];
    return out;
}

Result<QString> password(const QString &folder)
{
    const QString path = QDir(folder).filePath(QStringLiteral("demo-password"));
    QFile known(path);
    if (known.open(QIODevice::ReadOnly))
        return QString::fromUtf8(known.readLine(1000)).trimmed();
    const QString made = randomPassword();
    QSaveFile file(path);
    const bool written = file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
                         && file.write(made.toUtf8() + '\n') > 0 && file.commit();
    if (!written)
        return failure(ErrorCode::ReadOnly, Words::tr("The folder %1 cannot be written to.").arg(folder), file.errorString());
    return made;
}

Result<Id> made(Accounts &accounts, const Wanted &wanted, const QString &encoded, bool newPassword)
{
    const auto known = accounts.list();
    if (!known)
        return std::unexpected(known.error());
    const auto found = std::ranges::find(*known, wanted.login, &AccountInfo::login);
    if (found == known->end())
        return accounts.add(wanted.login, wanted.name, wanted.role, encoded);
    if (newPassword) { // the file with the old one was lost
        if (const auto set = accounts.setPassword(wanted.login, encoded); !set)
            return std::unexpected(set.error());
    }
    return found->id;
}

} // namespace

Result<QList<DemoComplaints::Author>> makeDemoAccounts(CentralStorage &storage, const QString &folder)
{
    const QList<Wanted> all{{QStringLiteral("operator"), QStringLiteral("Lê Minh Châu (trình diễn)"), QStringLiteral("operator"), true},
                            {QStringLiteral("leader"), QStringLiteral("Nguyễn Hoàng Nam (trình diễn)"), QStringLiteral("leader")},
                            {QStringLiteral("clerk"), QStringLiteral("Trần Thu Thảo (trình diễn)"), QStringLiteral("clerk"), true},
                            {QStringLiteral("admin"), QStringLiteral("Quản trị hệ thống (trình diễn)"), QStringLiteral("administrator")}};
    const bool newPassword = !QFile::exists(QDir(folder).filePath(QStringLiteral("demo-password")));
    const auto secret = password(folder);
    if (!secret)
        return std::unexpected(secret.error());
    const auto encoded = hashedPassword(*secret);
    if (!encoded)
        return std::unexpected(encoded.error());
    return storage.write([&storage, all, encoded = *encoded, newPassword](db::Connection &connection) -> Result<QList<DemoComplaints::Author>> {
        Accounts accounts(connection, storage.tables(), storage.clock());
        QList<DemoComplaints::Author> out;
        for (const Wanted &wanted : all) {
            const auto id = made(accounts, wanted, encoded, newPassword);
            if (!id)
                return std::unexpected(id.error());
            if (wanted.handlesComplaints)
                out += DemoComplaints::Author{*id, wanted.name};
        }
        return out;
    }).result();
}

} // namespace ioc
