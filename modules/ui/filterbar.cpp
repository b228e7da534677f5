// SPDX-License-Identifier: GPL-3.0-or-later
#include <ui/filterbar.h>

#include <QAction>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QTimer>
#include <QToolButton>
#include <QWidgetAction>

namespace ioc {

namespace {
constexpr int typingMs = 150;
constexpr int searchWidth = 170;
constexpr int buttonLimit = 4; // more would not fit beside the search on a small screen

QStringList codesIn(const Filter &filter)
{
    QStringList codes;
    for (const QCborValue &value : filter.values)
        codes += value.toString();
    return codes;
}
} // namespace

FilterBar::FilterBar(UiContext &context, const RecordType &type, QWidget *parent)
    : QWidget(parent), m_context(context), m_type(type), m_layout(new QHBoxLayout(this)), m_search(new QLineEdit(this)),
      m_typing(new QTimer(this)), m_clear(new QToolButton(this)), m_more(new QToolButton(this))
{
    m_layout->setContentsMargins(8, 6, 8, 6);
    m_layout->setSpacing(6);
    m_search->setPlaceholderText(tr("Search…"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(context.theme.icon(QStringLiteral("search"), Tone::Muted), QLineEdit::LeadingPosition);
    m_search->setMinimumWidth(searchWidth);
    m_search->setMaximumWidth(340);
    m_search->setAccessibleName(tr("Search in %1").arg(type.plural.in(context.language)));
    m_layout->addWidget(m_search, 2);
    m_typing->setSingleShot(true);
    m_typing->setInterval(typingMs);
    connect(m_search, &QLineEdit::textChanged, m_typing, qOverload<>(&QTimer::start));
    connect(m_typing, &QTimer::timeout, this, [this] { showState(); Q_EMIT changed(); });
    for (const Field &field : type.fields) {
        if (field.kind == FieldKind::Choice && field.indexed && m_buttons.size() < buttonLimit)
            addChoiceFilter(field);
    }
    m_more->setText(tr("Filters"));
    m_more->setIcon(context.theme.icon(QStringLiteral("filter")));
    m_more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setFocusPolicy(Qt::TabFocus);
    m_more->setMenu(new QMenu(m_more));
    m_more->hide();
    m_layout->addWidget(m_more);
    m_layout->setSizeConstraint(QLayout::SetNoConstraint); // what has no room goes into the menu
    m_clear->setFocusPolicy(Qt::TabFocus);
    m_clear->setText(tr("Clear"));
    m_clear->setToolTip(tr("Show all records again"));
    m_layout->addWidget(m_clear);
    m_layout->addStretch(1);
    connect(m_clear, &QToolButton::clicked, this, &FilterBar::clear);
    showState();
}

void FilterBar::addChoiceFilter(const Field &field)
{
    auto *button = new QToolButton(this);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setFocusPolicy(Qt::TabFocus);
    auto *menu = new QMenu(button);
    for (const Choice &choice : field.choices) {
        auto *box = new QCheckBox(choice.label.in(m_context.language), menu);
        box->setProperty("code", choice.code);
        box->setContentsMargins(8, 4, 8, 4);
        auto *action = new QWidgetAction(menu); // a box in the menu: it stays open for several choices
        action->setDefaultWidget(box);
        menu->addAction(action);
        connect(box, &QCheckBox::clicked, this, [this, menu, name = field.name] {
            QStringList codes;
            const auto boxes = menu->findChildren<QCheckBox *>();
            for (const QCheckBox *candidate : boxes) {
                if (candidate->isChecked())
                    codes += candidate->property("code").toString();
            }
            setFilter(name, codes);
            Q_EMIT changed();
        });
    }
    button->setMenu(menu);
    m_buttons += {&field, button};
    m_layout->addWidget(button);
}

void FilterBar::setFilter(const QString &field, const QStringList &codes)
{
    m_filters.removeIf([&](const Filter &filter) { return filter.field == field && filter.op == Filter::Op::OneOf; });
    if (!codes.isEmpty()) {
        Filter filter{field, Filter::Op::OneOf, {}};
        for (const QString &code : codes)
            filter.values += QCborValue(code);
        m_filters += filter;
    }
    showState();
}

void FilterBar::setFilters(const QList<Filter> &filters)
{
    m_filters = filters;
    showState();
    Q_EMIT changed();
}

QString FilterBar::text() const
{
    return m_search->text().trimmed();
}

void FilterBar::setText(const QString &text)
{
    m_search->setText(text);
}

void FilterBar::clear()
{
    m_search->clear();
    m_typing->stop();
    setFilters({});
}

void FilterBar::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void FilterBar::addWidget(QWidget *widget)
{
    m_layout->addWidget(widget);
    m_added += widget;
}

QSize FilterBar::minimumSizeHint() const
{
    int width = searchWidth + m_more->sizeHint().width() + m_clear->sizeHint().width() + 60;
    for (const QWidget *widget : m_added)
        width += widget->sizeHint().width() + m_layout->spacing();
    return {width, m_layout->minimumSize().height()};
}

void FilterBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

// Filters that have no room beside the search stand in one menu.
void FilterBar::fit()
{
    const int gap = m_layout->spacing();
    const QMargins margins = m_layout->contentsMargins();
    int room = width() - margins.left() - margins.right() - searchWidth;
    if (m_clear->isVisibleTo(this))
        room -= m_clear->sizeHint().width() + gap;
    for (const QWidget *widget : std::as_const(m_added))
        room -= widget->sizeHint().width() + gap;
    int wanted = 0;
    for (const auto &[field, button] : std::as_const(m_buttons))
        wanted += button->sizeHint().width() + gap;
    const bool all = wanted <= room;
    if (!all)
        room -= m_more->sizeHint().width() + gap;
    m_more->menu()->clear();
    for (const auto &[field, button] : std::as_const(m_buttons)) {
        room -= button->sizeHint().width() + gap;
        const bool fits = all || (room >= 0 && m_more->menu()->isEmpty());
        button->setVisible(fits);
        button->menu()->setTitle(button->text());
        if (!fits)
            m_more->menu()->addMenu(button->menu());
    }
    m_more->setVisible(!m_more->menu()->isEmpty());
}

// A button says what it filters by: "Status", "Status: New", "Status: 3".
void FilterBar::showState()
{
    for (const auto &[field, button] : std::as_const(m_buttons)) {
        QStringList codes;
        for (const Filter &filter : std::as_const(m_filters)) {
            if (filter.field == field->name && filter.op == Filter::Op::OneOf)
                codes = codesIn(filter);
        }
        const QString label = field->label.in(m_context.language);
        const Choice *only = codes.size() == 1 ? field->choice(codes.first()) : nullptr;
        button->setText(codes.isEmpty() ? label
                        : only          ? tr("%1: %2").arg(label, only->label.in(m_context.language))
                                        : tr("%1: %2").arg(label).arg(codes.size()));
        button->setProperty("active", !codes.isEmpty());
        button->setDown(false);
        const auto boxes = button->menu()->findChildren<QCheckBox *>();
        for (QCheckBox *box : boxes)
            box->setChecked(codes.contains(box->property("code").toString()));
    }
    m_clear->setVisible(!m_filters.isEmpty() || !m_search->text().isEmpty());
    fit();
}

} // namespace ioc
