// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sync/centralclient.h>

#include <functional>

namespace ioc {

/// The way to central of whoever is signed in.
struct CentralAccess
{
    CentralClient *client = nullptr; ///< null: none yet
    std::function<QString()> token;  ///< the access token of this moment; empty: offline

    [[nodiscard]] bool isOpen() const { return client && token && !token().isEmpty(); }
};

} // namespace ioc
