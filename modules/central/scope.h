// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <access/sessions.h>
#include <records/recordtype.h>

namespace ioc {

/// What an account's devices receive. Now every record is everybody's (an account's row holds no secret); what follows units
/// and roles is decided here and nowhere else.
class Scope
{
public:
    explicit Scope(const Identity &who) : m_who(who) {}

    /// Accounts with the same key receive the same records: they share a snapshot. Letters, digits and "-".
    [[nodiscard]] QString key() const { return QStringLiteral("all"); }
    /// Changes when the account's scope does: a cursor of another one starts again.
    [[nodiscard]] qint64 version() const { return 1; }
    /// Whether a record of \a type that belongs to \a unit (null: to none) is to be sent; one that is not is withdrawn.
    [[nodiscard]] bool sees(const RecordType &type, const Id &unit) const
    {
        Q_UNUSED(type);
        Q_UNUSED(unit);
        return true;
    }
    [[nodiscard]] const Identity &who() const { return m_who; }

private:
    Identity m_who;
};

} // namespace ioc
