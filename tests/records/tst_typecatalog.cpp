// SPDX-License-Identifier: GPL-3.0-or-later
#include <records/typecatalog.h>
#include <records/validation.h>

#include <QCborArray>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace ioc;
using namespace Qt::StringLiterals;

namespace {

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

QByteArray kiosk(const QByteArray &more = {})
{
    return R"({"name": "kiosk", "label": {"vi": "Ki-ốt", "en": "Kiosk"}, "plural": {"vi": "Ki-ốt", "en": "Kiosks"}, "title": "{name}",
               "fields": [{"name": "name", "label": {"vi": "Tên", "en": "Name"}})" + more + "]}";
}

} // namespace

/// The types built into the product, and folders of further ones.
class TestTypeCatalog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const auto loaded = TypeCatalog::load();
        QVERIFY2(loaded, loaded ? "" : qPrintable(loaded.error().detail));
        m_catalog = *loaded;
    }

    void everyDeclaredFileIsBuiltIn()
    {
        const QDir dir(QStringLiteral(IOC_SOURCE_DIR "/resources/types"));
        const QStringList files = dir.entryList({u"*.json"_s}, QDir::Files);
        QVERIFY(files.size() >= 13);
        for (const QString &file : files)
            QVERIFY2(m_catalog->type(QString(file).chopped(5)), qPrintable(file));
        QCOMPARE(m_catalog->types().size(), files.size());
        for (const char *name : {"unit", "lodging", "travel_firm", "guide", "attraction", "certified_facility", "product", "event",
                                 "camera", "complaint", "timeline_entry", "indicator_value", "account", "clock_entry"})
            QVERIFY2(m_catalog->type(QString::fromLatin1(name)), name);
    }

    void everyLabelIsThereInThreeLanguages()
    {
        QStringList gaps;
        const auto whole = [&](const LocalText &text, const QString &where) {
            if (text.vi.isEmpty() || text.en.isEmpty() || text.zh.isEmpty())
                gaps += where;
        };
        const auto types = m_catalog->types();
        for (const RecordType *type : types) {
            whole(type->label, type->name);
            whole(type->plural, type->name + u".plural"_s);
            for (const Field &field : type->fields) {
                whole(field.label, type->name + u'.' + field.name);
                if (!field.help.isEmpty())
                    whole(field.help, type->name + u'.' + field.name + u".help"_s);
                for (const Choice &choice : field.choices)
                    whole(choice.label, type->name + u'.' + field.name + u'.' + choice.code);
            }
            for (const Rule &rule : type->rules)
                whole(rule.message, type->name + u" rule on "_s + rule.first);
            const Workflow *workflow = m_catalog->workflowOf(*type);
            if (!workflow)
                continue;
            for (const WorkflowState &state : workflow->states)
                whole(state.label, workflow->name + u'.' + state.code);
            for (const Transition &transition : workflow->transitions)
                whole(transition.label, workflow->name + u'.' + transition.code);
            for (const WorkflowClock &clock : workflow->clocks)
                whole(clock.label, workflow->name + u'.' + clock.code);
        }
        QVERIFY2(gaps.isEmpty(), qPrintable(gaps.join(u' ')));
    }

    void everyStateOfTheComplaintCanBeReachedAndLeft()
    {
        const RecordType *complaint = m_catalog->type(u"complaint");
        const Workflow *workflow = m_catalog->workflowOf(*complaint);
        QVERIFY(workflow);
        QSet<QString> reached{workflow->initialState};
        QStringList open{workflow->initialState};
        while (!open.isEmpty()) {
            const auto steps = workflow->transitionsFrom(open.takeFirst());
            QVERIFY(!steps.isEmpty());
            for (const Transition *step : steps) {
                if (!reached.contains(step->to)) {
                    reached.insert(step->to);
                    open += step->to;
                }
            }
        }
        QCOMPARE(reached.size(), workflow->states.size());
    }

    void lookUps()
    {
        QVERIFY(!m_catalog->type(u"spaceship") && !m_catalog->type(u"") && !m_catalog->workflow(u""));
        const RecordType *complaint = m_catalog->type(u"complaint");
        QStringList children;
        const auto found = m_catalog->childrenOf(*complaint);
        for (const RecordType *child : found)
            children += child->name;
        QCOMPARE(children, (QStringList{u"attachment"_s, u"clock_entry"_s, u"timeline_entry"_s}));
        QVERIFY(m_catalog->type(u"clock_entry")->clockLedger && m_catalog->type(u"clock_entry")->appendOnly);
        QVERIFY(complaint->field(u"reporter_phone")->sensitive);
        QVERIFY(complaint->searchableFields().contains(u"title"_s));
    }

    void titlesAreFilledIn()
    {
        const RecordType *guide = m_catalog->type(u"guide");
        QCOMPARE(guide->title({{u"name"_s, u"Nguyễn Thị Ánh"_s}, {u"card_number"_s, u"179"_s}}, u"vi"), u"Nguyễn Thị Ánh · 179"_s);
        const RecordType *entry = m_catalog->type(u"clock_entry");
        QCOMPARE(entry->title({{u"clock"_s, u"accept"_s}, {u"act"_s, u"stopped"_s}}, u"en"), u"accept Stopped"_s);
        QCOMPARE(entry->title({{u"clock"_s, u"accept"_s}, {u"act"_s, u"stopped"_s}}, u"zh"), u"accept 停止"_s);
        QCOMPARE(entry->title({}, u"vi"), QString());
        RecordType odd;
        odd.titleExpression = u"a {gone} { b"_s;
        QCOMPARE(odd.title({}, u"vi"), u"a  { b"_s);
    }

    void aFurtherTypeIsOneFile()
    {
        const QTemporaryDir dir;
        write(dir.filePath(u"kiosk.json"_s), kiosk());
        const auto more = TypeCatalog::load({dir.path()});
        QVERIFY2(more, more ? "" : qPrintable(more.error().detail));
        QVERIFY((*more)->type(u"kiosk"));
        QCOMPARE((*more)->types().size(), m_catalog->types().size() + 1);
        QVERIFY((*more)->schemaVersion() != m_catalog->schemaVersion());
        QCOMPARE(TypeCatalog::load().value()->schemaVersion(), m_catalog->schemaVersion());
    }

    void aLaterTypeReplacesAnEarlierOne()
    {
        const QTemporaryDir first;
        const QTemporaryDir second;
        write(first.filePath(u"kiosk.json"_s), kiosk());
        write(second.filePath(u"kiosk.json"_s), kiosk(R"(,{"name": "colour", "label": {"vi": "Màu", "en": "Colour"}})"));
        const auto both = TypeCatalog::load({first.path(), second.path()});
        QVERIFY(both);
        QCOMPARE((*both)->type(u"kiosk")->fields.size(), 2);
    }

    void brokenFoldersAreRefused_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("where");
        QTest::newRow("cut short") << kiosk().chopped(2) << u"kiosk.json"_s;
        QTest::newRow("reference to an unknown type")
            << kiosk(R"(,{"name": "owner", "kind": "reference", "references": "martian", "label": {"vi": "C", "en": "O"}})") << u"martian"_s;
        QTest::newRow("personal data that cannot be sealed")
            << kiosk(R"(,{"name": "home", "kind": "place", "sensitive": true, "label": {"vi": "Nhà", "en": "Home"}})") << u"sensitive"_s;
        QTest::newRow("personal data in the title")
            << kiosk(R"(,{"name": "owner", "sensitive": true, "label": {"vi": "Chủ", "en": "Owner"}})").replace("{name}", "{name} {owner}") << u"sensitive"_s;
        QTest::newRow("unknown workflow") << kiosk().replace("\"title\":", "\"workflow\": \"dance\", \"title\":") << u"dance"_s;
        QTest::newRow("state that is no choice") << kiosk().replace("\"title\":", "\"workflow\": \"complaint\", \"title\":") << u"complaint"_s;
        QTest::newRow("derived from an unknown clock")
            << kiosk(R"(,{"name": "ended", "kind": "datetime", "derived": "stopped nap", "label": {"vi": "K", "en": "E"}})") << u"unknown clock nap"_s;
    }
    void brokenFoldersAreRefused()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, where);
        const QTemporaryDir dir;
        write(dir.filePath(u"kiosk.json"_s), json);
        const auto loaded = TypeCatalog::load({dir.path()});
        QVERIFY(!loaded);
        QVERIFY2(loaded.error().message.contains(where), qPrintable(loaded.error().message));
    }

    void aMissingFolderIsRefused()
    {
        const auto loaded = TypeCatalog::load({u"/nowhere/types"_s});
        QVERIFY(!loaded);
        QCOMPARE(loaded.error().code, ErrorCode::NotFound);
    }

private:
    std::shared_ptr<const TypeCatalog> m_catalog;
};

QTEST_GUILESS_MAIN(TestTypeCatalog)
#include "tst_typecatalog.moc"
