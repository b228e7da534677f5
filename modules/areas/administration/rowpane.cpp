// SPDX-License-Identifier: GPL-3.0-or-later
#include <administration/rowpane.h>
#include <base/textfold.h>
#include <ui/emptystatewidget.h>
#include <ui/flowlayout.h>
#include <ui/messagebar.h>
#include <ui/rowdelegate.h>
#include <ui/workspace.h>

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <numeric>

namespace ioc {

namespace {

constexpr int againMs = 400;
constexpr int sortRole = Qt::UserRole; // RowModel's

/// Rows in which every word is found, without marks, in any column.
class FoldedFilter final : public QSortFilterProxyModel
{
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;
    void setWords(const QString &text)
    {
        m_words = folded(text).split(u' ', Qt::SkipEmptyParts);
        invalidateRowsFilter();
    }

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override
    {
        if (m_words.isEmpty())
            return true;
        QString all;
        for (int column = 0; column < sourceModel()->columnCount(); ++column)
            all += folded(sourceModel()->index(row, column, parent).data().toString()) + u'\n';
        return std::ranges::all_of(m_words, [&](const QString &word) { return all.contains(word); });
    }

private:
    QStringList m_words;
};

} // namespace

RowPane::RowPane(UiContext &context, QWidget *parent)
    : QWidget(parent), m_context(context), m_actions(new FlowLayout), m_filter(new QLineEdit(this)), m_count(new QLabel(this)), m_message(new MessageBar(context.theme, this)),
      m_view(new QTableView(this)), m_rows(new FoldedFilter(this)), m_stack(new QStackedWidget(this)), m_empty(new EmptyStateWidget(context.theme, this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 6, 8, 8);
    layout->setSpacing(6);
    layout->addLayout(m_actions);
    auto *bar = new QHBoxLayout;
    m_filter->setPlaceholderText(tr("Filter…"));
    m_filter->setAccessibleName(tr("Filter this list"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(context.theme.icon(QStringLiteral("search"), Tone::Muted), QLineEdit::LeadingPosition);
    m_filter->setMaximumWidth(340);
    m_count->setProperty("role", QStringLiteral("muted"));
    bar->addWidget(m_filter, 1);
    bar->addStretch(1);
    bar->addWidget(m_count);
    layout->addLayout(bar);
    m_message->dismiss();
    layout->addWidget(m_message);
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);
    layout->addWidget(m_stack, 1);
    buildTable();
    m_again.setSingleShot(true);
    m_again.setInterval(againMs);
    connect(&m_again, &QTimer::timeout, this, &RowPane::refresh);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        static_cast<FoldedFilter *>(m_rows)->setWords(text);
        showState();
    });
    connect(m_empty, &EmptyStateWidget::actionTriggered, this, &RowPane::refresh);
    auto *find = new QAction(this);
    find->setShortcut(QKeySequence::Find);
    find->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    QWidget::addAction(find);
    connect(find, &QAction::triggered, this, [this] {
        m_filter->setFocus(Qt::ShortcutFocusReason);
        m_filter->selectAll();
    });
}

void RowPane::buildTable()
{
    m_rows->setSortRole(sortRole);
    m_rows->setSortLocaleAware(true);
    m_view->setModel(m_rows);
    m_context.theme.dress(*m_view);
    m_view->setItemDelegate(new RowDelegate(m_context.theme, m_view));
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setTabKeyNavigation(false);
    m_view->setWordWrap(false);
    m_view->setSortingEnabled(true);
    m_view->horizontalHeader()->setStretchLastSection(true);
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->viewport()->installEventFilter(this);
}

void RowPane::setModel(QAbstractItemModel *model, const QList<int> &widths, const QString &empty)
{
    m_rows->setSourceModel(model);
    m_widths = widths;
    m_nothing = empty;
    m_view->sortByColumn(0, Qt::AscendingOrder);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] { offer(); });
    spread();
    showState();
}

void RowPane::spread()
{
    if (m_widths.isEmpty())
        return;
    const int wanted = std::accumulate(m_widths.cbegin(), m_widths.cend(), 0);
    const int room = std::max(wanted, m_view->viewport()->width());
    for (int column = 0; column < m_widths.size(); ++column)
        m_view->setColumnWidth(column, m_widths[column] * room / wanted);
}

bool RowPane::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_view->viewport() && event->type() == QEvent::Resize)
        spread();
    return QWidget::eventFilter(watched, event);
}

QAction *RowPane::addAction(const QString &name, const QString &icon, const QString &text, const QKeySequence &keys, bool isPrimary)
{
    auto *action = new QAction(isPrimary ? m_context.theme.iconOnAccent(icon) : m_context.theme.icon(icon), text, this);
    action->setObjectName(name);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    QWidget::addAction(action);
    auto *button = new QPushButton(action->icon(), text, this);
    button->setToolTip(keys.isEmpty() ? text : QStringLiteral("%1 (%2)").arg(text, keys.toString(QKeySequence::NativeText)));
    if (isPrimary)
        button->setProperty("look", QStringLiteral("primary"));
    m_actions->addWidget(button);
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
    connect(action, &QAction::changed, button, [action, button] {
        button->setEnabled(action->isEnabled());
        button->setText(action->text());
    });
    return action;
}

QAction *RowPane::action(const QString &name) const
{
    return findChild<QAction *>(name, Qt::FindDirectChildrenOnly);
}

void RowPane::setAccess(const CentralAccess &access)
{
    m_access = access;
    refresh();
}

void RowPane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_isDue = true;
    refresh();
}

void RowPane::refresh()
{
    if (!isVisible()) {
        m_isDue = true;
        return;
    }
    if (m_isLoading)
        return;
    if (!m_access.isOpen()) {
        failed({ErrorCode::Offline, {}, {}});
        return;
    }
    m_isDue = false;
    m_isLoading = true;
    load();
}

void RowPane::loaded()
{
    m_isLoading = false;
    m_message->dismiss();
    showState();
    if (m_rows->rowCount() > 0 && !m_view->currentIndex().isValid())
        m_view->setCurrentIndex(m_rows->index(0, 0));
    offer();
}

void RowPane::failed(const Error &error)
{
    m_isLoading = false;
    m_isDue = true;
    const bool isOffline = error.code == ErrorCode::Offline || error.code == ErrorCode::Timeout || error.code == ErrorCode::Unauthenticated;
    m_message->say(Tone::Warning, isOffline ? tr("This list is kept at central, which cannot be reached at the moment. What is shown is from the last time.") : error.message, tr("Try again"));
    connect(m_message, &MessageBar::actionTriggered, this, &RowPane::refresh, Qt::UniqueConnection);
    showState();
    offer();
}

void RowPane::showState()
{
    const int all = m_rows->sourceModel() ? m_rows->sourceModel()->rowCount() : 0;
    const int shown = m_rows->rowCount();
    if (all > 0 && shown == 0)
        m_empty->setContent(QStringLiteral("search"), tr("Nothing found. Change the filter."));
    else if (m_isDue)
        m_empty->setContent(QStringLiteral("offline"), tr("This list needs central, which cannot be reached at the moment."), tr("Try again"));
    else
        m_empty->setContent(QStringLiteral("check"), m_nothing);
    m_count->setText(shown == all ? tr("%n entries", nullptr, all) : tr("%1 of %n entries", nullptr, all).arg(shown));
    m_stack->setCurrentIndex(shown > 0 ? 0 : 1);
}

int RowPane::currentRow() const
{
    return m_rows->mapToSource(m_view->currentIndex()).row();
}

void RowPane::selectRow(int row)
{
    const QModelIndex index = m_rows->mapFromSource(m_rows->sourceModel()->index(row, 0));
    if (index.isValid())
        m_view->setCurrentIndex(index);
}

void RowPane::confirm(const QString &title, const QString &what, const QString &button, const std::function<void()> &then)
{
    auto *box = new QMessageBox(QMessageBox::Question, title, what, QMessageBox::NoButton, this);
    box->setTextFormat(Qt::PlainText); // names come from outside
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *yes = box->addButton(button, QMessageBox::AcceptRole);
    box->setDefaultButton(box->addButton(tr("Cancel"), QMessageBox::RejectRole));
    connect(yes, &QPushButton::clicked, this, then);
    box->open();
}

void RowPane::finish(const Result<void> &done, const QString &said)
{
    if (!done) {
        m_message->say(Tone::Danger, done.error().message);
        return;
    }
    m_context.workspace.tell(said);
    refresh();
}

} // namespace ioc
