// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QList>
#include <QWidget>

namespace ioc {

class Theme;

/// The values under the pointer: a title and a row for each series. Never takes the focus or the mouse.
class ChartTooltip : public QWidget
{
    Q_OBJECT

public:
    struct Row
    {
        QColor colour; ///< invalid: no swatch
        QString name;
        QString value;
        bool strong = false;
    };

    /// \a theme must outlive the tooltip.
    ChartTooltip(const Theme &theme, QWidget *parent);

    /// Shows the content beside \a anchor (global), inside the screen.
    void showAt(const QPoint &anchor, const QString &title, const QList<Row> &rows);
    [[nodiscard]] QString title() const { return m_title; }
    [[nodiscard]] const QList<Row> &rows() const { return m_rows; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QSize neededSize() const;

    const Theme &m_theme;
    QString m_title;
    QList<Row> m_rows;
};

} // namespace ioc
