// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <access/sessions.h>
#include <records/rights.h>

namespace ioc {

/// What an account sees and may change, and so what its devices receive. What follows units and roles is decided here and nowhere else.
class Scope
{
public:
    /// What an account's rights come to, whoever has them; made once for all accounts of one role and unit.
    struct Contents
    {
        Contents(const TypeCatalog &catalog, Rights rights, Area area);

        Rights rights;
        Area area;
        QHash<QString, bool> belongs; ///< whether records of a type belong to units
        QHash<QString, const RecordType *> roots;
        QString key;
        qint64 version = 1;
    };
    /// The built-in role's rights, with no grant.
    explicit Scope(const Identity &who) : m_who(who) {}
    Scope(const Identity &who, std::shared_ptr<const Contents> contents) : m_who(who), m_contents(std::move(contents)) {}

    /// Accounts with the same key receive the same: they share a snapshot. Letters, digits and "-".
    [[nodiscard]] QString key() const { return m_contents ? m_contents->key : QStringLiteral("all"); }
    /// Changes when what the account receives does: a cursor of another one starts again.
    [[nodiscard]] qint64 version() const { return m_contents ? m_contents->version : 1; }
    /// Whether a record of \a type that belongs to \a units is to be sent.
    [[nodiscard]] bool sees(const RecordType &type, const Id &record, const QList<Id> &units) const;
    /// Whether it may be made and changed.
    [[nodiscard]] bool mayCapture(const RecordType &type, const Id &record, const QList<Id> &units) const;
    /// Whether some of \a type may be.
    [[nodiscard]] bool mayCapture(const RecordType &type) const;
    /// Whether a record's units have to be known to tell whether it is seen.
    [[nodiscard]] bool asksForUnits(const RecordType &type) const;
    [[nodiscard]] bool asksForUnitsToCapture(const RecordType &type) const;
    [[nodiscard]] Disclosure disclosure(const RecordType &type) const;
    /// Whether personal data of any type are seen whole.
    [[nodiscard]] bool opensPersonal(const TypeCatalog &catalog) const;
    /// \a values as they may be sent.
    [[nodiscard]] Values shown(const RecordType &type, Values values) const;
    [[nodiscard]] const Identity &who() const { return m_who; }

private:
    [[nodiscard]] bool within(Reach reach, const RecordType &type, const QList<Id> &units) const;

    Identity m_who;
    std::shared_ptr<const Contents> m_contents; ///< none: everything
};

} // namespace ioc
