// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map/maptheme.h>

#include <QLabel>
#include <QToolButton>
#include <QWidget>

namespace ioc {

/// A rounded panel that lies over the map.
class MapPanel : public QWidget
{
    Q_OBJECT

public:
    explicit MapPanel(QWidget *parent);
    virtual void setTheme(const MapTheme &theme);
    const MapTheme &theme() const { return m_theme; }

Q_SIGNALS:
    void resized();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    MapTheme m_theme = MapTheme::light();
};

/// Scale bar, the position under the pointer and whose map it is, in one line at the lower edge.
class MapInfoBar : public MapPanel
{
    Q_OBJECT

public:
    explicit MapInfoBar(QWidget *parent);
    void setTheme(const MapTheme &theme) override;
    void setScale(double metresPerPixel);
    void setCoordinates(const QString &text);
    void setAttribution(const QString &text);
    QString coordinates() const { return m_coordinates->text(); }
    QString attribution() const { return m_attribution->text(); }

private:
    class Bar;
    Bar *m_bar;
    QLabel *m_coordinates;
    QLabel *m_attribution;
};

/// Closer, farther, home.
class MapZoomBar : public MapPanel
{
    Q_OBJECT

public:
    explicit MapZoomBar(QWidget *parent);

Q_SIGNALS:
    void zoomRequested(int levels);
    void homeRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    QToolButton *addButton(const QString &text);
    void retranslate();

    QToolButton *m_closer;
    QToolButton *m_farther;
    QToolButton *m_home;
};

/// A sentence over the map that something is wrong, with a button to take it away.
class MapNotice : public MapPanel
{
    Q_OBJECT

public:
    explicit MapNotice(QWidget *parent);
    /// An empty text hides the notice.
    void setText(const QString &text);
    QString text() const { return m_text->text(); }
    /// Takes this width and the height that the text then needs.
    void fit(int width);

private:
    QLabel *m_text;
    QToolButton *m_close;
};

} // namespace ioc
