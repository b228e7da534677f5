// SPDX-License-Identifier: GPL-3.0-or-later
#include <db/migrator.h>
#include <store/fileindex.h>

namespace ioc {

namespace {

// Append-only, as every list of migrations.
QList<db::Migration> migrations()
{
    return {{1, QStringLiteral("CREATE TABLE file (digest TEXT NOT NULL PRIMARY KEY, size INTEGER NOT NULL, here INTEGER NOT NULL, wanted INTEGER NOT NULL, "
                               "pinned INTEGER NOT NULL, damaged INTEGER NOT NULL, confirmed BLOB, refusal TEXT, looked_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;\n"
                               "CREATE INDEX file_here ON file (here, looked_ms);\n"
                               "CREATE INDEX file_wanted ON file (looked_ms) WHERE wanted = 1 AND here = 0;")}};
}

QVariant bytesOrNull(const Id &id)
{
    return id.isNull() ? QVariant() : QVariant(id.toBytes());
}

} // namespace

Result<void> FileIndex::bring()
{
    return db::migrate(m_connection, migrations(), {});
}

Result<QList<HeldFile>> FileIndex::list(const QString &rest, const QVariantList &parameters)
{
    QList<HeldFile> out;
    return m_connection.each(QStringLiteral("SELECT digest, size, here, wanted, pinned, damaged, confirmed, refusal, looked_ms FROM file ") + rest, parameters, [&](const db::Row &row) {
        out += HeldFile{.digest = row.text(0), .size = row.integer(1), .here = row.integer(2) != 0, .wanted = row.integer(3) != 0, .pinned = row.integer(4) != 0, .damaged = row.integer(5) != 0,
                        .confirmed = row.isNull(6) ? Id() : Id::fromBytes(row.bytes(6)).value_or(Id()), .refusal = row.text(7), .lookedMs = row.integer(8)};
        return true;
    }).transform([&] { return std::move(out); });
}

Result<QList<HeldFile>> FileIndex::states(const QStringList &digests)
{
    QList<HeldFile> out;
    for (const QString &digest : digests) {
        const auto one = state(digest);
        if (!one)
            return std::unexpected(one.error());
        out += *one;
    }
    return out;
}

Result<HeldFile> FileIndex::state(const QString &digest)
{
    return list(QStringLiteral("WHERE digest = ?"), {digest}).transform([&](const QList<HeldFile> &found) { return found.isEmpty() ? HeldFile{.digest = digest} : found.first(); });
}

Result<void> FileIndex::put(const HeldFile &file)
{
    return m_connection.exec(QStringLiteral("INSERT OR REPLACE INTO file (digest, size, here, wanted, pinned, damaged, confirmed, refusal, looked_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"),
                             {file.digest, file.size, file.here ? 1 : 0, file.wanted ? 1 : 0, file.pinned ? 1 : 0, file.damaged ? 1 : 0, bytesOrNull(file.confirmed),
                              file.refusal.isEmpty() ? QVariant() : QVariant(file.refusal), file.lookedMs})
        .transform([](qint64) {});
}

Result<void> FileIndex::forget(const QString &digest)
{
    return m_connection.exec(QStringLiteral("DELETE FROM file WHERE digest = ?"), {digest}).transform([](qint64) {});
}

Result<QList<HeldFile>> FileIndex::toSend(const Id &epoch, qint64 limit)
{
    return list(QStringLiteral("WHERE here = 1 AND refusal IS NULL AND (confirmed IS NULL OR confirmed <> ?) ORDER BY looked_ms, digest LIMIT ?"), {epoch.toBytes(), limit});
}

Result<QList<HeldFile>> FileIndex::toFetch(qint64 limit)
{
    return list(QStringLiteral("WHERE wanted = 1 AND here = 0 ORDER BY looked_ms DESC, digest LIMIT ?"), {limit});
}

Result<QStringList> FileIndex::here()
{
    QStringList out;
    return list(QStringLiteral("WHERE here = 1"), {}).transform([&](const QList<HeldFile> &files) {
        for (const HeldFile &file : files)
            out += file.digest;
        return std::move(out);
    });
}

Result<QStringList> FileIndex::toLetGo(const Id &epoch, qint64 bytes)
{
    const auto all = m_connection.integer(QStringLiteral("SELECT coalesce(sum(size), 0) FROM file WHERE here = 1 AND pinned = 0"));
    if (!all)
        return std::unexpected(all.error());
    qint64 over = *all - bytes;
    QStringList out;
    if (over <= 0)
        return out;
    const QString sql = QStringLiteral("SELECT digest, size FROM file WHERE here = 1 AND pinned = 0 AND confirmed = ? ORDER BY looked_ms, digest");
    return m_connection.each(sql, {epoch.toBytes()}, [&](const db::Row &row) {
        out += row.text(0);
        over -= row.integer(1);
        return over > 0;
    }).transform([&] { return std::move(out); });
}

} // namespace ioc
