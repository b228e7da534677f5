// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDate>
#include <QLocale>
#include <QString>
#include <QTimeZone>

namespace ioc {

/// Numbers, money and times as people in Viet Nam read them, in the language of the screen.
/// Times are UTC milliseconds and always shown in Viet Nam's time, wherever the machine stands.
/// Words come from the installed translator, separators from the locale. Numbers and their units are
/// joined by a no-break space.
class Format
{
public:
    explicit Format(const QLocale &locale = QLocale(QLocale::Vietnamese, QLocale::Vietnam));

    /// Asia/Ho_Chi_Minh, or a fixed +07:00 on a machine without a time zone database.
    static QTimeZone displayZone();
    /// The day in Viet Nam at \a ms.
    static QDate dayOf(qint64 ms);

    [[nodiscard]] QString date(QDate date) const;          ///< 31/12/2025
    [[nodiscard]] QString date(qint64 ms) const;           ///< 31/12/2025
    [[nodiscard]] QString time(qint64 ms) const;           ///< 23:59
    [[nodiscard]] QString dateTime(qint64 ms) const;       ///< 31/12/2025 23:59
    [[nodiscard]] QString month(QDate date) const;         ///< 12/2025
    [[nodiscard]] QString shortMonth(QDate date) const;    ///< Th12, Dec
    [[nodiscard]] QString shortDay(QDate date) const;      ///< 31/12

    /// How long ago \a ms was, or how far ahead it is: "5 min ago", "in 2 h"; older than a week: the date.
    [[nodiscard]] QString relative(qint64 ms, qint64 nowMs) const;
    /// What is left until the deadline \a dueMs: "2 h left", "3 d overdue".
    [[nodiscard]] QString remaining(qint64 dueMs, qint64 nowMs) const;
    /// A length of time in its largest fitting unit: "45 s", "5 min", "2 h", "3 d".
    [[nodiscard]] QString duration(qint64 ms) const;

    /// 1.234.567; with \a decimals digits after the decimal sign.
    [[nodiscard]] QString number(double value, int decimals = 0) const;
    /// \a ratio 0.125 gives "12,5 %"; a whole percentage has no decimals.
    [[nodiscard]] QString percent(double ratio, int decimals = 1) const;
    /// 1.250.000 ₫
    [[nodiscard]] QString money(qint64 dong) const;
    /// At most about four characters of digits: "950", "12,3 nghìn", "1,2 tr", "3,4 tỷ".
    [[nodiscard]] QString compact(double value) const;

    [[nodiscard]] const QLocale &locale() const { return m_locale; }

private:
    [[nodiscard]] QString trimmedNumber(double value, int decimals) const;

    QLocale m_locale;
};

} // namespace ioc
