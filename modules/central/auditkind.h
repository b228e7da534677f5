// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1StringView>

#include <array>
#include <utility>

namespace ioc {

/// What an entry of the audit journal is about. A new kind is one line here and one in auditKindCodes.
enum class AuditKind {
    JournalBegan,      ///< the first entry; details: epoch, operations (those answered before there was a journal)
    OperationTaken,    ///< answered for good, not refused; see auditOf()
    OperationRefused,
    SignedIn,          ///< details: peer
    SignInFailed,      ///< details: peer. The account is there when only the password was wrong
    TokenMisused,      ///< a refresh token used twice, or on another device; details: reason, family, peer
    SignedOut,
    AccountAdded,      ///< record: the account; details: login, role
    AccountDisabled,
    PasswordSet,
    RecordsImported,   ///< one type of one transaction of an import; details: added, changed, records (their ids, 16 bytes each)
    BackupMade,        ///< details: files, feed (its end)
    BackupRestored,    ///< details: epoch (the one before), feed, made_ms, restored_ms
    SealedSeen,        ///< somebody looked at sealed fields; details: fields, received_ms
    AccountEnabled,
    AccountUnlocked,   ///< wrong passwords are forgiven
    SessionsEnded,     ///< signed out everywhere
    PasswordChanged,   ///< by the person; PasswordSet by somebody else (details: one_time)
    DeviceRevoked,     ///< details: device, name
    DeviceRestored,
    SettingChanged,    ///< details: name, value
    PersonExported,    ///< a copy of what is held about somebody; details: fields by which the record was found
    PersonErased,      ///< personal data of a record are gone for good; details: fields by which it was found
};

/// The codes as they are stored, in the order of AuditKind: for ever, so none is changed and none used for something else.
inline constexpr std::array auditKindCodes{
    QLatin1StringView("journal.began"),    QLatin1StringView("operation.taken"),  QLatin1StringView("operation.refused"), QLatin1StringView("session.opened"),
    QLatin1StringView("session.failed"),   QLatin1StringView("session.misused"),  QLatin1StringView("session.closed"),    QLatin1StringView("account.added"),
    QLatin1StringView("account.disabled"), QLatin1StringView("account.password"), QLatin1StringView("records.imported"),  QLatin1StringView("backup.made"),
    QLatin1StringView("backup.restored"),  QLatin1StringView("sealed.seen"),      QLatin1StringView("account.enabled"),   QLatin1StringView("account.unlocked"),
    QLatin1StringView("account.signed_out"), QLatin1StringView("account.password_changed"), QLatin1StringView("device.revoked"), QLatin1StringView("device.restored"),
    QLatin1StringView("setting.changed"),  QLatin1StringView("person.exported"),  QLatin1StringView("person.erased")};
static_assert(auditKindCodes.size() == static_cast<size_t>(std::to_underlying(AuditKind::PersonErased)) + 1);

constexpr QLatin1StringView auditKindCode(AuditKind kind)
{
    return auditKindCodes[static_cast<size_t>(std::to_underlying(kind))];
}

} // namespace ioc
