// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

#include <cmath>
#include <numbers>

namespace ioc {

/// A random sequence that is the same everywhere for the same seed (SplitMix64); the standard library's distributions are not.
class DemoRandom
{
public:
    explicit DemoRandom(quint64 seed) : m_state(seed) {}

    quint64 next()
    {
        m_state += 0x9e3779b97f4a7c15ULL;
        quint64 z = m_state;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }
    /// In [0, 1).
    double real() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
    /// In [0, \a below).
    qint64 below(qint64 below) { return static_cast<qint64>(real() * static_cast<double>(below)); }
    bool chance(double probability) { return real() < probability; }
    /// A factor around \a median, sometimes much larger.
    double logNormal(double median, double sigma)
    {
        const double radius = std::sqrt(-2.0 * std::log(1.0 - real()));
        return median * std::exp(sigma * radius * std::cos(2.0 * std::numbers::pi * real()));
    }
    template <typename List>
    const auto &oneOf(const List &list)
    {
        return list[below(list.size())];
    }

private:
    quint64 m_state;
};

} // namespace ioc
