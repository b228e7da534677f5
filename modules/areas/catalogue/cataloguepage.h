// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ui/uicontext.h>

#include <QHash>
#include <QWidget>

class QLabel;
class QListWidget;
class QPushButton;
class QStackedWidget;

namespace ioc {

class RecordTableWidget;

/// Every kind of record the deployment declares: its table, search, filters and form.
class CataloguePage : public QWidget
{
    Q_OBJECT

public:
    explicit CataloguePage(UiContext &context, QWidget *parent = nullptr);

    /// Shows the records behind a figure.
    void showQuery(const Query &query, const QString &title);
    void showType(const QString &type);
    [[nodiscard]] QStringList types() const;
    [[nodiscard]] RecordTableWidget *table(const QString &type);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void fillTypes();
    void showAllowed();
    void showCounts();
    void open(const QString &type);

    UiContext &m_context;
    QListWidget *m_types;
    QStackedWidget *m_stack;
    QLabel *m_title;
    QPushButton *m_add;
    QHash<QString, RecordTableWidget *> m_tables;
    QString m_shown;
};

} // namespace ioc
