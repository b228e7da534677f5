// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/auditjournal.h>

#include <base/clock.h>

namespace ioc {

/// What a deployment decides for all its centrals and devices; kept in the database.
class Settings
{
public:
    /// One of them: its name, the values it takes, and what it is when nobody has set it.
    struct Known
    {
        QString name;
        int lowest = 0;
        int highest = 0;
        int otherwise = 0;
    };
    static const QList<Known> &known();

    explicit Settings(db::Connection &connection) : m_connection(connection) {}

    /// NotFound when there is no setting of that name.
    [[nodiscard]] Result<int> value(const QString &name) const;
    /// InvalidInput when the setting does not take \a value; entered into the journal.
    Result<void> set(const QString &name, int value, const Clock &clock);
    /// How many days a device may let the same person in without central; 0: never.
    [[nodiscard]] Result<int> offlineDays() const { return value(QStringLiteral("offline_days")); }

private:
    db::Connection &m_connection;
};

} // namespace ioc
