// SPDX-License-Identifier: GPL-3.0-or-later
#include <ui/recorddelegate.h>
#include <ui/recordtablemodel.h>
#include <ui/statuschip.h>

#include <QApplication>
#include <QPainter>
#include <QStyle>

namespace ioc {

namespace {
constexpr qint64 soonMs = 4 * 3'600'000;
constexpr int barWidth = 3;

// The field whose value is the record's next deadline; empty when its type has none.
QString dueField(const RecordType &type)
{
    for (const Field &field : type.fields) {
        if (field.derived == u"next_due")
            return field.name;
    }
    return {};
}
} // namespace

Tone toneNamed(QStringView name)
{
    if (name == u"accent")
        return Tone::Accent;
    if (name == u"good")
        return Tone::Good;
    if (name == u"warning")
        return Tone::Warning;
    if (name == u"danger")
        return Tone::Danger;
    if (name == u"info")
        return Tone::Info;
    if (name == u"muted")
        return Tone::Muted;
    return Tone::Neutral;
}

Tone dueTone(qint64 dueMs, qint64 nowMs)
{
    if (dueMs == 0)
        return Tone::Muted;
    return dueMs < nowMs ? Tone::Danger : dueMs < nowMs + soonMs ? Tone::Warning : Tone::Neutral;
}

RecordDelegate::RecordDelegate(const UiContext &context, QObject *parent) : RowDelegate(context.theme, parent), m_context(context) {}

QString RecordDelegate::displayText(const QVariant &value, const QLocale &locale) const
{
    return RowDelegate::displayText(value, locale).replace(u'\n', u' ');
}

void RecordDelegate::paintChip(QPainter *painter, const QStyleOptionViewItem &option, Tone tone, const QString &text) const
{
    const QRect rect = option.rect.adjusted(6, 5, -4, -6);
    painter->save();
    painter->setFont(option.font);
    StatusChip::paint(*painter, rect, m_context.theme, tone, text);
    painter->restore();
}

void RecordDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto stored = index.data(RecordTableModel::RecordRole).value<StoredRecord>();
    const auto *model = qobject_cast<const RecordTableModel *>(index.model());
    const QString tone = index.data(RecordTableModel::ToneRole).toString();
    const QString due = model ? dueField(model->type()) : QString();
    const qint64 dueMs = due.isEmpty() ? 0 : stored.record.integer(due);
    const bool isDue = !due.isEmpty() && index.data(RecordTableModel::FieldRole).toString() == due;
    const bool chip = (!tone.isEmpty() && tone != u"neutral") || (isDue && dueMs > 0);
    if (chip) {
        const QStyle *style = option.widget ? option.widget->style() : QApplication::style();
        style->drawPrimitive(QStyle::PE_PanelItemViewItem, &option, painter, option.widget);
        if (option.state & QStyle::State_Selected)
            painter->fillRect(option.rect, m_context.theme.colour(Surface::Selection));
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), m_context.theme.colour(Surface::Border));
        const qint64 now = m_context.clock.nowMs();
        if (isDue)
            paintChip(painter, option, dueTone(dueMs, now), m_context.format.remaining(dueMs, now));
        else
            paintChip(painter, option, toneNamed(tone), index.data(Qt::DisplayRole).toString());
    } else {
        RowDelegate::paint(painter, option, index);
    }
    if (index.column() != 0 || stored.key == 0)
        return;
    if (dueMs > 0) {
        const Tone bar = dueTone(dueMs, m_context.clock.nowMs());
        if (bar != Tone::Neutral)
            painter->fillRect(QRect(option.rect.left(), option.rect.top(), barWidth, option.rect.height() - 1), m_context.theme.colour(bar));
    }
    if (stored.pending) { // waits to be sent
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(m_context.theme.colour(Tone::Info));
        painter->drawEllipse(QPointF(option.rect.right() - 6, option.rect.center().y()), 3, 3);
        painter->restore();
    }
}

} // namespace ioc
