// SPDX-License-Identifier: GPL-3.0-or-later
#include <records/typereader.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace ioc;
using namespace Qt::StringLiterals;

namespace {

const QByteArray soundType = R"({
  "name": "kiosk", "label": {"vi": "Ki-ốt", "en": "Kiosk"}, "plural": {"vi": "Ki-ốt", "en": "Kiosks"}, "title": "{name}",
  "fields": [
    {"name": "name", "label": {"vi": "Tên", "en": "Name"}, "required": true, "maximum_length": 80, "pattern": "[A-Z].*"},
    {"name": "kind", "kind": "choice", "label": {"vi": "Loại", "en": "Kind"},
     "choices": [{"code": "a", "label": {"vi": "Một", "en": "One"}, "tone": "good"}, {"code": "b", "label": {"vi": "Hai", "en": "Two"}}]},
    {"name": "opens", "kind": "date", "label": {"vi": "Từ", "en": "From"}},
    {"name": "closes", "kind": "date", "label": {"vi": "Đến", "en": "To"}},
    {"name": "rooms", "kind": "integer", "label": {"vi": "Phòng", "en": "Rooms"}, "minimum": 1, "maximum": 9},
    {"name": "owner", "kind": "reference", "references": "kiosk", "label": {"vi": "Chủ", "en": "Owner"}},
    {"name": "place", "kind": "place", "label": {"vi": "Vị trí", "en": "Place"}}],
  "rules": [{"kind": "order", "first": "opens", "second": "closes", "message": {"vi": "Sai", "en": "Wrong"}}],
  "unique": [{"fields": ["name"]}], "sort": "name"
})";

const QByteArray soundWorkflow = R"({
  "name": "repair", "state_field": "status", "initial_state": "new",
  "states": [{"code": "new", "label": {"vi": "Mới", "en": "New"}}, {"code": "done", "label": {"vi": "Xong", "en": "Done"}, "open": false}],
  "clocks": [{"code": "fix", "label": {"vi": "Sửa", "en": "Fix"}, "hours": 4}],
  "initial_clocks": [{"clock": "fix"}],
  "transitions": [{"code": "finish", "label": {"vi": "Xong", "en": "Finish"}, "from": ["new"], "to": "done",
                   "clocks": [{"clock": "fix", "act": "stopped"}], "requires": ["answer"], "roles": ["operator"], "needs_comment": true}]
})";

// The value at path ("fields/0/name") replaced by value; an undefined one removes it.
QJsonValue with(const QJsonValue &whole, QStringList path, const QJsonValue &value)
{
    if (path.isEmpty())
        return value;
    const QString step = path.takeFirst();
    if (whole.isArray()) {
        QJsonArray array = whole.toArray();
        if (step.toInt() == array.size())
            array.append(value);
        else
            array[step.toInt()] = with(array[step.toInt()], path, value);
        return array;
    }
    QJsonObject object = whole.toObject();
    const QJsonValue changed = with(object[step], path, value);
    if (changed.isUndefined())
        object.remove(step);
    else
        object[step] = changed;
    return object;
}

QByteArray changed(const QByteArray &json, const QString &path, const QByteArray &value)
{
    const QJsonValue replacement = value.isEmpty() ? QJsonValue(QJsonValue::Undefined)
                                                   : QJsonDocument::fromJson('[' + value + ']').array().at(0);
    return QJsonDocument(with(QJsonDocument::fromJson(json).object(), path.split(u'/'), replacement).toObject()).toJson();
}

} // namespace

/// Declarations: what is sound is read whole, every broken one is refused with the path of what is wrong.
class TestTypeReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSoundTypeIsReadWhole()
    {
        const auto type = readRecordType(soundType);
        QVERIFY2(type, type ? "" : qPrintable(type.error().detail));
        QCOMPARE(type->name, u"kiosk"_s);
        QCOMPARE(type->fields.size(), 7);
        QCOMPARE(type->icon, u"kiosk"_s);
        QCOMPARE(type->label.in(u"zh"), u"Kiosk"_s); // falls back to English
        const Field &name = type->fields[0];
        QVERIFY(name.required && name.kind == FieldKind::Text && name.maximumLength == 80);
        QVERIFY(name.pattern.match(u"An"_s).hasMatch() && !name.pattern.match(u"xAn"_s).hasMatch());
        QCOMPARE(type->field(u"kind")->choice(u"a")->tone, u"good"_s);
        QCOMPARE(type->field(u"kind")->choice(u"b")->tone, u"neutral"_s);
        QCOMPARE(type->field(u"rooms")->maximum, 9.0);
        QCOMPARE(type->placeField()->name, u"place"_s);
        QCOMPARE(type->rules.first().second, u"closes"_s);
        QCOMPARE(type->uniqueKeys, QList<QStringList>{{u"name"_s}});
        QVERIFY(type->mayChange(u"operator"_s) && !type->mayChange(u"viewer"_s));
    }

    void aBrokenTypeIsRefused_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("where"); // must stand in the error's detail
        const auto row = [](const char *name, const char *path, const char *value, const char *where) {
            QTest::newRow(name) << QString::fromLatin1(path) << QByteArray(value) << QString::fromLatin1(where);
        };
        row("no name", "name", "", "name is missing");
        row("name of another kind", "name", "5", "name must be a text");
        row("name for SQL injection", "name", "\"x\\\" (id); --\"", "lower_case");
        row("name with a line end", "name", "\"kiosk\\n\"", "lower_case");
        row("name of the database", "name", "\"sqlite_stat1\"", "keeps for itself");
        row("name of the migrator's table", "name", "\"schema_version\"", "keeps for itself");
        row("no label", "label", "", "label is missing");
        row("label without Vietnamese", "label", "{\"en\": \"Kiosk\"}", "vi and en");
        row("label as text", "label", "\"Kiosk\"", "vi and en");
        row("label in a fourth language", "label/fr", "\"Kiosque\"", "kiosk.label: unknown key fr");
        row("no title", "title", "", "title is missing");
        row("title with an unknown field", "title", "\"{nom}\"", "no such field: nom");
        row("unknown key", "titel", "\"{name}\"", "unknown key titel");
        row("unknown group", "group", "\"catalog\"", "group must be one of");
        row("colour in words", "colour", "\"red\"", "colour");
        row("no fields", "fields", "[]", "fields must be");
        row("fields as object", "fields", "{}", "fields must be a list");
        row("field as text", "fields/0", "\"name\"", "fields must be a list of objects");
        row("field twice", "fields/2/name", "\"name\"", "declared twice: name");
        row("field without name", "fields/0/name", "", "kiosk.fields[0]: name is missing");
        row("field in upper case", "fields/0/name", "\"Name\"", "lower_case");
        row("field called like a table's own", "fields/2/name", "\"version\"", "kiosk.fields[2]: this name is taken");
        row("field called like a place's column", "fields/2/name", "\"place_lat\"", "place_lat");
        row("unknown kind", "fields/0/kind", "\"string\"", "kind must be one of");
        row("kind as number", "fields/0/kind", "3", "kind must be one of");
        row("required as text", "fields/0/required", "\"yes\"", "required must be true or false");
        row("misspelt key of a field", "fields/0/requierd", "true", "kiosk.fields[0]: unknown key requierd");
        row("length as text", "fields/0/maximum_length", "\"80\"", "must be a number");
        row("length below nothing", "fields/0/maximum_length", "-1", "maximum_length");
        row("length beyond reason", "fields/0/maximum_length", "1e300", "maximum_length");
        row("broken pattern", "fields/0/pattern", "\"[A-Z\"", "pattern cannot be read");
        row("choices of a text", "fields/0/choices", "[{\"code\": \"a\", \"label\": {\"vi\": \"M\", \"en\": \"O\"}}]", "choices belong");
        row("choice without choices", "fields/1/choices", "", "choices belong");
        row("choice twice", "fields/1/choices/1/code", "\"a\"", "declared twice: a");
        row("choice with a separator", "fields/1/choices/1/code", "\"b;c\"", "kiosk.fields[1].choices[1]: code");
        row("unknown tone", "fields/1/choices/0/tone", "\"pink\"", "tone must be one of");
        row("choice without label", "fields/1/choices/0/label", "", "choices[0]: label is missing");
        row("limits of a date", "fields/2/minimum", "1", "belong to numbers");
        row("limits crossed", "fields/4/minimum", "10", "above maximum");
        row("reference to nothing", "fields/5/references", "", "references belongs");
        row("text that refers", "fields/0/references", "\"kiosk\"", "references belongs");
        row("two places", "fields/5", "{\"name\": \"there\", \"kind\": \"place\", \"label\": {\"vi\": \"Đó\", \"en\": \"There\"}}", "at most one place");
        row("derived from what is unknown", "fields/2/derived", "\"next_due\"", "derived must be");
        row("assigned without a number", "fields/0/assigned", "\"KI\"", "{sequence}");
        row("assigned and required", "fields/0/assigned", "\"KI{sequence}\"", "cannot be required");
        row("rule on an unknown field", "rules/0/first", "\"start\"", "no such field: start");
        row("rule of an unknown kind", "rules/0/kind", "\"before\"", "kind must be one of");
        row("order of texts", "rules/0/first", "\"name\"", "order compares");
        row("order of apples and pears", "rules/0/first", "\"rooms\"", "order compares");
        row("rule without message", "rules/0/message", "", "kiosk.rules[0]: message is missing");
        row("unique on an unknown field", "unique/0/fields", "[\"nom\"]", "no such field: nom");
        row("unique on nothing", "unique/0/fields", "[]", "unique needs fields");
        row("sorted by an unknown field", "sort", "\"nom\"", "no such field: nom");
        row("parent that is no reference", "parent", "\"name\"", "parent must be a reference");
        row("ledger without its fields", "clock_ledger", "true", "a clock ledger needs");
        row("roles as text", "change_roles", "\"admin\"", "change_roles must be a list");
        row("roles as numbers", "change_roles", "[1]", "list of texts");
    }
    void aBrokenTypeIsRefused()
    {
        QFETCH(QString, path);
        QFETCH(QByteArray, value);
        QFETCH(QString, where);
        const auto type = readRecordType(changed(soundType, path, value));
        QVERIFY(!type);
        QCOMPARE(type.error().code, ErrorCode::InvalidInput);
        QVERIFY2(type.error().detail.contains(where), qPrintable(type.error().detail));
        QVERIFY(type.error().message.contains(type.error().detail));
    }

    void aSoundWorkflowIsReadWhole()
    {
        const auto workflow = readWorkflow(soundWorkflow);
        QVERIFY2(workflow, workflow ? "" : qPrintable(workflow.error().detail));
        QCOMPARE(workflow->openStates(), QStringList{u"new"_s});
        QVERIFY(workflow->isOpen(u"new") && !workflow->isOpen(u"done") && !workflow->isOpen(u"lost"));
        QCOMPARE(workflow->transitionsFrom(u"new").size(), 1);
        QVERIFY(workflow->transitionsFrom(u"done").isEmpty());
        const Transition *finish = workflow->transition(u"finish");
        QVERIFY(finish && finish->needsComment);
        QCOMPARE(finish->clocks.first().act, ClockAct::Stopped);
        QCOMPARE(finish->requiresFields, QStringList{u"answer"_s});
        QCOMPARE(workflow->clock(u"fix")->hours, 4.0);
        QCOMPARE(workflow->initialClocks.first().act, ClockAct::Started);
        QVERIFY(!workflow->state(u"lost") && !workflow->transition(u"lost") && !workflow->clock(u"lost"));
    }

    void aBrokenWorkflowIsRefused_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("where");
        const auto row = [](const char *name, const char *path, const char *value, const char *where) {
            QTest::newRow(name) << QString::fromLatin1(path) << QByteArray(value) << QString::fromLatin1(where);
        };
        row("no name", "name", "", "name is missing");
        row("no state field", "state_field", "", "state_field is missing");
        row("unknown first state", "initial_state", "\"neu\"", "no such state: neu");
        row("state twice", "states/1/code", "\"new\"", "declared twice: new");
        row("state without label", "states/0/label", "", "repair.states[0]: label is missing");
        row("unknown key of a state", "states/0/color", "\"red\"", "repair.states[0]: unknown key color");
        row("from nowhere", "transitions/0/from", "[]", "from is missing");
        row("from an unknown state", "transitions/0/from", "[\"old\"]", "repair.transitions[0]: no such state: old");
        row("to an unknown state", "transitions/0/to", "\"old\"", "no such state: old");
        row("transition called undo", "transitions/0/code", "\"undo\"", "undo");
        row("unknown clock", "transitions/0/clocks/0/clock", "\"mend\"", "no such clock: mend");
        row("unknown act", "transitions/0/clocks/0/act", "\"halted\"", "act must be one of");
        row("extension by a transition", "transitions/0/clocks/0/act", "\"extended\"", "cannot extend");
        row("unknown first clock", "initial_clocks/0/clock", "\"mend\"", "no such clock: mend");
        row("clock without hours", "clocks/0/hours", "", "hours must be");
        row("clock running backwards", "clocks/0/hours", "-4", "hours must be");
        row("clock without end", "clocks/0/hours", "1e300", "hours must be");
    }
    void aBrokenWorkflowIsRefused()
    {
        QFETCH(QString, path);
        QFETCH(QByteArray, value);
        QFETCH(QString, where);
        const auto workflow = readWorkflow(changed(soundWorkflow, path, value));
        QVERIFY(!workflow);
        QVERIFY2(workflow.error().detail.contains(where), qPrintable(workflow.error().detail));
    }

    void whatIsNoDeclarationIsRefused_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("a list") << QByteArray("[]");
        QTest::newRow("null") << QByteArray("null");
        QTest::newRow("cut short") << soundType.left(soundType.size() / 2);
        QTest::newRow("nested very deep") << QByteArray("{\"name\":") + QByteArray(200'000, '[') + QByteArray(200'000, ']') + '}';
        QTest::newRow("nested deep") << QByteArray("{\"name\":") + QByteArray(1000, '[') + QByteArray(1000, ']') + '}';
        QTest::newRow("huge") << QByteArray("{\"name\":\"") + QByteArray(5'000'000, 'a') + "\"}";
        QTest::newRow("not UTF-8") << QByteArray("{\"name\":\"\xff\xfe\"}");
    }
    void whatIsNoDeclarationIsRefused()
    {
        QFETCH(QByteArray, json);
        QVERIFY(!readRecordType(json));
        QVERIFY(!readWorkflow(json));
        QVERIFY(!readRecordType(json).error().message.isEmpty());
    }

    void everyCutDeclarationIsRefused()
    {
        for (qsizetype size = 0; size < soundType.trimmed().size(); ++size)
            QVERIFY(!readRecordType(soundType.left(size)));
    }

    void tooManyFieldsAreRefused()
    {
        QJsonObject root = QJsonDocument::fromJson(soundType).object();
        QJsonArray fields = root[u"fields"].toArray();
        for (int i = 0; i < 1000; ++i)
            fields.append(QJsonObject{{u"name"_s, u"f%1"_s.arg(i)}, {u"label"_s, QJsonObject{{u"vi"_s, u"F"_s}, {u"en"_s, u"F"_s}}}});
        root[u"fields"] = fields;
        const auto type = readRecordType(QJsonDocument(root).toJson());
        QVERIFY(!type);
        QVERIFY(type.error().detail.contains(u"fields must be"));
    }
};

QTEST_GUILESS_MAIN(TestTypeReader)
#include "tst_typereader.moc"
