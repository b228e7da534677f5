// SPDX-License-Identifier: GPL-3.0-or-later
#include "../support/firms.h"

#include <db/connection.h>

using namespace ioc;
using namespace ioc::test;
using namespace Qt::StringLiterals;

namespace {

QStringList names(const QList<StoredRecord> &rows)
{
    QStringList out;
    for (const StoredRecord &row : rows)
        out += row.record.text(u"name"_s);
    return out;
}

} // namespace

class TestSearch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void searchFindsWithoutMarks()
    {
        TestStore store;
        QVERIFY(store.open());
        for (const auto &name : {u"Công ty Đường Việt"_s, u"Sài Gòn Tourist"_s, u"Bến Thành"_s})
            QVERIFY(store.create(firmType, Id::create(store.clock), firm(name)));
        const auto found = [&](const QString &text) { return names(*answered(store.store->firstPage({.type = firmType, .text = text}, 10))); };
        QCOMPARE(found(u"duong viet"_s), QStringList{u"Công ty Đường Việt"_s});
        QCOMPARE(found(u"SÀI gòn"_s), QStringList{u"Sài Gòn Tourist"_s});
        QCOMPARE(found(u"thanh be"_s), QStringList{u"Bến Thành"_s});
        QCOMPARE(found(u"bến sài"_s), QStringList());
        QVERIFY(!found(u"ben tha"_s).isEmpty()); // the last word is still being typed
        QVERIFY(found(u"be thanh"_s).isEmpty());  // a syllable before it is whole
        QCOMPARE(answered(store.store->search(u"ben thanh"_s, 5, false))->first().record.text(u"name"_s), u"Bến Thành"_s);
        QVERIFY(answered(store.store->search(u"ben thanh"_s, 5, true))->isEmpty()); // firms without a place
        for (const auto &name : {u"Bến tàu thủy Thanh Đa"_s, u"Chợ Bến Thành"_s, u"Bến Phà, Thạnh Lộc, bên thành cũ"_s, u"Nhà Bè, thành phố, bến"_s})
            QVERIFY(store.create(firmType, Id::create(store.clock), firm(name)));
        QStringList ranked; // the words as one, before those that hold them apart
        const auto hits = answered(store.store->search(u"ben thanh"_s, 10, false));
        for (const SearchHit &hit : *hits)
            ranked += hit.record.text(u"name"_s);
        QCOMPARE(ranked.first(), u"Bến Thành"_s);
        QVERIFY(ranked.indexOf(u"Chợ Bến Thành"_s) < ranked.indexOf(u"Bến tàu thủy Thanh Đa"_s));
        QVERIFY(ranked.indexOf(u"Bến Phà, Thạnh Lộc, bên thành cũ"_s) < ranked.indexOf(u"Nhà Bè, thành phố, bến"_s));
    }

    void searchForgetsOldText()
    {
        TestStore store;
        QVERIFY(store.open());
        const Id id = Id::create(store.clock);
        QVERIFY(store.create(firmType, id, firm(u"Trước"_s)));
        QVERIFY(store.edit(firmType, id, u"name"_s, u"Sau"_s));
        QCOMPARE(*answered(store.store->count({.type = firmType, .text = u"truoc"_s})), 0);
        QCOMPARE(*answered(store.store->count({.type = firmType, .text = u"sau"_s})), 1);
        QVERIFY(answered(store.store->save({Draft{.kind = OperationKind::Delete, .type = firmType, .record = id}})));
        QCOMPARE(*answered(store.store->count({.type = firmType, .text = u"sau"_s})), 0);
    }

    void searchFollowsABulkPull()
    {
        TestStore store;
        QVERIFY(store.open());
        QVERIFY(store.pull(firms(store, 1500, u"Hãng số %1"_s)));
        const auto count = [&] { return *answered(store.store->count({.type = firmType, .text = u"hang"_s})); };
        QTRY_COMPARE(count(), 1500);
        QVERIFY(store.reopen());
        QCOMPARE(count(), 1500);
    }

    // The link is cut before the last page: what has come is found all the same.
    void searchFollowsAPullThatWasBrokenOff()
    {
        TestStore store;
        QVERIFY(store.open());
        QVERIFY(store.pull(firms(store, 500, u"Hãng số %1"_s), true));
        QTRY_COMPARE_WITH_TIMEOUT(*answered(store.store->count({.type = firmType, .text = u"hang"_s})), 500, 30'000);
    }

    // Every transaction adds a part to the search index, and every search looks into all of them.
    void searchIndexStaysInFewParts()
    {
        TestStore store;
        QVERIFY(store.open());
        const auto parts = [&] {
            const auto connection = db::Connection::open({.path = store.folder + u"/store.sqlite"_s, .readOnly = true, .mayCreate = false});
            return connection ? (*connection)->integer(u"SELECT count(DISTINCT segid) FROM _travel_firm_search_idx"_s).value_or(-1) : -1;
        };
        for (int i = 0; i < 100; ++i)
            QVERIFY(store.create(firmType, Id::create(store.clock), firm(u"Hãng số %1"_s.arg(i))));
        QTRY_VERIFY(!store.store->isAtSearchWork());
        QVERIFY2(parts() > 0 && parts() < 32, qPrintable(QString::number(parts())));
        QCOMPARE(*answered(store.store->count({.type = firmType, .text = u"hang"_s})), 100);
        for (int page = 0; page < 40; ++page) { // a part each
            QVERIFY(store.pull(firms(store, 300, u"Lữ hành %1"_s)));
            QTRY_VERIFY(!store.store->isAtSearchWork());
        }
        QVERIFY2(parts() > 0 && parts() < 32, qPrintable(QString::number(parts())));
        QCOMPARE(*answered(store.store->count({.type = firmType, .text = u"lu hanh"_s})), 12'000);
        QCOMPARE(*answered(store.store->count({.type = firmType, .text = u"hang"_s})), 100);
        QVERIFY(store.reopen());
        QCOMPARE(*answered(store.store->count({.type = firmType, .text = u"lu hanh"_s})), 12'000);
    }
};

QTEST_GUILESS_MAIN(TestSearch)
#include "tst_search.moc"
