// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/assignednumbers.h>

#include <db/schema.h>

#include <QCryptographicHash>
#include <QDateTime>
#include <QTimeZone>

#include <algorithm>

namespace ioc {

namespace {

QString counterOf(const RecordType &type, const Field &field, const QString &year)
{
    return type.name + u'.' + field.name + (field.assigned.contains(QStringLiteral("{year}")) ? u'.' + year : QString());
}

QString yearOf(qint64 atMs)
{
    return QString::number(QDateTime::fromMSecsSinceEpoch(atMs, QTimeZone::fromSecondsAheadOfUtc(7 * 3600)).date().year());
}

// A name has 63 bytes at most.
QString sequenceOf(const QString &counter)
{
    const QByteArray hash = QCryptographicHash::hash(counter.toUtf8(), QCryptographicHash::Sha256).toHex().first(16);
    return db::quoted(QStringLiteral("central_number.%1.%2").arg(counter.left(30), QString::fromLatin1(hash)));
}

} // namespace

Result<qint64> AssignedNumbers::counted(const QString &counter)
{
    return m_connection.exec(QStringLiteral("INSERT INTO central_counter (name, value) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1"), {counter})
        .and_then([&](qint64) { return m_connection.integer(QStringLiteral("SELECT value FROM central_counter WHERE name = ?"), {counter}); });
}

// A sequence: who draws a number does not wait for the commit of who drew the one before.
Result<qint64> AssignedNumbers::drawn(const QString &counter)
{
    const QString sequence = sequenceOf(counter);
    const QString draw = QStringLiteral("SELECT coalesce(nextval(to_regclass(?)), 0)");
    qint64 number = 0;
    const auto done = m_connection.eachAside(draw, {sequence}, [&](const db::Row &row) {
        number = row.integer(0);
        return false;
    });
    if (!done || number > 0)
        return done.transform([&] { return number; });
    return m_connection.exec(QStringLiteral("CREATE SEQUENCE IF NOT EXISTS ") + sequence).and_then([&](qint64) { return m_connection.integer(draw, {sequence}); });
}

Result<qint64> AssignedNumbers::next(const QString &counter)
{
    if (const auto ready = drawAhead(counter); !ready)
        return std::unexpected(ready.error());
    Ahead &ahead = m_ahead[counter];
    if (!ahead.numbers.isEmpty())
        return ahead.numbers.takeLast();
    ++ahead.drawn;
    return m_connection.dialect() == db::Dialect::Sqlite ? counted(counter) : drawn(counter);
}

// The first one alone: it makes the sequence, too, where there is none yet. Then few times for many, and still not many for nothing where most are refused.
Result<void> AssignedNumbers::drawAhead(const QString &counter)
{
    Ahead &ahead = m_ahead[counter];
    const qsizetype count = std::min(3 * ahead.drawn, ahead.expected - ahead.drawn);
    if (!ahead.numbers.isEmpty() || count < 2)
        return {};
    ahead.drawn += count;
    return m_connection.eachAside(QStringLiteral("SELECT nextval(to_regclass(?)) FROM generate_series(1, ?)"), {sequenceOf(counter), count}, [&](const db::Row &row) {
        ahead.numbers.prepend(row.integer(0));
        return true;
    });
}

void AssignedNumbers::expect(const RecordType &type, qint64 atMs, qsizetype count)
{
    if (m_connection.dialect() == db::Dialect::Sqlite)
        return;
    for (const Field &field : type.fields) {
        if (!field.assigned.isEmpty())
            m_ahead[counterOf(type, field, yearOf(atMs))].expected += count;
    }
}

Result<void> AssignedNumbers::assign(const RecordType &type, Values &values, qint64 atMs)
{
    const QString year = yearOf(atMs);
    for (const Field &field : type.fields) {
        if (field.assigned.isEmpty() || values.contains(field.name))
            continue;
        const auto sequence = next(counterOf(type, field, year));
        if (!sequence)
            return std::unexpected(sequence.error());
        values.insert(field.name, QString(field.assigned).replace(QStringLiteral("{year}"), year).replace(QStringLiteral("{sequence}"), QStringLiteral("%1").arg(*sequence, 6, 10, QChar(u'0'))));
    }
    return {};
}

} // namespace ioc
