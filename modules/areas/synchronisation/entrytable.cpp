// SPDX-License-Identifier: GPL-3.0-or-later
#include <synchronisation/entrytable.h>
#include <ui/emptystatewidget.h>
#include <ui/rowdelegate.h>

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QScopedValueRollback>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <numeric>

namespace ioc {

namespace {
constexpr int typingMs = 200;
constexpr int againMs = 200; // a burst of changes asks once
} // namespace

EntryTable::EntryTable(UiContext &context, EntryModel &model, QWidget *detail, QWidget *parent)
    : QWidget(parent), m_context(context), m_model(model), m_search(new QLineEdit(this)), m_types(new QComboBox(this)), m_count(new QLabel(this)), m_view(new QTableView(this)),
      m_split(new QSplitter(Qt::Vertical, this)), m_stack(new QStackedWidget(this)), m_empty(new EmptyStateWidget(context.theme, this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(8, 6, 8, 6);
    bar->setSpacing(6);
    m_search->setPlaceholderText(tr("Search…"));
    m_search->setAccessibleName(tr("Search in this list"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(context.theme.icon(QStringLiteral("search"), Tone::Muted), QLineEdit::LeadingPosition);
    m_search->setMaximumWidth(340);
    m_types->setAccessibleName(tr("Kind of record"));
    m_types->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_types->addItem(tr("All kinds"));
    m_count->setProperty("role", QStringLiteral("muted"));
    bar->addWidget(m_search, 1);
    bar->addWidget(m_types);
    bar->addStretch(1);
    bar->addWidget(m_count);
    layout->addLayout(bar);
    m_split->addWidget(m_view);
    m_split->addWidget(detail);
    m_split->setStretchFactor(0, 1);
    m_split->setChildrenCollapsible(false);
    m_split->setSizes({1000, 170});
    m_stack->addWidget(m_split);
    m_stack->addWidget(m_empty);
    layout->addWidget(m_stack, 1);

    m_view->setModel(&model);
    context.theme.dress(*m_view);
    m_view->setItemDelegate(new RowDelegate(context.theme, m_view));
    m_view->setProperty("framed", false);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setTabKeyNavigation(false);
    m_view->setWordWrap(false);
    QHeaderView *header = m_view->horizontalHeader();
    header->setStretchLastSection(true);
    header->setHighlightSections(false);
    header->setSectionsClickable(true);
    connect(header, &QHeaderView::sectionClicked, this, &EntryTable::sortBy);
    connect(header, &QHeaderView::sectionResized, this, [this, header](int column) {
        m_setByHand = m_setByHand || (!m_spreading && column != header->logicalIndex(header->count() - 1)); // that one fills what is left
    });
    m_view->viewport()->installEventFilter(this);

    for (QTimer *timer : {&m_typing, &m_again})
        timer->setSingleShot(true);
    m_typing.setInterval(typingMs);
    m_again.setInterval(againMs);
    connect(&m_typing, &QTimer::timeout, this, &EntryTable::ask);
    connect(&m_again, &QTimer::timeout, this, [this] { m_model.refresh(); askTypes(); });
    connect(m_search, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(m_types, &QComboBox::activated, this, &EntryTable::ask);
    connect(&model, &EntryModel::modelAboutToBeReset, this, &EntryTable::keepChosen);
    connect(&model, &EntryModel::modelReset, this, &EntryTable::restoreChosen);
    connect(&model, &EntryModel::completed, this, &EntryTable::showState);
    connect(&model, &EntryModel::dataChanged, this, [this](const QModelIndex &from, const QModelIndex &to) {
        if (const int row = currentRow(); row >= from.row() && row <= to.row())
            Q_EMIT currentChanged(row);
    });
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &EntryTable::chosenChanged);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &now) { Q_EMIT currentChanged(now.row()); });
    connect(m_view, &QTableView::activated, this, [this](const QModelIndex &index) { Q_EMIT activated(index.row()); });
    connect(&context.store, &LocalStore::entriesChanged, this, &EntryTable::refresh);
}

void EntryTable::setEmptyState(const QString &nothing)
{
    m_nothing = nothing;
    showState();
}

void EntryTable::setWidths(const QList<int> &widths)
{
    m_widths = widths;
    spread();
}

// On a wide screen all columns grow alike, until somebody has set one by hand.
void EntryTable::spread()
{
    if (m_setByHand || m_widths.isEmpty())
        return;
    const int wanted = std::accumulate(m_widths.cbegin(), m_widths.cend(), 0);
    const int room = std::max(wanted, m_view->viewport()->width());
    const QScopedValueRollback spreading(m_spreading, true);
    for (int column = 0; column < m_widths.size(); ++column)
        m_view->setColumnWidth(column, m_widths[column] * room / wanted);
}

bool EntryTable::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_view->viewport() && event->type() == QEvent::Resize)
        spread();
    return QWidget::eventFilter(watched, event);
}

QList<qint64> EntryTable::chosen() const
{
    QList<int> rows;
    const auto ranges = m_view->selectionModel()->selection();
    for (const QItemSelectionRange &range : ranges) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows += row;
    }
    std::ranges::sort(rows);
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    QList<qint64> out;
    for (const int row : std::as_const(rows))
        out += m_model.keyAt(row);
    return out;
}

int EntryTable::currentRow() const
{
    return m_view->currentIndex().row();
}

void EntryTable::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void EntryTable::refresh()
{
    m_due = true;
    if (!isVisible())
        return;
    m_due = false;
    if (!m_again.isActive())
        m_again.start();
}

void EntryTable::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (std::exchange(m_due, false)) {
        m_model.refresh();
        askTypes();
    }
}

void EntryTable::ask()
{
    EntryQuery query = m_model.query();
    query.text = m_search->text().trimmed();
    query.type = m_types->currentData().toString();
    m_model.setQuery(query);
}

// The kinds that have entries; the one chosen stays, even with none left.
void EntryTable::askTypes()
{
    m_context.store.entryTypes(m_model.query().list).then(this, [this](const Result<QList<std::pair<QString, qint64>>> &types) {
        if (!types || m_types->view()->isVisible())
            return;
        const QString chosen = m_types->currentData().toString();
        const EntryText text(m_context);
        QSignalBlocker quiet(m_types);
        m_types->clear();
        m_types->addItem(tr("All kinds"));
        for (const auto &[type, count] : *types)
            m_types->addItem(QStringLiteral("%1 (%2)").arg(text.typeLabel(type), m_context.format.number(double(count))), type);
        if (!chosen.isEmpty() && m_types->findData(chosen) < 0)
            m_types->addItem(text.typeLabel(chosen), chosen);
        m_types->setCurrentIndex(std::max(m_types->findData(chosen), 0));
    });
}

void EntryTable::sortBy(int column)
{
    const auto sort = m_model.sortOf(column);
    if (!sort)
        return;
    EntryQuery query = m_model.query();
    query.descending = query.sort == *sort && !query.descending;
    query.sort = *sort;
    m_view->horizontalHeader()->setSortIndicatorShown(true);
    m_view->horizontalHeader()->setSortIndicator(column, query.descending ? Qt::DescendingOrder : Qt::AscendingOrder);
    m_model.setQuery(query);
}

void EntryTable::keepChosen()
{
    const QList<qint64> keys = chosen();
    m_keptChosen = QSet<qint64>(keys.begin(), keys.end());
    m_keptCurrent = currentRow() >= 0 ? m_model.keyAt(currentRow()) : 0;
}

void EntryTable::restoreChosen()
{
    QItemSelection selection;
    const QList<qint64> &keys = m_model.keys();
    for (qsizetype row = 0; row < keys.size(); ++row) {
        if (!m_keptChosen.contains(keys[row]))
            continue;
        qsizetype last = row;
        while (last + 1 < keys.size() && m_keptChosen.contains(keys[last + 1]))
            ++last;
        selection.select(m_model.index(static_cast<int>(row), 0), m_model.index(static_cast<int>(last), m_model.columnCount() - 1));
        row = last;
    }
    if (const int row = m_model.rowOf(m_keptCurrent); row >= 0)
        m_view->selectionModel()->setCurrentIndex(m_model.index(row, 0), QItemSelectionModel::NoUpdate);
    m_view->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    Q_EMIT chosenChanged();
}

void EntryTable::showState()
{
    const bool filtered = !m_model.query().text.isEmpty() || !m_model.query().type.isEmpty();
    const int rows = m_model.rowCount();
    m_empty->setContent(filtered ? QStringLiteral("search") : QStringLiteral("check"), filtered ? tr("Nothing found. Change the search or the kind of record.") : m_nothing);
    m_search->setVisible(rows > 0 || filtered);
    m_types->setVisible(rows > 0 || filtered);
    m_count->setText(rows > 0 ? tr("%n entries", nullptr, rows) : QString());
    m_stack->setCurrentIndex(rows > 0 ? 0 : 1);
    if (rows > 0 && !m_view->selectionModel()->hasSelection()) { // the keyboard goes on where it was, whatever keys are held just now
        const QModelIndex at = m_model.index(std::max(currentRow(), 0), 0);
        m_view->selectionModel()->setCurrentIndex(at, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    }
    Q_EMIT chosenChanged();
    Q_EMIT currentChanged(currentRow());
}

} // namespace ioc
