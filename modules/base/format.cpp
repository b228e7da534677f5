// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/format.h>

#include <QCoreApplication>
#include <QDateTime>

#include <cmath>

namespace ioc {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 second = 1000;
constexpr qint64 minute = 60 * second;
constexpr qint64 hour = 60 * minute;
constexpr qint64 day = 24 * hour;
constexpr QChar noBreakSpace(0x00a0);

QDateTime local(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, Format::displayZone());
}

struct Length
{
    int count;
    enum Unit { Seconds, Minutes, Hours, Days } unit;
};

/// Whole units only, rounded down: "2 h left" must not promise more than there is.
Length lengthOf(qint64 ms)
{
    const qint64 length = std::abs(ms);
    if (length < minute)
        return {int(length / second), Length::Seconds};
    if (length < hour)
        return {int(length / minute), Length::Minutes};
    if (length < day)
        return {int(length / hour), Length::Hours};
    return {int(length / day), Length::Days};
}

} // namespace

Format::Format(const QLocale &locale) : m_locale(locale)
{
    m_locale.setNumberOptions(QLocale::DefaultNumberOptions);
}

QTimeZone Format::displayZone()
{
    static const QTimeZone zone = [] {
        const QTimeZone named("Asia/Ho_Chi_Minh");
        return named.isValid() ? named : QTimeZone::fromSecondsAheadOfUtc(7 * 3600);
    }();
    return zone;
}

QDate Format::dayOf(qint64 ms)
{
    return local(ms).date();
}

QString Format::date(QDate date) const
{
    return date.toString(u"dd/MM/yyyy"_s);
}

QString Format::date(qint64 ms) const
{
    return date(dayOf(ms));
}

QString Format::time(qint64 ms) const
{
    return local(ms).time().toString(u"HH:mm"_s);
}

QString Format::dateTime(qint64 ms) const
{
    return local(ms).toString(u"dd/MM/yyyy HH:mm"_s);
}

QString Format::month(QDate date) const
{
    return date.toString(u"MM/yyyy"_s);
}

QString Format::shortMonth(QDate date) const
{
    // CLDR's Vietnamese short form is "thg 1"; offices here write Th1.
    if (m_locale.language() == QLocale::Vietnamese)
        return u"Th%1"_s.arg(date.month());
    return m_locale.standaloneMonthName(date.month(), QLocale::ShortFormat);
}

QString Format::shortDay(QDate date) const
{
    return date.toString(u"dd/MM"_s);
}

QString Format::relative(qint64 ms, qint64 nowMs) const
{
    const qint64 away = ms - nowMs;
    if (std::abs(away) < minute)
        return QCoreApplication::translate("Format", "just now");
    if (std::abs(away) >= 7 * day)
        return date(ms);
    const Length length = lengthOf(away);
    const bool ahead = away > 0;
    switch (length.unit) {
    case Length::Seconds:
    case Length::Minutes:
        return ahead ? QCoreApplication::translate("Format", "in %n min", nullptr, length.count)
                     : QCoreApplication::translate("Format", "%n min ago", nullptr, length.count);
    case Length::Hours:
        return ahead ? QCoreApplication::translate("Format", "in %n h", nullptr, length.count)
                     : QCoreApplication::translate("Format", "%n h ago", nullptr, length.count);
    case Length::Days:
        break;
    }
    return ahead ? QCoreApplication::translate("Format", "in %n d", nullptr, length.count)
                 : QCoreApplication::translate("Format", "%n d ago", nullptr, length.count);
}

QString Format::remaining(qint64 dueMs, qint64 nowMs) const
{
    const qint64 left = dueMs - nowMs;
    const bool overdue = left < 0;
    const Length length = lengthOf(left);
    switch (length.unit) {
    case Length::Seconds:
        return overdue ? QCoreApplication::translate("Format", "just overdue")
                       : QCoreApplication::translate("Format", "under a minute left");
    case Length::Minutes:
        return overdue ? QCoreApplication::translate("Format", "%n min overdue", nullptr, length.count)
                       : QCoreApplication::translate("Format", "%n min left", nullptr, length.count);
    case Length::Hours:
        return overdue ? QCoreApplication::translate("Format", "%n h overdue", nullptr, length.count)
                       : QCoreApplication::translate("Format", "%n h left", nullptr, length.count);
    case Length::Days:
        break;
    }
    return overdue ? QCoreApplication::translate("Format", "%n d overdue", nullptr, length.count)
                   : QCoreApplication::translate("Format", "%n d left", nullptr, length.count);
}

QString Format::duration(qint64 ms) const
{
    const Length length = lengthOf(ms);
    switch (length.unit) {
    case Length::Seconds:
        return QCoreApplication::translate("Format", "%n s", nullptr, length.count);
    case Length::Minutes:
        return QCoreApplication::translate("Format", "%n min", nullptr, length.count);
    case Length::Hours:
        return QCoreApplication::translate("Format", "%n h", nullptr, length.count);
    case Length::Days:
        break;
    }
    return QCoreApplication::translate("Format", "%n d", nullptr, length.count);
}

QString Format::number(double value, int decimals) const
{
    return m_locale.toString(value, 'f', decimals);
}

QString Format::trimmedNumber(double value, int decimals) const
{
    const double scale = std::pow(10.0, decimals);
    const double rounded = std::round(value * scale) / scale;
    const bool whole = rounded == std::round(rounded);
    return number(rounded, whole ? 0 : decimals);
}

QString Format::percent(double ratio, int decimals) const
{
    const QString digits = trimmedNumber(ratio * 100.0, decimals);
    return m_locale.language() == QLocale::Vietnamese ? digits + noBreakSpace + u'%' : digits + u'%';
}

QString Format::money(qint64 dong) const
{
    return m_locale.toString(dong) + noBreakSpace + QChar(0x20ab);
}

QString Format::compact(double value) const
{
    const double size = std::abs(value);
    // The steps lie where rounding would otherwise give "1.000 nghìn".
    if (size < 999.5)
        return trimmedNumber(value, size < 10 ? 1 : 0);
    if (size < 999'500)
        return QCoreApplication::translate("Format", "%1K", "thousand").arg(trimmedNumber(value / 1e3, size < 99'950 ? 1 : 0));
    if (size < 999'500'000)
        return QCoreApplication::translate("Format", "%1M", "million").arg(trimmedNumber(value / 1e6, size < 99'950'000 ? 1 : 0));
    return QCoreApplication::translate("Format", "%1B", "billion").arg(trimmedNumber(value / 1e9, size < 99.95e9 ? 1 : 0));
}

} // namespace ioc
