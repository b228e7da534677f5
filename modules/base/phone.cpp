// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/phone.h>

#include <QCoreApplication>

namespace ioc {

Result<QString> normalisedPhone(QStringView text)
{
    const auto refuse = [&] {
        return failure(ErrorCode::InvalidInput,
                       QCoreApplication::translate("Phone", "This is not a phone number. Write it like 0901 234 567 or +84 901 234 567."),
                       text.left(64).toString());
    };
    QString digits;
    bool plus = false;
    for (const QChar c : text.trimmed()) {
        if (c == u'+' && digits.isEmpty() && !plus)
            plus = true;
        else if (c >= u'0' && c <= u'9')
            digits += c;
        else if (c != u' ' && c != u'.' && c != u'-' && c != u'(' && c != u')' && c != u'\u00a0')
            return refuse();
    }
    if (!plus && digits.size() >= 3 && digits.size() <= 5)
        return digits;
    const bool service = digits.startsWith(QStringLiteral("1800")) || digits.startsWith(QStringLiteral("1900"));
    if (!plus && service && digits.size() >= 8 && digits.size() <= 10)
        return digits; // Vietnamese service numbers have no international form
    if (!plus && digits.startsWith(QStringLiteral("00")))
        digits.remove(0, 2); // how "+" is dialled
    else if (!plus && digits.startsWith(u'0'))
        digits.replace(0, 1, QStringLiteral("84"));
    else if (!plus && !digits.startsWith(QStringLiteral("84")))
        return refuse();
    if (digits.startsWith(QStringLiteral("840")))
        digits.remove(2, 1); // "+84 (0)28 …": the trunk zero is not dialled after the country
    if (digits.size() < 8 || digits.size() > 15 || digits.startsWith(u'0') || digits.startsWith(QStringLiteral("840")))
        return refuse();
    return u'+' + digits;
}

} // namespace ioc
