// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <records/typecatalog.h>

#include <QHash>
#include <QSet>

namespace ioc {

/// How far a right reaches over the unit tree.
enum class Reach {
    None,
    Unit,   ///< records of the account's own unit
    Branch, ///< of it and of all units below
    All,    ///< and those that belong to no unit
};

/// How much is shown of sensitive fields.
enum class Disclosure { Hidden, Masked, Open };

/// What a role is granted: one record of the type "role_grant". What is left open is as a less specific grant says, or as the built-in role has it.
struct Grant
{
    QString recordType; ///< empty: every type of the trade's records
    Id record;          ///< this record alone; null: all of the type
    std::optional<Reach> view;
    std::optional<Reach> capture; ///< to create and change
    std::optional<Reach> search;
    std::optional<Disclosure> sensitive;

    friend bool operator==(const Grant &, const Grant &) = default;
};

/// What may be done with the records of one type.
struct TypeRights
{
    Reach view = Reach::All;
    Reach capture = Reach::All;
    Reach search = Reach::All;
    Disclosure sensitive = Disclosure::Open;

    friend bool operator==(const TypeRights &, const TypeRights &) = default;
};

/// The rights of a role. Grants narrow what its built-in role may do, never widen it: who may change a type at all, and take which step, is
/// declared with the type.
class Rights
{
public:
    /// Those of a built-in role alone.
    explicit Rights(QString role = {}) : m_role(std::move(role)) {}
    /// A grant of a type counts before one of all types; for rows that belong to a record (a timeline entry), theirs before that record's.
    /// Administrators keep their rights over accounts, roles and units: nobody could give them back.
    Rights(const TypeCatalog &catalog, QString role, const QList<Grant> &grants);

    [[nodiscard]] const QString &role() const { return m_role; }
    [[nodiscard]] TypeRights of(const RecordType &type) const;
    [[nodiscard]] TypeRights of(const RecordType &type, const Id &record) const;
    /// Whether some records of \a type may be changed; which ones is said by their units.
    [[nodiscard]] bool mayCapture(const RecordType &type) const { return type.mayChange(m_role) && of(type).capture != Reach::None; }
    /// Whether nothing at all is kept from this role.
    [[nodiscard]] bool seesEverything() const;
    /// Records with rights of their own, by id.
    [[nodiscard]] const QHash<Id, TypeRights> &records() const { return m_records; }

    friend bool operator==(const Rights &, const Rights &) = default;

private:
    QString m_role;
    QHash<QString, TypeRights> m_types; ///< those that a grant speaks of
    QHash<Id, TypeRights> m_records;
};

/// The part of the unit tree that an account's rights reach.
struct Area
{
    Id unit;
    QSet<Id> branch; ///< the unit and all below it

    /// Whether something that belongs to \a units is within \a reach of here.
    [[nodiscard]] bool contains(Reach reach, const QList<Id> &units) const;
};

/// The unit \a unit and all below it; \a children are those right below each. A circle does no harm.
QSet<Id> branchOf(const Id &unit, const QMultiHash<Id, Id> &children);

/// The units that a record of \a root, a type without parent, belongs to: all its unit fields; a unit belongs to itself.
QList<Id> unitsOf(const RecordType &root, const Id &record, const Values &values);
/// Whether records of \a root belong to units at all.
bool belongsToUnits(const RecordType &root);

/// Whether records of \a type may hold personal data: to those who may not have them other values are shown (disclosed()).
bool mayBePersonal(const RecordType &type);
/// \a values as somebody with this \a disclosure may have them: sensitive fields taken out, or masked but for the last three characters where they are text.
/// \a root is the type whose units it follows, of which a row may hold former values.
Values disclosed(const RecordType &type, const RecordType &root, Values values, Disclosure disclosure);
/// \a value masked; undefined when nothing of it can be shown.
QCborValue masked(const Field &field, const QCborValue &value);

} // namespace ioc
