// SPDX-License-Identifier: GPL-3.0-or-later
#include <administration/devicepane.h>
#include <ui/workspace.h>

#include <QAction>
#include <QTableView>

namespace ioc {

DevicePane::DevicePane(UiContext &context, QWidget *parent) : RowPane(context, parent), m_model(new RowModel<DeviceRow>(columns(), this))
{
    connect(addAction(QStringLiteral("revoke"), QStringLiteral("close"), tr("Revoke…"), QKeySequence::Delete), &QAction::triggered, this, &DevicePane::revoke);
    connect(addAction(QStringLiteral("restore"), QStringLiteral("undo"), tr("Restore…"), {}), &QAction::triggered, this, &DevicePane::restore);
    connect(addAction(QStringLiteral("refresh"), QStringLiteral("refresh"), tr("Refresh"), Qt::Key_F5), &QAction::triggered, this, &DevicePane::refresh);
    view().setAccessibleName(tr("Devices"));
    setModel(m_model, {190, 110, 220, 150, 110, 260}, tr("Nobody has signed in on a device yet."));
    offer();
}

QList<RowModel<DeviceRow>::Column> DevicePane::columns()
{
    return {{tr("Device"), [](const DeviceRow &row) { return row.name; }, {}, {}},
            // The end of the id is random, its beginning a time that devices set up together share.
            {tr("Code"), [](const DeviceRow &row) { return row.device.toString().last(8); }, {}, {}},
            {tr("Person"), [](const DeviceRow &row) { return row.displayName.isEmpty() ? row.login : row.displayName; }, {}, {}},
            {tr("Last seen"), [this](const DeviceRow &row) { return m_context.format.dateTime(row.lastMs); }, [](const DeviceRow &row) { return QVariant(row.lastMs); }, {}},
            {tr("Version"), [](const DeviceRow &row) { return row.version; }, {}, {}},
            {tr("State"), [this](const DeviceRow &row) { return state(row); }, [](const DeviceRow &row) { return QVariant(row.revokedMs); },
             [this](const DeviceRow &row) { return row.revokedMs > 0 ? m_context.theme.colour(Tone::Danger) : QColor(); }}};
}

QString DevicePane::state(const DeviceRow &row) const
{
    if (row.revokedMs > 0)
        return row.revokedBy.isEmpty() ? tr("Revoked on %1").arg(m_context.format.dateTime(row.revokedMs)) : tr("Revoked on %1 by %2").arg(m_context.format.dateTime(row.revokedMs), row.revokedBy);
    return row.device == m_context.store.device() ? tr("This device") : tr("In use");
}

void DevicePane::load()
{
    m_read.clear();
    loadFrom({});
}

void DevicePane::loadFrom(const Id &after)
{
    m_access.client->devices(m_access.token(), after).then(this, [this](const Result<DevicePage> &page) {
        if (!page)
            return failed(page.error());
        m_read += page->rows;
        if (!page->next.isNull())
            return loadFrom(page->next);
        const DeviceRow *current = m_model->row(currentRow());
        const Id chosen = current ? current->device : Id();
        m_model->setRows(std::exchange(m_read, {}));
        const auto &rows = m_model->rows();
        const auto again = std::ranges::find(rows, chosen, &DeviceRow::device);
        if (again != rows.end())
            selectRow(static_cast<int>(again - rows.begin()));
        loaded();
    });
}

void DevicePane::offer()
{
    const DeviceRow *row = m_model->row(currentRow());
    const bool open = m_access.isOpen();
    action(QStringLiteral("revoke"))->setEnabled(row && open && row->revokedMs == 0 && row->device != m_context.store.device());
    action(QStringLiteral("restore"))->setEnabled(row && open && row->revokedMs > 0);
}

void DevicePane::revoke()
{
    const DeviceRow *row = m_model->row(currentRow());
    if (!row)
        return;
    confirm(tr("Revoke the device"), tr("Revoke “%1” (%2)? Whoever works there is signed out at once, and nothing is shown there any more. Nothing is deleted: work not yet sent stays there and is sent if the device is restored.")
                                         .arg(row->name, row->device.toString().last(8)),
            tr("Revoke"), [this, device = row->device] { change(device, QStringLiteral("revoke"), tr("The device is revoked.")); });
}

void DevicePane::restore()
{
    const DeviceRow *row = m_model->row(currentRow());
    if (!row)
        return;
    confirm(tr("Restore the device"), tr("Let “%1” (%2) be used again? Somebody has to sign in there; then work that was not sent is sent.").arg(row->name, row->device.toString().last(8)), tr("Restore"),
            [this, device = row->device] { change(device, QStringLiteral("restore"), tr("The device may be used again.")); });
}

void DevicePane::change(const Id &device, const QString &verb, const QString &said)
{
    if (!m_access.isOpen())
        return;
    m_access.client->changeDevice(m_access.token(), device, verb).then(this, [this, said](const Result<void> &done) { finish(done, said); });
}

} // namespace ioc
