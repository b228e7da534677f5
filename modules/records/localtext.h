// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace ioc {

/// A label in the product's three languages.
struct LocalText
{
    QString vi;
    QString en;
    QString zh;

    /// The text in \a language ("vi", "en", "zh"), else English, else Vietnamese.
    [[nodiscard]] QString in(QStringView language) const
    {
        const QString &wanted = language == u"vi" ? vi : language == u"zh" ? zh : en;
        return !wanted.isEmpty() ? wanted : !en.isEmpty() ? en : vi;
    }
    [[nodiscard]] bool isEmpty() const { return vi.isEmpty() && en.isEmpty() && zh.isEmpty(); }
};

} // namespace ioc
