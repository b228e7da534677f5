// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/settings.h>

#include <wire/session.h>

#include <QCoreApplication>

namespace ioc {

namespace {

QString keyOf(const QString &name)
{
    return QStringLiteral("setting.") + name;
}

Result<Settings::Known> knownAs(const QString &name)
{
    for (const Settings::Known &one : Settings::known()) {
        if (one.name == name)
            return one;
    }
    return failure(ErrorCode::NotFound, QCoreApplication::translate("Central", "There is no setting “%1”.").arg(name));
}

} // namespace

const QList<Settings::Known> &Settings::known()
{
    static const QList<Known> all{{QStringLiteral("offline_days"), 0, longestOfflineDays, defaultOfflineDays}};
    return all;
}

Result<int> Settings::value(const QString &name) const
{
    return knownAs(name).and_then([&](const Known &setting) -> Result<int> {
        const auto kept = m_connection.one<int>(QStringLiteral("SELECT value FROM central_meta WHERE name = ?"), {keyOf(name)}, [](const db::Row &row) { return row.bytes(0).toInt(); });
        if (!kept)
            return kept.error().code == ErrorCode::NotFound ? Result<int>(setting.otherwise) : kept;
        return std::clamp(*kept, setting.lowest, setting.highest);
    });
}

Result<void> Settings::set(const QString &name, int value, const Clock &clock)
{
    const auto setting = knownAs(name);
    if (!setting)
        return std::unexpected(setting.error());
    if (value < setting->lowest || value > setting->highest)
        return failure(ErrorCode::InvalidInput, QCoreApplication::translate("Central", "The setting %1 takes a number from %2 to %3.").arg(name).arg(setting->lowest).arg(setting->highest));
    auto transaction = db::Transaction::begin(m_connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    const auto written = m_connection.exec(QStringLiteral("INSERT INTO central_meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"),
                                           {keyOf(name), QByteArray::number(value)});
    if (!written)
        return std::unexpected(written.error());
    return AuditJournal(m_connection).add({.kind = AuditKind::SettingChanged, .atMs = clock.nowMs(), .who = AuditActor::atConsole(), .type = {}, .record = {}, .op = {},
                                           .details = {{QStringLiteral("name"), name}, {QStringLiteral("value"), value}}})
        .and_then([&] { return transaction->commit(); });
}

} // namespace ioc
