// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/id.h>

#include <QAbstractTableModel>
#include <QColor>

#include <functional>

namespace ioc {

/// A table of whole rows, as central lists them.
template <typename Row>
class RowModel : public QAbstractTableModel
{
public:
    struct Column
    {
        QString title;
        std::function<QString(const Row &)> text;
        std::function<QVariant(const Row &)> sortKey; ///< empty: the text
        std::function<QColor(const Row &)> colour;    ///< empty: that of all text
    };
    static constexpr int sortRole = Qt::UserRole;

    RowModel(QList<Column> columns, QObject *parent) : QAbstractTableModel(parent), m_columns(std::move(columns)) {}

    void setRows(QList<Row> rows)
    {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
    }
    [[nodiscard]] const QList<Row> &rows() const { return m_rows; }
    /// Null when there is no such row.
    [[nodiscard]] const Row *row(int number) const { return number >= 0 && number < m_rows.size() ? &m_rows[number] : nullptr; }
    /// Texts that depend on more than the rows are other ones by now.
    void textsChanged()
    {
        if (!m_rows.isEmpty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1), {Qt::DisplayRole});
    }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : static_cast<int>(m_rows.size()); }
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : static_cast<int>(m_columns.size()); }
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        return orientation == Qt::Horizontal && role == Qt::DisplayRole && section < m_columns.size() ? QVariant(m_columns[section].title) : QVariant();
    }
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override
    {
        const Row *one = row(index.row());
        if (!one || index.column() >= m_columns.size())
            return {};
        const Column &column = m_columns[index.column()];
        if (role == Qt::DisplayRole || (role == sortRole && !column.sortKey))
            return column.text(*one);
        if (role == sortRole)
            return column.sortKey(*one);
        if (role == Qt::ForegroundRole && column.colour) {
            const QColor colour = column.colour(*one);
            return colour.isValid() ? QVariant(colour) : QVariant();
        }
        return {};
    }

private:
    QList<Column> m_columns;
    QList<Row> m_rows;
};

} // namespace ioc
