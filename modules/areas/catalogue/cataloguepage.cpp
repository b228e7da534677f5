// SPDX-License-Identifier: GPL-3.0-or-later
#include <catalogue/cataloguepage.h>
#include <ui/cardframe.h>
#include <ui/recordtablewidget.h>
#include <ui/workspace.h>

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace ioc {

namespace {

// Of the system's own kinds: what everybody's work refers to, and what an administrator keeps.
constexpr std::array directory{QLatin1StringView("unit"), QLatin1StringView("account"), QLatin1StringView("role"), QLatin1StringView("role_grant")};
constexpr std::array forAdministrators{QLatin1StringView("role"), QLatin1StringView("role_grant")};

} // namespace

CataloguePage::CataloguePage(UiContext &context, QWidget *parent)
    : QWidget(parent), m_context(context), m_types(new QListWidget(this)), m_stack(new QStackedWidget(this)), m_title(new QLabel(this)),
      m_add(new QPushButton(context.theme.iconOnAccent(QStringLiteral("plus")), tr("New"), this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    m_types->setFixedWidth(230);
    m_types->setAccessibleName(tr("Kinds of record"));
    m_types->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    layout->addWidget(m_types);
    auto *right = new QVBoxLayout;
    right->setSpacing(8);
    auto *head = new QHBoxLayout;
    m_title->setTextFormat(Qt::PlainText);
    m_title->setProperty("role", QStringLiteral("title"));
    m_add->setProperty("look", QStringLiteral("primary"));
    head->addWidget(m_title, 1);
    head->addWidget(m_add);
    right->addLayout(head);
    auto *card = new CardFrame(context.theme, this);
    card->layout()->setContentsMargins(1, 4, 1, 1);
    card->content()->addWidget(m_stack);
    right->addWidget(card, 1);
    layout->addLayout(right, 1);
    fillTypes();
    showAllowed();
    connect(&context.store, &LocalStore::authorChanged, this, &CataloguePage::showAllowed);
    connect(m_types, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem *item) {
        if (item)
            open(item->data(Qt::UserRole).toString());
    });
    connect(m_add, &QPushButton::clicked, this, [this] { m_context.workspace.editRecord(m_shown, {}, {}); });
    connect(&context.store, &LocalStore::changed, this, [this] {
        if (isVisible())
            showCounts();
    });
}

// Tables and counts are for whoever looks at them.
void CataloguePage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    for (int row = 0; m_types->currentRow() < 0 && row < m_types->count(); ++row) {
        if (!m_types->item(row)->isHidden())
            m_types->setCurrentRow(row);
    }
    showCounts();
}

void CataloguePage::fillTypes()
{
    for (const RecordType *type : m_context.catalog().types()) {
        if (type->group == RecordType::Group::System && !std::ranges::contains(directory, type->name))
            continue;
        auto *item = new QListWidgetItem(m_context.theme.icon(type->icon), type->plural.in(m_context.language), m_types);
        item->setData(Qt::UserRole, type->name);
        item->setSizeHint(QSize(200, 34));
    }
    m_types->sortItems();
}

// Kinds that the account's role may not see at all are not offered; what is kept from it record by record never reaches this device.
void CataloguePage::showAllowed()
{
    const Rights &rights = m_context.store.author().rights;
    int first = -1;
    for (int row = 0; row < m_types->count(); ++row) {
        QListWidgetItem *item = m_types->item(row);
        const RecordType &type = *m_context.catalog().type(item->data(Qt::UserRole).toString());
        const bool allowed = rights.of(type).view != Reach::None && (!std::ranges::contains(forAdministrators, type.name) || rights.mayCapture(type));
        item->setHidden(!allowed);
        if (allowed && first < 0)
            first = row;
    }
    const QListWidgetItem *current = m_types->currentItem();
    if (current && current->isHidden())
        m_types->setCurrentRow(first);
    if (const RecordType *shown = m_context.catalog().type(m_shown))
        m_add->setEnabled(rights.mayCapture(*shown) && !shown->appendOnly);
}

void CataloguePage::showCounts()
{
    for (int row = 0; row < m_types->count(); ++row) {
        const QString type = m_types->item(row)->data(Qt::UserRole).toString();
        m_context.store.count({.type = type}).then(this, [this, type](const Result<qint64> &count) {
            for (int i = 0; count && i < m_types->count(); ++i) {
                QListWidgetItem *item = m_types->item(i);
                if (item->data(Qt::UserRole).toString() == type)
                    item->setText(QStringLiteral("%1  (%2)").arg(m_context.catalog().type(type)->plural.in(m_context.language),
                                                                 m_context.format.number(double(*count))));
            }
        });
    }
}

QStringList CataloguePage::types() const
{
    QStringList names;
    for (int row = 0; row < m_types->count(); ++row)
        names += m_types->item(row)->data(Qt::UserRole).toString();
    return names;
}

RecordTableWidget *CataloguePage::table(const QString &name)
{
    const RecordType *type = m_context.catalog().type(name);
    if (!type)
        return nullptr;
    RecordTableWidget *&table = m_tables[name];
    if (!table) { // made when first looked at
        table = new RecordTableWidget(m_context, *type, QStringLiteral("catalogue_") + name, this);
        table->setEmptyState(type->icon, tr("No records yet. Add the first one."), tr("New"));
        m_stack->addWidget(table);
        connect(table, &RecordTableWidget::activated, this, [this](const StoredRecord &row) { m_context.workspace.editRecord(row.record.type, row.record.id, {}); });
        connect(table, &RecordTableWidget::currentChanged, this, [this](const StoredRecord &row) { m_context.workspace.selectRecord(row.record.type, row.record.id); });
        connect(table, &RecordTableWidget::emptyActionTriggered, this, [this, name] { m_context.workspace.editRecord(name, {}, {}); });
    }
    return table;
}

void CataloguePage::open(const QString &name)
{
    m_shown = name;
    const RecordType &type = *m_context.catalog().type(name);
    m_title->setText(type.plural.in(m_context.language));
    m_title->setToolTip(type.help.in(m_context.language));
    m_add->setEnabled(m_context.store.author().rights.mayCapture(type) && !type.appendOnly);
    m_stack->setCurrentWidget(table(name));
}

void CataloguePage::showType(const QString &name)
{
    for (int row = 0; row < m_types->count(); ++row) {
        if (m_types->item(row)->data(Qt::UserRole).toString() == name)
            m_types->setCurrentRow(row);
    }
}

void CataloguePage::showQuery(const Query &query, const QString &title)
{
    showType(query.type);
    if (RecordTableWidget *shown = table(query.type)) {
        open(query.type);
        shown->setQuery(query);
        m_title->setText(title);
        shown->table().setFocus();
    }
}

} // namespace ioc
