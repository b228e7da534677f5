// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ui/recordtablemodel.h>
#include <ui/uicontext.h>

#include <QWidget>

class QLabel;
class QStackedWidget;
class QTableView;

namespace ioc {

class EmptyStateWidget;
class FilterBar;
class MessageBar;

/// Filter bar, table and count of one type's records. Selection follows the record, not the row.
class RecordTableWidget : public QWidget
{
    Q_OBJECT

public:
    /// \a name keeps column widths and order apart in the settings.
    RecordTableWidget(UiContext &context, const RecordType &type, const QString &name, QWidget *parent = nullptr);
    ~RecordTableWidget() override;

    [[nodiscard]] RecordTableModel &model() { return *m_model; }
    [[nodiscard]] QTableView &table() { return *m_table; }
    [[nodiscard]] FilterBar &filterBar() { return *m_filterBar; }
    void setFields(const QStringList &fields);
    void setQuery(const Query &query);
    /// What the empty table says and offers.
    void setEmptyState(const QString &icon, const QString &sentence, const QString &action = {});
    /// Selects the row of \a key, once it is there.
    void select(qint64 key);
    [[nodiscard]] qint64 currentKey() const { return m_current; }

Q_SIGNALS:
    void currentChanged(const ioc::StoredRecord &record);
    void activated(const ioc::StoredRecord &record);
    void emptyActionTriggered();

protected:
    void showEvent(QShowEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void arrangeColumns();
    [[nodiscard]] int fittingWidth(const Field &field) const;
    void ask();
    void showCount();
    void restoreCurrent();
    void currentRowChanged();
    void announce(qint64 key);
    void copySelection() const;
    void restoreColumns();
    void showSort();
    void saveColumns() const;

    UiContext &m_context;
    const RecordType &m_type;
    QString m_name;
    RecordTableModel *m_model;
    FilterBar *m_filterBar;
    QTableView *m_table;
    QStackedWidget *m_stack;
    EmptyStateWidget *m_empty;
    MessageBar *m_message;
    QLabel *m_count;
    QString m_sortField;
    bool m_descending = false;
    qint64 m_current = 0;
    qint64 m_announced = 0;
    bool m_updating = false;
    bool m_ownColumns = false; ///< somebody chose widths or order: they are kept
    bool m_arranging = false;
};

} // namespace ioc
