// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/assignednumbers.h>

#include <db/schema.h>

#include <QCryptographicHash>
#include <QDateTime>
#include <QTimeZone>

namespace ioc {

namespace {

Result<qint64> counted(db::Connection &connection, const QString &counter)
{
    return connection.exec(QStringLiteral("INSERT INTO central_counter (name, value) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1"), {counter})
        .and_then([&](qint64) { return connection.integer(QStringLiteral("SELECT value FROM central_counter WHERE name = ?"), {counter}); });
}

// A sequence: who draws a number does not wait for the commit of who drew the one before. A name has 63 bytes at most.
Result<qint64> drawn(db::Connection &connection, const QString &counter)
{
    const QByteArray hash = QCryptographicHash::hash(counter.toUtf8(), QCryptographicHash::Sha256).toHex().first(16);
    const QString sequence = db::quoted(QStringLiteral("central_number.%1.%2").arg(counter.left(30), QString::fromLatin1(hash)));
    const QString draw = QStringLiteral("SELECT coalesce(nextval(to_regclass(?)), 0)");
    const auto number = connection.integer(draw, {sequence});
    if (!number || *number > 0)
        return number;
    return connection.exec(QStringLiteral("CREATE SEQUENCE IF NOT EXISTS ") + sequence).and_then([&](qint64) { return connection.integer(draw, {sequence}); });
}

} // namespace

Result<void> assignNumbers(db::Connection &connection, const RecordType &type, Values &values, qint64 atMs)
{
    for (const Field &field : type.fields) {
        if (field.assigned.isEmpty() || values.contains(field.name))
            continue;
        const QString year = QString::number(QDateTime::fromMSecsSinceEpoch(atMs, QTimeZone::fromSecondsAheadOfUtc(7 * 3600)).date().year());
        const QString counter = type.name + u'.' + field.name + (field.assigned.contains(QStringLiteral("{year}")) ? u'.' + year : QString());
        const auto sequence = connection.dialect() == db::Dialect::Sqlite ? counted(connection, counter) : drawn(connection, counter);
        if (!sequence)
            return std::unexpected(sequence.error());
        values.insert(field.name, QString(field.assigned).replace(QStringLiteral("{year}"), year).replace(QStringLiteral("{sequence}"), QStringLiteral("%1").arg(*sequence, 6, 10, QChar(u'0'))));
    }
    return {};
}

} // namespace ioc
