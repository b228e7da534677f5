// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/refusal.h>

#include <QCoreApplication>

#include <array>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Access)
};

constexpr std::array refusals{Refusal::DeviceRevoked, Refusal::PasswordChange};

} // namespace

QString refusalName(Refusal refusal)
{
    return refusal == Refusal::DeviceRevoked ? QStringLiteral("device_revoked") : QStringLiteral("password_change");
}

std::optional<Refusal> refusalFromName(QStringView name)
{
    for (const Refusal refusal : refusals) {
        if (refusalName(refusal) == name)
            return refusal;
    }
    return {};
}

Error refusalError(Refusal refusal)
{
    const QString message = refusal == Refusal::DeviceRevoked ? Words::tr("This device has been revoked: it may not be used until an administrator restores it. Nothing on it was deleted.")
                                                              : Words::tr("Your password has to be changed before you go on.");
    return {ErrorCode::Denied, message, refusalName(refusal)};
}

std::optional<Refusal> refusalOf(const Error &error)
{
    return error.code == ErrorCode::Denied ? refusalFromName(error.detail) : std::nullopt;
}

} // namespace ioc
