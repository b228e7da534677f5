// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map/mapoverlay.h>
#include <tiles/tilemath.h>

#include <QFuture>
#include <QTimer>

#include <functional>

class QLineEdit;
class QListWidget;

namespace ioc {

/// A place that was found by name. Plain text.
struct MapSearchHit
{
    QString title;
    QString detail;
    LatLon place;
    double zoom = 17; ///< how close to go
    QString layer;    ///< with \a key: the point to select; empty when it is none
    qint64 key = 0;
};

/// A line to type a name in, and below it what was found. Enter or a click chooses.
class MapSearch : public MapPanel
{
    Q_OBJECT

public:
    using Provider = std::function<QFuture<QList<MapSearchHit>>(const QString &)>;

    explicit MapSearch(QWidget *parent);

    /// Asked a moment after typing stops; a late answer to an earlier text is dropped. Without one the line is hidden.
    void setProvider(Provider provider);
    void setTheme(const MapTheme &theme) override;
    /// Puts the cursor into the line.
    void activate();

Q_SIGNALS:
    void chosen(const ioc::MapSearchHit &hit);
    /// Escape: the map should have the focus again.
    void left();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void search();
    void showHits(const QList<MapSearchHit> &hits);
    void choose(int row);
    void close();
    bool handleKey(int key);
    void fitList();
    void retranslate();

    Provider m_provider;
    QLineEdit *m_line;
    QListWidget *m_list;
    QTimer m_pause;
    QList<MapSearchHit> m_hits;
    int m_turn = 0;
    bool m_chooseFirst = false; ///< Enter came before the answer
};

} // namespace ioc
