// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QVBoxLayout;

namespace ioc {

class ElidedLabel;
class Theme;

/// A quiet surface with a thin border, optionally with a title row that takes buttons at its end.
class CardFrame : public QFrame
{
    Q_OBJECT

public:
    /// \a theme must outlive the frame.
    explicit CardFrame(const Theme &theme, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    /// Puts \a widget at the end of the title row.
    void addToTitle(QWidget *widget);
    /// The frame stands under a dock's title bar, which is its upper edge.
    void setUnderTitleBar(bool under);
    /// Where the content goes.
    [[nodiscard]] QVBoxLayout *content() const { return m_content; }

    /// Draws the surface of a card; a focused one carries the focus ring.
    static void paint(QPainter &painter, const QRect &rect, const Theme &theme, bool hovered, bool focused);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QWidget *m_titleRow;
    ElidedLabel *m_title;
    QVBoxLayout *m_content;
    bool m_underTitleBar = false;
};

} // namespace ioc
