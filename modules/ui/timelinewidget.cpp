// SPDX-License-Identifier: GPL-3.0-or-later
#include <records/fieldtext.h>
#include <ui/timelinewidget.h>

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace ioc {

namespace {
QString iconOf(const QString &kind)
{
    if (kind == u"created")
        return QStringLiteral("plus");
    if (kind == u"transition")
        return QStringLiteral("accept");
    return kind; // comment, answer, forward, undo, still, edit have icons of their name
}

QLabel *plain(const QString &text, const char *role, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    if (role)
        label->setProperty("role", QString::fromLatin1(role));
    return label;
}
} // namespace

TimelineWidget::TimelineWidget(UiContext &context, const RecordType &type, QWidget *parent)
    : QWidget(parent), m_context(context), m_type(type), m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(8);
}

void TimelineWidget::setEntries(const QList<StoredRecord> &entries, const Workflow *workflow)
{
    while (QLayoutItem *item = m_layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_count = static_cast<int>(entries.size());
    for (auto entry = entries.crbegin(); entry != entries.crend(); ++entry)
        m_layout->addWidget(line(entry->record, entry->pending, workflow));
    m_layout->addStretch(1);
}

QWidget *TimelineWidget::line(const Record &entry, bool pending, const Workflow *workflow)
{
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    const QString kind = entry.text(QStringLiteral("kind"));
    auto *icon = new QLabel(row);
    icon->setPixmap(m_context.theme.icon(iconOf(kind), Tone::Muted).pixmap(16, 16));
    icon->setAlignment(Qt::AlignTop);
    layout->addWidget(icon);
    auto *column = new QVBoxLayout;
    column->setSpacing(1);
    layout->addLayout(column, 1);

    const Field *kindField = m_type.field(u"kind");
    QString what = kindField ? displayText(*kindField, entry.value(QStringLiteral("kind")), m_context.language) : kind;
    const Transition *transition = workflow ? workflow->transition(entry.text(QStringLiteral("transition"))) : nullptr;
    if (transition && kind != u"undo")
        what = transition->label.in(m_context.language);
    const WorkflowState *from = workflow ? workflow->state(entry.text(QStringLiteral("from_state"))) : nullptr;
    const WorkflowState *to = workflow ? workflow->state(entry.text(QStringLiteral("to_state"))) : nullptr;
    if (from && to)
        what += QStringLiteral(" · %1 → %2").arg(from->label.in(m_context.language), to->label.in(m_context.language));
    column->addWidget(plain(what, "heading", row));
    if (const QString text = entry.text(QStringLiteral("text")); !text.isEmpty())
        column->addWidget(plain(text, nullptr, row));
    const qint64 at = entry.integer(QStringLiteral("at"));
    QString foot = QStringLiteral("%1 · %2").arg(entry.text(QStringLiteral("author_name")), m_context.format.relative(at, m_context.clock.nowMs()));
    if (pending)
        foot += tr(" · not sent yet");
    auto *small = plain(foot, "small", row);
    small->setToolTip(m_context.format.dateTime(at));
    column->addWidget(small);
    return row;
}

} // namespace ioc
