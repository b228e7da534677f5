// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <administration/rowmodel.h>
#include <administration/rowpane.h>
#include <wire/administration.h>

namespace ioc {

/// All devices that somebody has signed in with, and whether they may be used.
class DevicePane : public RowPane
{
    Q_OBJECT

public:
    explicit DevicePane(UiContext &context, QWidget *parent = nullptr);

    [[nodiscard]] const RowModel<DeviceRow> &model() const { return *m_model; }

protected:
    void load() override;
    void offer() override;

private:
    void loadFrom(const Id &after);
    [[nodiscard]] QList<RowModel<DeviceRow>::Column> columns();
    [[nodiscard]] QString state(const DeviceRow &row) const;
    void revoke();
    void restore();
    void change(const Id &device, const QString &verb, const QString &said);

    RowModel<DeviceRow> *m_model;
    QList<DeviceRow> m_read; ///< pages that came so far
};

} // namespace ioc
