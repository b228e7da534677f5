// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ui/uicontext.h>

#include <QDialog>

namespace ioc {

class MessageBar;
class RecordForm;

/// Form of one record in a window of its own: new or existing. Saving never closes it before the store has answered.
class RecordDialog : public QDialog
{
    Q_OBJECT

public:
    RecordDialog(UiContext &context, const RecordType &type, const Record &record, bool isNew, QWidget *parent = nullptr);
    [[nodiscard]] RecordForm &form() { return *m_form; }

    void accept() override;
    void reject() override;

Q_SIGNALS:
    void saved(const ioc::Id &record, const QList<ioc::FieldChange> &changes);

private:
    [[nodiscard]] QSize startSize() const;
    [[nodiscard]] Result<QList<Draft>> drafts(const QList<FieldChange> &changes) const;

    UiContext &m_context;
    const RecordType &m_type;
    Record m_record;
    bool m_isNew;
    bool m_saving = false;
    RecordForm *m_form;
    MessageBar *m_message;
    QPushButton *m_save;
};

} // namespace ioc
