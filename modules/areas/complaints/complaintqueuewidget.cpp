// SPDX-License-Identifier: GPL-3.0-or-later
#include <complaints/complaintqueuewidget.h>

#include <ui/filterbar.h>
#include <ui/recordtablewidget.h>

#include <QPushButton>
#include <QSignalBlocker>
#include <QTabBar>
#include <QTableView>
#include <QVBoxLayout>

namespace ioc {

namespace {
enum View { Open, New, Overdue, Answered, All };

Filter states(const QStringList &codes)
{
    Filter filter{QStringLiteral("status"), Filter::Op::OneOf, {}};
    for (const QString &code : codes)
        filter.values += QCborValue(code);
    return filter;
}
} // namespace

ComplaintQueueWidget::ComplaintQueueWidget(UiContext &context, QWidget *parent)
    : QWidget(parent), m_context(context), m_type(*context.catalog().type(u"complaint")), m_views(new QTabBar(this)),
      m_table(new RecordTableWidget(context, m_type, QStringLiteral("complaint_queue"), this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *top = new QWidget(this);
    auto *topLayout = new QHBoxLayout(top);
    topLayout->setContentsMargins(4, 0, 8, 0);
    m_views->setExpanding(false);
    for (const QString &name : {tr("Open"), tr("Just received"), tr("Overdue"), tr("Answered"), tr("All")})
        m_views->addTab(name);
    auto *add = new QPushButton(context.theme.icon(QStringLiteral("plus")), tr("New complaint"), top);
    add->setToolTip(tr("Take down a new complaint (Ctrl+N)"));
    topLayout->addWidget(m_views, 1);
    topLayout->addWidget(add);
    layout->addWidget(top);
    layout->addWidget(m_table, 1);
    m_table->setFields({QStringLiteral("number"), QStringLiteral("title"), QStringLiteral("priority"), QStringLiteral("status"), QStringLiteral("due_at"),
                        QStringLiteral("category"), QStringLiteral("received_at"), QStringLiteral("assigned_unit")});
    m_table->setEmptyState(QStringLiteral("complaint"), tr("No complaints here. Change the view or the filters."), tr("Show all"));
    connect(add, &QPushButton::clicked, this, &ComplaintQueueWidget::newRequested);
    connect(m_views, &QTabBar::currentChanged, this, &ComplaintQueueWidget::showView);
    connect(m_table, &RecordTableWidget::currentChanged, this, &ComplaintQueueWidget::complaintChosen);
    connect(m_table, &RecordTableWidget::emptyActionTriggered, this, [this] { m_views->setCurrentIndex(All); });
    showView(Open);
}

void ComplaintQueueWidget::showView(int view)
{
    const Workflow &workflow = *m_context.catalog().workflowOf(m_type);
    Query query{.type = m_type.name, .sortField = QStringLiteral("received_at"), .descending = true};
    if (view == Open)
        query = {m_type.name, {states(workflow.openStates())}, {}, QStringLiteral("due_at"), false};
    else if (view == New)
        query.filters = {states({workflow.initialState})};
    else if (view == Overdue)
        query = {m_type.name, {states(workflow.openStates()), {QStringLiteral("due_at"), Filter::Op::Below, {QCborValue(m_context.clock.nowMs())}}}, {}, QStringLiteral("due_at"), false};
    else if (view == Answered)
        query.filters = {states({QStringLiteral("answered")})};
    m_table->setQuery(query);
}

void ComplaintQueueWidget::select(qint64 key)
{
    m_table->select(key);
}

void ComplaintQueueWidget::showQuery(const Query &query)
{
    {
        const QSignalBlocker quiet(m_views);
        m_views->setCurrentIndex(All);
    }
    m_table->setQuery(query);
    m_table->table().setFocus();
}

} // namespace ioc
