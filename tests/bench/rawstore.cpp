// SPDX-License-Identifier: GPL-3.0-or-later
#include "rawstore.h"

#include <store/storeschema.h>

#include <QElapsedTimer>
#include <QFileInfo>
#include <QTemporaryDir>

#include <memory>
#include <vector>

#include <sqlite3.h>

namespace ioc::bench {

using namespace Qt::StringLiterals;

namespace {

struct CloseDatabase { void operator()(sqlite3 *database) const { sqlite3_close(database); } };
struct FinishStatement { void operator()(sqlite3_stmt *statement) const { sqlite3_finalize(statement); } };
struct FreeValue { void operator()(sqlite3_value *value) const { sqlite3_value_free(value); } };
using Handle = std::unique_ptr<sqlite3, CloseDatabase>;
using Statement = std::unique_ptr<sqlite3_stmt, FinishStatement>;
using Row = std::vector<std::unique_ptr<sqlite3_value, FreeValue>>;

Handle opened(const QString &path)
{
    sqlite3 *database = nullptr;
    const int code = sqlite3_open(path.toUtf8().constData(), &database);
    Handle handle(database);
    return code == SQLITE_OK ? std::move(handle) : nullptr;
}

Statement prepared(const Handle &database, const QString &sql)
{
    sqlite3_stmt *statement = nullptr;
    (void)sqlite3_prepare_v2(database.get(), sql.toUtf8().constData(), -1, &statement, nullptr);
    return Statement(statement);
}

bool run(const Handle &database, const char *sql)
{
    return sqlite3_exec(database.get(), sql, nullptr, nullptr, nullptr) == SQLITE_OK;
}

std::vector<Row> rowsOf(const Handle &database, const QString &table, const QString &order)
{
    std::vector<Row> out;
    const Statement statement = prepared(database, u"SELECT * FROM %1 ORDER BY %2"_s.arg(table, order));
    while (statement && sqlite3_step(statement.get()) == SQLITE_ROW) {
        Row row;
        for (int i = 0; i < sqlite3_column_count(statement.get()); ++i)
            row.emplace_back(sqlite3_value_dup(sqlite3_column_value(statement.get(), i)));
        out.push_back(std::move(row));
    }
    return out;
}

bool insertAll(const Handle &database, const QString &table, const std::vector<Row> &rows)
{
    constexpr size_t atOnce = 5000;
    if (rows.empty())
        return true;
    const QString marks = QStringList(static_cast<qsizetype>(rows.front().size()), u"?"_s).join(u',');
    const Statement statement = prepared(database, u"INSERT INTO %1 VALUES (%2)"_s.arg(table, marks));
    if (!statement || !run(database, "BEGIN"))
        return false;
    for (size_t i = 0; i < rows.size(); ++i) {
        for (size_t column = 0; column < rows[i].size(); ++column)
            sqlite3_bind_value(statement.get(), static_cast<int>(column) + 1, rows[i][column].get());
        if (sqlite3_step(statement.get()) != SQLITE_DONE)
            return false;
        sqlite3_reset(statement.get());
        if ((i + 1) % atOnce == 0 && !(run(database, "COMMIT") && run(database, "BEGIN")))
            return false;
    }
    return run(database, "COMMIT");
}

/// The schema of an empty store at \a path.
Result<void> makeEmpty(const TypeTables &tables, const QString &path)
{
    return db::Connection::open({.path = path}).and_then([&](const auto &connection) {
        return StoreSchema(tables).bringTables(*connection).and_then([&] { return StoreSchema(tables).bringSearch(*connection); });
    });
}

Result<void> indexAll(const TypeTables &tables, const QString &path)
{
    const auto connection = db::Connection::open({.path = path, .mayCreate = false});
    if (!connection)
        return std::unexpected(connection.error());
    const auto all = tables.all();
    for (const TypeTable *table : all) {
        for (qint64 key = 0;;) {
            auto transaction = db::Transaction::begin(**connection);
            if (!transaction)
                return std::unexpected(transaction.error());
            const auto last = table->indexAfter(**connection, key, 5000);
            if (!last)
                return std::unexpected(last.error());
            if (const auto committed = transaction->commit(); !committed)
                return committed;
            if (*last == 0)
                break;
            key = *last;
        }
    }
    return {};
}

QString storeFile(const QString &folder)
{
    return folder + u"/store.sqlite"_s;
}

} // namespace

std::optional<double> rawInsertMs(const QString &folder, const QByteArray &packedVault)
{
    const auto catalog = TypeCatalog::load();
    if (!catalog)
        return {};
    const auto secrets = VaultSecrets::unpacked(packedVault);
    const auto vault = std::make_shared<Vault>();
    if (secrets)
        vault->open(*secrets);
    const TypeTables tables(*catalog, vault);
    const QTemporaryDir scratch;
    const QString path = scratch.filePath(u"raw.sqlite"_s);
    const Handle from = opened(storeFile(folder));
    if (!from || !makeEmpty(tables, path))
        return {};
    std::vector<std::pair<QString, std::vector<Row>>> records;
    const auto all = tables.all();
    for (const TypeTable *table : all)
        records.emplace_back(table->name(), rowsOf(from, table->name(), u"key"_s));
    records.emplace_back(u"_seal_key"_s, rowsOf(from, u"_seal_key"_s, u"record"_s));
    QElapsedTimer timer;
    timer.start();
    {
        const Handle to = opened(path);
        if (!to || !run(to, "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536"))
            return {};
        for (const auto &[table, rows] : records) {
            if (!insertAll(to, table, rows))
                return {};
        }
    }
    if (!indexAll(tables, path))
        return {};
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

std::optional<double> syncOverhead(const QString &folder)
{
    constexpr qint64 ofARecord = 8; // its version and its place in the feed
    const auto connection = db::Connection::open({.path = storeFile(folder), .readOnly = true, .mayCreate = false});
    if (!connection)
        return {};
    double own = static_cast<double>(QFileInfo(folder + u"/operations.journal"_s).size());
    double records = 0;
    const auto read = (*connection)->each(u"SELECT s.tbl_name, sum(d.pgsize - d.unused) FROM dbstat d JOIN sqlite_schema s ON s.name = d.name GROUP BY s.tbl_name"_s, {}, [&](const db::Row &row) {
        const QString table = row.text(0);
        if (!table.contains(u"_search"))
            (table.startsWith(u'_') ? own : records) += row.real(1);
        return true;
    });
    if (!read || records == 0)
        return {};
    const auto rows = (*connection)->integer(u"SELECT count(*) FROM complaint"_s);
    if (!rows)
        return {};
    own += static_cast<double>(*rows * ofARecord);
    return own / (records - static_cast<double>(*rows * ofARecord));
}

} // namespace ioc::bench
