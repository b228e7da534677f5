// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <wire/operation.h>

#include <QHash>
#include <QMap>

#include <array>

namespace ioc {

/// A page in Prometheus' text format, family by family.
class MetricsText
{
public:
    enum class Type { Counter, Gauge, Histogram };
    /// What follows belongs to the metric \a name (without "tourism_ioc_", unless \a isStandard).
    void family(const QByteArray &name, Type type, const QByteArray &help, bool isStandard = false);
    using Labels = QList<std::pair<QByteArray, QByteArray>>;
    void sample(double value, const Labels &labels = {}, const QByteArray &suffix = {});
    [[nodiscard]] const QByteArray &text() const { return m_text; }

private:
    QByteArray m_name;
    QByteArray m_text;
};

/// Counts requests and what came of operations since central started. Lives on the HTTP thread.
class CentralMetrics
{
public:
    void requestStarted() { ++m_inProgress; }
    /// \a ms is what central worked at it, without the time in which it waited for news.
    void requestAnswered(const QByteArray &method, const QByteArray &route, int status, qint64 ms);
    void operations(const QMap<Outcome, int> &counts);
    /// Requests with operations were given to a writing thread, to be judged together.
    void operationGroup() { ++m_groups; }
    [[nodiscard]] qint64 inProgress() const { return m_inProgress; }

    void write(MetricsText &out) const;

private:
    static constexpr std::array<qint64, 12> bounds{2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10'000}; // ms
    struct Durations
    {
        std::array<qint64, bounds.size() + 1> counts{};
        qint64 sumMs = 0;
    };
    struct Kind
    {
        QByteArray method;
        QByteArray route;
        int status = 0;
        friend auto operator<=>(const Kind &, const Kind &) = default;
    };
    QMap<Kind, qint64> m_requests;
    QMap<QByteArray, Durations> m_durations; ///< by route
    QMap<Outcome, qint64> m_operations;
    qint64 m_groups = 0;
    qint64 m_inProgress = 0;
};

} // namespace ioc
