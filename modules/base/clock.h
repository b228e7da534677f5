// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QtTypes>

namespace ioc {

/// Source of time, handed to whatever needs it so that tests can set it.
class Clock
{
public:
    virtual ~Clock() = default;
    /// Milliseconds since 1970-01-01 UTC. May jump when the device's clock is set.
    [[nodiscard]] virtual qint64 nowMs() const = 0;
    /// Milliseconds that only go forward while the machine stays up.
    [[nodiscard]] virtual qint64 monotonicMs() const = 0;
    /// Names this start of the machine; monotonic times compare only within one.
    [[nodiscard]] virtual QString bootId() const = 0;
};

class SystemClock final : public Clock
{
public:
    [[nodiscard]] qint64 nowMs() const override;
    [[nodiscard]] qint64 monotonicMs() const override;
    [[nodiscard]] QString bootId() const override;
};

/// A clock that stands still until told otherwise, for tests.
class ManualClock final : public Clock
{
public:
    explicit ManualClock(qint64 nowMs) : m_nowMs(nowMs) {}
    [[nodiscard]] qint64 nowMs() const override { return m_nowMs; }
    [[nodiscard]] qint64 monotonicMs() const override { return m_monotonicMs; }
    [[nodiscard]] QString bootId() const override { return m_bootId; }
    void advance(qint64 ms) { m_nowMs += ms; m_monotonicMs += ms; }
    void setNowMs(qint64 ms) { m_nowMs = ms; }
    void setBootId(const QString &id) { m_bootId = id; }

private:
    qint64 m_nowMs;
    qint64 m_monotonicMs = 0;
    QString m_bootId = QStringLiteral("boot");
};

} // namespace ioc
