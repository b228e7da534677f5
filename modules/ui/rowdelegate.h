// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace ioc {

class Theme;

/// Rows of a table: text with room at its sides and a thin line below. Text that does not fit is shown
/// whole in a tooltip where the model gives none.
class RowDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    /// \a theme must outlive the delegate.
    explicit RowDelegate(const Theme &theme, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

protected:
    [[nodiscard]] const Theme &theme() const { return m_theme; }

private:
    const Theme &m_theme;
};

} // namespace ioc
