// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace ioc {

class Theme;

/// A file as a row: its thumbnail or a sign for it, its name, and beneath its size and how this device stands with it.
class AttachmentDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    static constexpr int rowHeight = 56;

    /// \a theme must outlive the delegate.
    explicit AttachmentDelegate(const Theme &theme, QObject *parent = nullptr) : QStyledItemDelegate(parent), m_theme(theme) {}

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintPicture(QPainter &painter, const QRect &box, const QModelIndex &index, qreal ratio) const;

    const Theme &m_theme;
};

} // namespace ioc
