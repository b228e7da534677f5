// SPDX-License-Identifier: GPL-3.0-or-later
#include <ui/referenceedit.h>
#include <ui/referencetitles.h>

#include <QKeyEvent>
#include <QListWidget>

namespace ioc {

namespace {
constexpr int offered = 12;
constexpr int wordTypingMs = 120;
} // namespace

ReferenceEdit::ReferenceEdit(UiContext &context, const QString &type, QWidget *parent)
    : QLineEdit(parent), m_context(context), m_type(type), m_popup(new QListWidget(this))
{
    setClearButtonEnabled(true);
    setPlaceholderText(tr("Type part of the name…"));
    m_popup->setWindowFlags(Qt::ToolTip);
    m_popup->setFocusPolicy(Qt::NoFocus);
    m_popup->hide();
    installEventFilter(this);
    m_typing.setSingleShot(true);
    m_typing.setInterval(wordTypingMs);
    connect(&m_typing, &QTimer::timeout, this, &ReferenceEdit::ask);
    connect(this, &QLineEdit::textEdited, this, [this](const QString &text) {
        m_id = {};
        if (text.trimmed().isEmpty())
            m_popup->hide();
        else
            m_typing.start();
        Q_EMIT edited();
    });
    connect(m_popup, &QListWidget::itemClicked, this, [this] { choose(m_popup->currentRow()); });
    connect(&context.titles, &ReferenceTitles::titlesRead, this, &ReferenceEdit::showTitle);
}

void ReferenceEdit::setReference(const Id &id)
{
    m_id = id;
    m_title.clear();
    clear();
    showTitle();
}

Result<Id> ReferenceEdit::reference() const
{
    if (m_id.isNull() && !text().trimmed().isEmpty())
        return failure(ErrorCode::InvalidInput, tr("Choose one from the list, or clear the field."));
    return m_id;
}

void ReferenceEdit::showTitle()
{
    if (m_id.isNull() || !m_title.isEmpty())
        return;
    m_title = m_context.titles.title(m_type, m_id);
    setText(m_title);
}

void ReferenceEdit::ask()
{
    const quint64 generation = ++m_generation;
    Query query{.type = m_type, .text = text()};
    m_context.store.firstPage(query, offered).then(this, [this, generation](const Result<QList<StoredRecord>> &found) {
        if (generation == m_generation && found && hasFocus())
            show(*found);
    });
}

void ReferenceEdit::show(const QList<StoredRecord> &found)
{
    m_found.clear();
    m_popup->clear();
    const RecordType *type = m_context.catalog().type(m_type);
    for (const StoredRecord &row : found) {
        m_found += {row.record.id, type ? type->title(row.record.values, m_context.language) : QString()};
        m_popup->addItem(m_found.last().second);
    }
    if (found.isEmpty()) {
        auto *none = new QListWidgetItem(tr("Nothing found"), m_popup);
        none->setFlags(Qt::NoItemFlags);
    }
    m_popup->setCurrentRow(found.isEmpty() ? -1 : 0);
    const int rowHeight = std::max(24, m_popup->sizeHintForRow(0));
    m_popup->resize(std::max(width(), 260), rowHeight * m_popup->count() + 8);
    m_popup->move(mapToGlobal(QPoint(0, height() + 2)));
    m_popup->show();
}

void ReferenceEdit::choose(int row)
{
    m_popup->hide();
    if (row < 0 || row >= m_found.size())
        return;
    std::tie(m_id, m_title) = m_found[row];
    setText(m_title);
    Q_EMIT edited();
}

bool ReferenceEdit::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != this || event->type() != QEvent::KeyPress || !m_popup->isVisible())
        return QLineEdit::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent *>(event)->key();
    if (key == Qt::Key_Down || key == Qt::Key_Up) {
        const int step = key == Qt::Key_Down ? 1 : -1;
        m_popup->setCurrentRow(std::clamp(m_popup->currentRow() + step, 0, m_popup->count() - 1));
        return true;
    }
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        choose(m_popup->currentRow());
        return true;
    }
    if (key == Qt::Key_Escape) {
        m_popup->hide();
        return true;
    }
    return QLineEdit::eventFilter(watched, event);
}

void ReferenceEdit::focusOutEvent(QFocusEvent *event)
{
    m_popup->hide();
    QLineEdit::focusOutEvent(event);
}

} // namespace ioc
