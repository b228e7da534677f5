// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/clock.h>

#include <QHash>

namespace ioc {

/// Slows down guessing of passwords: after a few failures a name (a login, a peer's address) has to wait, each time twice
/// as long. Kept in memory; used by one thread.
class GuessLimit
{
public:
    struct Rule
    {
        int freeFailures = 5;          ///< without any wait
        qint64 firstWaitMs = 1'000;    ///< after one more
        qint64 longestWaitMs = 300'000;
        qint64 forgottenMs = 900'000;  ///< failures older than this do not count
    };
    GuessLimit(const Clock &clock, const Rule &rule) : m_clock(clock), m_rule(rule) {}

    /// Milliseconds until \a name may try again; 0: at once.
    [[nodiscard]] qint64 waitMs(const QString &name) const;
    /// Milliseconds since \a name last failed; a very long time when it did not.
    [[nodiscard]] qint64 sinceFailureMs(const QString &name) const;
    void failed(const QString &name);
    void succeeded(const QString &name) { m_entries.remove(name); }

private:
    struct Entry
    {
        int failures = 0;
        qint64 lastMs = 0; // monotonic
        qint64 freeAtMs = 0;
    };
    void forgetOld();

    const Clock &m_clock;
    Rule m_rule;
    QHash<QString, Entry> m_entries;
};

} // namespace ioc
