// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ui/iconset.h>
#include <ui/theme.h>

#include <QColor>
#include <QHash>
#include <QList>

#include <array>

namespace ioc {

/// One theme file (resources/themes/light.json, dark.json), and the icons drawn in its colours.
/// Shared by the theme and the icons it gave out.
struct ThemeColours
{
    struct Pair
    {
        QColor text;
        QColor background;
    };

    QHash<QString, QColor> named; ///< "surface", "text", …, and "goodText", "goodBackground" for each tone
    std::array<QColor, size_t(Surface::TooltipText) + 1> surfaces;
    std::array<Pair, size_t(Tone::Muted) + 1> tones;
    QList<QColor> categories;
    IconSet icons;

    /// Takes the colours of \a fileName in place of those held.
    void load(const QString &fileName);
};

} // namespace ioc
