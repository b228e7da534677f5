// SPDX-License-Identifier: GPL-3.0-or-later
#include <support/desk.h>

#include <charts/timeserieschart.h>
#include <complaints/complaintdetailwidget.h>
#include <complaints/complaintqueuewidget.h>
#include <db/connection.h>
#include <leadership/indicatorpane.h>
#include <situation/mappane.h>
#include <support/centralprocess.h>
#include <ui/recordform.h>
#include <ui/recordtablewidget.h>

#include <QDialog>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>

using namespace ioc;

/// Two operators' real screens on one real central: what one does the other sees, with and without the network.
class TestOperations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aNewComplaintReachesTheOtherQueue();
    void choosingAComplaintMovesTheMap();
    void personalDataAreShownWhenAskedFor();
    void answeredWithoutNetworkAndSentLater();
    void theLastStepIsTakenBack();
    void everyPaneShowsWhatItMust();
    void cleanupTestCase();

private:
    static QString status(Desk &desk, const Id &complaint);
    static StoredRecord stored(Desk &desk, const Id &complaint);
    void choose(Desk &desk, const Id &complaint);

    std::unique_ptr<CentralProcess> m_central;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<Desk> m_first;
    std::unique_ptr<Desk> m_second;
    Id m_complaint;
};

void TestOperations::initTestCase()
{
    Desk::useOwnSettings(QStringLiteral("operations"));
    m_theme = std::make_unique<Theme>(*qApp);
    m_central = std::make_unique<CentralProcess>();
    QVERIFY(m_central->init());
    QVERIFY(m_central->addAccount(QStringLiteral("operator1"), QStringLiteral("operator"), QStringLiteral("a long enough word")));
    QVERIFY(m_central->addAccount(QStringLiteral("operator2"), QStringLiteral("operator"), QStringLiteral("a long enough word")));
    QVERIFY(m_central->serve());
    const auto catalog = TypeCatalog::load();
    QVERIFY(catalog);
    m_first = std::make_unique<Desk>(*m_theme, m_central->url(), m_central->authorityFile(), *catalog);
    m_second = std::make_unique<Desk>(*m_theme, m_central->url(), m_central->authorityFile(), *catalog);
    QVERIFY(m_first->open());
    QVERIFY(m_second->open());
    QVERIFY(m_first->signIn(QStringLiteral("operator1"), QStringLiteral("a long enough word")));
    QVERIFY(m_second->signIn(QStringLiteral("operator2"), QStringLiteral("a long enough word")));
    m_first->show({1920, 1080});
    QVERIFY(QTest::qWaitForWindowExposed(&m_first->window()));
    m_second->show({1366, 768});
    QVERIFY(QTest::qWaitForWindowExposed(&m_second->window()));
}

StoredRecord TestOperations::stored(Desk &desk, const Id &complaint)
{
    const auto found = Desk::wait(desk.store().record(QStringLiteral("complaint"), complaint));
    return found && *found ? **found : StoredRecord{};
}

QString TestOperations::status(Desk &desk, const Id &complaint)
{
    return stored(desk, complaint).record.text(QStringLiteral("status"));
}

void TestOperations::choose(Desk &desk, const Id &complaint)
{
    RecordTableWidget &table = desk.window().queue().table();
    const qint64 key = stored(desk, complaint).key;
    QVERIFY(key > 0);
    QTRY_VERIFY(table.model().rowOf(key) >= 0);
    table.table().selectRow(table.model().rowOf(key));
    QTRY_COMPARE(desk.window().detail().complaint().id, complaint);
}

void TestOperations::aNewComplaintReachesTheOtherQueue()
{
    RecordTableModel &queue = m_second->window().queue().table().model();
    QTRY_VERIFY(queue.isComplete());
    const int before = queue.rowCount();
    m_complaint = m_first->addComplaint(QStringLiteral("Bị tính giá quá cao ở chợ Bến Thành"), 10.7725, 106.6980);
    QVERIFY(!m_complaint.isNull());
    QTRY_COMPARE_WITH_TIMEOUT(queue.rowCount(), before + 1, 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(m_first->store().status().outbox, 0, 10'000);
    // Central gave the official number, and both have it.
    QTRY_VERIFY(stored(*m_first, m_complaint).record.text(QStringLiteral("number")).startsWith(QStringLiteral("PA")));
    QTRY_COMPARE(stored(*m_second, m_complaint).record.text(QStringLiteral("number")), stored(*m_first, m_complaint).record.text(QStringLiteral("number")));
    // The clocks started as ledger rows and give the deadline on both.
    QVERIFY(stored(*m_second, m_complaint).record.integer(QStringLiteral("due_at")) > 0);
    QCOMPARE(stored(*m_second, m_complaint).record.integer(QStringLiteral("due_at")), stored(*m_first, m_complaint).record.integer(QStringLiteral("due_at")));
}

void TestOperations::choosingAComplaintMovesTheMap()
{
    choose(*m_second, m_complaint);
    MapWidget &map = m_second->window().mapPane().map();
    QTRY_VERIFY(qAbs(map.center().latitude() - 10.7725) < 0.01 && qAbs(map.center().longitude() - 106.6980) < 0.01);
    QTRY_VERIFY(m_second->window().detail().timelineEntries() > 0);
    QVERIFY(m_second->window().detail().availableSteps().contains(QStringLiteral("accept")));
}

// A number is on the screen only after somebody asked for it, until another complaint is chosen; central's audit journal has it.
void TestOperations::personalDataAreShownWhenAskedFor()
{
    const QString phone = QStringLiteral("+84901234567");
    const QVariantList asked{m_complaint.toBytes()};
    QVERIFY(Desk::wait(m_first->store().save({Draft{.type = QStringLiteral("complaint"), .record = m_complaint, .changes = {{QStringLiteral("reporter_phone"), {}, phone}}}})));
    QTRY_COMPARE(stored(*m_second, m_complaint).record.text(QStringLiteral("reporter_phone")), phone);
    ComplaintDetailWidget &detail = m_second->window().detail();
    const auto isShown = [&](const QString &text) {
        return std::ranges::any_of(detail.findChildren<QLabel *>(), [&](const QLabel *label) { return label->isVisible() && label->text() == text; });
    };
    const auto button = [&] { return detail.findChild<QPushButton *>(QStringLiteral("show_reporter_phone")); };
    QTRY_VERIFY(button());
    QTRY_VERIFY(isShown(QStringLiteral("•••567")));
    QVERIFY(!isShown(phone));
    button()->click();
    QTRY_VERIFY(isShown(phone));
    const auto looks = [&] {
        const auto connection = db::Connection::open({.path = m_central->dataFolder() + QStringLiteral("/central.sqlite"), .readOnly = true});
        return connection ? (*connection)->integer(QStringLiteral("SELECT count(*) FROM audit_entry WHERE kind = 'sealed.seen' AND record = ?"), asked).value_or(-1) : -1;
    };
    QTRY_COMPARE_WITH_TIMEOUT(looks(), 1, 10'000);
    detail.clear(); // as when it is chosen anew
    detail.show(stored(*m_second, m_complaint));
    QTRY_VERIFY(isShown(QStringLiteral("•••567")));
    QVERIFY(!isShown(phone));
}

void TestOperations::answeredWithoutNetworkAndSentLater()
{
    m_central->kill();
    QTRY_COMPARE_WITH_TIMEOUT(m_second->engine().state().kind, SyncState::Kind::Offline, 20'000);
    choose(*m_second, m_complaint);
    ComplaintDetailWidget &detail = m_second->window().detail();
    detail.take(QStringLiteral("accept"));
    QTRY_COMPARE(status(*m_second, m_complaint), QStringLiteral("accepted"));
    QTRY_VERIFY(detail.availableSteps().contains(QStringLiteral("answer")));
    detail.take(QStringLiteral("answer"));
    auto *dialog = detail.findChild<QDialog *>();
    QVERIFY(dialog);
    auto *form = dialog->findChild<RecordForm *>();
    QVERIFY(form);
    auto *answer = form->findChild<QPlainTextEdit *>();
    QVERIFY(answer);
    answer->setPlainText(QStringLiteral("Đã làm việc với tiểu thương và hoàn tiền cho khách."));
    dialog->accept();
    QTRY_COMPARE(status(*m_second, m_complaint), QStringLiteral("answered"));
    QVERIFY(m_second->store().status().outbox > 0);
    QVERIFY(m_central->serve());
    m_second->engine().syncNow();
    m_first->engine().syncNow();
    QTRY_COMPARE_WITH_TIMEOUT(m_second->store().status().outbox, 0, 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(status(*m_first, m_complaint), QStringLiteral("answered"), 20'000);
    QCOMPARE(m_second->store().status().quarantine, 0);
    QCOMPARE(m_second->store().status().conflicts, 0);
    const auto timeline = Desk::wait(m_first->store().children(QStringLiteral("timeline_entry"), m_complaint));
    QVERIFY(timeline);
    QCOMPARE(timeline->size(), 3); // created, accepted, answered: nothing came twice
}

void TestOperations::theLastStepIsTakenBack()
{
    choose(*m_second, m_complaint);
    QTRY_COMPARE(m_second->window().detail().timelineEntries(), 3);
    m_second->window().detail().undo();
    QTRY_COMPARE_WITH_TIMEOUT(status(*m_first, m_complaint), QStringLiteral("accepted"), 20'000);
    QTRY_VERIFY(stored(*m_first, m_complaint).record.text(QStringLiteral("answer")).isEmpty());
    QCOMPARE(m_second->store().status().quarantine, 0);
}

void TestOperations::everyPaneShowsWhatItMust()
{
    MapWidget &map = m_first->window().mapPane().map();
    QTRY_VERIFY_WITH_TIMEOUT(map.status().idle && map.status().tilesLoaded > 0, 30'000);
    QCOMPARE(map.status().pointsTotal, 1);
    QTRY_VERIFY(m_first->window().indicatorPane().isComplete());
    QTRY_VERIFY(m_first->window().indicatorPane().byDay().status().points > 0);
    QTRY_COMPARE(m_first->engine().state().kind, SyncState::Kind::Online);
}

void TestOperations::cleanupTestCase()
{
    m_first.reset();
    m_second.reset();
    if (m_central)
        QCOMPARE(m_central->stop(), 0);
}

QTEST_MAIN(TestOperations)
#include "tst_operations.moc"
