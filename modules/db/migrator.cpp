// SPDX-License-Identifier: GPL-3.0-or-later
#include <db/migrator.h>

#include <QCoreApplication>
#include <QSet>

namespace ioc::db {

namespace {

Result<QSet<QString>> existingColumns(Connection &connection, const QString &table)
{
    QSet<QString> names;
    const auto read = connection.dialect() == Dialect::Sqlite
                          ? connection.each(QStringLiteral("SELECT name FROM pragma_table_info(?)"), {table}, [&](const Row &row) { names.insert(row.text(0)); return true; })
                          : connection.each(QStringLiteral("SELECT column_name FROM information_schema.columns WHERE table_schema=current_schema() AND table_name=?"), {table},
                                            [&](const Row &row) { names.insert(row.text(0)); return true; });
    return read.transform([&] { return names; });
}

QString columnSql(const Column &column, Dialect dialect)
{
    return quoted(column.name) + u' ' + columnTypeName(column.type, dialect);
}

Result<void> bring(Connection &connection, const Table &table)
{
    const auto existing = existingColumns(connection, table.name);
    if (!existing)
        return std::unexpected(existing.error());
    QStringList statements;
    if (existing->isEmpty()) {
        QStringList parts{table.head};
        for (const Column &column : table.columns)
            parts += columnSql(column, connection.dialect());
        statements += QStringLiteral("CREATE TABLE %1 (%2%3) %4").arg(quoted(table.name), parts.join(QStringLiteral(", ")), table.tail, table.options);
    }
    for (const Column &column : table.columns) {
        if (!existing->isEmpty() && !existing->contains(column.name))
            statements += QStringLiteral("ALTER TABLE %1 ADD COLUMN %2").arg(quoted(table.name), columnSql(column, connection.dialect()));
    }
    for (const QString &index : table.indexes)
        statements += QStringLiteral("CREATE INDEX IF NOT EXISTS ") + index;
    for (const QString &statement : std::as_const(statements)) {
        if (const auto done = connection.exec(statement); !done)
            return std::unexpected(done.error());
    }
    return {};
}

} // namespace

Result<void> migrate(Connection &connection, const QList<Migration> &migrations, const QList<Table> &tables)
{
    auto transaction = Transaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    if (const auto done = connection.exec(QStringLiteral("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)")); !done)
        return std::unexpected(done.error());
    const auto version = connection.integer(QStringLiteral("SELECT max(version) FROM schema_version"));
    if (!version)
        return std::unexpected(version.error());
    const int newest = migrations.isEmpty() ? 0 : migrations.last().number;
    if (*version > newest)
        return failure(ErrorCode::Unsupported, QCoreApplication::translate("Database", "The database was written by a newer version of the program. Update the program."),
                       QStringLiteral("%1 > %2").arg(*version).arg(newest));
    for (const Migration &migration : migrations) {
        if (migration.number <= *version)
            continue;
        if (const auto done = connection.script(migration.sql); !done)
            return done;
        if (const auto done = connection.exec(QStringLiteral("INSERT INTO schema_version (version) VALUES (?)"), {migration.number}); !done)
            return std::unexpected(done.error());
    }
    for (const Table &table : tables) {
        if (const auto done = bring(connection, table); !done)
            return done;
    }
    return transaction->commit();
}

} // namespace ioc::db
