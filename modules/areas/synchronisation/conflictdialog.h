// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/localstore.h>
#include <ui/uicontext.h>

#include <QDialog>
#include <QHash>

class QComboBox;

namespace ioc {

/// Settles one conflict: for each field central's value beside the operator's own.
class ConflictDialog : public QDialog
{
    Q_OBJECT

public:
    ConflictDialog(UiContext &context, const Conflict &conflict, QWidget *parent = nullptr);
    /// The value to keep for each field.
    [[nodiscard]] Values chosen() const;
    void chooseAll(bool mine);

private:
    UiContext &m_context;
    Conflict m_conflict;
    QHash<QString, QComboBox *> m_choices;
};

} // namespace ioc
