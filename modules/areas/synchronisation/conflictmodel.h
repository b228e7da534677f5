// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <synchronisation/entrymodel.h>

#include <QCache>

namespace ioc {

/// Open conflicts, one row for each field: a row is one decision, with both values side by side, so that what is chosen,
/// sorted and filtered is always a set of decisions. A step's row for its state says that central's stands.
class ConflictModel : public EntryModel
{
    Q_OBJECT

public:
    enum Column { RecordTitle, FieldName, Theirs, TheirsBy, Mine, MineBy, Newer, ColumnCount };

    explicit ConflictModel(UiContext &context, QObject *parent = nullptr) : EntryModel(context, EntryQuery::List::Conflicts, parent) {}
    /// The conflict in \a row, null while it is read.
    [[nodiscard]] const Conflict *conflict(int row) const { return m_rows.object(keyAt(row)); }
    [[nodiscard]] QString theirs(const Conflict &conflict) const;
    [[nodiscard]] QString mine(const Conflict &conflict) const;

    [[nodiscard]] std::optional<EntryQuery::Sort> sortOf(int column) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    void readRows(const QList<qint64> &keys) override;

private:
    mutable QCache<qint64, Conflict> m_rows{2000};
};

} // namespace ioc
