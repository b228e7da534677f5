// SPDX-License-Identifier: GPL-3.0-or-later
// Two real windows on one central: a kind of record that the product never heard of, and a conflict settled by hand.
#include <support/desk.h>

#include <catalogue/cataloguepage.h>
#include <complaints/complaintdetailwidget.h>
#include <complaints/complaintqueuewidget.h>
#include <situation/mappane.h>
#include <support/centralprocess.h>
#include <support/fatallogger.h>
#include <synchronisation/conflictpane.h>
#include <synchronisation/entrydialog.h>
#include <synchronisation/entrypane.h>
#include <synchronisation/synchronisationpage.h>
#include <ui/fieldeditor.h>
#include <ui/recorddialog.h>
#include <ui/recordform.h>
#include <ui/recordtablewidget.h>

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTableView>

using namespace ioc;
using namespace Qt::StringLiterals;

namespace {

const QString harbour = u"harbour"_s;
const QString password = u"bến thành sáng sớm"_s;
constexpr int patienceMs = 30'000;

// One file, and nothing else.
constexpr char harbourDeclaration[] = R"({
 "name": "harbour", "label": {"vi": "Bến tàu du lịch", "en": "Harbour"}, "plural": {"vi": "Bến tàu du lịch", "en": "Harbours"},
 "title": "{name}", "icon": "place", "colour": "#1b7fd0", "sort": "name",
 "fields": [
  {"name": "name", "label": {"vi": "Tên bến", "en": "Name"}, "required": true, "searchable": true, "indexed": true, "in_table": true},
  {"name": "water", "kind": "choice", "label": {"vi": "Vùng nước", "en": "Water"}, "indexed": true, "in_table": true,
   "choices": [{"code": "river", "label": {"vi": "Sông", "en": "River"}}, {"code": "sea", "label": {"vi": "Biển", "en": "Sea"}}]},
  {"name": "berths", "kind": "integer", "label": {"vi": "Số chỗ neo", "en": "Berths"}, "minimum": 1, "maximum": 500, "in_table": true},
  {"name": "depth", "kind": "decimal", "label": {"vi": "Độ sâu", "en": "Depth"}, "unit_of_measure": "m"},
  {"name": "fee", "kind": "money", "label": {"vi": "Phí cập bến", "en": "Fee"}},
  {"name": "opened_on", "kind": "date", "label": {"vi": "Ngày mở", "en": "Opened on"}},
  {"name": "lit", "kind": "boolean", "label": {"vi": "Có đèn", "en": "Lit"}},
  {"name": "phone", "kind": "phone", "label": {"vi": "Điện thoại", "en": "Phone"}},
  {"name": "place", "kind": "place", "label": {"vi": "Vị trí", "en": "Place"}},
  {"name": "note", "kind": "note", "label": {"vi": "Ghi chú", "en": "Note"}}
 ]})";

QStringList typesBeside(const QString &folder)
{
    const QString types = folder + u"/types"_s;
    QFile file(types + u"/harbour.json"_s);
    if (!QDir().mkpath(types) || !file.open(QIODevice::WriteOnly) || file.write(harbourDeclaration) < 0)
        qFatal("cannot write %s", qPrintable(file.fileName()));
    return {types};
}

} // namespace

class TestTwoDesks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { m_warnings = std::make_unique<FatalLogger>(); }
    void cleanup()
    {
        QCOMPARE(m_warnings->unexpected(), QStringList());
        m_warnings.reset();
    }
    void aNewKindIsFilledInByKeyboard();
    void itStandsInTheOthersTableOnTheMapAndInSearch();
    void whatTheOtherEditsComesBack();
    void aConflictIsSettledOnTheScreen_data();
    void aConflictIsSettledOnTheScreen();
    void aStepTakenTwiceIsSettled();
    void cleanupTestCase();

private:
    std::unique_ptr<Desk> newDesk(const QString &login);
    /// Goes to the editor of \a field as Tab would and types.
    static void type(RecordForm &form, const QString &field, const QString &text);
    static RecordDialog *dialogOf(Desk &desk) { return desk.window().findChild<RecordDialog *>(); }

    QTemporaryDir m_own;
    std::unique_ptr<CentralProcess> m_central;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<Desk> m_lan;
    std::unique_ptr<Desk> m_minh;
    std::unique_ptr<FatalLogger> m_warnings;
    Id m_harbour;
};

std::unique_ptr<Desk> TestTwoDesks::newDesk(const QString &login)
{
    const auto catalog = TypeCatalog::load(typesBeside(m_own.filePath(login)));
    if (!catalog)
        return {};
    auto desk = std::make_unique<Desk>(*m_theme, m_central->url(), m_central->authorityFile(), *catalog);
    if (!desk->open() || !desk->signIn(login, password))
        return {};
    desk->show({1366, 768});
    return QTest::qWaitForWindowExposed(&desk->window()) ? std::move(desk) : nullptr;
}

void TestTwoDesks::initTestCase()
{
    Desk::useOwnSettings(u"twodesks"_s);
    m_theme = std::make_unique<Theme>(*qApp);
    m_central = std::make_unique<CentralProcess>();
    QVERIFY(m_central->init());
    typesBeside(m_central->dataFolder());
    for (const QString &login : {u"lan"_s, u"minh"_s})
        QVERIFY(m_central->addAccount(login, u"operator"_s, password));
    QVERIFY(m_central->serve());
    m_lan = newDesk(u"lan"_s);
    m_minh = newDesk(u"minh"_s);
    QVERIFY(m_lan && m_minh);
}

void TestTwoDesks::type(RecordForm &form, const QString &field, const QString &text)
{
    FieldEditor *editor = form.editor(field);
    QVERIFY2(editor, qPrintable(field));
    QWidget *input = editor->focusProxy();
    input->setFocus(Qt::TabFocusReason);
    if (!qobject_cast<QComboBox *>(input))
        QTest::keyClick(input, Qt::Key_A, Qt::ControlModifier);
    for (const QChar letter : text) // as an input method gives them, marks and all
        QTest::sendKeyEvent(QTest::Click, input, Qt::Key_unknown, QString(letter), Qt::NoModifier);
}

void TestTwoDesks::aNewKindIsFilledInByKeyboard()
{
    m_lan->window().openPage(MainWindow::Catalogue);
    auto *catalogue = m_lan->window().findChild<CataloguePage *>();
    QVERIFY(catalogue->types().contains(harbour));
    catalogue->showType(harbour);
    m_lan->context().workspace.editRecord(harbour, {}, {});
    RecordDialog *dialog = dialogOf(*m_lan);
    QVERIFY(dialog);
    QVERIFY(QTest::qWaitForWindowExposed(dialog));
    RecordForm &form = dialog->form();
    type(form, u"berths"_s, u"900"_s);
    QTest::keyClick(form.editor(u"berths"_s)->focusProxy(), Qt::Key_Return); // name is missing, and 900 are too many
    Desk::keepPicture(*dialog, u"form"_s);
    const auto problems = form.findChildren<QLabel *>();
    const auto shown = std::ranges::count_if(problems, [](const QLabel *label) { return label->property("role") == u"problem"_s && label->isVisible(); });
    QCOMPARE(shown, 2);
    QCOMPARE(m_lan->store().status().outbox, 0);
    type(form, u"name"_s, u"Bến Bạch Đằng"_s);
    type(form, u"water"_s, u"S"_s); // Sông
    type(form, u"berths"_s, u"24"_s);
    type(form, u"depth"_s, u"4,5"_s);
    type(form, u"fee"_s, u"150.000"_s);
    type(form, u"opened_on"_s, u"1/5/2025"_s);
    type(form, u"lit"_s, u"C"_s); // Có
    type(form, u"phone"_s, u"028 3829 1234"_s);
    type(form, u"place"_s, u"10.7743, 106.7068"_s);
    type(form, u"note"_s, u"Tàu buýt sông số 1"_s);
    QTest::keyClick(form.editor(u"name"_s)->focusProxy(), Qt::Key_Return);
    QTRY_VERIFY(!dialogOf(*m_lan));

    RecordTableModel &table = catalogue->table(harbour)->model();
    QTRY_COMPARE(table.rowCount(), 1);
    const auto rows = Desk::wait(m_lan->store().rows(harbour, {table.keyAt(0)}));
    QVERIFY(rows && rows->size() == 1);
    m_harbour = rows->first().record.id;
    const Values &values = rows->first().record.values;
    QCOMPARE(values[u"name"_s].toString(), u"Bến Bạch Đằng"_s);
    QCOMPARE(values[u"water"_s].toString(), u"river"_s);
    QCOMPARE(values[u"berths"_s].toInteger(), 24);
    QCOMPARE(values[u"depth"_s].toDouble(), 4.5);
    QCOMPARE(values[u"fee"_s].toInteger(), 150'000);
    QCOMPARE(values[u"opened_on"_s].toString(), u"2025-05-01"_s);
    QCOMPARE(values[u"lit"_s].toBool(), true);
    QCOMPARE(values[u"phone"_s].toString(), u"+842838291234"_s);
    QCOMPARE(values[u"note"_s].toString(), u"Tàu buýt sông số 1"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_lan->store().status(), StoreStatus(), patienceMs);
}

void TestTwoDesks::itStandsInTheOthersTableOnTheMapAndInSearch()
{
    MapWidget &map = m_minh->window().mapPane().map();
    map.setFlights(false);
    QTRY_COMPARE_WITH_TIMEOUT(map.status().pointsTotal, 1, patienceMs);
    QCOMPARE(m_minh->stored(harbour, m_harbour).record.values, m_lan->stored(harbour, m_harbour).record.values);
    // Typed without marks, Enter: the map goes there.
    auto *line = map.findChild<QLineEdit *>();
    QVERIFY(line);
    line->setFocus();
    QTest::keyClicks(line, u"bach dang"_s);
    QTest::keyClick(line, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(map.center().distanceTo({10.7743, 106.7068}) < 20, patienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(map.status().idle, patienceMs);
    QTRY_VERIFY(map.hitTest(map.screenPosition({10.7743, 106.7068})).has_value());
    QCOMPARE(map.hitTest(map.screenPosition({10.7743, 106.7068}))->layer, harbour);
    const auto layers = map.layers();
    QVERIFY(std::ranges::any_of(layers, [](const MapLayer &layer) { return layer.id == harbour && layer.color == QColor(0x1b7fd0) && layer.label == u"Bến tàu du lịch"; }));

    m_minh->window().openPage(MainWindow::Catalogue);
    auto *catalogue = m_minh->window().findChild<CataloguePage *>();
    catalogue->showType(harbour);
    RecordTableModel &table = catalogue->table(harbour)->model();
    QTRY_COMPARE(table.rowCount(), 1);
    QTRY_COMPARE(table.index(0, 0).data().toString(), u"Bến Bạch Đằng"_s);
    QCOMPARE(table.index(0, 1).data().toString(), u"Sông"_s);
}

void TestTwoDesks::whatTheOtherEditsComesBack()
{
    auto *catalogue = m_minh->window().findChild<CataloguePage *>();
    QTableView &view = catalogue->table(harbour)->table();
    view.setFocus();
    view.selectRow(0);
    view.setCurrentIndex(view.model()->index(0, 0));
    QTest::keyClick(&view, Qt::Key_Return);
    QTRY_VERIFY(dialogOf(*m_minh));
    RecordForm &form = dialogOf(*m_minh)->form();
    QVERIFY(QTest::qWaitForWindowExposed(dialogOf(*m_minh)));
    type(form, u"berths"_s, u"36"_s);
    QTest::keyClick(form.editor(u"berths"_s)->focusProxy(), Qt::Key_Return);
    QTRY_VERIFY(!dialogOf(*m_minh));
    RecordTableModel &table = m_lan->window().findChild<CataloguePage *>()->table(harbour)->model();
    QTRY_COMPARE_WITH_TIMEOUT(table.index(0, 2).data().toString(), u"36"_s, patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(m_minh->store().status(), StoreStatus(), patienceMs);
    Values expected = m_lan->stored(harbour, m_harbour).record.values;
    QCOMPARE(m_minh->stored(harbour, m_harbour).record.values, expected);
    QCOMPARE(expected[u"depth"_s].toDouble(), 4.5); // the rest is as it was
}

void TestTwoDesks::aConflictIsSettledOnTheScreen_data()
{
    QTest::addColumn<bool>("mine");
    QTest::newRow("mine") << true;
    QTest::newRow("central's") << false;
}

void TestTwoDesks::aConflictIsSettledOnTheScreen()
{
    QFETCH(bool, mine);
    const QString complaint = u"complaint"_s;
    const auto edit = [&](Desk &desk, const Id &id, const QString &title) {
        const QCborValue before = desk.stored(complaint, id).record.value(u"title"_s);
        return Desk::wait(desk.store().save({Draft{.type = complaint, .record = id, .changes = {{u"title"_s, before, title}}}})).has_value();
    };
    const auto titleAt = [&](Desk &desk, const Id &id) { return desk.stored(complaint, id).record.text(u"title"_s); };
    const Id id = m_lan->addComplaint(u"Taxi dù ở bến"_s, 10.7743, 106.7068);
    QTRY_VERIFY_WITH_TIMEOUT(titleAt(*m_minh, id) == u"Taxi dù ở bến"_s && m_lan->store().status() == StoreStatus(), patienceMs);
    // Without a network both change the same field; whoever is back first has it, the other one the conflict.
    m_central->kill();
    QTRY_COMPARE_WITH_TIMEOUT(m_minh->engine().state().kind, SyncState::Kind::Offline, patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(m_lan->engine().state().kind, SyncState::Kind::Offline, patienceMs);
    QVERIFY(edit(*m_lan, id, u"của Lan"_s));
    QVERIFY(edit(*m_minh, id, u"của Minh"_s));
    QVERIFY(m_central->serve());
    m_lan->engine().syncNow();
    m_minh->engine().syncNow();
    QTRY_COMPARE_WITH_TIMEOUT(m_lan->store().status().conflicts + m_minh->store().status().conflicts, 1, patienceMs);
    const bool lanLost = m_lan->store().status().conflicts == 1;
    Desk &loser = lanLost ? *m_lan : *m_minh;

    loser.window().activateWindow(); // shortcuts hold in the active window only
    QVERIFY(QTest::qWaitForWindowActive(&loser.window()));
    loser.window().openPage(MainWindow::Synchronisation);
    auto *page = loser.window().findChild<SynchronisationPage *>();
    const QAbstractItemModelTester outboxTester(&page->outbox().model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    page->showTab(SynchronisationPage::Conflicts);
    ConflictModel &conflicts = page->conflicts().model();
    const QAbstractItemModelTester conflictTester(&conflicts, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QTRY_COMPARE(conflicts.rowCount(), 1);
    QTableView &list = page->conflicts().table().view();
    QTRY_VERIFY(list.isVisible());
    const QString winner = lanLost ? u"minh"_s : u"lan"_s;
    const QString own = lanLost ? u"lan"_s : u"minh"_s;
    const auto cell = [&](ConflictModel::Column column) { return conflicts.index(0, column).data().toString(); };
    QTRY_COMPARE(cell(ConflictModel::Theirs), lanLost ? u"của Minh"_s : u"của Lan"_s);
    QCOMPARE(cell(ConflictModel::Mine), lanLost ? u"của Lan"_s : u"của Minh"_s);
    QVERIFY2(cell(ConflictModel::TheirsBy).startsWith(winner + u", "_s), qPrintable(cell(ConflictModel::TheirsBy))); // who, and when
    QTRY_VERIFY2(cell(ConflictModel::MineBy).startsWith(own + u", "_s), qPrintable(cell(ConflictModel::MineBy)));
    Desk::keepPicture(loser.window(), u"conflicts"_s);
    QTest::keyClick(&list, mine ? Qt::Key_M : Qt::Key_T, Qt::ControlModifier);
    const QString kept = mine == lanLost ? u"của Lan"_s : u"của Minh"_s;
    QTRY_COMPARE_WITH_TIMEOUT(loser.store().status(), StoreStatus(), patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(titleAt(*m_minh, id), kept, patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(titleAt(*m_lan, id), kept, patienceMs);
    QTRY_COMPARE(conflicts.rowCount(), 0);
    QTRY_COMPARE_WITH_TIMEOUT(m_lan->stored(complaint, id).record.version, m_minh->stored(complaint, id).record.version, patienceMs);
    QCOMPARE(m_lan->stored(complaint, id).record.values, m_minh->stored(complaint, id).record.values);
    QCOMPARE(m_lan->store().status(), StoreStatus());
}

void TestTwoDesks::aStepTakenTwiceIsSettled()
{
    const QString complaint = u"complaint"_s;
    const Id id = m_lan->addComplaint(u"Hướng dẫn viên bỏ đoàn"_s, 10.7743, 106.7068);
    QTRY_VERIFY_WITH_TIMEOUT(!m_minh->stored(complaint, id).record.values.isEmpty() && m_lan->store().status() == StoreStatus(), patienceMs);
    m_central->kill();
    QTRY_COMPARE_WITH_TIMEOUT(m_minh->engine().state().kind, SyncState::Kind::Offline, patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(m_lan->engine().state().kind, SyncState::Kind::Offline, patienceMs);
    // Both take the same first step; central can take it from one of them only.
    for (Desk *desk : {m_lan.get(), m_minh.get()}) {
        desk->window().openPage(MainWindow::Operations);
        RecordTableWidget &queue = desk->window().queue().table();
        const qint64 key = desk->stored(complaint, id).key;
        QTRY_VERIFY(queue.model().rowOf(key) >= 0);
        queue.table().selectRow(queue.model().rowOf(key));
        QTRY_COMPARE(desk->window().detail().complaint().id, id);
        desk->window().detail().take(u"accept"_s);
        QTRY_COMPARE(desk->stored(complaint, id).record.text(u"status"_s), u"accepted"_s);
    }
    QVERIFY(m_central->serve());
    m_lan->engine().syncNow();
    m_minh->engine().syncNow();
    QTRY_VERIFY_WITH_TIMEOUT(m_lan->store().status().outbox + m_minh->store().status().outbox == 0, patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(m_lan->store().status().conflicts + m_minh->store().status().conflicts, 1, patienceMs);
    const bool lanLost = m_lan->store().status().conflicts == 1;
    Desk &loser = lanLost ? *m_lan : *m_minh;
    loser.window().activateWindow(); // shortcuts hold in the active window only
    QVERIFY(QTest::qWaitForWindowActive(&loser.window()));
    loser.window().openPage(MainWindow::Synchronisation);
    auto *page = loser.window().findChild<SynchronisationPage *>();
    page->showTab(SynchronisationPage::Conflicts);
    ConflictModel &conflicts = page->conflicts().model();
    QTRY_VERIFY(conflicts.rowCount() > 0);
    QTRY_VERIFY(conflicts.conflict(0));
    const auto stateRow = [&] {
        for (int row = 0; row < conflicts.rowCount(); ++row) {
            if (conflicts.conflict(row) && conflicts.conflict(row)->isState)
                return row;
        }
        return -1;
    };
    QTRY_VERIFY(stateRow() >= 0);
    // The step's entries stand under its conflict; they are no noise in quarantine.
    QTRY_VERIFY(!conflicts.conflict(stateRow())->followers.isEmpty());
    QCOMPARE(loser.store().status().quarantine, 0);
    QTableView &list = page->conflicts().table().view();
    QTRY_VERIFY(list.isVisible());
    list.selectRow(stateRow());
    Desk::keepPicture(loser.window(), u"conflict_of_steps"_s);
    QTest::keyClick(&list, Qt::Key_F2);
    QVERIFY(!page->findChild<ConflictValueDialog *>()); // a state is not chosen
    list.selectAll();
    QTest::keyClick(&list, Qt::Key_M, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(loser.store().status(), StoreStatus(), patienceMs);
    QTRY_COMPARE(conflicts.rowCount(), 0);
    QTRY_COMPARE_WITH_TIMEOUT(m_lan->stored(complaint, id).record.version, m_minh->stored(complaint, id).record.version, patienceMs);
    QCOMPARE(m_lan->stored(complaint, id).record.values, m_minh->stored(complaint, id).record.values);
    for (Desk *desk : {m_lan.get(), m_minh.get()}) {
        const auto timeline = Desk::wait(desk->store().children(u"timeline_entry"_s, id));
        QVERIFY(timeline);
        QCOMPARE(timeline->size(), 2); // created, accepted once
    }
}

void TestTwoDesks::cleanupTestCase()
{
    m_lan.reset();
    m_minh.reset();
    if (m_central)
        QCOMPARE(m_central->stop(), 0);
}

QTEST_MAIN(TestTwoDesks)
#include "tst_twodesks.moc"
