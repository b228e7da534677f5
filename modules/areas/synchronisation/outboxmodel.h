// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <synchronisation/entrymodel.h>

#include <QCache>

namespace ioc {

/// Operations that wait to be sent, or those in quarantine, with what they change and why they wait.
class OutboxModel : public EntryModel
{
    Q_OBJECT

public:
    enum Column { What, RecordTitle, Changes, Who, When, State, ColumnCount };

    OutboxModel(UiContext &context, EntryQuery::List list, QObject *parent = nullptr) : EntryModel(context, list, parent) {}
    /// The entry in \a row, null while it is read.
    [[nodiscard]] const OutboxEntry *entry(int row) const { return m_rows.object(keyAt(row)); }
    /// Why it waits, or was refused, in full.
    [[nodiscard]] QString state(const OutboxEntry &entry) const;

    [[nodiscard]] std::optional<EntryQuery::Sort> sortOf(int column) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    void readRows(const QList<qint64> &keys) override;

private:
    mutable QCache<qint64, OutboxEntry> m_rows{2000};
};

} // namespace ioc
