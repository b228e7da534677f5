// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayList>
#include <QByteArrayView>

namespace ioc::wire {

/// A page of changes as it comes, with the values of its records taken out: a device writes most of them into its tables without ever making
/// values of them, which takes longer than all the rest of the page.
class PartedPage
{
public:
    /// \a page: as checkPlain() lets pass.
    explicit PartedPage(QByteArrayView page);
    /// The page without the values. What is not where it should be is left where it is, for the reader of the rest to refuse.
    [[nodiscard]] QByteArray rest() const { return m_rest; }
    /// Of each change, as wire::packed() writes them; empty when it has none.
    [[nodiscard]] const QByteArrayList &values() const { return m_values; }
    /// Why \a values are none; null when all is well.
    static const char *problemIn(QByteArrayView values);

private:
    void takeChange(QByteArrayView &page);

    QByteArray m_rest;
    QByteArrayList m_values;
};

} // namespace ioc::wire
