// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/id.h>

#include <QCborValue>
#include <QMap>

namespace ioc {

/// Field values by field name, each written as its FieldKind says. A missing name and a null value both mean "empty".
using Values = QMap<QString, QCborValue>;

/// The state of one record.
struct Record
{
    QString type;
    Id id;
    qint64 version = 0; ///< central's number of this state; 0: central has not seen it
    Values values;
    bool deleted = false;

    /// The value of \a field; undefined when empty.
    [[nodiscard]] QCborValue value(const QString &field) const
    {
        const QCborValue found = values.value(field);
        return found.isNull() ? QCborValue() : found;
    }
    [[nodiscard]] QString text(const QString &field) const { return value(field).toString(); }
    [[nodiscard]] qint64 integer(const QString &field, qint64 otherwise = 0) const { return value(field).toInteger(otherwise); }
    /// The id in a reference field; null when empty.
    [[nodiscard]] Id reference(const QString &field) const { return Id::fromString(text(field)).value_or(Id()); }

    friend bool operator==(const Record &, const Record &) = default;
};

/// True when \a a and \a b mean the same; undefined and null are both "empty".
inline bool sameValue(const QCborValue &a, const QCborValue &b)
{
    const bool emptyA = a.isNull() || a.isUndefined();
    const bool emptyB = b.isNull() || b.isUndefined();
    return emptyA || emptyB ? emptyA == emptyB : a == b;
}

/// One field's change: what the author saw and what they made of it.
struct FieldChange
{
    QString field;
    QCborValue oldValue;
    QCborValue newValue;

    friend bool operator==(const FieldChange &, const FieldChange &) = default;
};

} // namespace ioc
