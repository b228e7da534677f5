// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <db/connection.h>

#include <span>

namespace ioc {

/// The full-text index beside a table of records: folded words (searchtext) of what is its title and of the rest, found by the record's key.
///
/// Every transaction that changes the index adds a part to it, and every search looks into all parts. Left to itself SQLite puts parts together in
/// the transaction that happens to bring one too many, which then takes tens of milliseconds; with many rows that takes twice as long as
/// writing them. Here it is done by merge(), in small steps between other work.
class SearchIndex
{
public:
    explicit SearchIndex(const QString &table);

    /// "_TABLE_search", quoted; its rowid is the record's key.
    [[nodiscard]] QString name() const { return m_name; }
    /// Makes the index if there is none; \a anew: an empty one in place of what is there.
    Result<void> bring(db::Connection &connection, bool anew) const;
    /// Takes the index away, of a type that is not searched any more.
    Result<void> drop(db::Connection &connection) const;
    Result<void> put(db::Connection &connection, qint64 key, const QString &title, const QString &body) const;
    Result<void> remove(db::Connection &connection, qint64 key) const;
    /// Puts about \a pages (of 4 KiB) of small parts together; whether there is more of that to do.
    Result<bool> merge(db::Connection &connection, int pages) const;
    /// Ready for millions of rows in one transaction; false: as it is otherwise.
    Result<void> setManyAtOnce(db::Connection &connection, bool many) const;

private:
    struct Setting { QLatin1StringView name; int value; };
    Result<void> set(db::Connection &connection, std::span<const Setting> settings) const;

    QString m_table; ///< unquoted
    QString m_name;
    QString m_put;
    QString m_command;
};

} // namespace ioc
