// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <records/record.h>

#include <QList>

namespace ioc {

/// One condition on a field. Choices and Files compare with any member.
struct Filter
{
    enum class Op { OneOf, NoneOf, AtLeast, Below, Empty, NotEmpty };
    QString field;
    Op op = Op::OneOf;
    QList<QCborValue> values; ///< one for AtLeast and Below, any number for OneOf and NoneOf, none for Empty and NotEmpty

    friend bool operator==(const Filter &, const Filter &) = default;
};

/// Which records of one type, and in what order. Records with an empty sort field come last either way.
struct Query
{
    QString type;
    QList<Filter> filters; ///< all must hold
    QString text;          ///< full-text search: every word (of the last, and of numbers, the start is enough; of personal data whole words alone), without marks finds with marks
    QString sortField;     ///< empty: newest first; not a sensitive one
    bool descending = false;

    friend bool operator==(const Query &, const Query &) = default;
};

/// A record as the local store keeps it.
struct StoredRecord
{
    qint64 key = 0;       ///< of its row in this store, never used again
    Record record;
    bool pending = false; ///< has edits that central has not answered, or not yet sent back

    friend bool operator==(const StoredRecord &, const StoredRecord &) = default;
};

/// A record with a place, as the map wants it.
struct PlacedRecord
{
    qint64 key = 0;
    double latitude = 0;
    double longitude = 0;
};

/// A record found by search over all types.
struct SearchHit
{
    QString type;
    qint64 key = 0;
    Record record;
};

} // namespace ioc
