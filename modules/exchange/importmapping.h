// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <records/typecatalog.h>

#include <QRegularExpression>
#include <QStringList>

#include <optional>

namespace ioc {

/// How one field gets its value from a row.
struct FieldRule
{
    QString field;
    QStringList columns;  ///< joined by a blank; two for a place: latitude and longitude
    QString constant;     ///< instead of columns
    QString pattern;      ///< applied to the first column; its named groups can be used in \c text
    QRegularExpression expression;
    QString text;         ///< text with {column} or {group} in it; {month:2} fills up with zeros to two digits
    QList<std::pair<QStringList, QString>> values; ///< what the file writes → what is kept; compared folded
    std::optional<QString> otherwise; ///< for what \c values lacks
    QString prefix;       ///< first part of the key of the record referred to (see importId())
    bool leaveEmptyWhenWrong = false; ///< keep the row without this value and say so, instead of refusing it
};

/// A condition that a row must meet.
struct RowCondition
{
    QString column;
    QStringList is; ///< one of these; or
    QStringList isNot; ///< none of these
};

/// How rows become records of one type; written by hand as JSON (resources/demo/mappings has examples):
/// \code
/// { "type": "lodging", "key": ["osm_id"], "key_prefix": "osm",
///   "where": [ { "column": "category", "is": ["lodging"] } ],
///   "fields": [
///     { "field": "name", "column": "name" },
///     { "field": "kind", "column": "kind", "values": [ { "from": ["motel"], "to": "guest_house" } ] },
///     { "field": "place", "columns": ["lat", "lon"] },
///     { "field": "rooms", "column": "rooms", "when_wrong": "leave_empty" },
///     { "field": "source", "constant": "OpenStreetMap" } ] }
/// \endcode
struct ImportMapping
{
    QString type;
    QStringList key;    ///< columns whose values name the row at its source; empty: all that is imported names it
    QString keyPrefix;  ///< tells sources with keys of the same look apart
    QList<RowCondition> where;
    QList<FieldRule> fields;

    /// Reads one mapping, or several from {"mappings": [ … ]}: each row goes to the first whose conditions it meets.
    static Result<QList<ImportMapping>> read(const QByteArray &json, const TypeCatalog &catalog);

    /// Matches \a header with the fields of \a type by name or by label in any language, folded; "latitude" and "longitude"
    /// (also vĩ độ, kinh độ …) make the place. InvalidInput when nothing matches or a required field has no column.
    static Result<ImportMapping> fromHeader(const RecordType &type, const QStringList &header);
};

} // namespace ioc
