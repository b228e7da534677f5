// SPDX-License-Identifier: GPL-3.0-or-later
#include <access/argon2.h>
#include <access/password.h>
#include <access/token.h>

#include <base/textfold.h>

#include <QCoreApplication>
#include <QRegularExpression>
#include <QSet>

#include <openssl/crypto.h>

namespace ioc {

namespace {

constexpr int saltBytes = 16;
constexpr int hashBytes = 32;
constexpr qsizetype longestPassword = 200;

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Access)
};

struct Encoded
{
    PasswordCost cost;
    QByteArray salt;
    QByteArray hash;
};

QString base64(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toBase64(QByteArray::OmitTrailingEquals));
}

std::optional<Encoded> parsed(const QString &text)
{
    static const QRegularExpression form(QStringLiteral(R"(^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$)"));
    const auto match = form.match(text);
    if (!match.hasMatch())
        return {};
    Encoded out{.cost = {match.captured(1).toUInt(), match.captured(2).toUInt(), match.captured(3).toUInt()},
                .salt = QByteArray::fromBase64(match.captured(4).toLatin1()),
                .hash = QByteArray::fromBase64(match.captured(5).toLatin1())};
    const bool sane = out.cost.memoryKib >= 8 * out.cost.lanes && out.cost.memoryKib <= 1'048'576 && out.cost.iterations >= 1
                      && out.cost.lanes >= 1 && out.salt.size() >= 8 && out.hash.size() >= 16;
    return sane ? std::optional(out) : std::nullopt;
}

bool inARow(const QString &text)
{
    const QChar first = text.front();
    const int step = text.size() > 1 ? text[1].unicode() - first.unicode() : 0;
    if (step < -1 || step > 1)
        return false;
    for (qsizetype i = 1; i < text.size(); ++i) {
        if (text[i].unicode() - text[i - 1].unicode() != step)
            return false;
    }
    return true;
}

} // namespace

Result<void> checkedPassword(const QString &password, const QString &login)
{
    static const QSet<QString> known{QStringLiteral("1234567890"), QStringLiteral("0123456789"), QStringLiteral("password123"), QStringLiteral("password1234"),
                                     QStringLiteral("qwertyuiop"), QStringLiteral("qwerty12345"), QStringLiteral("matkhau123"), QStringLiteral("matkhau1234"),
                                     QStringLiteral("administrator"), QStringLiteral("1q2w3e4r5t"), QStringLiteral("iloveyou123"), QStringLiteral("anhyeuem123")};
    if (password.size() < 10)
        return failure(ErrorCode::InvalidInput, Words::tr("The password is too short: at least 10 characters are needed."));
    if (password.size() > longestPassword)
        return failure(ErrorCode::InvalidInput, Words::tr("The password is too long: at most %1 characters are taken.").arg(longestPassword));
    const QString plain = folded(password).remove(u' ');
    if (plain.isEmpty() || inARow(plain) || known.contains(plain) || (!login.isEmpty() && plain == folded(login)))
        return failure(ErrorCode::InvalidInput, Words::tr("This password is easy to guess. Choose another, for example several words."));
    return {};
}

Result<QString> hashedPassword(const QString &password, const PasswordCost &cost)
{
    const auto salt = secretBytes(saltBytes);
    if (!salt)
        return std::unexpected(salt.error());
    return argon2id(password, *salt, cost, hashBytes).transform([&](const QByteArray &hash) {
        return QStringLiteral("$argon2id$v=19$m=%1,t=%2,p=%3$%4$%5").arg(cost.memoryKib).arg(cost.iterations).arg(cost.lanes).arg(base64(*salt), base64(hash));
    });
}

Result<bool> passwordMatches(const QString &password, const QString &encoded)
{
    const auto kept = parsed(encoded);
    if (!kept)
        return failure(ErrorCode::Damaged, Words::tr("The stored password is damaged. Ask the administrator to set a new one."));
    if (password.size() > longestPassword)
        return false;
    return argon2id(password, kept->salt, kept->cost, kept->hash.size()).transform([&](const QByteArray &hash) {
        return CRYPTO_memcmp(hash.constData(), kept->hash.constData(), static_cast<size_t>(hash.size())) == 0;
    });
}

bool needsRehash(const QString &encoded, const PasswordCost &cost)
{
    const auto kept = parsed(encoded);
    return !kept || kept->cost.memoryKib < cost.memoryKib || kept->cost.iterations < cost.iterations || kept->cost.lanes < cost.lanes;
}

} // namespace ioc
