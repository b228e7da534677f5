// SPDX-License-Identifier: GPL-3.0-or-later
#include <charts/chartlegend.h>

#include <ui/flowlayout.h>
#include <ui/theme.h>

#include <QPainter>
#include <QSignalBlocker>
#include <QToolButton>

namespace ioc {

namespace {

constexpr auto idProperty = "series";

/// A filled square while on, an empty one while off: not told by colour alone.
QIcon swatchIcon(const QColor &colour, qreal scale)
{
    QIcon icon;
    for (const bool on : {true, false}) {
        QPixmap pixmap(QSizeF(10 * scale, 10 * scale).toSize());
        pixmap.setDevicePixelRatio(scale);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(colour, 1.5));
        painter.setBrush(on ? QBrush(colour) : QBrush(Qt::NoBrush));
        painter.drawRoundedRect(QRectF(1, 1, 8, 8), 2, 2);
        icon.addPixmap(pixmap, QIcon::Normal, on ? QIcon::On : QIcon::Off);
    }
    return icon;
}

} // namespace

ChartLegend::ChartLegend(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_layout(new FlowLayout(this, Theme::spacing(Space::Small)))
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void ChartLegend::setEntries(const QList<Entry> &entries)
{
    QList<QToolButton *> kept;
    for (const Entry &entry : entries) {
        QToolButton *button = this->button(entry.id);
        if (!button) {
            button = new QToolButton(this);
            button->setProperty(idProperty, entry.id);
            button->setProperty("look", QStringLiteral("legend"));
            button->setCheckable(true);
            button->setChecked(true);
            button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
            button->setIconSize({10, 10});
            connect(button, &QToolButton::toggled, this, [this, button](bool on) { toggle(button, on); });
            m_layout->addWidget(button);
        }
        m_buttons.removeOne(button);
        // "&" would make a mnemonic of the next letter.
        button->setText(QString(entry.name).replace(u'&', QStringLiteral("&&")));
        button->setIcon(swatchIcon(entry.colour, devicePixelRatioF()));
        kept.append(button);
    }
    qDeleteAll(m_buttons);
    m_buttons = kept;
    setVisible(m_buttons.size() > 1);
}

QToolButton *ChartLegend::button(const QString &id) const
{
    for (QToolButton *button : m_buttons) {
        if (button->property(idProperty).toString() == id)
            return button;
    }
    return nullptr;
}

void ChartLegend::toggle(QToolButton *button, bool on)
{
    const bool anyOn = std::ranges::any_of(m_buttons, &QToolButton::isChecked);
    if (!anyOn) {
        const QSignalBlocker quiet(button);
        button->setChecked(true);
        return;
    }
    Q_EMIT toggled(button->property(idProperty).toString(), on);
}

} // namespace ioc
