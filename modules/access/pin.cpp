// SPDX-License-Identifier: GPL-3.0-or-later
#include <access/password.h>
#include <access/pin.h>

#include <base/textfold.h>

#include <QCoreApplication>

#include <algorithm>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Access)
};

constexpr qsizetype longestPin = 200;

// A day of this or the last century, day first or year first: what many choose.
bool isDate(const QString &pin)
{
    if (pin.size() != shortestPin || !std::ranges::all_of(pin, [](QChar c) { return c >= u'0' && c <= u'9'; }))
        return false;
    const auto isYear = [](int year) { return year >= 1930 && year <= 2039; };
    const auto isDay = [](int day, int month) { return day >= 1 && day <= 31 && month >= 1 && month <= 12; };
    const auto digits = [&](qsizetype from, qsizetype count) { return QStringView(pin).sliced(from, count).toInt(); };
    return (isDay(digits(0, 2), digits(2, 2)) && isYear(digits(4, 4))) || (isYear(digits(0, 4)) && isDay(digits(6, 2), digits(4, 2)));
}

} // namespace

Result<void> checkedPin(const QString &pin, const QString &login)
{
    if (pin.normalized(QString::NormalizationForm_C).toUcs4().size() < shortestPin)
        return failure(ErrorCode::InvalidInput, Words::tr("The PIN is too short: at least %1 digits or letters are needed.").arg(shortestPin));
    if (pin.size() > longestPin)
        return failure(ErrorCode::InvalidInput, Words::tr("The PIN is too long: at most %1 characters are taken.").arg(longestPin));
    const QString plain = folded(pin).remove(u' ');
    if (isEasyToGuess(plain) || isDate(plain) || plain == folded(login).remove(u' '))
        return failure(ErrorCode::InvalidInput, Words::tr("This PIN is easy to guess. Choose another, and no date."));
    return {};
}

} // namespace ioc
