// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/clock.h>
#include <wire/operation.h>

namespace ioc {

/// Operations as a device would make them.
class OperationMaker
{
public:
    explicit OperationMaker(const Id &author = {}, const Id &device = {}) : m_author(author), m_device(device) {}

    [[nodiscard]] Id newId() const { return Id::create(m_clock); }
    [[nodiscard]] Operation make(OperationKind kind, const QString &type, const Id &record, const QList<FieldChange> &changes = {}, qint64 base = 0) const
    {
        return {.op = newId(), .kind = kind, .type = type, .record = record, .baseVersion = base, .changes = changes,
                .author = m_author, .device = m_device, .deviceTimeMs = m_clock.nowMs(), .bootId = QStringLiteral("boot")};
    }
    [[nodiscard]] Operation create(const QString &type, const Values &values, const Id &id = {}) const
    {
        QList<FieldChange> changes;
        for (const auto &[name, value] : values.asKeyValueRange())
            changes += FieldChange{name, {}, value};
        return make(OperationKind::Create, type, id.isNull() ? newId() : id, changes);
    }
    [[nodiscard]] Operation edit(const QString &type, const Id &record, const QString &field, const QCborValue &before, const QCborValue &after, qint64 base) const
    {
        return make(OperationKind::Edit, type, record, {{field, before, after}}, base);
    }
    [[nodiscard]] Operation step(const QString &type, const Id &record, const QString &transition, const QList<FieldChange> &changes, qint64 base) const
    {
        Operation operation = make(OperationKind::Transition, type, record, changes, base);
        operation.transition = transition;
        return operation;
    }
    static Values complaint(const QString &title = QStringLiteral("Chặt chém khách"))
    {
        return {{QStringLiteral("title"), title}, {QStringLiteral("category"), QStringLiteral("price")}, {QStringLiteral("priority"), QStringLiteral("3_normal")},
                {QStringLiteral("received_at"), qint64(1'780'000'000'000)}};
    }

private:
    SystemClock m_clock;
    Id m_author;
    Id m_device;
};

} // namespace ioc
