// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <db/connection.h>
#include <records/recordtype.h>

#include <QHash>

namespace ioc {

/// Numbers that central gives: {year} is that of the time at hand in Viet Nam, {sequence} counts within it, six digits wide. Within a transaction of
/// the caller's: a number is used up only when it is committed; on PostgreSQL, where others do not wait for that, a transaction that fails
/// leaves a gap, and so does one drawn ahead that nobody took. None is ever given twice.
class AssignedNumbers
{
public:
    explicit AssignedNumbers(db::Connection &connection) : m_connection(connection) {}
    /// Fills in the fields of \a values that central assigns and that are still empty.
    Result<void> assign(const RecordType &type, Values &values, qint64 atMs);
    /// \a count records of \a type may be about to be made: where it saves anything, more than one number is drawn at a time, three for each that was
    /// drawn before, so that no more than three are left over for each that was given.
    void expect(const RecordType &type, qint64 atMs, qsizetype count);

private:
    Result<qint64> next(const QString &counter);
    Result<qint64> counted(const QString &counter);
    Result<qint64> drawn(const QString &counter);
    Result<void> drawAhead(const QString &counter);

    db::Connection &m_connection;
    struct Ahead
    {
        qsizetype expected = 0;
        qsizetype drawn = 0;
        QList<qint64> numbers; // the lowest last
    };
    QHash<QString, Ahead> m_ahead; // by counter
};

} // namespace ioc
