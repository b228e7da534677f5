// SPDX-License-Identifier: GPL-3.0-or-later
#include <records/merge.h>

#include <QCborArray>
#include <QTest>

using namespace ioc;
using namespace Qt::StringLiterals;

namespace {

QCborValue set(const char *members)
{
    return QCborArray::fromStringList(QString::fromLatin1(members).split(u' ', Qt::SkipEmptyParts));
}

RecordType sampleType()
{
    RecordType type;
    type.fields = {{.name = u"name"_s}, {.name = u"size"_s, .kind = FieldKind::Integer}, {.name = u"tags"_s, .kind = FieldKind::Choices},
                   {.name = u"files"_s, .kind = FieldKind::Files}};
    return type;
}

const QCborValue empty;
const QCborValue null{nullptr};

} // namespace

/// The three-way merge, cell by cell: what the author saw, what they wrote, what central holds.
class TestMerge : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cells_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QCborValue>("base");
        QTest::addColumn<QCborValue>("mine");
        QTest::addColumn<QCborValue>("theirs");
        QTest::addColumn<QCborValue>("result");
        QTest::addColumn<bool>("applied");
        QTest::addColumn<bool>("conflict");
        QTest::addColumn<bool>("othersChanged");
        const auto row = [](const char *name, const char *field, const QCborValue &base, const QCborValue &mine, const QCborValue &theirs,
                            const QCborValue &result, const char *outcome) {
            const QString how = QString::fromLatin1(outcome);
            QTest::newRow(name) << QString::fromLatin1(field) << base << mine << theirs << result << how.contains(u'a') << how.contains(u'c')
                                << how.contains(u'o');
        };
        const QCborValue a = u"a"_s;
        const QCborValue b = u"b"_s;
        const QCborValue c = u"c"_s;
        row("only I changed", "name", a, b, a, b, "a");
        row("both to the same", "name", a, b, b, b, "");
        row("both, differently", "name", a, b, c, c, "c");
        row("I changed nothing", "name", a, a, a, a, "");
        row("I changed nothing, they did", "name", a, a, b, b, "c"); // such a change is never sent
        row("set where nothing was", "name", empty, a, empty, a, "a");
        row("set where nothing was, null", "name", null, a, empty, a, "a");
        row("both set where nothing was", "name", empty, a, b, b, "c");
        row("I cleared", "name", a, empty, a, empty, "a");
        row("I cleared with null", "name", a, null, a, empty, "a");
        row("both cleared", "name", a, null, empty, empty, "");
        row("I cleared, they changed", "name", a, empty, b, b, "c");
        row("I changed, they cleared", "name", a, b, empty, empty, "c");
        row("numbers", "size", 1, 2, 1, 2, "a");
        row("zero is not empty", "size", empty, 0, empty, 0, "a");
        row("zero is not empty, theirs", "size", empty, 1, 0, 0, "c");
        row("members added by both", "tags", set("a"), set("a b"), set("a c"), set("a b c"), "ao");
        row("same member added by both", "tags", set("a"), set("a b"), set("a b"), set("a b"), "");
        row("I removed, they added", "tags", set("a b"), set("a"), set("a b c"), set("a c"), "ao");
        row("both removed the same", "tags", set("a b"), set("a"), set("a c"), set("a c"), "o");
        row("they cleared, I added", "tags", set("a"), set("a b"), empty, set("b"), "ao");
        row("I cleared, they added", "tags", set("a"), empty, set("a c"), set("c"), "ao");
        row("nothing is left", "tags", set("a b"), set("b"), set("a"), empty, "ao");
        row("files", "files", empty, set("11"), set("22"), set("11 22"), "ao");
        row("files, mine alone", "files", set("11"), set("11 33"), set("11"), set("11 33"), "a");
    }
    void cells()
    {
        QFETCH(QString, field);
        QFETCH(QCborValue, base);
        QFETCH(QCborValue, mine);
        QFETCH(QCborValue, theirs);
        QFETCH(QCborValue, result);
        QFETCH(bool, applied);
        QFETCH(bool, conflict);
        QFETCH(bool, othersChanged);
        Values current{{u"other"_s, 7}};
        if (!theirs.isUndefined())
            current.insert(field, theirs);
        const MergeResult got = merged(sampleType(), current, {{field, base, mine}});
        QCOMPARE(got.values.value(field), result);
        QCOMPARE(got.values.contains(field), !result.isUndefined());
        QCOMPARE(got.values.value(u"other"_s), QCborValue(7));
        QCOMPARE(got.applied, applied ? QStringList{field} : QStringList());
        QCOMPARE(!got.conflicts.isEmpty(), conflict);
        QCOMPARE(got.othersChanged, othersChanged);
        if (conflict)
            QCOMPARE(got.conflicts.first(), (FieldConflict{field, base, mine, theirs}));
    }

    void fieldsMergeEachForItself()
    {
        const Values current{{u"name"_s, u"theirs"_s}, {u"size"_s, 1}};
        const auto got = merged(sampleType(), current, {{u"name"_s, u"old"_s, u"mine"_s}, {u"size"_s, 1, 2}});
        QCOMPARE(got.applied, QStringList{u"size"_s});
        QCOMPARE(got.conflicts.size(), 1);
        QCOMPARE(got.values, (Values{{u"name"_s, u"theirs"_s}, {u"size"_s, 2}}));
    }

    void appliedAgainNothingChanges()
    {
        const QList<FieldChange> changes{{u"name"_s, empty, u"x"_s}, {u"tags"_s, set("a"), set("b")}};
        const auto once = merged(sampleType(), {{u"tags"_s, set("a c")}}, changes);
        const auto twice = merged(sampleType(), once.values, changes);
        QCOMPARE(twice.values, once.values);
        QVERIFY(twice.applied.isEmpty() && twice.conflicts.isEmpty());
    }

    void twoChangesOfOneFieldFollowEachOther()
    {
        const auto got = merged(sampleType(), {{u"size"_s, 1}}, {{u"size"_s, 1, 2}, {u"size"_s, 2, 3}});
        QCOMPARE(got.values.value(u"size"_s), QCborValue(3));
        QVERIFY(got.conflicts.isEmpty());
    }

    void membersEndTheSameWhoeverComesFirst()
    {
        const FieldChange first{u"tags"_s, set("a b"), set("b c")};
        const FieldChange second{u"tags"_s, set("a b"), set("a d")};
        const Values start{{u"tags"_s, set("a b")}};
        QCOMPARE(merged(sampleType(), merged(sampleType(), start, {first}).values, {second}).values,
                 merged(sampleType(), merged(sampleType(), start, {second}).values, {first}).values);
    }

    void unknownFieldsAreLeftAlone()
    {
        const auto got = merged(sampleType(), {}, {{u"ghost"_s, empty, 1}});
        QVERIFY(got.values.isEmpty() && got.applied.isEmpty() && got.conflicts.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestMerge)
#include "tst_merge.moc"
