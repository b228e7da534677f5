// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map/mapoverlay.h>
#include <map/mappoint.h>

#include <QCheckBox>

class QVBoxLayout;

namespace ioc {

/// The layers with their colours and counts; a tick shows or hides one. Folds up to its title.
class MapLegend : public MapPanel
{
    Q_OBJECT

public:
    explicit MapLegend(QWidget *parent);

    void setLayers(const QList<MapLayer> &layers);
    void setLayerVisible(int layer, bool visible);
    void setCounts(const QList<qsizetype> &counts);
    bool isExpanded() const { return m_title->isChecked(); }
    void setExpanded(bool expanded);
    /// Open when it takes no more than \a height; until somebody has folded or opened it.
    void fit(int height);

Q_SIGNALS:
    void layerToggled(int layer, bool visible);

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void updateRow(int layer);

    QToolButton *m_title;
    QWidget *m_body;
    QVBoxLayout *m_rows;
    QList<MapLayer> m_layers;
    QList<qsizetype> m_counts;
    QList<QCheckBox *> m_boxes;
    QList<QLabel *> m_numbers;
    bool m_chosen = false;
};

} // namespace ioc
