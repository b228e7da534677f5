// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/assignednumbers.h>

#include <QDateTime>
#include <QTimeZone>

namespace ioc {

Result<void> assignNumbers(db::Connection &connection, const RecordType &type, Values &values, qint64 atMs)
{
    for (const Field &field : type.fields) {
        if (field.assigned.isEmpty() || values.contains(field.name))
            continue;
        const QString year = QString::number(QDateTime::fromMSecsSinceEpoch(atMs, QTimeZone::fromSecondsAheadOfUtc(7 * 3600)).date().year());
        const QString counter = type.name + u'.' + field.name + (field.assigned.contains(QStringLiteral("{year}")) ? u'.' + year : QString());
        const auto counted = connection.exec(QStringLiteral("INSERT INTO central_counter (name, value) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1"), {counter});
        if (!counted)
            return std::unexpected(counted.error());
        const auto sequence = connection.integer(QStringLiteral("SELECT value FROM central_counter WHERE name = ?"), {counter});
        if (!sequence)
            return std::unexpected(sequence.error());
        values.insert(field.name, QString(field.assigned).replace(QStringLiteral("{year}"), year).replace(QStringLiteral("{sequence}"), QStringLiteral("%1").arg(*sequence, 6, 10, QChar(u'0'))));
    }
    return {};
}

} // namespace ioc
