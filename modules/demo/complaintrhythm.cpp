// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/zone.h>
#include <demo/complaintrhythm.h>
#include <demo/demorandom.h>
#include <exchange/csvreader.h>

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>

namespace ioc {

namespace {

constexpr qint64 mondayMs = 4 * dayMs - zoneMs; // 1970-01-05 0:00 in Viet Nam

int hourOfWeek(qint64 ms)
{
    const qint64 hours = (ms - mondayMs) / hourMs;
    return static_cast<int>(((hours % 168) + 168) % 168);
}

} // namespace

ComplaintRhythm::ComplaintRhythm(const QList<int> &hours, const QList<int> &weekdays)
{
    for (int i = 0; i < 168; ++i)
        m_weights[static_cast<size_t>(i)] = static_cast<double>(hours.value(i % 24, 1)) * weekdays.value(i / 24, 1);
}

Result<ComplaintRhythm> ComplaintRhythm::learned(QIODevice &csv)
{
    const auto refuse = [](const QString &why) {
        return failure(ErrorCode::NotFound, QCoreApplication::translate("Demo", "The list of service requests tells no rhythm."), why);
    };
    CsvReader reader(csv);
    const auto header = reader.next();
    if (!header || !*header)
        return refuse(QStringLiteral("no header"));
    const qsizetype column = (*header)->fields.indexOf(QStringLiteral("Created Date"));
    ComplaintRhythm out;
    out.m_weights.fill(1); // an hour that the list lacks is rare, not impossible
    int seen = 0;
    for (;;) {
        const auto row = reader.next();
        if (!row)
            return std::unexpected(row.error());
        if (!*row)
            break;
        const QDateTime at = QDateTime::fromString((*row)->fields.value(column), QStringLiteral("M/d/yyyy H:mm"));
        if (column < 0 || !at.isValid())
            continue;
        ++seen;
        const int hour = (at.date().dayOfWeek() - 1) * 24 + at.time().hour();
        out.m_weights[static_cast<size_t>(hour)] += 1;
    }
    if (seen < 168)
        return refuse(QStringLiteral("only %1 dates").arg(seen));
    return out;
}

QList<qint64> ComplaintRhythm::times(qint64 nowMs, int days, qint64 count, quint64 seed) const
{
    const qint64 startMs = nowMs - days * dayMs;
    QList<double> upTo; // weight of all hours up to and with this one; the last is cut at now
    double total = 0;
    for (qint64 hour = 0; hour < days * 24LL; ++hour) {
        total += weight(hourOfWeek(startMs + hour * hourMs));
        upTo += total;
    }
    DemoRandom random(seed);
    QList<qint64> out;
    out.reserve(count);
    for (qint64 i = 0; i < count && total > 0; ++i) {
        const auto hour = std::ranges::upper_bound(upTo, random.real() * total) - upTo.begin();
        out += startMs + std::min<qint64>(hour, upTo.size() - 1) * hourMs + random.below(hourMs);
    }
    std::ranges::sort(out);
    return out;
}

} // namespace ioc
