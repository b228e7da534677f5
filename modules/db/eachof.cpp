// SPDX-License-Identifier: GPL-3.0-or-later
#include <db/eachof.h>

namespace ioc::db {

Result<void> eachOf(Connection &connection, const QString &sql, const QVariantList &parameters, const QVariantList &members, const std::function<bool(const Row &)> &each)
{
    constexpr qsizetype largest = 64;
    for (qsizetype from = 0; from < members.size();) {
        qsizetype size = 1;
        while (size < largest && size < members.size() - from)
            size *= 4;
        QVariantList all = parameters + members.mid(from, size);
        all.resize(parameters.size() + size, all.last()); // one of them again: the answer is the same
        if (const auto read = connection.each(sql.arg(QStringList(size, QStringLiteral("?")).join(QStringLiteral(", "))), all, each); !read)
            return read;
        from += size;
    }
    return {};
}

} // namespace ioc::db
