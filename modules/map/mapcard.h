// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map/mapoverlay.h>

namespace ioc {

/// What the hover card says of a point. Plain text throughout.
struct MapCard
{
    QString title;
    QString kind;      ///< for example the type's label
    QStringList lines; ///< a few short facts
    bool isEmpty() const { return title.isEmpty() && lines.isEmpty(); }
};

/// The card beside the marker under the pointer. The pointer passes through it.
class MapCardWidget : public MapPanel
{
    Q_OBJECT

public:
    explicit MapCardWidget(QWidget *parent);

    /// Shows \a card beside \a marker (parent's coordinates, with its radius), within the parent.
    void showCard(const MapCard &card, QPointF marker, double radius);
    void setTheme(const MapTheme &theme) override;
    QString title() const { return m_title->text(); }

private:
    QLabel *m_title;
    QLabel *m_kind;
    QLabel *m_lines;
};

} // namespace ioc
