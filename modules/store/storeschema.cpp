// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/storeschema.h>

#include <QCoreApplication>
#include <QFile>

namespace ioc {

Result<void> StoreSchema::bringTables(db::Connection &connection, bool withIndexes) const
{
    QList<db::Migration> migrations;
    for (const auto &name : {QStringLiteral("0001_control"), QStringLiteral("0002_entries"), QStringLiteral("0003_reading"), QStringLiteral("0004_looks"), QStringLiteral("0005_seals")}) {
        QFile file(QStringLiteral(":/store/%1.sql").arg(name));
        if (!file.open(QIODevice::ReadOnly))
            return failure(ErrorCode::Internal, QCoreApplication::translate("Store", "The program is incomplete. Install it again."), file.fileName());
        migrations += {name.first(4).toInt(), QString::fromUtf8(file.readAll())};
    }
    QList<db::Table> tables;
    const auto all = m_tables.all();
    for (const TypeTable *table : all) {
        tables += table->table();
        if (!withIndexes)
            tables.last().indexes.clear();
    }
    return db::migrate(connection, migrations, tables);
}

Result<void> StoreSchema::bringSearch(db::Connection &connection) const
{
    const auto all = m_tables.all();
    for (const TypeTable *table : all) {
        const QString name = QStringLiteral("index:") + table->type().name;
        const auto known = metaText(connection, name);
        const bool anew = !known || *known != table->indexSignature();
        auto done = known.transform([](const QString &) {}).and_then([&] { return table->bringIndexes(connection, anew); });
        if (done && anew)
            done = setMeta(connection, name, table->indexSignature());
        if (!done)
            return done;
    }
    return {};
}

Result<qint64> StoreSchema::meta(db::Connection &connection, const QString &name, qint64 otherwise)
{
    return connection.integer(QStringLiteral("SELECT value FROM _meta WHERE name=?"), {name}, otherwise);
}

Result<QString> StoreSchema::metaText(db::Connection &connection, const QString &name)
{
    QString text;
    return connection.each(QStringLiteral("SELECT value FROM _meta WHERE name=?"), {name}, [&](const db::Row &row) { text = row.text(0); return false; })
        .transform([&] { return text; });
}

Result<void> StoreSchema::setMeta(db::Connection &connection, const QString &name, const QVariant &value)
{
    const bool empty = value.isNull();
    return connection
        .exec(empty ? QStringLiteral("DELETE FROM _meta WHERE name=?") : QStringLiteral("INSERT OR REPLACE INTO _meta (name, value) VALUES (?,?)"),
              empty ? QVariantList{name} : QVariantList{name, value})
        .transform([](qint64) {});
}

} // namespace ioc
