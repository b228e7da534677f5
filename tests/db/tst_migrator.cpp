// SPDX-License-Identifier: GPL-3.0-or-later
#include <db/migrator.h>
#include <records/typecatalog.h>

#include <QTemporaryDir>
#include <QTest>

using namespace ioc;
using namespace ioc::db;
using namespace Qt::StringLiterals;

namespace {

const QList<Migration> history{{1, u"CREATE TABLE outbox (op BLOB PRIMARY KEY);"_s},
                               {2, u"ALTER TABLE outbox ADD COLUMN state INTEGER; CREATE INDEX outbox_state ON outbox (state);"_s},
                               {3, u"INSERT INTO outbox VALUES (x'01', 3);"_s}};

Table table(const QString &name, const QList<Column> &columns)
{
    return {.name = name, .head = u"key INTEGER PRIMARY KEY"_s, .columns = columns, .tail = {}, .options = u"STRICT"_s,
            .indexes = {u"\"%1_first\" ON %2 (%3)"_s.arg(name, quoted(name), quoted(columns.first().name))}};
}

const Column name{u"name"_s, ColumnType::Text};
const Column rooms{u"rooms"_s, ColumnType::Integer};

// Everything of the schema that matters, whatever the order in which it came to be.
QStringList schemaOf(Connection &db)
{
    QStringList out;
    const auto add = [&](const Row &row) {
        out += row.text(0) + u' ' + row.text(1) + u' ' + row.text(2);
        return true;
    };
    (void)db.each(u"SELECT m.name, c.name, c.type || c.pk || c.\"notnull\" FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table'"_s, {}, add);
    (void)db.each(u"SELECT name, tbl_name, sql FROM sqlite_schema WHERE type = 'index'"_s, {}, add);
    out.sort();
    return out;
}

} // namespace

/// Databases brought up to date: all of it or nothing, and in the end like a fresh one.
class TestMigrator : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_db = fresh();
    }
    void cleanup() { m_db.reset(); }

    void migratedEqualsFresh()
    {
        const QList<Table> tables{table(u"lodging"_s, {name, rooms})};
        for (int steps = 0; steps <= history.size(); ++steps) {
            auto old = fresh();
            QVERIFY(migrate(*old, history.first(steps), {table(u"lodging"_s, {name})}));
            QVERIFY(old->exec(u"INSERT INTO lodging (name) VALUES ('Majestic')"_s));
            QVERIFY(migrate(*old, history, tables));
            auto made = fresh();
            QVERIFY(migrate(*made, history, tables));
            QCOMPARE(schemaOf(*old), schemaOf(*made));
            QCOMPARE(version(*old), 3);
            QCOMPARE(old->integer(u"SELECT count(*) FROM outbox"_s).value(), 1);
            QCOMPARE(old->integer(u"SELECT count(*) FROM lodging WHERE rooms IS NULL AND name = 'Majestic'"_s).value(), 1);
        }
    }

    void againChangesNothing()
    {
        const QList<Table> tables{table(u"lodging"_s, {name})};
        QVERIFY(migrate(*m_db, history, tables));
        const QStringList before = schemaOf(*m_db);
        QVERIFY(migrate(*m_db, history, tables));
        QCOMPARE(schemaOf(*m_db), before);
        QCOMPARE(m_db->integer(u"SELECT count(*) FROM schema_version"_s).value(), 3);
    }

    void aFailedMigrationLeavesAllAsItWas_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::newRow("wrong SQL") << u"DELETE FROM outbox; CREATE TABEL x (a);"_s;
        QTest::newRow("broken rule") << u"DELETE FROM outbox; INSERT INTO outbox VALUES (x'02', 1); INSERT INTO outbox VALUES (x'02', 1);"_s;
        QTest::newRow("table that is there") << u"DROP INDEX outbox_state; CREATE TABLE outbox (a);"_s;
    }
    void aFailedMigrationLeavesAllAsItWas()
    {
        QFETCH(QString, sql);
        QVERIFY(migrate(*m_db, history, {}));
        const QStringList before = schemaOf(*m_db);
        const QList<Migration> longer = history + QList<Migration>{{4, u"CREATE TABLE fine (a INTEGER);"_s}, {5, sql}};
        QVERIFY(!migrate(*m_db, longer, {}));
        QCOMPARE(version(*m_db), 3);
        QCOMPARE(schemaOf(*m_db), before);
        QCOMPARE(m_db->integer(u"SELECT count(*) FROM outbox"_s).value(), 1);
        QVERIFY(Transaction::begin(*m_db)); // none is left open
    }

    void aNewerDatabaseIsRefused()
    {
        QVERIFY(migrate(*m_db, history, {}));
        const auto done = migrate(*m_db, history.first(2), {table(u"lodging"_s, {name})});
        QVERIFY(!done);
        QCOMPARE(done.error().code, ErrorCode::Unsupported);
        QCOMPARE(version(*m_db), 3);
        QCOMPARE(m_db->integer(u"SELECT count(*) FROM sqlite_schema WHERE name = 'lodging'"_s).value(), 0);
    }

    void migrationsAreNumberedUpwards()
    {
        QVERIFY(!migrate(*m_db, {{2, u"SELECT 1;"_s}, {1, u"SELECT 1;"_s}}, {}));
        QVERIFY(!migrate(*m_db, {{1, u"SELECT 1;"_s}, {1, u"SELECT 1;"_s}}, {}));
        QVERIFY(!migrate(*m_db, {{0, u"SELECT 1;"_s}}, {}));
        QVERIFY(migrate(*m_db, {}, {}));
    }

    void aFieldOfAnotherKindIsRefused()
    {
        QVERIFY(migrate(*m_db, {}, {table(u"lodging"_s, {name, rooms})}));
        QVERIFY(m_db->exec(u"INSERT INTO lodging (rooms) VALUES (5)"_s));
        const auto done = migrate(*m_db, {}, {table(u"lodging"_s, {name, {u"rooms"_s, ColumnType::Text}, {u"beds"_s, ColumnType::Integer}})});
        QVERIFY(!done);
        QCOMPARE(done.error().code, ErrorCode::Unsupported);
        QVERIFY(done.error().detail.contains(u"lodging.rooms"));
        QVERIFY(!m_db->exec(u"SELECT beds FROM lodging"_s)); // nothing was added
    }

    void aFieldNoLongerDeclaredIsKept()
    {
        QVERIFY(migrate(*m_db, {}, {table(u"lodging"_s, {name, rooms})}));
        QVERIFY(m_db->exec(u"INSERT INTO lodging (rooms) VALUES (5)"_s));
        QVERIFY(migrate(*m_db, {}, {table(u"lodging"_s, {name})}));
        QCOMPARE(m_db->integer(u"SELECT rooms FROM lodging"_s).value(), 5);
    }

    void aReadOnlyDatabaseIsReported()
    {
        const QString path = m_dir->filePath(u"shared.sqlite"_s);
        QVERIFY(Connection::open({.path = path}));
        auto reader = Connection::open({.path = path, .readOnly = true});
        QVERIFY(reader);
        const auto done = migrate(**reader, history, {});
        QVERIFY(!done);
        QCOMPARE(done.error().code, ErrorCode::ReadOnly);
    }

    void everyBuiltInTypeHasATable()
    {
        const auto catalog = TypeCatalog::load().value();
        QList<Table> tables;
        const auto types = catalog->types();
        for (const RecordType *type : types)
            tables += Table{.name = type->name, .head = u"key INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, version INTEGER NOT NULL"_s, .columns = columns(*type), .options = u"STRICT"_s};
        const auto done = migrate(*m_db, {}, tables);
        QVERIFY2(done, done ? "" : qPrintable(done.error().detail));
        for (const RecordType *type : types)
            QCOMPARE(m_db->integer(u"SELECT count(*) FROM pragma_table_info(?)"_s, {type->name}).value(), 3 + columns(*type).size());
    }

private:
    std::unique_ptr<Connection> fresh()
    {
        return std::move(Connection::open({.path = m_dir->filePath(u"%1.sqlite"_s.arg(++m_made))}).value());
    }
    static qint64 version(Connection &db) { return db.integer(u"SELECT max(version) FROM schema_version"_s).value(); }

    std::unique_ptr<QTemporaryDir> m_dir;
    int m_made = 0;
    std::unique_ptr<Connection> m_db;
};

QTEST_GUILESS_MAIN(TestMigrator)
#include "tst_migrator.moc"
