// SPDX-License-Identifier: GPL-3.0-or-later
#include <access/argon2.h>
#include <access/password.h>
#include <access/token.h>

#include <base/textfold.h>

#include <QCoreApplication>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <iterator>

#include <openssl/crypto.h>

namespace ioc {

namespace {

constexpr int saltBytes = 16;
constexpr int hashBytes = 32;
constexpr qsizetype shortestPassword = 12;
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

// One short piece again and again: "matkhaumatkhau".
bool isRepeated(const QString &text)
{
    for (qsizetype length = 1; length <= text.size() / 2 && length <= 8; ++length) {
        if (text.size() % length == 0 && QStringView(text).first(length).toString().repeated(text.size() / length) == text)
            return true;
    }
    return false;
}

QString lettersOf(const QString &text)
{
    QString out;
    std::ranges::copy_if(text, std::back_inserter(out), [](QChar character) { return character.isLetter(); });
    return out;
}

// The commonest of this length or more, here and abroad, without marks and blanks; with digits after the word, whatever these are.
bool isCommon(const QString &plain)
{
    static const QSet<QString> words{QStringLiteral("password"), QStringLiteral("passw"), QStringLiteral("qwerty"), QStringLiteral("qwertyuiop"), QStringLiteral("qwertyuiopasdfghjkl"),
                                     QStringLiteral("asdfghjkl"), QStringLiteral("asdfghjklzxcvbnm"), QStringLiteral("matkhau"), QStringLiteral("administrator"), QStringLiteral("admin"),
                                     QStringLiteral("iloveyou"), QStringLiteral("anhyeuem"), QStringLiteral("emyeuanh"), QStringLiteral("welcome"), QStringLiteral("letmein"), QStringLiteral("changeme"),
                                     QStringLiteral("quantri"), QStringLiteral("quantrivien"), QStringLiteral("quantrihethong"), QStringLiteral("vietnam"), QStringLiteral("dulich"),
                                     QStringLiteral("tourism"), QStringLiteral("trungtamdieuhanh"), QStringLiteral("abc"), QStringLiteral("a"), QStringLiteral("aa")};
    static const QSet<QString> whole{QStringLiteral("1q2w3e4r5t6y"), QStringLiteral("1q2w3e4r5t6y7u"), QStringLiteral("q1w2e3r4t5y6"), QStringLiteral("1qaz2wsx3edc"), QStringLiteral("1qaz2wsx3edc4rfv"),
                                     QStringLiteral("zaq12wsxcde3"), QStringLiteral("123456789012"), QStringLiteral("012345678901"), QStringLiteral("1234567890123"), QStringLiteral("123456789abc"),
                                     QStringLiteral("123456789qwe"), QStringLiteral("1234qwerasdf"), QStringLiteral("1234qwerasdfzxcv"), QStringLiteral("qwer1234asdf")};
    qsizetype end = plain.size();
    while (end > 0 && !plain[end - 1].isLetter())
        --end;
    return whole.contains(plain) || words.contains(plain.first(end));
}

} // namespace

bool isEasyToGuess(const QString &plain)
{
    return plain.isEmpty() || inARow(plain) || isRepeated(plain) || isCommon(plain);
}

// After NIST SP 800-63B (section 5.1.1.2): length counted in code points, a list of what everybody tries first, the account's own name, nothing
// repetitive or in a row; no rule about kinds of characters and no date on which a password runs out.
Result<void> checkedPassword(const QString &password, const QString &login)
{
    const QString normal = password.normalized(QString::NormalizationForm_C);
    if (normal.toUcs4().size() < shortestPassword)
        return failure(ErrorCode::InvalidInput, Words::tr("The password is too short: at least %1 characters are needed.").arg(shortestPassword));
    if (password.size() > longestPassword)
        return failure(ErrorCode::InvalidInput, Words::tr("The password is too long: at most %1 characters are taken.").arg(longestPassword));
    const QString plain = folded(password).remove(u' ');
    const QString name = lettersOf(folded(login));
    if (isEasyToGuess(plain) || (!name.isEmpty() && lettersOf(plain) == name))
        return failure(ErrorCode::InvalidInput, Words::tr("This password is easy to guess. Choose another, for example several words."));
    return {};
}

QString oneTimePassword()
{
    static const QString letters = QStringLiteral("abcdefghijkmnpqrstuvwxyz23456789"); // none that look alike
    QString out;
    for (int i = 0; i < 16; ++i) {
        if (i > 0 && i % 4 == 0)
            out += u'-';
        out += letters[QRandomGenerator::system()->bounded(letters.size())];
    }
    return out;
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
