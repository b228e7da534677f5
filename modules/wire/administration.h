// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/id.h>
#include <base/result.h>

namespace ioc {

/// A device as administrators see it.
struct DeviceRow
{
    Id device;
    QString name;        ///< as it calls itself
    Id account;          ///< who signed in last; null: nobody since central keeps account of it
    QString login;       ///< of that account
    QString displayName;
    qint64 firstMs = 0;  ///< first and last heard of, UTC
    qint64 lastMs = 0;
    QString version;     ///< of its program; empty: not told
    qint64 revokedMs = 0; ///< 0: it may be used
    QString revokedBy;   ///< login; empty: at central's own command line

    friend bool operator==(const DeviceRow &, const DeviceRow &) = default;
};

/// An account as administrators see it.
struct AccountRow
{
    Id account;
    QString login;
    QString displayName;
    QString role;         ///< built-in
    Id customRole;
    Id unit;
    bool disabled = false;
    bool hasPassword = false;
    bool mustChangePassword = false;
    qint64 signedInMs = 0; ///< last sign-in with a password, UTC; 0: never
    qint64 lockedMs = 0;   ///< how long central lets nobody try its password, because of wrong ones
    int sessions = 0;      ///< devices that are signed in

    friend bool operator==(const AccountRow &, const AccountRow &) = default;
};

/// A part of the whole list, in the order of ids. \c next goes on with it; null: that was the end.
template <typename Row>
struct RowPage
{
    QList<Row> rows;
    Id next;
};
using DevicePage = RowPage<DeviceRow>;
using AccountPage = RowPage<AccountRow>;

/// Somebody changes their own password.
struct PasswordChange
{
    QString before;
    QString after;
};

namespace wire {

/// Rows in one page.
inline constexpr int rowsLimit = 500;

/// As those of codec.h.
QByteArray encode(const DevicePage &page);
Result<DevicePage> decodeDevicePage(const QByteArray &body);
QByteArray encode(const AccountPage &page);
Result<AccountPage> decodeAccountPage(const QByteArray &body);
QByteArray encode(const PasswordChange &change);
Result<PasswordChange> decodePasswordChange(const QByteArray &body);
/// A password that central made: shown to the administrator once.
QByteArray encodeOneTimePassword(const QString &password);
Result<QString> decodeOneTimePassword(const QByteArray &body);

} // namespace wire

} // namespace ioc
