// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <records/field.h>
#include <records/record.h>

#include <QStringList>

namespace ioc {

/// A rule across fields.
struct Rule
{
    enum class Kind {
        Order,    ///< first ≤ second, when both are set
        Requires, ///< when first is set, second must be
    };
    Kind kind = Kind::Order;
    QString first;
    QString second;
    LocalText message;
};

/// A kind of record, declared once in resources/types/<name>.json; tables, validation, forms, filters, search and
/// the map layer are derived from it.
struct RecordType
{
    enum class Group {
        Catalogue,  ///< shown in the catalogue, with form, table and map layer
        Operations, ///< has an area of its own
        System,     ///< kept and synced, seen through other screens
    };

    QString name; ///< lower_case; also the table's name
    LocalText label;
    LocalText plural;
    LocalText help;
    QString icon;
    QString colour; ///< of its map layer, "#rrggbb"
    Group group = Group::Catalogue;
    QString titleExpression; ///< text with {field} in it
    QList<Field> fields;
    QList<Rule> rules;
    QList<QStringList> uniqueKeys; ///< each a list of field names
    QString workflow;              ///< name of its workflow, empty when it has none
    QString parentField;           ///< reference to the record this one belongs to, empty when it stands alone
    QString sortField;             ///< order of its table as first shown
    bool sortDescending = false;
    bool clockLedger = false;   ///< its rows are the clock ledger of the record in parentField
    bool appendOnly = false;    ///< once made, never changed or deleted (ledger and timeline rows)
    QStringList changeRoles;    ///< roles that may create and change; empty: every role but "viewer"

    [[nodiscard]] const Field *field(QStringView fieldName) const;
    /// The field that holds the record's place on the map; null when it has none.
    [[nodiscard]] const Field *placeField() const;
    /// Names of the fields found by full-text search.
    [[nodiscard]] QStringList searchableFields() const;
    /// The line by which people know \a values: titleExpression filled in, choices in \a language.
    [[nodiscard]] QString title(const Values &values, QStringView language) const;
    [[nodiscard]] bool mayChange(const QString &role) const;
};

} // namespace ioc
