// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

class QPainter;

namespace ioc {

/// Size of every scene, pictures a second, and seconds after which a scene begins again.
constexpr int sceneWidth = 640;
constexpr int sceneHeight = 360;
constexpr int sceneRate = 15;
constexpr int sceneSeconds = 12;

/// A drawn place, of no real one: cameras of any name show it. \c paint draws it at \a turn, 0 to 1 through the clip; turn 1 looks as turn 0.
struct Scene
{
    QString name;  ///< file name without ending
    QString title; ///< shown in the picture, as cameras do
    void (*paint)(QPainter &painter, double turn);
};

QList<Scene> allScenes();

} // namespace ioc
