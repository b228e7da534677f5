// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

namespace ioc {

/// Colours of what is drawn over the tiles; sea equals that of resources/basemap/style/palettes.json.
struct MapTheme
{
    QColor sea;
    QColor surface; ///< of cluster discs and panels
    QColor ink;     ///< text on the surface
    QColor faint;   ///< secondary text and lines
    QColor accent;  ///< what is selected

    static MapTheme light() { return {QColor(0xd9e3e9), QColor(0xffffff), QColor(0x22282e), QColor(0x69727b), QColor(0x1668dc)}; }
    static MapTheme dark() { return {QColor(0x12171d), QColor(0x1c232b), QColor(0xe8edf2), QColor(0x93a0ad), QColor(0x58a6ff)}; }
};

} // namespace ioc
