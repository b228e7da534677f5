// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/cbor.h>
#include <db/migrator.h>
#include <db/packedrow.h>
#include <records/typecatalog.h>
#include <records/validation.h>

#include <QCborArray>
#include <QCborMap>
#include <QTest>

using namespace ioc;
using namespace ioc::db;
using namespace Qt::StringLiterals;

namespace {

QCborValue sample(const Field &field)
{
    switch (field.kind) {
    case FieldKind::Integer:
    case FieldKind::Money: return static_cast<qint64>(field.minimum.value_or(field.maximum.value_or(9'007'199'254'740'993.0)));
    case FieldKind::DateTime: return qint64(1'700'000'000'123);
    case FieldKind::Decimal: return field.minimum.value_or(0) + 0.125;
    case FieldKind::Boolean: return false;
    case FieldKind::Date: return u"2026-02-28"_s;
    case FieldKind::Choice: return field.choices.last().code;
    case FieldKind::Choices: return QCborArray{field.choices.last().code, field.choices.first().code};
    case FieldKind::Reference:
    case FieldKind::Unit: return u"0190f5fe-7c00-7a00-8000-0123456789ab"_s;
    case FieldKind::Phone: return u"0901234567"_s;
    case FieldKind::Email: return u"a@b.vn"_s;
    case FieldKind::Url: return u"https://a.vn/chợ?x=1"_s;
    case FieldKind::Place: return QCborArray{10.7769, 106.7009};
    case FieldKind::Files: return QCborArray{QString(64, u'b'), QString(64, u'a')};
    case FieldKind::Translated: return QCborMap{{u"vi"_s, u"Chợ \"Bến\""_s}, {u"en"_s, u"Market"_s}};
    case FieldKind::Text:
    case FieldKind::Note: break;
    }
    return field.patternText.isEmpty() ? u"Chợ 'Bến' Thành; 中文 😀"_s : QString();
}

Table tableOf(const RecordType &type)
{
    return {.name = type.name, .head = u"key INTEGER PRIMARY KEY"_s, .columns = columns(type), .options = u"STRICT"_s};
}

QString columnList(const RecordType &type)
{
    QStringList names;
    const auto list = columns(type);
    for (const Column &column : list)
        names += quoted(column.name);
    return names.join(u',');
}

RecordType everyKind()
{
    RecordType type{.name = u"every"_s};
    for (int kind = 0; kind <= static_cast<int>(FieldKind::Translated); ++kind) {
        Field field{.name = u"f%1"_s.arg(kind), .kind = static_cast<FieldKind>(kind)};
        if (field.kind == FieldKind::Choice || field.kind == FieldKind::Choices)
            field.choices = {{u"a"_s, {}, {}}, {u"b"_s, {}, {}}};
        type.fields += field;
    }
    return type;
}

} // namespace

/// Records in their tables: what went in comes out, for every type there is.
class TestSchema : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_db = std::move(Connection::open({.path = u":memory:"_s}).value()); }
    void cleanup() { m_db.reset(); }

    void everyTypeComesBack()
    {
        const auto catalog = TypeCatalog::load().value();
        const RecordType every = everyKind();
        auto types = catalog->types();
        types += &every;
        for (const RecordType *type : std::as_const(types)) {
            Values values;
            for (const Field &field : type->fields) {
                if (const auto kept = canonical(field, sample(field)); kept && !kept->isUndefined())
                    values.insert(field.name, *kept);
            }
            QVERIFY(values.size() >= type->fields.size() - 3); // but for those with a pattern
            comesBack(*type, values);
            comesBack(*type, {});
            for (const auto &[name, value] : values.asKeyValueRange())
                comesBack(*type, {{name, value}});
        }
    }

    // Of values that have their field's form, and of such as have not.
    void whatIsPackedIsBoundAsItsValuesAre()
    {
        const RecordType type = everyKind();
        QVERIFY(migrate(*m_db, {}, {tableOf(type)}));
        const QList<QCborValue> odd{QCborValue(nullptr), true, 7, -7, 2.5, u""_s, u"chữ"_s, u"0190f5fe-7c00-7a00-8000-0123456789ab"_s, QCborArray{1, 2.5}, QCborArray{1}, QCborArray{u"a"_s, u"b"_s},
                                    QCborMap{{u"vi"_s, u"Chợ"_s}}, QCborMap()};
        for (const Field &field : type.fields) {
            for (const QCborValue &value : odd)
                isBoundAlike(type, {{field.name, value}, {u"unknown"_s, value}});
        }
        Values all;
        for (const Field &field : type.fields)
            all.insert(field.name, sample(field));
        isBoundAlike(type, all);
        QByteArray backwards; // names in another order than central's
        cbor::Writer out(backwards);
        out.map(2);
        for (const char *name : {"f4", "f0"}) {
            out.utf8(name);
            out.integer(5);
        }
        QCOMPARE(readPacked(type, backwards), (Values{{u"f4"_s, 5}}));
    }

    void kindsHaveTheirColumns()
    {
        const auto list = columns(everyKind());
        QCOMPARE(list.size(), static_cast<int>(FieldKind::Translated) + 2); // a place has two
        QCOMPARE(bound(everyKind(), {}).size(), list.size());
        QCOMPARE(columnTypeName(ColumnType::Bytes, Dialect::PostgreSql), u"bytea"_s);
        QCOMPARE(columnTypeName(ColumnType::Real, Dialect::PostgreSql), u"double precision"_s);
        QCOMPARE(quoted(u"a\"b"_s), u"\"a\"\"b\""_s);
    }

    void aFieldAddedLaterIsEmptyInOldRows()
    {
        RecordType type = everyKind();
        RecordType smaller = type;
        smaller.fields.removeAt(3);
        QVERIFY(migrate(*m_db, {}, {tableOf(smaller)}));
        Values values{{u"f0"_s, u"old"_s}, {u"f4"_s, 5}, {u"f15"_s, QCborArray{1.0, 2.0}}};
        insert(smaller, values);
        QVERIFY(migrate(*m_db, {}, {tableOf(type)}));
        QCOMPARE(readBack(type), values);
        values.insert(u"f3"_s, 0.5);
        insert(type, values);
        QCOMPARE(readBack(type), values);
    }

    void whatOthersWroteIsLeftOut()
    {
        const RecordType type = everyKind();
        QVERIFY(migrate(*m_db, {}, {tableOf(type)}));
        QVERIFY(m_db->exec(u"INSERT INTO every (f0, f9, f10, f16) VALUES ('kept', 'no JSON', x'0102', '[1')"_s));
        QCOMPARE(readBack(type), (Values{{u"f0"_s, u"kept"_s}}));
    }

private:
    void insert(const RecordType &type, const Values &values)
    {
        const QVariantList parameters = bound(type, values);
        const QString marks = QStringList(parameters.size(), u"?"_s).join(u',');
        const auto done = m_db->exec(u"INSERT INTO %1 (%2) VALUES (%3)"_s.arg(quoted(type.name), columnList(type), marks), parameters);
        QVERIFY2(done, done ? "" : qPrintable(done.error().detail));
    }
    Values readBack(const RecordType &type)
    {
        return m_db->one<Values>(u"SELECT key, %1 FROM %2 ORDER BY key DESC LIMIT 1"_s.arg(columnList(type), quoted(type.name)), {},
                                 [&](const Row &row) { return readValues(type, row, 1); })
            .value();
    }
    void comesBack(const RecordType &type, const Values &values)
    {
        QVERIFY(migrate(*m_db, {}, {tableOf(type)}));
        insert(type, values);
        const Values got = readBack(type);
        const QByteArray packed = m_db->one<QByteArray>(u"SELECT key, %1 FROM %2 ORDER BY key DESC LIMIT 1"_s.arg(columnList(type), quoted(type.name)), {},
                                                        [&](const Row &row) { return RowPacker(type).packed(row, 1); }).value();
        Values expected;
        for (const Field &field : type.fields) {
            if (field.derived.isEmpty() && got.contains(field.name))
                expected.insert(field.name, got.value(field.name));
        }
        QCOMPARE(valuesIn(packed), expected);
        QCOMPARE(got.keys(), values.keys());
        for (const auto &[name, value] : values.asKeyValueRange())
            QVERIFY2(got.value(name).type() == value.type() && got.value(name) == value, qPrintable(type.name + u'.' + name + u' ' + got.value(name).toDiagnosticNotation()));
    }

    void isBoundAlike(const RecordType &type, const Values &values)
    {
        QCborMap map;
        for (const auto &[name, value] : values.asKeyValueRange())
            map.insert(name, value);
        const QByteArray packed = map.toCborValue().toCbor();
        insert(type, valuesIn(packed));
        const Values bound = readBack(type);
        QCOMPARE(readPacked(type, packed), bound);
    }
    static Values valuesIn(const QByteArray &packed)
    {
        Values out;
        const QCborMap map = QCborValue::fromCbor(packed).toMap();
        for (const auto &[name, value] : map)
            out.insert(name.toString(), value);
        return out;
    }
    Values readPacked(const RecordType &type, const QByteArray &packed)
    {
        const qsizetype count = columns(type).size();
        const auto done = m_db->execBound(u"INSERT INTO %1 (%2) VALUES (%3)"_s.arg(quoted(type.name), columnList(type), QStringList(count, u"?"_s).join(u',')),
                                          [&](Bindings &to) { PackedBinder(type).bind(to, 1, packed, [](const Field &, QByteArrayView) {}); });
        return done ? readBack(type) : Values{{u"failed"_s, done.error().detail}};
    }

    std::unique_ptr<Connection> m_db;
};

QTEST_GUILESS_MAIN(TestSchema)
#include "tst_schema.moc"
