// SPDX-License-Identifier: GPL-3.0-or-later
#include <administration/accountpane.h>
#include <administration/passwordshown.h>
#include <ui/messagebar.h>
#include <ui/referencetitles.h>
#include <ui/workspace.h>

#include <QAction>
#include <QTableView>

namespace ioc {

namespace {
QString accountType() { return QStringLiteral("account"); }
} // namespace

AccountPane::AccountPane(UiContext &context, QWidget *parent) : RowPane(context, parent), m_model(new RowModel<AccountRow>(columns(), this))
{
    buildActions();
    view().setAccessibleName(tr("Accounts"));
    setModel(m_model, {190, 130, 200, 150, 210, 150}, tr("No accounts yet. Add the first one."));
    connect(&view(), &QTableView::activated, this, [this] { action(QStringLiteral("edit"))->trigger(); });
    connect(&context.titles, &ReferenceTitles::titlesRead, this, [this] { m_model->textsChanged(); });
    connect(&context.store, &LocalStore::changed, this, [this](const StoreChange &change) {
        if (change.everything || change.changed.contains(accountType()) || change.removed.contains(accountType()))
            refreshSoon(); // somebody was added or renamed
    });
    offer();
}

QList<RowModel<AccountRow>::Column> AccountPane::columns()
{
    return {{tr("Name"), [](const AccountRow &row) { return row.displayName; }, {}, {}},
            {tr("Account"), [](const AccountRow &row) { return row.login; }, {}, {}},
            {tr("Unit"), [this](const AccountRow &row) { return row.unit.isNull() ? QString() : m_context.titles.title(QStringLiteral("unit"), row.unit); }, {}, {}},
            {tr("Role"), [this](const AccountRow &row) { return role(row); }, {}, {}},
            {tr("State"), [this](const AccountRow &row) { return state(row); }, {},
             [this](const AccountRow &row) { return row.disabled ? m_context.theme.colour(Tone::Muted) : row.lockedMs > 0 || !row.hasPassword ? m_context.theme.colour(Tone::Warning) : QColor(); }},
            {tr("Last sign-in"), [this](const AccountRow &row) { return row.signedInMs > 0 ? m_context.format.dateTime(row.signedInMs) : tr("never"); },
             [](const AccountRow &row) { return QVariant(row.signedInMs); }, {}}};
}

QString AccountPane::role(const AccountRow &row) const
{
    if (!row.customRole.isNull())
        return m_context.titles.title(QStringLiteral("role"), row.customRole);
    const Field *field = m_context.catalog().type(accountType())->field(u"role");
    for (const Choice &choice : field->choices) {
        if (choice.code == row.role)
            return choice.label.in(m_context.language);
    }
    return row.role;
}

QString AccountPane::state(const AccountRow &row) const
{
    if (row.disabled)
        return tr("Disabled");
    if (row.lockedMs > 0)
        return tr("Locked after wrong passwords");
    if (!row.hasPassword)
        return tr("No password yet");
    if (row.mustChangePassword)
        return tr("Has to change the password");
    return row.sessions > 0 ? tr("Signed in on %n device(s)", nullptr, row.sessions) : tr("Active");
}

void AccountPane::buildActions()
{
    const auto add = [this](const char *name, const char *icon, const QString &text, const QKeySequence &keys, bool isPrimary = false) {
        return addAction(QString::fromLatin1(name), QString::fromLatin1(icon), text, keys, isPrimary);
    };
    connect(add("add", "plus", tr("Add an account…"), Qt::Key_Insert, true), &QAction::triggered, this, [this] { m_context.workspace.editRecord(accountType(), {}, {}); });
    connect(add("edit", "edit", tr("Edit…"), Qt::Key_F2), &QAction::triggered, this, [this] {
        if (const AccountRow *row = m_model->row(currentRow()))
            m_context.workspace.editRecord(accountType(), row->account, {});
    });
    connect(add("password", "lock", tr("New password…"), Qt::CTRL | Qt::Key_P), &QAction::triggered, this, &AccountPane::givePassword);
    connect(add("unlock", "check", tr("Unlock"), Qt::CTRL | Qt::Key_U), &QAction::triggered, this, [this] {
        if (const AccountRow *row = m_model->row(currentRow()))
            change(row->account, QStringLiteral("unlock"), tr("Wrong passwords are forgiven."));
    });
    connect(add("sign-out", "user", tr("Sign out everywhere…"), {}), &QAction::triggered, this, &AccountPane::signOutEverywhere);
    connect(add("disable", "close", tr("Disable…"), QKeySequence::Delete), &QAction::triggered, this, &AccountPane::toggleDisabled);
    connect(add("refresh", "refresh", tr("Refresh"), Qt::Key_F5), &QAction::triggered, this, &AccountPane::refresh);
    connect(add("roles", "table", tr("Roles"), {}), &QAction::triggered, this, [this] { m_context.workspace.showRecords({.type = QStringLiteral("role")}, tr("Roles")); });
    connect(add("grants", "table", tr("Grants"), {}), &QAction::triggered, this, [this] { m_context.workspace.showRecords({.type = QStringLiteral("role_grant")}, tr("Grants")); });
}

void AccountPane::load()
{
    m_read.clear();
    loadFrom({});
}

void AccountPane::loadFrom(const Id &after)
{
    m_access.client->accounts(m_access.token(), after).then(this, [this](const Result<AccountPage> &page) {
        if (!page)
            return failed(page.error());
        m_read += page->rows;
        if (!page->next.isNull())
            return loadFrom(page->next);
        const AccountRow *current = m_model->row(currentRow());
        const Id chosen = current ? current->account : Id();
        m_model->setRows(std::exchange(m_read, {}));
        const auto &rows = m_model->rows();
        const auto again = std::ranges::find(rows, chosen, &AccountRow::account);
        if (again != rows.end())
            selectRow(static_cast<int>(again - rows.begin()));
        loaded();
    });
}

void AccountPane::offer()
{
    const AccountRow *row = m_model->row(currentRow());
    const bool open = m_access.isOpen();
    const bool isSelf = row && row->account == m_context.store.author().account;
    action(QStringLiteral("edit"))->setEnabled(row);
    action(QStringLiteral("password"))->setEnabled(row && open && !isSelf);
    action(QStringLiteral("unlock"))->setEnabled(row && open && row->hasPassword);
    action(QStringLiteral("sign-out"))->setEnabled(row && open && row->sessions > 0);
    QAction *disable = action(QStringLiteral("disable"));
    disable->setEnabled(row && open && !isSelf);
    disable->setText(row && row->disabled ? tr("Enable") : tr("Disable…"));
}

void AccountPane::change(const Id &account, const QString &verb, const QString &said)
{
    if (!m_access.isOpen())
        return;
    m_access.client->changeAccount(m_access.token(), account, verb).then(this, [this, said](const Result<void> &done) { finish(done, said); });
}

void AccountPane::givePassword()
{
    const AccountRow *row = m_model->row(currentRow());
    if (!row)
        return;
    confirm(tr("New password"), tr("Give the account “%1” a new password? The one of now is of no use any more, and all devices of this person are signed out.").arg(row->login),
            tr("Give a new password"), [this, account = row->account, login = row->login] {
                m_access.client->newPassword(m_access.token(), account).then(this, [this, login](const Result<QString> &password) {
                    if (!password) {
                        finish(std::unexpected(password.error()), {});
                        return;
                    }
                    auto *shown = new PasswordShown(m_context.theme, login, *password, this);
                    shown->setAttribute(Qt::WA_DeleteOnClose);
                    shown->open();
                    refresh();
                });
            });
}

void AccountPane::toggleDisabled()
{
    const AccountRow *row = m_model->row(currentRow());
    if (!row)
        return;
    if (row->disabled) {
        change(row->account, QStringLiteral("enable"), tr("The account is enabled."));
        return;
    }
    confirm(tr("Disable the account"), tr("Disable the account “%1”? This person cannot sign in any more, and all their devices are signed out. Their work stays.").arg(row->login), tr("Disable"),
            [this, account = row->account] { change(account, QStringLiteral("disable"), tr("The account is disabled.")); });
}

void AccountPane::signOutEverywhere()
{
    const AccountRow *row = m_model->row(currentRow());
    if (!row)
        return;
    confirm(tr("Sign out everywhere"), tr("Sign “%1” out on %n device(s)? The password is asked for there again; nothing is lost.", nullptr, row->sessions).arg(row->login), tr("Sign out"),
            [this, account = row->account] { change(account, QStringLiteral("sign-out"), tr("The account is signed out everywhere.")); });
}

} // namespace ioc
