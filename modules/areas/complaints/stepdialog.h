// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ui/uicontext.h>

#include <QDialog>

class QLabel;
class QPlainTextEdit;

namespace ioc {

class RecordForm;

/// Asks for what a step needs: the unit in charge, the answer, a comment.
class StepDialog : public QDialog
{
    Q_OBJECT

public:
    StepDialog(UiContext &context, const Record &complaint, const Transition &transition, QWidget *parent = nullptr);

    void accept() override;
    [[nodiscard]] const Values &values() const { return m_values; }
    [[nodiscard]] QString comment() const;

private:
    UiContext &m_context;
    const Transition &m_transition;
    RecordForm *m_form;
    QPlainTextEdit *m_comment;
    QLabel *m_problem;
    Values m_values;
};

} // namespace ioc
