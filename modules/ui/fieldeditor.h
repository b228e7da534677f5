// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <records/field.h>
#include <ui/uicontext.h>

#include <QWidget>

namespace ioc {

/// The editor of one field, chosen by its kind.
class FieldEditor : public QWidget
{
    Q_OBJECT

public:
    /// Makes the editor for \a field.
    static FieldEditor *create(UiContext &context, const Field &field, QWidget *parent);

    virtual void setValue(const QCborValue &value) = 0;
    /// What the user wrote; InvalidInput with a sentence for them when it cannot be read.
    [[nodiscard]] virtual Result<QCborValue> value() const = 0;
    [[nodiscard]] const Field &field() const { return m_field; }

Q_SIGNALS:
    void edited();

protected:
    FieldEditor(UiContext &context, const Field &field, QWidget *parent);
    void setEditor(QWidget *editor);
    UiContext &m_context;
    const Field &m_field;
};

} // namespace ioc
