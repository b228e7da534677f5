// SPDX-License-Identifier: GPL-3.0-or-later
#include <ui/emptystatewidget.h>
#include <ui/filterbar.h>
#include <ui/messagebar.h>
#include <ui/recorddelegate.h>
#include <ui/recordtablewidget.h>

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QLabel>
#include <QScrollBar>
#include <QSettings>
#include <QShortcut>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace ioc {

namespace {
constexpr int cellRoom = 24;   // beside the text of a cell
constexpr int chipRoom = 36;   // beside the text of a chip
constexpr int headRoom = 34;   // with the sort arrow
constexpr int widestFixed = 190;
constexpr int leastTitle = 190;
constexpr int widestTitle = 300; // before what is left is shared
constexpr int leastText = 150;
constexpr qint64 dayMs = 24 * 3'600'000;

// Text of any length: such columns share what the others leave.
bool isFlexible(const Field &field)
{
    switch (field.kind) {
    case FieldKind::Text:
    case FieldKind::Note:
    case FieldKind::Translated: return field.maximumLength != 40;
    case FieldKind::Reference:
    case FieldKind::Unit: return true;
    default: return false;
    }
}
} // namespace

RecordTableWidget::RecordTableWidget(UiContext &context, const RecordType &type, const QString &name, QWidget *parent)
    : QWidget(parent), m_context(context), m_type(type), m_name(name), m_model(new RecordTableModel(context, type, this)),
      m_filterBar(new FilterBar(context, type, this)), m_table(new QTableView(this)), m_stack(new QStackedWidget(this)),
      m_empty(new EmptyStateWidget(context.theme, this)), m_message(new MessageBar(context.theme, this)), m_count(new QLabel(this)),
      m_sortField(type.sortField), m_descending(type.sortDescending)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_count->setProperty("role", QStringLiteral("muted"));
    m_filterBar->addWidget(m_count);
    m_message->dismiss();
    layout->addWidget(m_filterBar);
    layout->addWidget(m_message);
    layout->addWidget(m_stack, 1);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    m_empty->setContent(type.icon, tr("No records found. Change the search or the filters."), tr("Show all"));

    m_table->setModel(m_model);
    context.theme.dress(*m_table);
    m_table->setItemDelegate(new RecordDelegate(context, m_table));
    m_table->setProperty("framed", false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->setAccessibleName(type.plural.in(context.language));
    QHeaderView *header = m_table->horizontalHeader();
    header->setSectionsMovable(true);
    header->setStretchLastSection(true);
    header->setHighlightSections(false);
    restoreColumns();
    m_table->setSortingEnabled(true);

    connect(header, &QHeaderView::sortIndicatorChanged, this, [this](int column, Qt::SortOrder order) {
        if (column < 0 || column >= m_model->fields().size())
            return;
        if (m_model->fields().at(column)->sensitive) { // in no order
            showSort();
            return;
        }
        m_sortField = m_model->fields().at(column)->name;
        m_descending = order == Qt::DescendingOrder;
    });
    const auto own = [this](int section) {
        if (!m_arranging && m_table->horizontalHeader()->visualIndex(section) != m_table->horizontalHeader()->count() - 1)
            m_ownColumns = true; // the last one stretches by itself
    };
    connect(header, &QHeaderView::sectionResized, this, own);
    connect(header, &QHeaderView::sectionMoved, this, own);
    m_table->installEventFilter(this);
    connect(m_filterBar, &FilterBar::changed, this, &RecordTableWidget::ask);
    connect(m_model, &RecordTableModel::completed, this, &RecordTableWidget::showCount);
    connect(m_model, &RecordTableModel::rowsAboutToBeRemoved, this, [this] { m_updating = true; });
    connect(m_model, &RecordTableModel::modelAboutToBeReset, this, [this] { m_updating = true; });
    connect(m_model, &RecordTableModel::completed, this, &RecordTableWidget::restoreCurrent);
    connect(m_model, &RecordTableModel::modelReset, this, &RecordTableWidget::restoreCurrent);
    connect(m_model, &RecordTableModel::failed, this, [this](const QString &why) { m_message->say(Tone::Danger, why, tr("Try again")); });
    connect(m_message, &MessageBar::actionTriggered, this, [this] { m_message->dismiss(); m_model->setQuery({}); ask(); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &RecordTableWidget::currentRowChanged);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex &index) {
        const QVariant record = index.data(RecordTableModel::RecordRole);
        if (record.isValid())
            Q_EMIT activated(record.value<StoredRecord>());
    });
    connect(m_model, &RecordTableModel::dataChanged, this, [this] {
        if (m_current && m_announced != m_current)
            announce(m_current);
    });
    connect(m_empty, &EmptyStateWidget::actionTriggered, this, [this] {
        if (m_filterBar->filters().isEmpty() && m_filterBar->text().isEmpty())
            Q_EMIT emptyActionTriggered();
        else
            m_filterBar->clear();
    });
    auto *copy = new QShortcut(QKeySequence::Copy, m_table, nullptr, nullptr, Qt::WidgetShortcut);
    connect(copy, &QShortcut::activated, this, &RecordTableWidget::copySelection);
}

// A table that nobody looks at asks nothing.
void RecordTableWidget::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_model->query().type.isEmpty())
        ask();
}

RecordTableWidget::~RecordTableWidget()
{
    saveColumns();
}

void RecordTableWidget::setFields(const QStringList &fields)
{
    m_model->setFields(fields);
    restoreColumns();
}

void RecordTableWidget::setQuery(const Query &query)
{
    if (!query.sortField.isEmpty()) {
        m_sortField = query.sortField;
        m_descending = query.descending;
    }
    showSort();
    const QSignalBlocker quiet(m_filterBar);
    m_filterBar->setText(query.text);
    m_filterBar->setFilters(query.filters);
    ask();
}

void RecordTableWidget::setEmptyState(const QString &icon, const QString &sentence, const QString &action)
{
    m_empty->setContent(icon, sentence, action);
}

void RecordTableWidget::ask()
{
    m_model->setQuery({m_type.name, m_filterBar->filters(), m_filterBar->text(), m_sortField, m_descending});
}

void RecordTableWidget::showCount()
{
    const int rows = m_model->rowCount();
    m_count->setText(tr("%n record(s)", nullptr, rows).replace(QString::number(rows), m_context.format.number(rows)));
    m_stack->setCurrentWidget(rows > 0 ? static_cast<QWidget *>(m_table) : m_empty);
}

void RecordTableWidget::restoreCurrent()
{
    if (m_current) {
        const int row = m_model->rowOf(m_current);
        if (row >= 0 && m_table->currentIndex().row() != row)
            m_table->selectionModel()->setCurrentIndex(m_model->index(row, 0), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    }
    m_updating = false;
}

void RecordTableWidget::select(qint64 key)
{
    m_current = key;
    m_announced = key; // the caller knows
    const int row = m_model->rowOf(key);
    if (row < 0) {
        m_table->clearSelection();
        return;
    }
    m_table->selectionModel()->setCurrentIndex(m_model->index(row, 0), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_table->scrollTo(m_model->index(row, 0), QAbstractItemView::EnsureVisible);
}

void RecordTableWidget::currentRowChanged()
{
    if (m_updating) // rows moved; nobody chose another one
        return;
    const QModelIndex index = m_table->currentIndex();
    if (!index.isValid())
        return;
    m_current = m_model->keyAt(index.row());
    announce(m_current);
}

void RecordTableWidget::announce(qint64 key)
{
    const int row = m_model->rowOf(key);
    const QVariant record = row < 0 ? QVariant() : m_model->index(row, 0).data(RecordTableModel::RecordRole);
    if (!record.isValid() || m_announced == key)
        return; // not read yet: dataChanged comes
    m_announced = key;
    Q_EMIT currentChanged(record.value<StoredRecord>());
}

void RecordTableWidget::copySelection() const
{
    QStringList lines;
    QModelIndexList rows = m_table->selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    for (const QModelIndex &row : std::as_const(rows)) {
        QStringList cells;
        for (int column = 0; column < m_model->columnCount(); ++column)
            cells += m_model->index(row.row(), column).data().toString().replace(u'\t', u' ');
        lines += cells.join(u'\t');
    }
    QApplication::clipboard()->setText(lines.join(u'\n'));
}

void RecordTableWidget::restoreColumns()
{
    QHeaderView *header = m_table->horizontalHeader();
    const QByteArray state = QSettings().value(QStringLiteral("columns/") + m_name).toByteArray();
    m_arranging = true;
    m_ownColumns = !state.isEmpty() && header->restoreState(state);
    m_arranging = false;
    arrangeColumns();
    showSort();
}

// What the longest usual contents take: none of it is cut.
int RecordTableWidget::fittingWidth(const Field &field) const
{
    const QFontMetrics text(m_context.theme.font(FontRole::Body));
    const QFontMetrics strong(m_context.theme.font(FontRole::Strong));
    int contents = 0;
    const auto take = [&](const QString &sample) { contents = std::max(contents, text.horizontalAdvance(sample)); };
    for (const Choice &choice : field.choices)
        take(choice.label.in(m_context.language));
    const qint64 now = m_context.clock.nowMs();
    if (field.derived == u"next_due") {
        take(m_context.format.remaining(now - 88 * dayMs, now));
        take(m_context.format.remaining(now + 88 * dayMs, now));
    } else if (field.kind == FieldKind::DateTime) {
        take(m_context.format.dateTime(now));
    } else if (field.kind == FieldKind::Date) {
        take(m_context.format.date(now));
    } else if (field.kind == FieldKind::Text || field.kind == FieldKind::Phone) {
        take(QStringLiteral("PA2026-000000"));
    } else if (field.kind == FieldKind::Money) {
        take(m_context.format.money(100'000'000'000));
    } else if (field.kind == FieldKind::Place) {
        take(QStringLiteral("10.77690, 106.70090"));
    }
    const int head = strong.horizontalAdvance(field.label.in(m_context.language)) + headRoom;
    const bool chip = field.derived == u"next_due" || std::ranges::any_of(field.choices, [](const Choice &choice) { return !choice.tone.isEmpty(); });
    return std::max(head, std::min(contents + (chip ? chipRoom : cellRoom), widestFixed));
}

// As wide as the contents need, the rest shared by texts, the first of them with the larger part; until somebody arranges
// them otherwise.
void RecordTableWidget::arrangeColumns()
{
    if (m_ownColumns || m_model->columnCount() == 0)
        return;
    // Room is kept for the scroll bar whether it is there or not: columns that made it come and go would be arranged anew each time.
    const int room = m_table->contentsRect().width() - m_table->verticalScrollBar()->sizeHint().width()
                     - (m_table->verticalHeader()->isVisible() ? m_table->verticalHeader()->width() : 0);
    QList<int> widths;
    int left = room;
    int parts = 0;
    for (const Field *field : m_model->fields()) {
        const bool flexible = isFlexible(*field);
        const int title = std::clamp(room / 4, leastTitle, widestTitle);
        widths += flexible ? (parts == 0 ? title : leastText) : fittingWidth(*field);
        parts += !flexible ? 0 : parts == 0 ? 2 : 1;
        left -= widths.last();
    }
    bool first = true;
    m_arranging = true;
    for (int column = 0; column < widths.size(); ++column) {
        const bool flexible = isFlexible(*m_model->fields().at(column));
        const int more = flexible && left > 0 ? left * (first ? 2 : 1) / parts : 0;
        first = first && !flexible;
        m_table->setColumnWidth(column, widths[column] + more);
    }
    m_arranging = false;
}

bool RecordTableWidget::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && watched == m_table)
        arrangeColumns();
    return QWidget::eventFilter(watched, event);
}

void RecordTableWidget::showSort()
{
    QHeaderView *header = m_table->horizontalHeader();
    const qsizetype at = std::ranges::find(m_model->fields(), m_sortField, &Field::name) - m_model->fields().begin();
    const QSignalBlocker quiet(header);
    if (at < m_model->fields().size())
        header->setSortIndicator(static_cast<int>(at), m_descending ? Qt::DescendingOrder : Qt::AscendingOrder);
}

void RecordTableWidget::saveColumns() const
{
    if (m_ownColumns)
        QSettings().setValue(QStringLiteral("columns/") + m_name, m_table->horizontalHeader()->saveState());
}

} // namespace ioc
