// SPDX-License-Identifier: GPL-3.0-or-later
#include <charts/chartlegend.h>

#include <ui/flowlayout.h>
#include <ui/theme.h>

#include <QAbstractButton>
#include <QPainter>
#include <QSignalBlocker>

namespace ioc {

namespace {

constexpr auto idProperty = "series";

constexpr int swatchSide = 9;
constexpr int swatchGap = 6;
constexpr int entrySideRoom = 5;

/// A swatch and a name. The swatch is filled while on and empty while off: not told by colour alone.
class LegendButton : public QAbstractButton
{
public:
    LegendButton(const Theme &theme, QWidget *parent) : QAbstractButton(parent), m_theme(theme)
    {
        setCheckable(true);
        setChecked(true);
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
        setCursor(Qt::PointingHandCursor);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }
    void setColour(const QColor &colour)
    {
        m_colour = colour;
        update();
    }
    [[nodiscard]] QSize sizeHint() const override
    {
        const int text = fontMetrics().horizontalAdvance(m_name);
        return {text + swatchSide + swatchGap + 2 * entrySideRoom, fontMetrics().height() + 4};
    }
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }
    void setName(const QString &name)
    {
        m_name = name;
        setAccessibleName(name);
        updateGeometry();
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(hasFocus() ? QPen(m_theme.colour(Surface::Focus), 2) : QPen(Qt::NoPen));
        painter.setBrush(underMouse() ? QBrush(m_theme.colour(Surface::Hover)) : QBrush(Qt::NoBrush));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
        painter.setPen(QPen(m_colour, 1.5));
        painter.setBrush(isChecked() ? QBrush(m_colour) : QBrush(Qt::NoBrush));
        painter.drawRoundedRect(QRectF(entrySideRoom, (height() - swatchSide) / 2.0, swatchSide, swatchSide), 2, 2);
        painter.setPen(m_theme.colour(isChecked() ? Surface::Text : Surface::MutedText));
        painter.drawText(rect().adjusted(entrySideRoom + swatchSide + swatchGap, 0, 0, 0),
                         Qt::AlignVCenter | Qt::TextSingleLine, m_name);
    }

private:
    const Theme &m_theme;
    QColor m_colour;
    QString m_name;
};

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
    QList<QAbstractButton *> kept;
    for (const Entry &entry : entries) {
        auto *button = static_cast<LegendButton *>(this->button(entry.id));
        if (!button) {
            button = new LegendButton(m_theme, this);
            button->setProperty(idProperty, entry.id);
            connect(button, &QAbstractButton::toggled, this, [this, button](bool on) { toggle(button, on); });
            m_layout->addWidget(button);
        }
        m_buttons.removeOne(button);
        button->setName(entry.name);
        button->setColour(entry.colour);
        kept.append(button);
    }
    qDeleteAll(m_buttons);
    m_buttons = kept;
    setVisible(m_buttons.size() > 1);
}

QAbstractButton *ChartLegend::button(const QString &id) const
{
    for (QAbstractButton *button : m_buttons) {
        if (button->property(idProperty).toString() == id)
            return button;
    }
    return nullptr;
}

void ChartLegend::toggle(QAbstractButton *button, bool on)
{
    const bool anyOn = std::ranges::any_of(m_buttons, &QAbstractButton::isChecked);
    if (!anyOn) {
        const QSignalBlocker quiet(button);
        button->setChecked(true);
        return;
    }
    Q_EMIT toggled(button->property(idProperty).toString(), on);
}

} // namespace ioc
