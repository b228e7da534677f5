// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ui/rowdelegate.h>
#include <ui/uicontext.h>

namespace ioc {

/// Tone by the name used in declarations; Neutral for others.
Tone toneNamed(QStringView name);
/// Tone of a deadline: Danger once passed, Warning within four hours, else Neutral.
Tone dueTone(qint64 dueMs, qint64 nowMs);

/// Cells of a record table: choices with a tone as chips, the deadline as time left, a bar in the deadline's colour at the
/// start of the row, a dot where an edit waits to be sent.
class RecordDelegate : public RowDelegate
{
    Q_OBJECT

public:
    explicit RecordDelegate(const UiContext &context, QObject *parent = nullptr);
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QString displayText(const QVariant &value, const QLocale &locale) const override;

private:
    void paintChip(QPainter *painter, const QStyleOptionViewItem &option, Tone tone, const QString &text) const;

    const UiContext &m_context;
};

} // namespace ioc
