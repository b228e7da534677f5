// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ui/theme.h>

#include <QWidget>

namespace ioc {

/// A short state in the colour of what it means, such as "Overdue". Never narrower than its text.
class StatusChip : public QWidget
{
    Q_OBJECT

public:
    /// \a theme must outlive the chip.
    explicit StatusChip(const Theme &theme, QWidget *parent = nullptr);

    /// \a icon may be empty.
    void setStatus(Tone tone, const QString &text, const QString &icon = {});
    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] Tone tone() const { return m_tone; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

    /// The same chip drawn by a delegate, as high as \a rect and as wide as \a text needs or \a rect allows
    /// (the text is then elided: give a tooltip). Returns the width used.
    static int paint(QPainter &painter, const QRect &rect, const Theme &theme, Tone tone, const QString &text);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    Tone m_tone = Tone::Neutral;
    QString m_text;
    QString m_icon;
};

} // namespace ioc
