// SPDX-License-Identifier: GPL-3.0-or-later
#include <synchronisation/conflictdialog.h>
#include <synchronisation/outboxmodel.h>
#include <synchronisation/synchronisationpage.h>
#include <ui/emptystatewidget.h>
#include <ui/rowdelegate.h>
#include <ui/workspace.h>

#include <QHeaderView>
#include <QMessageBox>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTableView>
#include <QTableWidget>
#include <QVBoxLayout>

namespace ioc {

namespace {

void dressTable(QTableView &table, const Theme &theme)
{
    theme.dress(table);
    table.setItemDelegate(new RowDelegate(theme, &table));
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setProperty("framed", false);
    table.setTabKeyNavigation(false);
    table.setWordWrap(false);
    table.horizontalHeader()->setStretchLastSection(true);
}

// Set once: what a person changes stays.
void setWidths(QTableView &view)
{
    const std::array<std::pair<int, int>, 4> widths{{{OutboxModel::What, 190}, {OutboxModel::RecordTitle, 280}, {OutboxModel::Changes, 340}, {OutboxModel::When, 140}}};
    for (const auto &[column, width] : widths)
        view.setColumnWidth(column, width);
}

} // namespace

SynchronisationPage::SynchronisationPage(UiContext &context, QWidget *parent)
    : QWidget(parent), m_context(context), m_tabs(new QTabWidget(this)), m_outbox(new OutboxModel(context, this)), m_quarantine(new OutboxModel(context, this)),
      m_conflictTable(new QTableWidget(this)), m_conflictStack(new QStackedWidget(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->addWidget(m_tabs);

    m_outboxList = addList(QStringLiteral("check"), tr("Everything was sent. What you change with no network waits here."), nullptr);
    m_outboxList.view->setModel(m_outbox);
    setWidths(*m_outboxList.view);

    auto *conflicts = new QWidget(this);
    auto *conflictLayout = new QVBoxLayout(conflicts);
    m_settle = new QPushButton(tr("Settle…"), conflicts);
    m_settle->setProperty("look", QStringLiteral("primary"));
    m_settle->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    auto *noConflicts = new EmptyStateWidget(context.theme, this);
    noConflicts->setContent(QStringLiteral("check"), tr("No conflicts: nobody else changed what you changed."));
    m_conflictStack->addWidget(m_conflictTable);
    m_conflictStack->addWidget(noConflicts);
    conflictLayout->addWidget(m_settle);
    conflictLayout->addWidget(m_conflictStack, 1);
    m_tabs->addTab(conflicts, QString());
    dressTable(*m_conflictTable, context.theme);
    m_conflictTable->setColumnCount(3);
    m_conflictTable->setHorizontalHeaderLabels({tr("Record"), tr("Fields"), tr("When")});
    m_conflictTable->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_conflictTable->setColumnWidth(0, 360);
    m_conflictTable->setColumnWidth(1, 300);
    connect(m_settle, &QPushButton::clicked, this, &SynchronisationPage::settle);
    connect(m_conflictTable, &QTableWidget::activated, this, &SynchronisationPage::settle);

    auto *actions = new QWidget(this);
    auto *actionLayout = new QHBoxLayout(actions);
    actionLayout->setContentsMargins(0, 0, 0, 0);
    auto *retry = new QPushButton(tr("Send again"), actions);
    auto *discard = new QPushButton(tr("Discard…"), actions);
    actionLayout->addWidget(retry);
    actionLayout->addWidget(discard);
    actionLayout->addStretch(1);
    m_quarantineList = addList(QStringLiteral("check"), tr("Nothing was refused. A change that central refuses is kept here until you send it again or discard it."), actions);
    m_quarantineList.view->setModel(m_quarantine);
    setWidths(*m_quarantineList.view);
    const auto offer = [this, retry, discard] {
        const bool some = m_quarantineList.view->selectionModel()->hasSelection();
        retry->setEnabled(some);
        discard->setEnabled(some);
    };
    connect(m_quarantineList.view->selectionModel(), &QItemSelectionModel::selectionChanged, this, offer);
    connect(m_quarantine, &QAbstractItemModel::modelReset, this, offer);
    offer();
    connect(retry, &QPushButton::clicked, this, [this] { forQuarantined(&LocalStore::retry); });
    connect(discard, &QPushButton::clicked, this, [this] {
        QMessageBox box(QMessageBox::Question, tr("Discard"), tr("Discard the chosen changes for good? Central has refused them; they exist only here."), QMessageBox::NoButton, this);
        const auto *yes = box.addButton(tr("Discard"), QMessageBox::DestructiveRole);
        box.addButton(tr("Keep"), QMessageBox::RejectRole);
        box.exec();
        if (box.clickedButton() == yes)
            forQuarantined(&LocalStore::discard);
    });

    m_again.setSingleShot(true);
    m_again.setInterval(200);
    connect(&m_again, &QTimer::timeout, this, &SynchronisationPage::read);
    connect(&context.store, &LocalStore::statusChanged, this, [this] {
        if (!m_again.isActive())
            m_again.start();
    });
    read();
}

SynchronisationPage::List SynchronisationPage::addList(const QString &icon, const QString &empty, QWidget *actions)
{
    auto *page = new QWidget(this);
    auto *layout = new QVBoxLayout(page);
    if (actions)
        layout->addWidget(actions);
    List list{new QTableView(page), new QStackedWidget(page), actions};
    dressTable(*list.view, m_context.theme);
    auto *nothing = new EmptyStateWidget(m_context.theme, page);
    nothing->setContent(icon, empty);
    list.stack->addWidget(list.view);
    list.stack->addWidget(nothing);
    layout->addWidget(list.stack, 1);
    m_tabs->addTab(page, QString());
    return list;
}

void SynchronisationPage::read()
{
    const auto fill = [this](const Result<QList<OutboxEntry>> &entries, OutboxModel *model, const List &list, Tab tab, const QString &name) {
        if (!entries)
            return;
        model->setEntries(*entries);
        list.stack->setCurrentIndex(entries->isEmpty() ? 1 : 0);
        if (list.actions)
            list.actions->setVisible(!entries->isEmpty());
        m_tabs->setTabText(tab, entries->isEmpty() ? name : QStringLiteral("%1 (%2)").arg(name, m_context.format.number(double(entries->size()))));
    };
    m_context.store.outboxEntries().then(this, [this, fill](const Result<QList<OutboxEntry>> &entries) { fill(entries, m_outbox, m_outboxList, Outbox, tr("Outbox")); });
    m_context.store.quarantineEntries().then(this, [this, fill](const Result<QList<OutboxEntry>> &entries) {
        fill(entries, m_quarantine, m_quarantineList, Quarantine, tr("Quarantine"));
    });
    m_context.store.conflicts().then(this, [this](const Result<QList<Conflict>> &conflicts) {
        if (conflicts)
            showConflicts(*conflicts);
    });
}

void SynchronisationPage::showConflicts(const QList<Conflict> &conflicts)
{
    m_conflictRows = conflicts;
    m_tabs->setTabText(Conflicts, conflicts.isEmpty() ? tr("Conflicts") : QStringLiteral("%1 (%2)").arg(tr("Conflicts"), m_context.format.number(double(conflicts.size()))));
    m_conflictStack->setCurrentIndex(conflicts.isEmpty() ? 1 : 0);
    m_settle->setVisible(!conflicts.isEmpty());
    m_conflictTable->setRowCount(static_cast<int>(conflicts.size()));
    for (int row = 0; row < conflicts.size(); ++row) {
        const Conflict &conflict = conflicts[row];
        const RecordType *type = m_context.catalog().type(conflict.type);
        QStringList fields;
        for (const FieldConflict &field : conflict.fields) {
            const Field *declared = type ? type->field(field.field) : nullptr;
            fields += declared ? declared->label.in(m_context.language) : field.field;
        }
        m_conflictTable->setItem(row, 0, new QTableWidgetItem(conflict.title));
        m_conflictTable->setItem(row, 1, new QTableWidgetItem(fields.join(QStringLiteral(", "))));
        m_conflictTable->setItem(row, 2, new QTableWidgetItem(m_context.format.dateTime(conflict.atMs)));
    }
    if (!conflicts.isEmpty() && m_conflictTable->currentRow() < 0)
        m_conflictTable->selectRow(0);
}

void SynchronisationPage::showTab(Tab tab)
{
    m_tabs->setCurrentIndex(tab);
}

void SynchronisationPage::settle()
{
    const int row = m_conflictTable->currentRow();
    if (row < 0 || row >= m_conflictRows.size())
        return;
    const Conflict conflict = m_conflictRows[row];
    auto *dialog = new ConflictDialog(m_context, conflict, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, op = conflict.op] {
        m_context.store.settle(op, dialog->chosen()).then(this, [this](const Result<void> &done) {
            if (!done)
                m_context.workspace.tell(done.error().message);
            read();
        });
    });
    dialog->open();
}

void SynchronisationPage::forQuarantined(QFuture<Result<void>> (LocalStore::*act)(const Id &))
{
    const QModelIndexList rows = m_quarantineList.view->selectionModel()->selectedRows();
    for (const QModelIndex &row : rows) {
        (m_context.store.*act)(m_quarantine->entry(row.row()).operation.op).then(this, [this](const Result<void> &done) {
            if (!done)
                m_context.workspace.tell(done.error().message);
        });
    }
}

} // namespace ioc
