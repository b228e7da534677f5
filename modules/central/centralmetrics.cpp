// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/centralmetrics.h>

#include <algorithm>

namespace ioc {

namespace {

QByteArray escaped(QByteArray value)
{
    return value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
}

QByteArray seconds(qint64 ms)
{
    return QByteArray::number(static_cast<double>(ms) / 1000.0, 'g', 12);
}

} // namespace

void MetricsText::family(const QByteArray &name, Type type, const QByteArray &help, bool isStandard)
{
    m_name = (isStandard ? QByteArray() : QByteArray("tourism_ioc_")) + name;
    const QByteArray word = type == Type::Counter ? "counter" : type == Type::Gauge ? "gauge" : "histogram";
    m_text += "# HELP " + m_name + ' ' + help + "\n# TYPE " + m_name + ' ' + word + '\n';
}

void MetricsText::sample(double value, const Labels &labels, const QByteArray &suffix)
{
    m_text += m_name + suffix;
    QByteArrayList parts;
    for (const auto &[name, text] : labels)
        parts += name + "=\"" + escaped(text) + '"';
    if (!parts.isEmpty())
        m_text += '{' + parts.join(',') + '}';
    m_text += ' ' + QByteArray::number(value, 'g', 16) + '\n';
}

void CentralMetrics::requestAnswered(const QByteArray &method, const QByteArray &route, int status, qint64 ms)
{
    --m_inProgress;
    ++m_requests[{method, route, status}];
    Durations &durations = m_durations[route];
    const auto at = std::ranges::lower_bound(bounds, ms) - bounds.begin();
    ++durations.counts.at(static_cast<size_t>(at));
    durations.sumMs += ms;
}

void CentralMetrics::operations(const QMap<Outcome, int> &counts)
{
    for (const auto &[outcome, count] : counts.asKeyValueRange())
        m_operations[outcome] += count;
}

void CentralMetrics::write(MetricsText &out) const
{
    out.family("requests_total", MetricsText::Type::Counter, "Requests answered.");
    for (const auto &[kind, count] : m_requests.asKeyValueRange())
        out.sample(static_cast<double>(count), {{"method", kind.method}, {"route", kind.route}, {"status", QByteArray::number(kind.status)}});
    out.family("request_duration_seconds", MetricsText::Type::Histogram, "Time worked at a request, without waiting for news.");
    for (const auto &[route, durations] : m_durations.asKeyValueRange()) {
        qint64 below = 0;
        for (size_t i = 0; i < durations.counts.size(); ++i) {
            below += durations.counts.at(i);
            out.sample(static_cast<double>(below), {{"route", route}, {"le", i < bounds.size() ? seconds(bounds.at(i)) : QByteArray("+Inf")}}, "_bucket");
        }
        out.sample(static_cast<double>(durations.sumMs) / 1000.0, {{"route", route}}, "_sum");
        out.sample(static_cast<double>(below), {{"route", route}}, "_count");
    }
    out.family("requests_in_progress", MetricsText::Type::Gauge, "Requests not answered yet, those that wait for news included.");
    out.sample(static_cast<double>(m_inProgress));
    out.family("operations_total", MetricsText::Type::Counter, "Operations of devices by what came of them.");
    for (const auto &[outcome, count] : m_operations.asKeyValueRange())
        out.sample(static_cast<double>(count), {{"outcome", outcomeName(outcome).toLatin1()}});
    out.family("operation_groups_total", MetricsText::Type::Counter, "Groups of requests with operations that were judged together; of one request while central has time.");
    out.sample(static_cast<double>(m_groups));
}

} // namespace ioc
