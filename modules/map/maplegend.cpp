// SPDX-License-Identifier: GPL-3.0-or-later
#include <map/maplegend.h>

#include <QEvent>
#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ioc {

namespace {

QPixmap swatch(const MapLayer &layer, double pixelRatio)
{
    QPixmap pixmap(QSize(16, 16) * pixelRatio);
    pixmap.setDevicePixelRatio(pixelRatio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(layer.color);
    painter.drawEllipse(QRectF(1, 1, 14, 14));
    return pixmap;
}

} // namespace

MapLegend::MapLegend(QWidget *parent)
    : MapPanel(parent)
    , m_title(new QToolButton(this))
    , m_body(new QWidget(this))
    , m_rows(new QVBoxLayout(m_body))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 4, 8, 6);
    layout->setSpacing(2);
    layout->setSizeConstraint(QLayout::SetFixedSize);
    m_rows->setContentsMargins(4, 0, 0, 0);
    m_rows->setSpacing(3);
    m_title->setAutoRaise(true);
    m_title->setCheckable(true);
    m_title->setChecked(true);
    m_title->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_title->setArrowType(Qt::DownArrow);
    layout->addWidget(m_title);
    layout->addWidget(m_body);
    connect(m_title, &QToolButton::toggled, this, [this](bool open) {
        m_title->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
        m_body->setVisible(open);
        adjustSize();
    });
    connect(m_title, &QToolButton::clicked, this, [this] { m_chosen = true; });
    retranslate();
}

void MapLegend::setExpanded(bool expanded)
{
    m_chosen = true;
    m_title->setChecked(expanded);
}

void MapLegend::fit(int height)
{
    const QMargins margins = layout()->contentsMargins();
    const int open = margins.top() + m_title->sizeHint().height() + layout()->spacing() + m_body->sizeHint().height() + margins.bottom();
    if (!m_chosen)
        m_title->setChecked(open <= height);
}

void MapLegend::setLayers(const QList<MapLayer> &layers)
{
    while (QLayoutItem *item = m_rows->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_boxes.clear();
    m_numbers.clear();
    m_layers = layers;
    for (int i = 0; i < layers.size(); ++i) {
        auto *row = new QWidget(m_body);
        auto *rowLayout = new QHBoxLayout(row);
        rowLayout->setContentsMargins(0, 0, 0, 0);
        rowLayout->setSpacing(10);
        auto *box = new QCheckBox(QString(layers.at(i).label).replace(u'&', u"&&"_s), row);
        box->setIcon(swatch(layers.at(i), devicePixelRatioF()));
        box->setChecked(layers.at(i).visible);
        auto *number = new QLabel(row);
        number->setTextFormat(Qt::PlainText);
        rowLayout->addWidget(box, 1);
        rowLayout->addWidget(number, 0, Qt::AlignRight);
        m_rows->addWidget(row);
        m_boxes.append(box);
        m_numbers.append(number);
        updateRow(i);
        connect(box, &QCheckBox::toggled, this, [this, i](bool on) { Q_EMIT layerToggled(i, on); });
    }
    adjustSize();
}

void MapLegend::setLayerVisible(int layer, bool visible)
{
    const QSignalBlocker blocker(m_boxes.at(layer));
    m_boxes.at(layer)->setChecked(visible);
}

void MapLegend::setCounts(const QList<qsizetype> &counts)
{
    const QSize before = sizeHint();
    for (int i = 0; i < counts.size(); ++i) {
        if (i >= m_counts.size())
            m_counts.resize(i + 1);
        if (m_counts.at(i) == counts.at(i))
            continue;
        m_counts[i] = counts.at(i);
        if (i < m_numbers.size())
            updateRow(i);
    }
    if (sizeHint() != before)
        adjustSize();
}

void MapLegend::updateRow(int layer)
{
    m_numbers.at(layer)->setText(QLocale().toString(qlonglong(m_counts.value(layer))));
}

void MapLegend::retranslate()
{
    m_title->setText(tr("Layers"));
    m_title->setToolTip(tr("Show or hide the list of layers"));
}

void MapLegend::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    MapPanel::changeEvent(event);
}

} // namespace ioc
