// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/localstore.h>
#include <ui/uicontext.h>

#include <QAbstractTableModel>

namespace ioc {

/// Operations that wait to be sent, or those in quarantine, with what they change and why they wait.
class OutboxModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { What, RecordTitle, Changes, When, State, ColumnCount };

    explicit OutboxModel(UiContext &context, QObject *parent = nullptr);
    void setEntries(const QList<OutboxEntry> &entries);
    [[nodiscard]] const OutboxEntry &entry(int row) const { return m_entries.at(row); }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString what(const Operation &operation) const;
    [[nodiscard]] QString changes(const Operation &operation) const;
    [[nodiscard]] QString state(const OutboxEntry &entry) const;

    UiContext &m_context;
    QList<OutboxEntry> m_entries;
};

} // namespace ioc
