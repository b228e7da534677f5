// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <administration/rowmodel.h>
#include <administration/rowpane.h>
#include <wire/administration.h>

namespace ioc {

/// All accounts: who they are, when they last signed in, and what an administrator does for them.
class AccountPane : public RowPane
{
    Q_OBJECT

public:
    explicit AccountPane(UiContext &context, QWidget *parent = nullptr);

    [[nodiscard]] const RowModel<AccountRow> &model() const { return *m_model; }

protected:
    void load() override;
    void offer() override;

private:
    void buildActions();
    void loadFrom(const Id &after);
    [[nodiscard]] QList<RowModel<AccountRow>::Column> columns();
    [[nodiscard]] QString state(const AccountRow &row) const;
    [[nodiscard]] QString role(const AccountRow &row) const;
    void givePassword();
    void toggleDisabled();
    void signOutEverywhere();
    void change(const Id &account, const QString &verb, const QString &said);

    RowModel<AccountRow> *m_model;
    QList<AccountRow> m_read; ///< pages that came so far
};

} // namespace ioc
