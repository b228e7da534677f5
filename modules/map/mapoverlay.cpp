// SPDX-License-Identifier: GPL-3.0-or-later
#include <map/mapoverlay.h>

#include <map/mapformat.h>

#include <QFontInfo>
#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ioc {

MapPanel::MapPanel(QWidget *parent)
    : QWidget(parent)
{
    setAttribute(Qt::WA_NoMousePropagation);
}

void MapPanel::setTheme(const MapTheme &theme)
{
    m_theme = theme;
    QPalette colors = palette();
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        colors.setColor(role, theme.ink);
    colors.setColor(QPalette::PlaceholderText, theme.faint);
    colors.setColor(QPalette::Window, theme.surface);
    colors.setColor(QPalette::Base, theme.surface);
    colors.setColor(QPalette::Button, theme.surface);
    colors.setColor(QPalette::Highlight, theme.accent);
    colors.setColor(QPalette::HighlightedText, Qt::white);
    setPalette(colors);
    update();
}

void MapPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    Q_EMIT resized();
}

void MapPanel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor fill = m_theme.surface;
    fill.setAlpha(250);
    QColor edge = m_theme.faint;
    edge.setAlpha(90);
    painter.setPen(edge);
    painter.setBrush(fill);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
}

class MapInfoBar::Bar : public QWidget
{
public:
    explicit Bar(MapInfoBar *parent)
        : QWidget(parent)
        , m_info(parent)
    {
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    }

    void setStep(ScaleStep step)
    {
        if (step.metres == m_step.metres && qRound(step.pixels) == qRound(m_step.pixels))
            return;
        m_step = step;
        const QString text = formatDistance(step.metres);
        setAccessibleName(text);
        setFixedWidth(qRound(step.pixels) + 8 + fontMetrics().horizontalAdvance(text));
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setPen(QPen(m_info->theme().ink, 1.5));
        const double y = height() / 2.0 + 3;
        const double right = qRound(m_step.pixels);
        painter.drawPolyline(QPolygonF{{1, y - 6}, {1, y}, {right, y}, {right, y - 6}});
        painter.drawText(QRectF(right + 6, 0, width() - right - 6, height()), Qt::AlignVCenter, formatDistance(m_step.metres));
    }

private:
    MapInfoBar *m_info;
    ScaleStep m_step;
};

MapInfoBar::MapInfoBar(QWidget *parent)
    : MapPanel(parent)
    , m_bar(new Bar(this))
    , m_coordinates(new QLabel(this))
    , m_attribution(new QLabel(this))
{
    QFont small = font();
    small.setPixelSize(qRound(QFontInfo(small).pixelSize() * 0.9)); // the style sheet sets sizes in pixels
    setFont(small);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 2, 8, 2);
    layout->setSpacing(14);
    layout->addWidget(m_bar);
    layout->addWidget(m_coordinates);
    layout->addWidget(m_attribution);
    for (QLabel *label : {m_coordinates, m_attribution})
        label->setTextFormat(Qt::PlainText);
    // The widest there can be, so that the line does not jump while the pointer moves.
    m_coordinates->setMinimumWidth(fontMetrics().horizontalAdvance(formatCoordinates({-88.8888, -188.8888})));
}

void MapInfoBar::setTheme(const MapTheme &theme)
{
    MapPanel::setTheme(theme);
    QPalette faint = palette();
    faint.setColor(QPalette::WindowText, theme.faint);
    m_attribution->setPalette(faint);
}

void MapInfoBar::setScale(double metresPerPixel)
{
    m_bar->setStep(scaleStep(metresPerPixel, 110));
}

void MapInfoBar::setCoordinates(const QString &text)
{
    m_coordinates->setText(text);
}

void MapInfoBar::setAttribution(const QString &text)
{
    m_attribution->setText(text);
    m_attribution->setVisible(!text.isEmpty());
}

MapZoomBar::MapZoomBar(QWidget *parent)
    : MapPanel(parent)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2, 2, 2, 2);
    layout->setSpacing(0);
    m_closer = addButton(u"+"_s);
    m_farther = addButton(u"\u2212"_s);
    m_home = addButton(u"\u2302"_s);
    connect(m_closer, &QToolButton::clicked, this, [this] { Q_EMIT zoomRequested(1); });
    connect(m_farther, &QToolButton::clicked, this, [this] { Q_EMIT zoomRequested(-1); });
    connect(m_home, &QToolButton::clicked, this, &MapZoomBar::homeRequested);
    retranslate();
}

QToolButton *MapZoomBar::addButton(const QString &text)
{
    auto *button = new QToolButton(this);
    button->setText(text);
    button->setAutoRaise(true);
    button->setFixedSize(30, 30);
    QFont large = button->font();
    large.setPixelSize(qRound(QFontInfo(large).pixelSize() * 1.35));
    button->setFont(large);
    button->setFocusPolicy(Qt::TabFocus);
    layout()->addWidget(button);
    return button;
}

void MapZoomBar::retranslate()
{
    const auto name = [](QToolButton *button, const QString &text) {
        button->setToolTip(text);
        button->setAccessibleName(text);
    };
    name(m_closer, tr("Zoom in"));
    name(m_farther, tr("Zoom out"));
    name(m_home, tr("Show the whole area"));
}

void MapZoomBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    MapPanel::changeEvent(event);
}

MapNotice::MapNotice(QWidget *parent)
    : MapPanel(parent)
    , m_text(new QLabel(this))
    , m_close(new QToolButton(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 6, 6, 6);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_close, 0, Qt::AlignTop);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_close->setText(u"\u00d7"_s);
    m_close->setAutoRaise(true);
    m_close->setToolTip(tr("Close"));
    m_close->setAccessibleName(tr("Close"));
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    hide();
}

void MapNotice::setText(const QString &text)
{
    m_text->setText(text);
    setVisible(!text.isEmpty());
}

void MapNotice::fit(int width)
{
    resize(width, layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width) : sizeHint().height());
}

} // namespace ioc
