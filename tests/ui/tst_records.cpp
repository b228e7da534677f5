// SPDX-License-Identifier: GPL-3.0-or-later
// What is made from a type's declaration: its table under Qt's own model tester, and the editor of every kind of field.
#include "../support/teststore.h"

#include <support/fatallogger.h>
#include <ui/fieldeditor.h>
#include <ui/personalcover.h>
#include <ui/recordform.h>
#include <ui/recordtablemodel.h>
#include <ui/referencetitles.h>
#include <ui/uicontext.h>
#include <ui/workspace.h>

#include <QAbstractItemModelTester>
#include <QCborArray>
#include <QCborMap>
#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QToolButton>

using namespace ioc;
using namespace ioc::test;
using namespace Qt::StringLiterals;

namespace {

// A field of every kind that a form shows.
constexpr char sampleDeclaration[] = R"({
 "name": "sample", "label": {"vi": "Mẫu", "en": "Sample"}, "plural": {"vi": "Mẫu", "en": "Samples"}, "title": "{text}", "icon": "place", "sort": "whole",
 "fields": [
  {"name": "text", "label": {"vi": "Chữ", "en": "Text"}, "required": true, "maximum_length": 20, "searchable": true, "indexed": true, "in_table": true},
  {"name": "note", "kind": "note", "label": {"vi": "Ghi chú", "en": "Note"}},
  {"name": "whole", "kind": "integer", "label": {"vi": "Số nguyên", "en": "Whole"}, "minimum": 1, "maximum": 90000, "indexed": true, "in_table": true},
  {"name": "decimal", "kind": "decimal", "label": {"vi": "Số", "en": "Decimal"}},
  {"name": "money", "kind": "money", "label": {"vi": "Tiền", "en": "Money"}},
  {"name": "said", "kind": "boolean", "label": {"vi": "Đúng", "en": "Said"}},
  {"name": "day", "kind": "date", "label": {"vi": "Ngày", "en": "Day"}},
  {"name": "time", "kind": "datetime", "label": {"vi": "Lúc", "en": "Time"}},
  {"name": "choice", "kind": "choice", "label": {"vi": "Loại", "en": "Choice"}, "indexed": true, "in_table": true,
   "choices": [{"code": "a", "label": {"vi": "Một", "en": "One"}}, {"code": "b", "label": {"vi": "Hai", "en": "Two"}}]},
  {"name": "choices", "kind": "choices", "label": {"vi": "Các loại", "en": "Choices"},
   "choices": [{"code": "y", "label": {"vi": "Vàng", "en": "Yellow"}}, {"code": "x", "label": {"vi": "Xanh", "en": "Blue"}}]},
  {"name": "other", "kind": "reference", "references": "sample", "label": {"vi": "Mẫu khác", "en": "Other"}},
  {"name": "phone", "kind": "phone", "label": {"vi": "Điện thoại", "en": "Phone"}},
  {"name": "email", "kind": "email", "label": {"vi": "Thư", "en": "E-mail"}},
  {"name": "url", "kind": "url", "label": {"vi": "Trang", "en": "Page"}},
  {"name": "place", "kind": "place", "label": {"vi": "Vị trí", "en": "Place"}},
  {"name": "names", "kind": "translated", "label": {"vi": "Tên gọi", "en": "Names"}}
 ]})";

const QString sample = u"sample"_s;

/// Nobody to ask anything of.
class NoWorkspace : public Workspace
{
public:
    void selectRecord(const QString &, const Id &) override {}
    void focusPlace(double, double, double) override {}
    void showCameras(const QList<Id> &, bool) override {}
    void showRecords(const Query &, const QString &) override {}
    void editRecord(const QString &, const Id &, const Values &) override {}
    void tell(const QString &, const QString &, const std::function<void()> &) override {}
};

/// One device's store with the type above, and what widgets need.
struct Fixture
{
    Fixture()
    {
        QFile file(folder.filePath(u"sample.json"_s));
        if (!file.open(QIODevice::WriteOnly) || file.write(sampleDeclaration) < 0)
            qFatal("cannot write the type");
        file.close();
        const auto read = TypeCatalog::load({folder.path()});
        if (!read)
            qFatal("%s", qPrintable(read.error().message + read.error().detail));
        store = std::make_unique<LocalStore>(LocalStore::Options{.folder = folder.filePath(u"store"_s), .catalog = *read, .clock = &clock});
        if (!answered(store->open()))
            qFatal("cannot open");
        store->setAuthor({.account = Id::create(clock), .displayName = u"Lan"_s, .rights = Rights(u"operator"_s), .device = store->device()});
        titles = std::make_unique<ReferenceTitles>(*store, u"vi"_s);
        context = std::make_unique<UiContext>(UiContext{*store, theme, clock, Format(QLocale(QLocale::Vietnamese)), u"vi"_s, *titles, workspace});
    }
    Id add(const QString &text, int whole, const QString &choice = u"a"_s)
    {
        const Id id = Id::create(clock);
        const auto saved = answered(store->save({Draft{.kind = OperationKind::Create, .type = sample, .record = id,
                                                       .changes = {{u"text"_s, {}, text}, {u"whole"_s, {}, whole}, {u"choice"_s, {}, choice}}}}));
        return saved ? id : Id();
    }
    bool edit(const Id &id, const QString &field, const QCborValue &value)
    {
        const auto now = answered(store->record(sample, id));
        return now && *now && answered(store->save({Draft{.type = sample, .record = id, .changes = {{field, (*now)->record.value(field), value}}}}));
    }
    bool remove(const Id &id) { return answered(store->save({Draft{.kind = OperationKind::Delete, .type = sample, .record = id}})).has_value(); }
    [[nodiscard]] const RecordType &type() const { return *store->catalog().type(sample); }

    QTemporaryDir folder;
    ManualClock clock{1'760'000'000'000};
    Theme theme{*qApp};
    NoWorkspace workspace;
    std::unique_ptr<LocalStore> store;
    std::unique_ptr<ReferenceTitles> titles;
    std::unique_ptr<UiContext> context;
};

QStringList column(const RecordTableModel &model, int at = 0)
{
    QStringList out;
    for (int row = 0; row < model.rowCount(); ++row)
        out += model.index(row, at).data().toString();
    return out;
}

} // namespace

class TestRecords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_warnings = std::make_unique<FatalLogger>();
        m_fixture = std::make_unique<Fixture>();
    }
    void cleanup()
    {
        m_fixture.reset();
        QCOMPARE(m_warnings->unexpected(), QStringList());
        m_warnings.reset();
    }

    void theTableFollowsTheStore()
    {
        RecordTableModel model(*m_fixture->context, m_fixture->type());
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        for (const auto &[text, whole] : {std::pair(u"ba"_s, 3), std::pair(u"một"_s, 1), std::pair(u"năm"_s, 5)})
            QVERIFY(!m_fixture->add(text, whole).isNull());
        model.setQuery({.type = sample, .sortField = u"whole"_s});
        QTRY_COMPARE(column(model), QStringList({u"một"_s, u"ba"_s, u"năm"_s}));
        const QPersistentModelIndex third = model.index(1, 0);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        const Id two = m_fixture->add(u"hai"_s, 2);
        QTRY_COMPARE(column(model), QStringList({u"một"_s, u"hai"_s, u"ba"_s, u"năm"_s}));
        QCOMPARE(third.data().toString(), u"ba"_s); // rows move, and are not made anew
        QVERIFY(m_fixture->edit(two, u"text"_s, u"hai đổi tên"_s));
        QTRY_COMPARE(column(model), QStringList({u"một"_s, u"hai đổi tên"_s, u"ba"_s, u"năm"_s}));
        QVERIFY(m_fixture->edit(two, u"whole"_s, 9));
        QTRY_COMPARE(column(model), QStringList({u"một"_s, u"ba"_s, u"năm"_s, u"hai đổi tên"_s}));
        QVERIFY(m_fixture->remove(two));
        QTRY_COMPARE(column(model), QStringList({u"một"_s, u"ba"_s, u"năm"_s}));
        QCOMPARE(reset.size(), 0);
        model.sort(1, Qt::DescendingOrder);
        QTRY_COMPARE(column(model), QStringList({u"năm"_s, u"ba"_s, u"một"_s}));
        model.setQuery({.type = sample, .filters = {{u"choice"_s, Filter::Op::OneOf, {u"b"_s}}}});
        QTRY_COMPARE(model.rowCount(), 0);
        QVERIFY(!m_fixture->add(u"bảy"_s, 7, u"b"_s).isNull());
        QTRY_COMPARE(column(model), QStringList(u"bảy"_s));
        model.setQuery({.type = sample, .text = u"nam"_s}); // without marks
        QTRY_COMPARE(column(model), QStringList(u"năm"_s));
    }

    void itIsScrolledWhileItChanges()
    {
        QList<Draft> drafts;
        QList<Id> ids;
        for (int i = 0; i < 600; ++i) {
            ids += Id::create(m_fixture->clock);
            drafts += Draft{.kind = OperationKind::Create, .type = sample, .record = ids.last(), .changes = {{u"text"_s, {}, u"Mẫu %1"_s.arg(i)}, {u"whole"_s, {}, i + 100}}};
        }
        QVERIFY(answered(m_fixture->store->save(drafts)));
        RecordTableModel model(*m_fixture->context, m_fixture->type());
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QTableView view;
        view.setModel(&model);
        view.resize(600, 400);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        model.setQuery({.type = sample, .sortField = u"whole"_s});
        QTRY_COMPARE(model.rowCount(), 600);
        for (int step = 0; step < 20; ++step) {
            view.scrollTo(model.index(step * 30, 0));
            if (step % 3 == 0)
                QVERIFY(m_fixture->remove(ids[step * 7]));
            else if (step % 3 == 1)
                QVERIFY(m_fixture->edit(ids[step * 7], u"whole"_s, 80'000 + step));
            else
                QVERIFY(!m_fixture->add(u"Mới %1"_s.arg(step), step + 1).isNull());
            QCoreApplication::processEvents();
        }
        QTRY_COMPARE(model.rowCount(), 600 - 7 + 6);
        const auto expected = answered(m_fixture->store->keys(model.query()));
        const auto shown = [&] {
            QList<qint64> keys;
            for (int row = 0; row < model.rowCount(); ++row)
                keys += model.keyAt(row);
            return keys;
        };
        QTRY_COMPARE(shown(), *expected);
        view.scrollToBottom();
        QTRY_COMPARE(model.index(model.rowCount() - 1, 0).data().toString(), u"Mẫu 133"_s); // the last one that was changed
    }

    void numbersAreReadAsTheyAreWritten_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QCborValue>("value"); // invalid: refused
        QTest::newRow("text") << u"text"_s << u"  Bến Nhà Rồng "_s << QCborValue(u"Bến Nhà Rồng"_s);
        QTest::newRow("text too long") << u"text"_s << QString(21, u'x') << QCborValue(QCborValue::Invalid);
        QTest::newRow("whole") << u"whole"_s << u"1.250"_s << QCborValue(1250);
        QTest::newRow("whole that is none") << u"whole"_s << u"1,5"_s << QCborValue(QCborValue::Invalid);
        QTest::newRow("too small") << u"whole"_s << u"0"_s << QCborValue(QCborValue::Invalid);
        QTest::newRow("decimal, comma") << u"decimal"_s << u"4,5"_s << QCborValue(4.5);
        QTest::newRow("decimal, thousands") << u"decimal"_s << u"1.250"_s << QCborValue(1250.0);
        QTest::newRow("decimal, both") << u"decimal"_s << u"1.250,75"_s << QCborValue(1250.75);
        QTest::newRow("decimal that is none") << u"decimal"_s << u"nhiều"_s << QCborValue(QCborValue::Invalid);
        QTest::newRow("money") << u"money"_s << u"150.000 đ"_s << QCborValue(150'000);
        QTest::newRow("day") << u"day"_s << u"1/5/2025"_s << QCborValue(u"2025-05-01"_s);
        QTest::newRow("no such day") << u"day"_s << u"31/2/2025"_s << QCborValue(QCborValue::Invalid);
        QTest::newRow("time in Viet Nam's zone") << u"time"_s << u"1/1/1970 7:00"_s << QCborValue(0);
        QTest::newRow("phone") << u"phone"_s << u"0901 234 567"_s << QCborValue(u"+84901234567"_s);
        QTest::newRow("phone that is none") << u"phone"_s << u"12"_s << QCborValue(QCborValue::Invalid);
        QTest::newRow("e-mail") << u"email"_s << u"lan@example.vn"_s << QCborValue(u"lan@example.vn"_s);
        QTest::newRow("e-mail that is none") << u"email"_s << u"lan@"_s << QCborValue(QCborValue::Invalid);
        QTest::newRow("page") << u"url"_s << u"example.vn/ben"_s << QCborValue(u"https://example.vn/ben"_s);
        QTest::newRow("no page") << u"url"_s << u"javascript:alert(1)"_s << QCborValue(QCborValue::Invalid);
        QTest::newRow("place") << u"place"_s << u"10.7743, 106.7068"_s << QCborValue(QCborArray{10.7743, 106.7068});
        QTest::newRow("not on the globe") << u"place"_s << u"106.7, 200"_s << QCborValue(QCborValue::Invalid);
        QTest::newRow("note") << u"note"_s << u"dòng một"_s << QCborValue(u"dòng một"_s);
        QTest::newRow("translated") << u"names"_s << u"Bến tàu"_s << QCborValue(QCborMap{{u"vi"_s, u"Bến tàu"_s}});
    }
    void numbersAreReadAsTheyAreWritten()
    {
        QFETCH(QString, field);
        QFETCH(QString, typed);
        QFETCH(QCborValue, value);
        RecordForm form(*m_fixture->context, m_fixture->type());
        form.setRecord({.type = sample, .id = Id::create(m_fixture->clock), .values = {{u"text"_s, u"Mẫu"_s}}});
        QVERIFY(!form.isDirty());
        type(form, field, typed);
        QVERIFY(form.isDirty());
        QList<FieldChange> changes;
        QCOMPARE(form.take(changes), !value.isInvalid());
        QCOMPARE(problems(form).size(), value.isInvalid() ? 1 : 0);
        if (value.isInvalid())
            return;
        QCOMPARE(changes.size(), 1);
        QCOMPARE(changes.first().field, field);
        QVERIFY2(sameValue(changes.first().newValue, value), qPrintable(changes.first().newValue.toDiagnosticNotation()));
        // What it shows of that value is read back as the same.
        form.setRecord({.type = sample, .id = Id::create(m_fixture->clock), .values = {{u"text"_s, u"Mẫu"_s}, {field, changes.first().newValue}}});
        QVERIFY(form.take(changes));
        QCOMPARE(changes.size(), 0);
        const QString shown = written(form, field);
        type(form, field, shown + u'x');
        type(form, field, shown);
        QVERIFY(form.take(changes));
        QVERIFY2(changes.isEmpty(), qPrintable(shown));
    }

    void choicesAreChosen()
    {
        RecordForm form(*m_fixture->context, m_fixture->type());
        form.setRecord({.type = sample, .id = Id::create(m_fixture->clock), .values = {{u"text"_s, u"Mẫu"_s}, {u"choice"_s, u"a"_s}}});
        QList<FieldChange> changes;
        QVERIFY(form.take(changes));
        QVERIFY(changes.isEmpty()); // nothing was said about the rest
        QTest::keyClick(form.editor(u"choice"_s)->findChild<QComboBox *>(), Qt::Key_Down);
        const auto boxes = form.editor(u"choices"_s)->findChildren<QCheckBox *>();
        QCOMPARE(boxes.size(), 2);
        for (QCheckBox *box : boxes)
            box->click();
        QCOMPARE(form.editor(u"choices"_s)->findChild<QToolButton *>()->text(), u"Vàng, Xanh"_s);
        auto *yesOrNo = form.editor(u"said"_s)->findChild<QComboBox *>();
        QTest::keyClick(yesOrNo, Qt::Key_Down);
        QTest::keyClick(yesOrNo, Qt::Key_Down);
        QCOMPARE(form.editor(u"said"_s)->value().value_or(QCborValue()), QCborValue(false));
        QTest::keyClick(yesOrNo, Qt::Key_Up);
        QVERIFY(form.take(changes));
        Values said;
        for (const FieldChange &change : std::as_const(changes))
            said.insert(change.field, change.newValue);
        QCOMPARE(said, Values({{u"choice"_s, u"b"_s}, {u"choices"_s, QCborArray{u"x"_s, u"y"_s}}, {u"said"_s, true}}));
        // What was said can be taken back, and a code of another catalogue is kept.
        QTest::keyClick(yesOrNo, Qt::Key_Up);
        QVERIFY(form.editor(u"said"_s)->value().value_or(true).isUndefined());
        form.setRecord({.type = sample, .id = Id::create(m_fixture->clock), .values = {{u"text"_s, u"Mẫu"_s}, {u"choice"_s, u"of_2031"_s}}});
        QCOMPARE(form.editor(u"choice"_s)->findChild<QComboBox *>()->currentText(), u"of_2031"_s);
        QVERIFY(form.take(changes));
        QVERIFY(changes.isEmpty());
    }

    // A person's number is shown to who asks for it, and that is noted; who may not see it whole is offered no more than that.
    void personalDataAreShownWhenAskedFor()
    {
        UiContext &context = *m_fixture->context;
        const RecordType &complaint = *context.catalog().type(u"complaint");
        const QString phone = u"reporter_phone"_s;
        const Record record{.type = u"complaint"_s, .id = Id::create(m_fixture->clock), .values = {{u"title"_s, u"Mẫu"_s}, {phone, u"+84901234567"_s}}};
        RecordForm form(context, complaint);
        form.show();
        form.setRecord(record);
        auto *show = form.findChild<QPushButton *>(u"show_reporter_phone"_s);
        QVERIFY(show && show->isVisible());
        QVERIFY(!form.editor(phone)->isVisible());
        QVERIFY(form.editor(u"reporter_name"_s)->isVisible()); // nothing to cover
        const auto shown = [&](const QString &text) {
            return std::ranges::any_of(form.findChildren<QLabel *>(), [&](const QLabel *label) { return label->isVisible() && label->text().contains(text); });
        };
        QVERIFY(shown(u"567"_s) && !shown(u"1234567"_s));
        show->click();
        QTRY_VERIFY(form.editor(phone)->isVisible());
        QVERIFY(!show->isVisible());
        const auto looks = answered(context.store.looks(10));
        QCOMPARE(looks->size(), 1);
        QCOMPARE(looks->first().record, record.id);
        QCOMPARE(looks->first().fields, QStringList{phone});
        QList<FieldChange> changes;
        QVERIFY(!form.isDirty());
        form.setRecord(record); // covered again
        QVERIFY(!form.editor(phone)->isVisible());
        show->click();
        QTRY_VERIFY(form.editor(phone)->isVisible());
        Author next = context.store.author();
        context.store.setAuthor(next); // the same person, whose session was renewed
        QVERIFY(form.editor(phone)->isVisible());
        next.account = Id::create(m_fixture->clock);
        context.store.setAuthor(next); // somebody else has come to this screen
        QVERIFY(!form.editor(phone)->isVisible());
        QCOMPARE(coveredText(context, complaint, *complaint.field(phone), u"+84901234567"_s), u"•••567"_s);
        Author masked = context.store.author();
        masked.rights = Rights(context.catalog(), u"operator"_s, {Grant{.recordType = {}, .record = {}, .sensitive = Disclosure::Masked}});
        context.store.setAuthor(masked);
        form.setRecord({.type = u"complaint"_s, .id = record.id, .values = {{phone, u"•••567"_s}}});
        QVERIFY(!show->isVisible());
        QCOMPARE(coveredText(context, complaint, *complaint.field(phone), u"•••567"_s), u"•••567"_s);
    }

    // A locked store gives nothing away, and editing the rest leaves it as it is.
    void lockedPersonalDataStayCovered()
    {
        UiContext &context = *m_fixture->context;
        const RecordType &complaint = *context.catalog().type(u"complaint");
        const QString phone = u"reporter_phone"_s;
        QVERIFY(answered(context.store.setVault(QByteArray(64, 'v'))));
        const Id id = Id::create(m_fixture->clock);
        const Values values{{u"title"_s, u"Mẫu"_s}, {u"category"_s, u"price"_s}, {u"priority"_s, u"3_normal"_s}, {u"status"_s, u"new"_s}, {u"received_at"_s, m_fixture->clock.nowMs()}, {phone, u"+84901234567"_s}};
        Draft draft{.kind = OperationKind::Create, .type = complaint.name, .record = id};
        for (const auto &[field, value] : values.asKeyValueRange())
            draft.changes += {field, {}, value};
        QVERIFY(answered(context.store.save({draft})));
        QVERIFY(answered(context.store.setVault({})));
        const Record record = (*answered(context.store.record(complaint.name, id)))->record;
        QCOMPARE(coveredText(context, complaint, *complaint.field(phone), record.value(phone)), u"•••"_s);
        RecordForm form(context, complaint);
        form.show();
        form.setRecord(record);
        auto *show = form.findChild<QPushButton *>(u"show_reporter_phone"_s);
        QVERIFY(show && show->isVisible());
        const auto looks = answered(context.store.looks(10))->size();
        show->click();
        QVERIFY(!form.editor(phone)->isVisible());
        QVERIFY(std::ranges::none_of(form.findChildren<QLabel *>(), [](const QLabel *label) { return label->isVisible() && (label->text().contains(u"sealed:") || label->text().contains(u"567")); }));
        QCOMPARE(answered(context.store.looks(10))->size(), looks);
        form.editor(u"title"_s)->setValue(u"Sửa"_s);
        QList<FieldChange> changes;
        QVERIFY(form.take(changes));
        QCOMPARE(changes, (QList<FieldChange>{{u"title"_s, u"Mẫu"_s, u"Sửa"_s}}));
        QVERIFY(answered(context.store.setVault(QByteArray(64, 'v'))));
        QCOMPARE((*answered(context.store.record(complaint.name, id)))->record.text(phone), u"+84901234567"_s);
    }

    void aReferenceIsFoundByTyping()
    {
        const Id other = m_fixture->add(u"Đầm Sen"_s, 1);
        RecordForm form(*m_fixture->context, m_fixture->type());
        form.setRecord({.type = sample, .id = Id::create(m_fixture->clock), .values = {{u"text"_s, u"Mẫu"_s}}});
        form.show();
        form.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&form));
        auto *line = form.editor(u"other"_s)->findChild<QLineEdit *>();
        line->setFocus();
        QTest::keyClicks(line, u"dam s"_s);
        QList<FieldChange> changes;
        QVERIFY(!form.take(changes)); // typed, and nothing chosen
        auto *found = line->findChild<QListWidget *>();
        QVERIFY(found);
        QTRY_COMPARE(found->count(), 1);
        QTest::keyClick(line, Qt::Key_Down);
        QTest::keyClick(line, Qt::Key_Return);
        QVERIFY(form.take(changes));
        QCOMPARE(changes.size(), 1);
        QCOMPARE(changes.first().newValue, QCborValue(other.toString()));
        QCOMPARE(line->text(), u"Đầm Sen"_s);
    }

private:
    static void type(RecordForm &form, const QString &field, const QString &text)
    {
        QWidget *input = form.editor(field)->focusProxy();
        QTest::keyClick(input, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(input, Qt::Key_Delete);
        for (const QChar letter : text)
            QTest::sendKeyEvent(QTest::Click, input, Qt::Key_unknown, QString(letter), Qt::NoModifier);
    }
    static QString written(RecordForm &form, const QString &field)
    {
        QWidget *input = form.editor(field)->focusProxy();
        const auto *line = qobject_cast<QLineEdit *>(input);
        return line ? line->text() : qobject_cast<QPlainTextEdit *>(input)->toPlainText();
    }
    static QStringList problems(const RecordForm &form)
    {
        QStringList out;
        const auto labels = form.findChildren<QLabel *>();
        for (const QLabel *label : labels) {
            if (label->property("role") == u"problem"_s && !label->isHidden())
                out += label->text();
        }
        return out;
    }

    std::unique_ptr<FatalLogger> m_warnings;
    std::unique_ptr<Fixture> m_fixture;
};

QTEST_MAIN(TestRecords)
#include "tst_records.moc"
