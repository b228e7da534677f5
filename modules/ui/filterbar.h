// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/query.h>
#include <ui/uicontext.h>

#include <QWidget>

#include <functional>

class QHBoxLayout;
class QLineEdit;
class QTimer;
class QToolButton;

namespace ioc {

/// Search line and one menu for each choice field that is indexed: what a type's declaration says can be filtered by.
class FilterBar : public QWidget
{
    Q_OBJECT

public:
    FilterBar(UiContext &context, const RecordType &type, QWidget *parent = nullptr);

    [[nodiscard]] QList<Filter> filters() const { return m_filters; }
    [[nodiscard]] QString text() const;
    void setFilters(const QList<Filter> &filters);
    void setText(const QString &text);
    void clear();
    void focusSearch();
    /// Puts \a widget at the end of the bar.
    void addWidget(QWidget *widget);

    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void changed();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void addChoiceFilter(const Field &field);
    void showState();
    void fit();
    void setFilter(const QString &field, const QStringList &codes);

    UiContext &m_context;
    const RecordType &m_type;
    QHBoxLayout *m_layout;
    QLineEdit *m_search;
    QTimer *m_typing;
    QToolButton *m_clear;
    QToolButton *m_more; ///< the filters that have no room of their own
    QList<QWidget *> m_added;
    QList<std::pair<const Field *, QToolButton *>> m_buttons;
    QList<Filter> m_filters;
};

} // namespace ioc
