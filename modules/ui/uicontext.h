// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/clock.h>
#include <base/format.h>
#include <store/localstore.h>
#include <ui/theme.h>

namespace ioc {

class ReferenceTitles;
class Workspace;

/// What every screen part is handed: made once in main and outliving them all.
struct UiContext
{
    LocalStore &store;
    Theme &theme;
    const Clock &clock;
    Format format;
    QString language; ///< vi, en or zh
    ReferenceTitles &titles;
    Workspace &workspace;

    [[nodiscard]] const TypeCatalog &catalog() const { return store.catalog(); }
};

} // namespace ioc
