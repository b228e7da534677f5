// SPDX-License-Identifier: GPL-3.0-or-later
#include <access/guesslimit.h>

#include <algorithm>
#include <limits>

namespace ioc {

namespace {
constexpr qsizetype rememberedNames = 100'000; // made-up logins must not fill the memory
}

qint64 GuessLimit::waitMs(const QString &name) const
{
    const auto found = m_entries.constFind(name);
    return found == m_entries.cend() ? 0 : std::max<qint64>(0, found->freeAtMs - m_clock.monotonicMs());
}

qint64 GuessLimit::sinceFailureMs(const QString &name) const
{
    const auto found = m_entries.constFind(name);
    return found == m_entries.cend() ? std::numeric_limits<qint64>::max() : m_clock.monotonicMs() - found->lastMs;
}

void GuessLimit::failed(const QString &name)
{
    if (m_entries.size() >= rememberedNames)
        forgetOld();
    const qint64 now = m_clock.monotonicMs();
    Entry &entry = m_entries[name];
    if (now - entry.lastMs > m_rule.forgottenMs)
        entry = {};
    entry.lastMs = now;
    ++entry.failures;
    const int beyond = entry.failures - m_rule.freeFailures;
    if (beyond > 0)
        entry.freeAtMs = now + std::min(m_rule.longestWaitMs, m_rule.firstWaitMs << std::min(beyond - 1, 20));
}

void GuessLimit::forgetOld()
{
    const qint64 now = m_clock.monotonicMs();
    m_entries.removeIf([&](const auto &entry) { return now - entry.value().lastMs > m_rule.forgottenMs; });
    if (m_entries.size() >= rememberedNames)
        m_entries.removeIf([&](const auto &entry) { return entry.value().freeAtMs <= now; });
}

} // namespace ioc
