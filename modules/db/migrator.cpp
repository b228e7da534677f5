// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/faultpoint.h>
#include <db/migrator.h>
#include <db/namedlock.h>

#include <QCoreApplication>
#include <QHash>

#include <algorithm>

namespace ioc::db {

namespace {

using ColumnTypes = QHash<QString, QString>; // by name

Result<ColumnTypes> existingColumns(Connection &connection, const QString &table)
{
    const QString sql = connection.dialect() == Dialect::Sqlite
                            ? QStringLiteral("SELECT name, type FROM pragma_table_info(?)")
                            : QStringLiteral("SELECT column_name, data_type FROM information_schema.columns WHERE table_schema=current_schema() AND table_name=?");
    ColumnTypes types;
    return connection.each(sql, {table}, [&](const Row &row) {
        types.insert(row.text(0), row.text(1));
        return true;
    }).transform([&] { return types; });
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
        const QString type = existing->value(column.name);
        if (!type.isEmpty() && type.compare(columnTypeName(column.type, connection.dialect()), Qt::CaseInsensitive) != 0)
            return failure(ErrorCode::Unsupported, QCoreApplication::translate("Database", "A field was declared anew as another kind, but the database holds values of the old one. Give the new field a name of its own."),
                           QStringLiteral("%1.%2 is %3").arg(table.name, column.name, type));
        if (!existing->isEmpty() && type.isEmpty())
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

Result<MigrationState> migrationState(Connection &connection, const QList<Migration> &migrations, const QList<Table> &tables)
{
    MigrationState state{.newest = migrations.isEmpty() ? 0 : migrations.last().number};
    const auto versions = existingColumns(connection, QStringLiteral("schema_version"));
    if (!versions)
        return std::unexpected(versions.error());
    const auto version = versions->isEmpty() ? Result<qint64>(0) : connection.integer(QStringLiteral("SELECT max(version) FROM schema_version"));
    if (!version)
        return std::unexpected(version.error());
    state.version = *version;
    for (const Table &table : tables) {
        const auto existing = existingColumns(connection, table.name);
        if (!existing)
            return std::unexpected(existing.error());
        if (existing->isEmpty()) {
            state.missing += table.name;
            continue;
        }
        for (const Column &column : table.columns) {
            if (!existing->contains(column.name))
                state.missing += table.name + u'.' + column.name;
        }
    }
    return state;
}

Result<void> migrate(Connection &connection, const QList<Migration> &migrations, const QList<Table> &tables)
{
    if (std::ranges::adjacent_find(migrations, std::greater_equal{}, &Migration::number) != migrations.end() || (!migrations.isEmpty() && migrations.first().number < 1))
        return failure(ErrorCode::Internal, QCoreApplication::translate("Database", "The database reports a fault. Please report it to the administrator."),
                       QStringLiteral("migrations are not numbered upwards"));
    auto transaction = Transaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    if (const auto alone = waitForLock(connection, "migration"); !alone) // several programs may start at once
        return alone;
    if (const auto done = connection.exec(QStringLiteral("CREATE TABLE IF NOT EXISTS schema_version (version %1 NOT NULL)").arg(columnTypeName(ColumnType::Integer, connection.dialect()))); !done)
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
        if (const auto done = connection.script(inDialect(migration.sql, connection.dialect())); !done)
            return done;
        if (const auto done = connection.exec(QStringLiteral("INSERT INTO schema_version (version) VALUES (?)"), {migration.number}); !done)
            return std::unexpected(done.error());
    }
    for (const Table &table : tables) {
        if (const auto done = bring(connection, table); !done)
            return done;
    }
    faultPoint("schema.changed");
    return transaction->commit().transform([] { faultPoint("schema.committed"); });
}

} // namespace ioc::db
