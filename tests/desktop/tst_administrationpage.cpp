// SPDX-License-Identifier: GPL-3.0-or-later
// What an administrator sees and does, on a whole desktop with a real central.
#include <support/centralprocess.h>
#include <support/desk.h>
#include <support/testdevice.h>

#include <administration/accountpane.h>
#include <administration/administrationpage.h>
#include <administration/devicepane.h>
#include <administration/passwordshown.h>
#include <ui/messagebar.h>

#include <base/refusal.h>

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QTableView>

using namespace ioc;
using namespace Qt::StringLiterals;

namespace {
const QString password = u"bến thành sáng sớm"_s;
constexpr int patienceMs = 60'000;
} // namespace

class TestAdministrationPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        Desk::useOwnSettings(u"administration"_s);
        QVERIFY(m_central.init());
        QVERIFY(m_central.addAccount(u"chief"_s, u"administrator"_s, password));
        QVERIFY(m_central.addAccount(u"lan"_s, u"operator"_s, password));
        QVERIFY(m_central.addAccount(u"minh"_s, u"leader"_s, password));
        QVERIFY(m_central.serve());
        m_theme = std::make_unique<Theme>(*qApp);
        m_lan = std::make_unique<TestDevice>(m_central.url(), m_central.authorityFile(), Id::create(m_clock));
        QCOMPARE(m_lan->signIn(u"lan"_s, password).status, 200);
        m_desk = openDesk(u"chief"_s);
        page().showTab(AdministrationPage::Accounts);
        m_desk->window().openPage(MainWindow::Administration);
    }

    void onlyAdministratorsSeeIt()
    {
        QVERIFY(pageAction(m_desk->window())->isVisible());
        const auto other = openDesk(u"minh"_s);
        QVERIFY(!pageAction(other->window())->isVisible());
    }

    void accountsAreListedFilteredAndSorted()
    {
        QTRY_COMPARE_WITH_TIMEOUT(accounts().model().rows().size(), 3, patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(std::ranges::find(accounts().model().rows(), u"lan"_s, &AccountRow::login)->sessions == 1, patienceMs);
        const QAbstractItemModel &shown = *accounts().view().model();
        QCOMPARE(shown.rowCount(), 3);
        QCOMPARE(shown.index(0, 1).data().toString(), u"chief"_s);
        accounts().view().sortByColumn(1, Qt::DescendingOrder);
        QCOMPARE(shown.index(0, 1).data().toString(), u"minh"_s);
        accounts().filter().setText(u"MĨNH"_s); // marks and capitals do not matter
        QCOMPARE(shown.rowCount(), 1);
        accounts().filter().setText(u"không ai"_s);
        QCOMPARE(shown.rowCount(), 0);
        accounts().filter().clear();
        QCOMPARE(shown.rowCount(), 3);
        Desk::keepPicture(m_desk->window(), u"accounts"_s);
    }

    void aNewPasswordIsShownOnce()
    {
        choose(accounts(), 1, u"lan"_s);
        accounts().action(u"password"_s)->trigger();
        answer(true);
        QTRY_VERIFY_WITH_TIMEOUT(accounts().findChild<PasswordShown *>(), patienceMs);
        auto *dialog = accounts().findChild<PasswordShown *>();
        const QString once = dialog->findChild<QLineEdit *>()->text();
        Desk::keepPicture(*dialog, u"new-password"_s);
        for (QPushButton *button : dialog->findChildren<QPushButton *>()) {
            if (button->property("look").toString() == u"primary")
                button->click();
        }
        QCOMPARE(QGuiApplication::clipboard()->text(), once);
        dialog->reject();
        QCOMPARE(m_lan->signIn(u"lan"_s, password).status, 401);
        QCOMPARE(m_lan->signIn(u"lan"_s, once).status, 200);
        QVERIFY(m_lan->session().mustChangePassword);
        QCOMPARE(m_lan->request("POST", u"/v1/password"_s, wire::encode(PasswordChange{once, password})).status, 200);
    }

    void anAccountIsDisabledAndEnabled()
    {
        choose(accounts(), 1, u"minh"_s);
        accounts().action(u"disable"_s)->trigger();
        answer(false); // nothing happens
        choose(accounts(), 1, u"minh"_s);
        accounts().action(u"disable"_s)->trigger();
        answer(true);
        const auto isDisabled = [this] { return std::ranges::find(accounts().model().rows(), u"minh"_s, &AccountRow::login)->disabled; };
        QTRY_VERIFY_WITH_TIMEOUT(isDisabled(), patienceMs);
        choose(accounts(), 1, u"minh"_s);
        accounts().action(u"disable"_s)->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(!isDisabled(), patienceMs);
        choose(accounts(), 1, u"chief"_s);
        QVERIFY(!accounts().action(u"disable"_s)->isEnabled()); // nobody shuts themselves out
        QVERIFY(!accounts().action(u"password"_s)->isEnabled());
    }

    void aDeviceIsRevokedAndRestored()
    {
        page().showTab(AdministrationPage::Devices);
        const auto row = [this] { return std::ranges::find(devices().model().rows(), m_lan->device(), &DeviceRow::device); };
        QTRY_VERIFY_WITH_TIMEOUT(row() != devices().model().rows().end(), patienceMs);
        choose(devices(), 1, m_lan->device().toString().last(8));
        QVERIFY(!devices().action(u"restore"_s)->isEnabled());
        devices().action(u"revoke"_s)->trigger();
        answer(true);
        QTRY_VERIFY_WITH_TIMEOUT(row()->revokedMs > 0, patienceMs);
        const auto refused = wire::decodeError(m_lan->request("GET", u"/v1/changes"_s).body);
        QVERIFY(refused);
        QCOMPARE(refusalOf(*refused), Refusal::DeviceRevoked);
        Desk::keepPicture(m_desk->window(), u"devices"_s);
        choose(devices(), 1, m_lan->device().toString().last(8));
        devices().action(u"restore"_s)->trigger();
        answer(true);
        QTRY_VERIFY_WITH_TIMEOUT(row()->revokedMs == 0, patienceMs);
        choose(devices(), 1, m_desk->store().device().toString().last(8));
        QVERIFY(!devices().action(u"revoke"_s)->isEnabled()); // the one at hand
    }

    void withoutCentralItIsSaid()
    {
        QCOMPARE(m_central.stop(), 0);
        devices().refresh();
        QTRY_VERIFY_WITH_TIMEOUT(devices().message().isVisible(), patienceMs);
        QVERIFY(!devices().model().rows().isEmpty()); // of the last time
        QVERIFY(m_central.serve());
        m_desk->engine().syncNow();
        QTRY_VERIFY_WITH_TIMEOUT(!devices().message().isVisible(), patienceMs);
    }

    void cleanupTestCase()
    {
        m_desk.reset();
        m_lan.reset();
    }

private:
    std::unique_ptr<Desk> openDesk(const QString &login)
    {
        auto desk = std::make_unique<Desk>(*m_theme, m_central.url(), m_central.authorityFile(), TypeCatalog::load().value());
        if (!desk->open() || !desk->signIn(login, password))
            qFatal("no desk");
        desk->show({1366, 768});
        return desk;
    }
    static QAction *pageAction(MainWindow &window)
    {
        const auto actions = window.findChildren<QAction *>();
        const auto found = std::ranges::find(actions, QKeySequence(u"Ctrl+4"_s), &QAction::shortcut);
        return found == actions.end() ? nullptr : *found;
    }
    AdministrationPage &page() { return m_desk->window().administration(); }
    AccountPane &accounts() { return page().accounts(); }
    DevicePane &devices() { return page().devices(); }
    /// Chooses the row with \a text in \a column.
    static void choose(RowPane &pane, int column, const QString &text)
    {
        const QAbstractItemModel &rows = *pane.view().model();
        for (int row = 0; row < rows.rowCount(); ++row) {
            if (rows.index(row, column).data().toString() == text) {
                pane.view().setCurrentIndex(rows.index(row, 0));
                return;
            }
        }
        qFatal("no such row");
    }
    /// Confirms what is asked, or not.
    static void answer(bool yes)
    {
        QMessageBox *box = nullptr;
        (void)QTest::qWaitFor([&] { return (box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget())) != nullptr; }, patienceMs);
        if (!box)
            qFatal("nothing is asked");
        const auto buttons = box->buttons();
        for (QAbstractButton *button : buttons) {
            if ((box->buttonRole(button) == QMessageBox::AcceptRole) == yes) {
                button->click();
                return;
            }
        }
    }

    SystemClock m_clock;
    CentralProcess m_central;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<TestDevice> m_lan;
    std::unique_ptr<Desk> m_desk;
};

QTEST_MAIN(TestAdministrationPage)
#include "tst_administrationpage.moc"
