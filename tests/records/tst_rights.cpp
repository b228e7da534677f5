// SPDX-License-Identifier: GPL-3.0-or-later
#include <records/rights.h>

#include <base/clock.h>

#include <QTest>

using namespace ioc;
using namespace Qt::StringLiterals;

/// What a role's grants come to for each type of record.
class TestRights : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const auto read = TypeCatalog::load();
        QVERIFY(read);
        m_catalog = *read;
    }

    void withoutGrantsAllIsSeen()
    {
        const Rights rights(*m_catalog, u"clerk"_s, {});
        QVERIFY(rights.seesEverything());
        QVERIFY(rights.mayCapture(type(u"complaint")));
        QVERIFY(!rights.mayCapture(type(u"account")));
        QVERIFY(!Rights(u"viewer"_s).mayCapture(type(u"complaint")));
    }

    void theMoreSpecificGrantWins()
    {
        const QList<Grant> grants{{.recordType = u"complaint"_s, .view = Reach::Unit},
                                  {.view = Reach::Branch, .capture = Reach::None, .sensitive = Disclosure::Masked},
                                  {.recordType = u"timeline_entry"_s, .capture = Reach::Branch}};
        const Rights rights(*m_catalog, u"operator"_s, grants);
        QCOMPARE(rights.of(type(u"complaint")).view, Reach::Unit);
        QCOMPARE(rights.of(type(u"complaint")).capture, Reach::None); // left open there, so as in general
        QCOMPARE(rights.of(type(u"complaint")).sensitive, Disclosure::Masked);
        QCOMPARE(rights.of(type(u"lodging")).view, Reach::Branch);
        QCOMPARE(rights.of(type(u"timeline_entry")).view, Reach::Unit); // rows go with their record
        QCOMPARE(rights.of(type(u"timeline_entry")).capture, Reach::Branch);
        QCOMPARE(rights.of(type(u"unit")), TypeRights()); // the directory is nobody's area
        QVERIFY(!rights.mayCapture(type(u"complaint")));
        QVERIFY(!rights.seesEverything());
    }

    void grantsNeverWiden()
    {
        const Rights rights(*m_catalog, u"clerk"_s, {{.recordType = u"account"_s, .view = Reach::All, .capture = Reach::All}});
        QVERIFY(!rights.mayCapture(type(u"account")));
        QVERIFY(!Rights(*m_catalog, u"viewer"_s, {{.capture = Reach::All}}).mayCapture(type(u"complaint")));
    }

    void administratorsCannotLockThemselvesOut()
    {
        QList<Grant> grants{{.view = Reach::None, .capture = Reach::None}};
        for (const auto &name : {u"account"_s, u"role"_s, u"role_grant"_s, u"unit"_s})
            grants += Grant{.recordType = name, .view = Reach::None, .capture = Reach::None};
        const Rights rights(*m_catalog, u"administrator"_s, grants);
        for (const auto &name : {u"account"_s, u"role"_s, u"role_grant"_s, u"unit"_s})
            QVERIFY(rights.mayCapture(type(name)) && rights.of(type(name)).view == Reach::All);
        QVERIFY(!rights.mayCapture(type(u"complaint")));
        QCOMPARE(Rights(*m_catalog, u"leader"_s, grants).of(type(u"account")).view, Reach::None);
    }

    void oneCameraHasRightsOfItsOwn()
    {
        const Id camera = Id::create(m_clock);
        const Rights rights(*m_catalog, u"operator"_s, {{.recordType = u"camera"_s, .record = camera, .view = Reach::All}, {.recordType = u"camera"_s, .view = Reach::None}});
        QCOMPARE(rights.of(type(u"camera"), camera).view, Reach::All);
        QCOMPARE(rights.of(type(u"camera"), Id::create(m_clock)).view, Reach::None);
        QCOMPARE(rights.of(type(u"complaint"), Id::create(m_clock)), TypeRights());
    }

    void areas()
    {
        const Id top = Id::create(m_clock);
        const Id own = Id::create(m_clock);
        const Id below = Id::create(m_clock);
        const Id beside = Id::create(m_clock);
        QMultiHash<Id, Id> children{{top, own}, {top, beside}, {own, below}, {below, own}}; // a circle by mistake
        const Area area{own, branchOf(own, children)};
        QCOMPARE(area.branch, (QSet<Id>{own, below}));
        QVERIFY(area.contains(Reach::Unit, {beside, own}));
        QVERIFY(!area.contains(Reach::Unit, {below}));
        QVERIFY(area.contains(Reach::Branch, {below}));
        QVERIFY(!area.contains(Reach::Branch, {top, beside}));
        QVERIFY(!area.contains(Reach::Branch, {}));
        QVERIFY(area.contains(Reach::All, {}));
        QVERIFY(!area.contains(Reach::None, {own}));
        const Area nowhere;
        QVERIFY(!nowhere.contains(Reach::Unit, {Id()}));
    }

    void aRecordBelongsToAllItsUnits()
    {
        const Id where = Id::create(m_clock);
        const Id who = Id::create(m_clock);
        QCOMPARE(unitsOf(type(u"complaint"), {}, {{u"unit"_s, where.toString()}, {u"assigned_unit"_s, who.toString()}}), (QList<Id>{who, where})); // in the order of the fields
        QCOMPARE(unitsOf(type(u"complaint"), {}, {{u"unit"_s, where.toString()}, {u"assigned_unit"_s, where.toString()}}), QList<Id>{where});
        QCOMPARE(unitsOf(type(u"complaint"), {}, {}), QList<Id>());
        QCOMPARE(unitsOf(type(u"unit"), who, {{u"parent"_s, where.toString()}}), QList<Id>{who});
        QCOMPARE(m_catalog->rootOf(type(u"timeline_entry")).name, u"complaint"_s);
        QVERIFY(!belongsToUnits(type(u"role")));
    }

    void masks()
    {
        const RecordType &complaint = type(u"complaint");
        const Values values{{u"reporter_phone"_s, u"+84901234567"_s}, {u"reporter_name"_s, u"Lan"_s}, {u"title"_s, u"Giá cao"_s}};
        QCOMPARE(disclosed(complaint, complaint, values, Disclosure::Open), values);
        QCOMPARE(disclosed(complaint, complaint, values, Disclosure::Masked), (Values{{u"reporter_phone"_s, u"•••567"_s}, {u"reporter_name"_s, u"•••"_s}, {u"title"_s, u"Giá cao"_s}}));
        QCOMPARE(disclosed(complaint, complaint, values, Disclosure::Hidden), (Values{{u"title"_s, u"Giá cao"_s}}));
        const RecordType &entry = type(u"timeline_entry");
        const Values row{{u"before"_s, uR"({"reporter_name":"Lan"})"_s}, {u"text"_s, u"Sửa"_s}};
        QCOMPARE(disclosed(entry, complaint, row, Disclosure::Masked), (Values{{u"text"_s, u"Sửa"_s}}));
    }

private:
    const RecordType &type(QStringView name) const { return *m_catalog->type(name); }

    SystemClock m_clock;
    std::shared_ptr<const TypeCatalog> m_catalog;
};

QTEST_GUILESS_MAIN(TestRights)
#include "tst_rights.moc"
