// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/searchindex.h>

#include <db/schema.h>

#include <array>

namespace ioc {

using namespace Qt::StringLiterals;

namespace {

constexpr int partsPerLevel = 16; // the most that SQLite takes; levels are put together when they have so many
constexpr int inMemory = 16 * 1024 * 1024; // bytes of words in one transaction: with more it brings several parts
constexpr int lastResort = 256;   // parts of a level that SQLite puts together at once in the transaction that brings the next: many small changes in one

} // namespace

SearchIndex::SearchIndex(const QString &table)
    : m_table(u'_' + table + QStringLiteral("_search")), m_name(db::quoted(m_table)),
      m_put(QStringLiteral("INSERT OR REPLACE INTO %1 (rowid, title, body) VALUES (?,?,?)").arg(m_name)),
      m_command(QStringLiteral("INSERT INTO %1 (%1, rank) VALUES (?,?)").arg(m_name))
{
}

Result<void> SearchIndex::bring(db::Connection &connection, bool anew) const
{
    // What is deleted goes when parts are put together anyway: doing it apart, begun and then overtaken by another merge of the same level, is not safe in
    // SQLite 3.46 (later versions end the search for such work at a level that is being merged).
    static constexpr std::array settings{Setting{"automerge"_L1, 0}, Setting{"hashsize"_L1, inMemory}, Setting{"deletemerge"_L1, 0}, Setting{"usermerge"_L1, partsPerLevel}, Setting{"crisismerge"_L1, lastResort}};
    // Two columns, so that a word in the title can be told from one in the text; "column" detail keeps no positions.
    const QString create = QStringLiteral("CREATE VIRTUAL TABLE IF NOT EXISTS %1 USING fts5(title, body, content='', contentless_delete=1, "
                                          "detail=column, prefix='1 2 4', tokenize='ascii')").arg(m_name);
    const auto dropped = anew ? drop(connection) : Result<void>();
    return dropped.and_then([&] { return connection.exec(create); }).and_then([&](qint64) { return set(connection, settings); });
}

Result<void> SearchIndex::drop(db::Connection &connection) const
{
    return connection.exec(QStringLiteral("DROP TABLE IF EXISTS %1").arg(m_name)).transform([](qint64) {});
}

// Each is written once: setting one is a change of the database.
Result<void> SearchIndex::set(db::Connection &connection, std::span<const Setting> settings) const
{
    const QString known = QStringLiteral("SELECT EXISTS (SELECT 1 FROM %1 WHERE k=? AND v=?)").arg(db::quoted(m_table + QStringLiteral("_config")));
    for (const auto &[name, value] : settings) {
        const auto isSet = connection.integer(known, {QString(name), value});
        const auto done = isSet && *isSet == 0 ? connection.exec(m_command, {QString(name), value}) : isSet;
        if (!done)
            return std::unexpected(done.error());
    }
    return {};
}

Result<void> SearchIndex::setManyAtOnce(db::Connection &connection, bool many) const
{
    const std::array settings{Setting{"crisismerge"_L1, many ? 64 : lastResort}};
    return set(connection, settings);
}

Result<void> SearchIndex::put(db::Connection &connection, qint64 key, const QString &title, const QString &body) const
{
    return connection.each(m_put, {key, title, body}, [](const db::Row &) { return true; });
}

Result<void> SearchIndex::remove(db::Connection &connection, qint64 key) const
{
    return connection.exec(QStringLiteral("DELETE FROM %1 WHERE rowid=?").arg(m_name), {key}).transform([](qint64) {});
}

// The command itself counts as one change; with more it found something to do (https://sqlite.org/fts5.html#the_merge_command).
Result<bool> SearchIndex::merge(db::Connection &connection, int pages) const
{
    const QString changes = QStringLiteral("SELECT total_changes()");
    const auto before = connection.integer(changes);
    const auto done = before ? connection.exec(m_command, {QStringLiteral("merge"), pages}) : before;
    const auto after = done ? connection.integer(changes) : done;
    if (!after)
        return std::unexpected(after.error());
    return *after - *before >= 2;
}

} // namespace ioc
