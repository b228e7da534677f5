// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ui/uicontext.h>

#include <QWidget>

class QTabBar;

namespace ioc {

class RecordTableWidget;

/// The complaint queue: ready views (open, overdue, mine …), search, filters, and a table of whatever length.
class ComplaintQueueWidget : public QWidget
{
    Q_OBJECT

public:
    ComplaintQueueWidget(UiContext &context, QWidget *parent = nullptr);

    [[nodiscard]] RecordTableWidget &table() { return *m_table; }
    void select(qint64 key);
    /// Shows the records behind a figure.
    void showQuery(const Query &query);

Q_SIGNALS:
    void complaintChosen(const ioc::StoredRecord &complaint);
    void newRequested();

private:
    void showView(int view);

    UiContext &m_context;
    const RecordType &m_type;
    QTabBar *m_views;
    RecordTableWidget *m_table;
};

} // namespace ioc
