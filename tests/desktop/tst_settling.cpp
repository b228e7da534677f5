// SPDX-License-Identifier: GPL-3.0-or-later
// A thousand conflicts, the outbox and the quarantine on the screen, with the keyboard alone. No central is needed.
#include <support/desk.h>

#include <synchronisation/conflictpane.h>
#include <synchronisation/entrydialog.h>
#include <synchronisation/entrypane.h>
#include <synchronisation/synchronisationpage.h>
#include <support/fatallogger.h>
#include <ui/emptystatewidget.h>
#include <ui/fieldeditor.h>
#include <ui/recorddialog.h>
#include <ui/recordform.h>

#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTableView>

using namespace ioc;
using namespace Qt::StringLiterals;

namespace {

const QString firm = u"travel_firm"_s;
constexpr int count = 1000;
constexpr int patienceMs = 30'000;

Values valuesOf(const QString &name)
{
    return {{u"name"_s, name}, {u"kind"_s, u"domestic"_s}, {u"phone"_s, u"+84901111111"_s}};
}

QString theirs(int i) { return u"Công ty Du lịch Đường Việt — chi nhánh quận %1"_s.arg(i); }
QString mine(int i) { return u"Công ty Lữ hành Đường Việt (%1)"_s.arg(i); }

} // namespace

class TestSettling : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init()
    {
        m_warnings = std::make_unique<FatalLogger>();
        m_desk->window().activateWindow(); // shortcuts hold in the active window only, and a dialog may have been that
        QVERIFY(QTest::qWaitForWindowActive(&m_desk->window()));
    }
    void cleanup()
    {
        QCOMPARE(m_warnings->unexpected(), QStringList());
        m_warnings.reset();
    }
    void emptyListsSayWhatTheyAreFor();
    void aThousandConflicts();
    void theChoiceStaysWhileEntriesComeAndGo();
    void anotherValueForMany();
    void aCoveredValueIsLookedAt();
    void aRefusedRecordIsMended();
    void discardIsTakenBack();
    void entriesGoToAFileAndComeBack();
    void picturesInBothThemes();

private:
    void press(QWidget &widget, Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) { QTest::keyClick(&widget, key, modifiers); }
    [[nodiscard]] QString name(int i) { return m_desk->stored(firm, m_ids[i]).record.text(u"name"_s); }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<Desk> m_desk;
    std::unique_ptr<FatalLogger> m_warnings;
    SynchronisationPage *m_page = nullptr;
    QList<Id> m_ids;
    SystemClock m_clock;
    QTemporaryDir m_files;
    Id m_epoch = Id::create(m_clock);
};

void TestSettling::initTestCase()
{
    Desk::useOwnSettings(u"settling"_s);
    m_theme = std::make_unique<Theme>(*qApp);
    const auto catalog = TypeCatalog::load();
    QVERIFY(catalog);
    m_desk = std::make_unique<Desk>(*m_theme, QUrl(u"https://127.0.0.1:9"_s), QString(), *catalog);
    QVERIFY(m_desk->open());
    LocalStore &store = m_desk->store();
    store.setAuthor({.account = Id::create(m_clock), .displayName = u"Nguyễn Thị Lan"_s, .rights = Rights(u"operator"_s), .device = store.device()});
    m_desk->show({1366, 768});
    QVERIFY(QTest::qWaitForWindowExposed(&m_desk->window()));
    m_desk->window().openPage(MainWindow::Synchronisation);
    m_page = m_desk->window().findChild<SynchronisationPage *>();
}

void TestSettling::emptyListsSayWhatTheyAreFor()
{
    for (const auto tab : {SynchronisationPage::Outbox, SynchronisationPage::Conflicts, SynchronisationPage::Quarantine}) {
        m_page->showTab(tab);
        const auto states = m_page->findChildren<EmptyStateWidget *>();
        QTRY_VERIFY(std::ranges::any_of(states, [](const EmptyStateWidget *state) { return state->isVisible() && !state->sentence().isEmpty(); }));
        Desk::keepPicture(m_desk->window(), u"sync_empty_%1"_s.arg(int(tab)));
    }
}

void TestSettling::aThousandConflicts()
{
    LocalStore &store = m_desk->store();
    ChangePage before{.next = {.epoch = m_epoch, .sequence = 1}};
    ChangePage after{.next = {.epoch = m_epoch, .sequence = 2}};
    QList<Draft> drafts;
    for (int i = 0; i < count; ++i) {
        m_ids += Id::create(m_clock);
        before.changes += {.sequence = i, .record = {.type = firm, .id = m_ids[i], .version = 1, .values = valuesOf(u"Đường Việt %1"_s.arg(i))}};
        after.changes += {.sequence = count + i, .record = {.type = firm, .id = m_ids[i], .version = 2, .values = valuesOf(theirs(i))}};
        drafts += Draft{.type = firm, .record = m_ids[i], .changes = {{u"name"_s, u"Đường Việt %1"_s.arg(i), mine(i)}}};
    }
    QVERIFY(Desk::wait(store.applyPage(before).then([](const Result<void> &done) { return done.transform([] { return true; }); })));
    const auto saved = Desk::wait(store.save(drafts));
    QVERIFY(saved);
    QList<Answer> answers;
    for (int i = 0; i < count; ++i) {
        const qint64 at = m_clock.nowMs() + (i % 2 ? 3'600'000 : -3'600'000);
        answers += {.op = saved->operations[i], .outcome = Outcome::Conflict, .version = 2, .conflicts = {{u"name"_s, u"Đường Việt %1"_s.arg(i), mine(i), theirs(i), u"Trần Văn Minh"_s, at}}};
    }
    ConflictModel &model = m_page->conflicts().model();
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    m_page->showTab(SynchronisationPage::Conflicts);
    (void)store.applyAnswers(answers);
    (void)store.applyPage(after);
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), count, patienceMs);
    QTRY_COMPARE(model.index(0, ConflictModel::Mine).data().toString(), mine(0));
    QVERIFY(model.index(0, ConflictModel::TheirsBy).data().toString().startsWith(u"Trần Văn Minh, "_s));
    QVERIFY(model.index(0, ConflictModel::MineBy).data().toString().startsWith(u"Nguyễn Thị Lan, "_s));
    Desk::keepPicture(m_desk->window(), u"conflicts_thousand"_s);

    QTableView &view = m_page->conflicts().table().view();
    view.setFocus();
    press(view, Qt::Key_A, Qt::ControlModifier);
    press(view, Qt::Key_E, Qt::ControlModifier); // the newer of each
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 0, patienceMs);
    QTRY_COMPARE(store.status(), (StoreStatus{.outbox = count / 2}));
    QCOMPARE(name(0), mine(0));
    QCOMPARE(name(1), theirs(1));
    press(m_page->conflicts(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), count, patienceMs);
    QTRY_COMPARE(store.status(), (StoreStatus{.conflicts = count}));
    QCOMPARE(name(0), theirs(0));
}

void TestSettling::theChoiceStaysWhileEntriesComeAndGo()
{
    ConflictModel &model = m_page->conflicts().model();
    QTableView &view = m_page->conflicts().table().view();
    view.clearSelection();
    const QItemSelection chosen(model.index(10, 0), model.index(19, model.columnCount() - 1));
    view.selectionModel()->setCurrentIndex(model.index(19, 0), QItemSelectionModel::NoUpdate);
    view.selectionModel()->select(chosen, QItemSelectionModel::ClearAndSelect);
    const QList<qint64> keys = m_page->conflicts().table().chosen();
    QCOMPARE(keys.size(), 10);
    // In one place, and then in more places than are mended one by one.
    (void)m_desk->store().settle(model.keys().first(5), Keep::Central);
    QTRY_COMPARE(model.rowCount(), count - 5);
    QCOMPARE(m_page->conflicts().table().chosen(), keys);
    QList<qint64> everySecond;
    for (int row = 100; row < 500; row += 2)
        everySecond += model.keyAt(row);
    (void)m_desk->store().settle(everySecond, Keep::Central);
    QTRY_COMPARE(model.rowCount(), count - 205);
    QCOMPARE(m_page->conflicts().table().chosen(), keys);
    QCOMPARE(model.keyAt(m_page->conflicts().table().currentRow()), keys.last());
}

void TestSettling::anotherValueForMany()
{
    ConflictModel &model = m_page->conflicts().model();
    QTableView &view = m_page->conflicts().table().view();
    const int rows = model.rowCount();
    view.setFocus();
    press(view, Qt::Key_Home, Qt::ControlModifier);
    QTRY_VERIFY(model.conflict(0));
    const Id record = model.conflict(0)->record;
    press(view, Qt::Key_Down, Qt::ShiftModifier);
    press(view, Qt::Key_Down, Qt::ShiftModifier);
    press(view, Qt::Key_F2);
    QTRY_VERIFY(m_page->findChild<ConflictValueDialog *>());
    auto *dialog = m_page->findChild<ConflictValueDialog *>();
    QVERIFY(QTest::qWaitForWindowExposed(dialog));
    QWidget *input = dialog->editor().focusProxy();
    press(*input, Qt::Key_A, Qt::ControlModifier);
    press(*input, Qt::Key_Delete);
    dialog->accept();
    QVERIFY(dialog->isVisible()); // a name must be filled in
    QTest::keyClicks(input, u"Viet"_s);
    Desk::keepPicture(*dialog, u"conflict_value"_s);
    press(*input, Qt::Key_Return);
    QTRY_COMPARE(model.rowCount(), rows - 3);
    QCOMPARE(m_desk->stored(firm, record).record.text(u"name"_s), u"Viet"_s);
    QCOMPARE(m_page->conflicts().table().chosen().size(), 1); // the next one is at hand
}

// To change somebody's number is to see it: that is on the disk first.
void TestSettling::aCoveredValueIsLookedAt()
{
    const RecordType &guide = *m_desk->context().catalog().type(u"guide"_s);
    const Conflict conflict{.type = guide.name, .record = Id::create(m_clock), .title = u"Lê Thị Hoa"_s, .values = {.field = u"phone"_s, .mine = u"+84901234567"_s, .theirs = u"+84907654321"_s}};
    ConflictValueDialog dialog(m_desk->context(), *guide.field(u"phone"_s), conflict, 1);
    QVERIFY(!dialog.editor().isEnabled());
    QVERIFY(dialog.editor().value()->isUndefined());
    QTRY_VERIFY(dialog.editor().isEnabled());
    QCOMPARE(*dialog.editor().value(), QCborValue(u"+84901234567"_s));
    const auto looks = Desk::wait(m_desk->store().looks(10));
    QVERIFY(looks);
    QCOMPARE(looks->size(), 1);
    QCOMPARE(looks->first().record, conflict.record);
    QCOMPARE(looks->first().fields, QStringList{u"phone"_s});
}

void TestSettling::aRefusedRecordIsMended()
{
    LocalStore &store = m_desk->store();
    const Id bad = m_desk->addRecord(firm, valuesOf(u"Tên trùng"_s));
    const Id other = m_desk->addRecord(firm, valuesOf(u"Tên trùng nữa"_s));
    const auto push = Desk::wait(store.nextPush(5000));
    QVERIFY(push);
    QList<Answer> answers;
    for (const Operation &operation : *push) {
        if (operation.record == bad || operation.record == other)
            answers += {.op = operation.op, .outcome = Outcome::Refused, .reason = ErrorCode::Conflict,
                        .message = u"Tên này đã có trong danh mục của Sở. Hãy kiểm tra số giấy phép kinh doanh lữ hành, rồi sửa tên hoặc bỏ bản ghi này đi; nếu không chắc, hãy hỏi cán bộ phụ trách danh mục của phòng Quản lý lữ hành."_s};
    }
    m_page->showTab(SynchronisationPage::Quarantine);
    EntryPane &pane = m_page->quarantine();
    const QAbstractItemModelTester tester(&pane.model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    (void)store.applyAnswers(answers);
    QTRY_COMPARE(pane.model().rowCount(), 2);
    QTRY_VERIFY(pane.model().entry(0));
    QTRY_VERIFY(pane.findChild<QPlainTextEdit *>()->toPlainText().startsWith(u"Tên này đã có"_s)); // in full, beneath
    Desk::keepPicture(m_desk->window(), u"quarantine_1366"_s);
    QTableView &view = pane.table().view();
    view.setFocus();
    press(view, Qt::Key_F2);
    QTRY_VERIFY(pane.findChild<EntryDialog *>());
    auto *dialog = pane.findChild<EntryDialog *>();
    QVERIFY(QTest::qWaitForWindowExposed(dialog));
    Desk::keepPicture(*dialog, u"quarantine_edit"_s);
    QWidget *input = dialog->form().editor(u"name"_s)->focusProxy();
    input->setFocus();
    press(*input, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(input, u"Another"_s);
    press(*input, Qt::Key_Return);
    QTRY_COMPARE(pane.model().rowCount(), 1);
    QCOMPARE(m_desk->stored(firm, bad).record.text(u"name"_s), u"Another"_s);
}

void TestSettling::discardIsTakenBack()
{
    EntryPane &pane = m_page->quarantine();
    QTableView &view = pane.table().view();
    view.setFocus();
    press(view, Qt::Key_A, Qt::ControlModifier);
    press(view, Qt::Key_Delete);
    QTRY_COMPARE(pane.model().rowCount(), 0);
    QTRY_COMPARE(m_desk->store().status().quarantine, 0);
    press(pane, Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(pane.model().rowCount(), 1);
    QTRY_VERIFY(view.selectionModel()->hasSelection());
    QTRY_VERIFY(view.isVisible());
    view.setFocus();
    press(view, Qt::Key_F5);
    QTRY_COMPARE(pane.model().rowCount(), 0);
}

void TestSettling::entriesGoToAFileAndComeBack()
{
    m_page->showTab(SynchronisationPage::Outbox);
    EntryPane &pane = m_page->outbox();
    const QAbstractItemModelTester tester(&pane.model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QTRY_COMPARE(qint64(pane.model().rowCount()), m_desk->store().status().outbox);
    QTRY_VERIFY(pane.model().entry(0));
    Desk::keepPicture(m_desk->window(), u"outbox_1366"_s);
    const QString path = m_files.filePath(u"x.tioc-changes"_s);
    pane.exportTo(path, true);
    QTRY_VERIFY(QFile::exists(path));
    const auto status = m_desk->store().status();
    const auto imported = Desk::wait(m_desk->store().importEntries(path));
    QVERIFY(imported && imported->taken == 0 && imported->known == pane.model().rowCount());
    QCOMPARE(m_desk->store().status(), status);
    QTableView &view = pane.table().view(); // Enter opens the record of the entry
    view.setFocus();
    view.selectRow(0);
    QTRY_VERIFY(pane.model().entry(0));
    press(view, Qt::Key_Return);
    QTRY_VERIFY(m_desk->window().findChild<RecordDialog *>());
    m_desk->window().findChild<RecordDialog *>()->reject();
    QTRY_VERIFY(!m_desk->window().findChild<RecordDialog *>());
}

void TestSettling::picturesInBothThemes()
{
    m_desk->window().resize(1920, 1080);
    for (const bool dark : {false, true}) {
        m_theme->setDark(dark);
        m_page->showTab(SynchronisationPage::Conflicts);
        QTRY_VERIFY(m_page->conflicts().model().conflict(0));
        Desk::keepPicture(m_desk->window(), dark ? u"conflicts_1920_dark"_s : u"conflicts_1920_light"_s);
        m_page->showTab(SynchronisationPage::Outbox);
        Desk::keepPicture(m_desk->window(), dark ? u"outbox_1920_dark"_s : u"outbox_1920_light"_s);
    }
    m_theme->setDark(false);
}

QTEST_MAIN(TestSettling)
#include "tst_settling.moc"
