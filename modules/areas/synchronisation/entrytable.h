// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <synchronisation/entrymodel.h>

#include <QSet>
#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QSplitter;
class QStackedWidget;
class QTableView;

namespace ioc {

class EmptyStateWidget;

/// Search line, filter by type, table and, beneath it, room for the whole of the row at hand. What is chosen stays chosen
/// while entries come and go.
class EntryTable : public QWidget
{
    Q_OBJECT

public:
    /// \a detail stands beneath the table; the table owns neither it nor \a model's life before its parent's.
    EntryTable(UiContext &context, EntryModel &model, QWidget *detail, QWidget *parent = nullptr);

    [[nodiscard]] QTableView &view() { return *m_view; }
    [[nodiscard]] QLineEdit &search() { return *m_search; }
    [[nodiscard]] QComboBox &types() { return *m_types; }
    /// Sentences of the list without entries, and of a filter that finds none.
    void setEmptyState(const QString &nothing);
    /// Widths of all columns on a small screen; on a wider one they grow alike.
    void setWidths(const QList<int> &widths);
    /// Keys of the rows chosen, in their order.
    [[nodiscard]] QList<qint64> chosen() const;
    [[nodiscard]] int currentRow() const;
    void focusSearch();
    /// The list is asked for again, now or when it is seen.
    void refresh();

Q_SIGNALS:
    void chosenChanged();
    /// The row at hand is another one, or says something else.
    void currentChanged(int row);
    void activated(int row);

protected:
    void showEvent(QShowEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void spread();
    void ask();
    void askTypes();
    void sortBy(int column);
    void keepChosen();
    void restoreChosen();
    void showState();

    UiContext &m_context;
    EntryModel &m_model;
    QLineEdit *m_search;
    QComboBox *m_types;
    QLabel *m_count;
    QTableView *m_view;
    QSplitter *m_split;
    QStackedWidget *m_stack;
    EmptyStateWidget *m_empty;
    QString m_nothing;
    QList<int> m_widths;
    bool m_spreading = false;
    bool m_setByHand = false;
    QTimer m_typing;
    QTimer m_again;
    bool m_due = true; ///< to be asked for when it is seen
    QSet<qint64> m_keptChosen;
    qint64 m_keptCurrent = 0;
};

} // namespace ioc
