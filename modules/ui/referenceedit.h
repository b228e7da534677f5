// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ui/uicontext.h>

#include <QLineEdit>
#include <QTimer>

class QListWidget;

namespace ioc {

/// Chooses a record of one type by typing part of its name, with or without marks.
class ReferenceEdit : public QLineEdit
{
    Q_OBJECT

public:
    ReferenceEdit(UiContext &context, const QString &type, QWidget *parent = nullptr);

    void setReference(const Id &id);
    /// The record chosen, null when empty; InvalidInput when text was typed and nothing chosen.
    [[nodiscard]] Result<Id> reference() const;

Q_SIGNALS:
    void edited();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void ask();
    void show(const QList<StoredRecord> &found);
    void choose(int row);
    void showTitle();

    UiContext &m_context;
    QString m_type;
    Id m_id;
    QString m_title;
    QListWidget *m_popup;
    QTimer m_typing;
    QList<std::pair<Id, QString>> m_found;
    quint64 m_generation = 0;
};

} // namespace ioc
