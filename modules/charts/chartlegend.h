// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QWidget>

class QAbstractButton;

namespace ioc {

class FlowLayout;
class Theme;

/// Names of the series with their colours; each is a button that switches its series off and on.
/// The last one that is on stays on.
class ChartLegend : public QWidget
{
    Q_OBJECT

public:
    struct Entry
    {
        QString id;
        QString name;
        QColor colour;
    };

    explicit ChartLegend(const Theme &theme, QWidget *parent = nullptr);

    /// Takes over \a entries; those whose ids stay keep their state.
    void setEntries(const QList<Entry> &entries);
    [[nodiscard]] QAbstractButton *button(const QString &id) const;

Q_SIGNALS:
    void toggled(const QString &id, bool on);

private:
    void toggle(QAbstractButton *button, bool on);

    const Theme &m_theme;
    FlowLayout *m_layout;
    QList<QAbstractButton *> m_buttons;
};

} // namespace ioc
