// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <administration/centralaccess.h>
#include <ui/uicontext.h>

#include <QTimer>
#include <QWidget>

class QAbstractItemModel;
class QAction;
class QLabel;
class QLineEdit;
class QSortFilterProxyModel;
class QStackedWidget;
class QTableView;

namespace ioc {

class EmptyStateWidget;
class FlowLayout;
class MessageBar;

/// Actions, a filter line and a table of all that central lists; read from central whenever it is looked at. The base of the
/// lists of accounts and of devices.
class RowPane : public QWidget
{
    Q_OBJECT

public:
    explicit RowPane(UiContext &context, QWidget *parent = nullptr);

    void setAccess(const CentralAccess &access);
    /// Reads the list anew, now or when it is seen.
    void refresh();
    [[nodiscard]] QTableView &view() { return *m_view; }
    [[nodiscard]] QLineEdit &filter() { return *m_filter; }
    [[nodiscard]] QAction *action(const QString &name) const;
    [[nodiscard]] MessageBar &message() { return *m_message; }

protected:
    void showEvent(QShowEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

    /// Of the subclass, once: its model with RowModel's roles, widths of the columns on a small screen.
    void setModel(QAbstractItemModel *model, const QList<int> &widths, const QString &empty);
    QAction *addAction(const QString &name, const QString &icon, const QString &text, const QKeySequence &keys, bool isPrimary = false);
    /// Starts reading; ends with loaded() or failed().
    virtual void load() = 0;
    /// What may be done with the row at hand.
    virtual void offer() = 0;
    void loaded();
    void failed(const Error &error);
    /// Row of the model, -1 when none is chosen.
    [[nodiscard]] int currentRow() const;
    void selectRow(int row);
    /// Asks before something that others feel; \a then is done when confirmed.
    void confirm(const QString &title, const QString &what, const QString &button, const std::function<void()> &then);
    /// The answer to an action: what was done is said, and the list read anew.
    void finish(const Result<void> &done, const QString &said);
    /// Bursts are read once.
    void refreshSoon() { m_again.start(); }

    UiContext &m_context;
    CentralAccess m_access;

private:
    void buildTable();
    void spread();
    void showState();

    FlowLayout *m_actions;
    QLineEdit *m_filter;
    QLabel *m_count;
    MessageBar *m_message;
    QTableView *m_view;
    QSortFilterProxyModel *m_rows;
    QStackedWidget *m_stack;
    EmptyStateWidget *m_empty;
    QString m_nothing;
    QList<int> m_widths;
    QTimer m_again;
    bool m_isLoading = false;
    bool m_isDue = true;
};

} // namespace ioc
