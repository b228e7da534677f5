// SPDX-License-Identifier: GPL-3.0-or-later
// A desktop and a central of different versions: one knows kinds of records and fields that the other does not. Nothing is lost,
// what cannot be taken says so, and all of it arrives once both know it.
#include "../support/headlessdesk.h"

#include <support/backendtest.h>
#include <support/operationmaker.h>
#include <support/testdevice.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace ioc;
using namespace ioc::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int patienceMs = 60'000;
const QString beachType = u"beach"_s;
const QString guideType = u"guide"_s;

/// Declarations of the newer version: a kind of record more, and one field more of a known one.
class NewerTypes
{
public:
    NewerTypes()
    {
        write(beachType, R"({"name":"beach","label":{"vi":"Bãi biển","en":"Beach"},"plural":{"vi":"Bãi biển","en":"Beaches"},"title":"{name}",)"
                         R"("fields":[{"name":"name","label":{"vi":"Tên","en":"Name"},"required":true}]})");
        QFile built(QStringLiteral(IOC_SOURCE_DIR "/resources/types/guide.json"));
        if (!built.open(QFile::ReadOnly))
            qFatal("no declaration of guides");
        QJsonObject guide = QJsonDocument::fromJson(built.readAll()).object();
        QJsonArray fields = guide.value(u"fields").toArray();
        fields += QJsonObject{{u"name"_s, u"badge"_s}, {u"label"_s, QJsonObject{{u"vi"_s, u"Phù hiệu"_s}, {u"en"_s, u"Badge"_s}}}};
        guide.insert(u"fields"_s, fields);
        write(guideType, QJsonDocument(guide).toJson());
    }
    [[nodiscard]] QString path() const { return m_folder.path(); }

private:
    void write(const QString &name, const QByteArray &text)
    {
        QFile file(m_folder.filePath(name + u".json"_s));
        if (!file.open(QFile::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write");
    }
    QTemporaryDir m_folder;
};

Values guide(const QString &card)
{
    return {{u"name"_s, u"Trần Thị Hà"_s}, {u"card_number"_s, card}, {u"kind"_s, u"international"_s}};
}

} // namespace

class TestVersions : public CentralTest<CentralProcess>
{
    Q_OBJECT

protected:
    void prepare() override
    {
        QVERIFY(m_central->init());
        for (const auto &login : {u"lan"_s, u"minh"_s})
            QVERIFY(m_central->addAccount(login, u"editor"_s, operatorPassword));
    }

private Q_SLOTS:
    void anOlderDesktop()
    {
        updateCentral();
        const auto other = signedIn();
        const OperationMaker make(other->session().account, other->device());
        const Id beach = make.newId();
        const Id shared = make.newId();
        Values newer = guide(u"101000001"_s);
        newer.insert(u"badge"_s, u"vàng"_s);
        const auto answers = other->push({make.create(beachType, {{u"name"_s, u"Mỹ Khê"_s}}, beach), make.create(guideType, newer, shared)});
        QCOMPARE(answers.size(), 2);
        for (const Answer &answer : answers)
            QVERIFY2(answer.outcome == Outcome::Applied, qPrintable(answer.message));

        HeadlessDesk lan(*m_central, u"lan"_s);
        lan.connect();
        QTRY_VERIFY_WITH_TIMEOUT(lan.local.record(guideType, shared), patienceMs);
        QVERIFY(lan.local.edit(guideType, shared, u"name"_s, u"Trần Thị Hải"_s)); // and says nothing of a field that it does not know
        QTRY_VERIFY_WITH_TIMEOUT(lan.local.store->status().outbox == 0 && !lan.local.record(guideType, shared)->pending, patienceMs);
        lan.disconnect();
        const Id offline = Id::create(lan.clock);
        QVERIFY(lan.local.create(guideType, offline, guide(u"101000002"_s)));

        update(lan);
        QCOMPARE(lan.local.record(guideType, offline)->record.text(u"card_number"_s), u"101000002"_s);
        lan.connect();
        QTRY_VERIFY_WITH_TIMEOUT(lan.local.record(beachType, beach), patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(lan.local.record(guideType, shared)->record.text(u"badge"_s), u"vàng"_s, patienceMs);
        QCOMPARE(lan.local.record(guideType, shared)->record.text(u"name"_s), u"Trần Thị Hải"_s);
        QTRY_VERIFY_WITH_TIMEOUT(lan.local.store->status().outbox == 0 && !lan.local.record(guideType, offline)->pending, patienceMs);
        QCOMPARE(lan.local.store->status(), StoreStatus());
    }

    void anOlderCentral()
    {
        QVERIFY(m_central->serve());
        HeadlessDesk lan(*m_central, u"lan"_s);
        update(lan);
        lan.connect();
        QTRY_COMPARE_WITH_TIMEOUT(lan.engine->state().kind, SyncState::Kind::Online, patienceMs);
        const Id beach = Id::create(lan.clock);
        const Id known = Id::create(lan.clock);
        const Id withBadge = Id::create(lan.clock);
        Values newer = guide(u"101000002"_s);
        newer.insert(u"badge"_s, u"vàng"_s);
        QVERIFY(lan.local.create(beachType, beach, {{u"name"_s, u"Mỹ Khê"_s}}));
        QVERIFY(lan.local.create(guideType, known, guide(u"101000001"_s)));
        QVERIFY(lan.local.create(guideType, withBadge, newer));
        // What both know goes its way; the rest waits for somebody, with the reason.
        QTRY_VERIFY_WITH_TIMEOUT(lan.local.store->status().quarantine == 2 && lan.isSettled(guideType, known), patienceMs);
        const auto refused = lan.local.quarantine();
        QList<qint64> keys;
        for (const OutboxEntry &entry : refused) {
            QVERIFY2(entry.message.contains(u"cập nhật"_s), qPrintable(entry.message)); // the older of the two
            keys += entry.key;
        }
        QCOMPARE(m_central->stop(), 0);
        updateCentral();
        QTRY_COMPARE_WITH_TIMEOUT(lan.engine->state().kind, SyncState::Kind::Online, patienceMs);
        QCOMPARE(answered(lan.local.store->retry(keys))->done, 2);
        QTRY_VERIFY_WITH_TIMEOUT(lan.isSettled(beachType, beach) && lan.isSettled(guideType, withBadge), patienceMs);
        QCOMPARE(lan.local.store->status(), StoreStatus());
        QCOMPARE(lan.local.record(guideType, withBadge)->record.text(u"badge"_s), u"vàng"_s);
    }

private:
    struct HeadlessDesk : test::HeadlessDesk
    {
        using test::HeadlessDesk::HeadlessDesk;
        bool isSettled(const QString &type, const Id &id)
        {
            const auto row = local.record(type, id);
            return row && !row->pending;
        }
    };

    /// Starts central with the newer declarations.
    void updateCentral()
    {
        const QDir from(m_types.path());
        const QDir to(m_central->dataFolder() + u"/types"_s);
        QVERIFY(QDir().mkpath(to.path()));
        const auto names = from.entryList(QDir::Files);
        for (const QString &name : names)
            QVERIFY(QFile::copy(from.filePath(name), to.filePath(name)));
        QVERIFY(m_central->serve());
    }
    /// The desktop as the newer program opens it.
    void update(HeadlessDesk &desk) const
    {
        const Author author = desk.local.store->author();
        desk.local.store.reset();
        const auto catalog = TypeCatalog::load({m_types.path()});
        if (!catalog)
            qFatal("%s", qPrintable(catalog.error().detail));
        desk.local.catalog = *catalog;
        desk.local.author = author;
        if (!desk.local.reopen())
            qFatal("cannot open");
    }
    std::unique_ptr<TestDevice> signedIn()
    {
        const SystemClock clock;
        auto device = std::make_unique<TestDevice>(m_central->url(), m_central->authorityFile(), Id::create(clock));
        device->signIn(u"minh"_s, operatorPassword);
        return device;
    }

    NewerTypes m_types;
};

QTEST_GUILESS_MAIN(TestVersions)
#include "tst_versions.moc"
