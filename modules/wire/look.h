// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/id.h>

#include <QStringList>

namespace ioc {

/// Somebody was shown sealed values. Made where they were shown, kept until central has taken it, reported as often as need be: central
/// enters it once. It holds no value.
struct Look
{
    Id look; ///< its identifier
    QString type;
    Id record;
    QStringList fields; ///< names, at least one
    Id author;          ///< account; null: whose session reports it
    qint64 deviceTimeMs = 0; ///< the device's clock, UTC
    qint64 offsetMs = 0;     ///< device clock − central clock at last contact

    friend bool operator==(const Look &, const Look &) = default;
};

} // namespace ioc
