// SPDX-License-Identifier: GPL-3.0-or-later
// The program locks itself and is unlocked, with a central and without one, and stays shut on a device that is revoked.
#include <support/centralprocess.h>
#include <support/desk.h>
#include <support/testdevice.h>

#include <desktop/desktop.h>
#include <desktop/entrycontroller.h>
#include <desktop/idlewatch.h>
#include <desktop/lockcover.h>
#include <desktop/passworddialog.h>
#include <desktop/signindialog.h>
#include <ui/messagebar.h>

#include <QApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>

using namespace ioc;
using namespace Qt::StringLiterals;

namespace {

const QString password = u"bến thành sáng sớm"_s;
constexpr int patienceMs = 60'000;
constexpr qint64 minuteMs = 60'000;

/// The window of that kind that is to be seen; null when there is none.
template <typename Window>
Window *shown()
{
    const auto all = QApplication::topLevelWidgets();
    for (QWidget *each : all) {
        if (auto *window = qobject_cast<Window *>(each); window && window->isVisible())
            return window;
    }
    return nullptr;
}

void type(QWidget &dialog, const QString &login, const QString &secret)
{
    const auto fields = dialog.findChildren<QLineEdit *>();
    if (!login.isEmpty())
        fields[0]->setText(login);
    fields[1]->setText(secret);
    const auto buttons = dialog.findChildren<QPushButton *>();
    for (QPushButton *button : buttons) {
        if (button->property("look").toString() == u"primary")
            button->click();
    }
}

} // namespace

class TestLock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        Desk::useOwnSettings(u"lock"_s);
        QApplication::setQuitOnLastWindowClosed(false);
        QVERIFY(m_central.init());
        QVERIFY(m_central.addAccount(u"lan"_s, u"operator"_s, password));
        QVERIFY(m_central.addAccount(u"chief"_s, u"administrator"_s, password));
        QVERIFY(m_central.serve());
        m_chief = std::make_unique<TestDevice>(m_central.url(), m_central.authorityFile(), Id::create(m_clock));
        QCOMPARE(m_chief->signIn(u"chief"_s, password).status, 200);
    }

    void nobodyThereIsNoticed()
    {
        ManualClock clock(1'780'000'000'000);
        QLineEdit field;
        field.show();
        QVERIFY(QTest::qWaitForWindowExposed(&field));
        IdleWatch watch(*qApp, clock);
        watch.setLimitMs(15 * minuteMs);
        QSignalSpy idle(&watch, &IdleWatch::idle);
        clock.advance(14 * minuteMs);
        watch.look();
        QTest::keyClick(&field, Qt::Key_A);
        clock.advance(14 * minuteMs);
        watch.look();
        QCOMPARE(idle.size(), 0);
        clock.advance(2 * minuteMs); // as when the machine slept: nobody has looked since
        QTest::keyClick(&field, Qt::Key_B);
        QCOMPARE(idle.size(), 1);
        QCOMPARE(field.text(), u"a"_s); // that key went nowhere
        watch.look();
        QCOMPARE(idle.size(), 1);
        watch.touch();
        clock.setNowMs(clock.nowMs() - 60 * minuteMs); // a clock set back proves nothing
        watch.look();
        QCOMPARE(idle.size(), 1);
    }

    void nothingIsSeenBehindTheCover()
    {
        Theme theme(*qApp);
        QMainWindow window;
        QDialog dialog(&window);
        window.show();
        dialog.open();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
        LockCover cover(theme);
        cover.lock(u"lan"_s, u"Lan"_s);
        QVERIFY(cover.isVisible() && !window.isVisible() && !dialog.isVisible());
        QWidget late;
        late.show(); // what a timer opens meanwhile
        QTRY_VERIFY(!late.isVisible());
        QSignalSpy asked(&cover, &LockCover::entryRequested);
        type(cover, {}, u"x"_s);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.first(), (QVariantList{u"lan"_s, u"x"_s}));
        cover.showProblem(u"Sai"_s);
        QVERIFY(cover.findChild<MessageBar *>()->isVisible());
        cover.open();
        QVERIFY(!cover.isVisible() && window.isVisible() && dialog.isVisible() && late.isVisible());
        QVERIFY(cover.findChildren<QLineEdit *>()[1]->text().isEmpty());
    }

    void itIsLockedAndUnlocked()
    {
        start();
        QTRY_VERIFY_WITH_TIMEOUT(shown<SignInDialog>(), patienceMs);
        type(*shown<SignInDialog>(), u"lan"_s, password);
        QTRY_VERIFY_WITH_TIMEOUT(shown<MainWindow>(), patienceMs);
        MainWindow *window = shown<MainWindow>();
        QTRY_COMPARE_WITH_TIMEOUT(window->statusLine().connection().kind, ConnectionState::Kind::Online, patienceMs);
        Q_EMIT window->lockRequested();
        QVERIFY(shown<LockCover>() && !window->isVisible());
        QVERIFY(QTest::qWaitForWindowExposed(shown<LockCover>()));
        Desk::keepPicture(*shown<LockCover>(), u"lock"_s);
        type(*shown<LockCover>(), {}, u"bến thành sáng hôm"_s);
        QTRY_VERIFY_WITH_TIMEOUT(shown<LockCover>()->findChild<MessageBar *>()->isVisible(), patienceMs);
        QVERIFY(!window->isVisible());
        type(*shown<LockCover>(), {}, password);
        QTRY_VERIFY_WITH_TIMEOUT(window->isVisible(), patienceMs);
        QVERIFY(!shown<LockCover>());
        QCOMPARE(window->statusLine().connection().kind, ConnectionState::Kind::Online); // it went on beneath
    }

    void endingTheProgramDoesNotUnlockItNorDoesALostNetworkKeepItShut()
    {
        Q_EMIT shown<MainWindow>()->lockRequested();
        QVERIFY(shown<LockCover>());
        QCOMPARE(m_central.stop(), 0);
        start();
        QTRY_VERIFY_WITH_TIMEOUT(shown<SignInDialog>(), patienceMs);
        QVERIFY(!shown<MainWindow>());
        type(*shown<SignInDialog>(), u"chief"_s, password); // another person: not without central
        QTRY_VERIFY_WITH_TIMEOUT(shown<SignInDialog>()->findChild<MessageBar *>()->isVisible(), patienceMs);
        QVERIFY(!shown<MainWindow>());
        type(*shown<SignInDialog>(), u"lan"_s, password);
        QTRY_VERIFY_WITH_TIMEOUT(shown<MainWindow>(), patienceMs);
        QVERIFY(m_central.serve());
        Q_EMIT shown<MainWindow>()->syncRequested();
        QTRY_COMPARE_WITH_TIMEOUT(shown<MainWindow>()->statusLine().connection().kind, ConnectionState::Kind::Online, patienceMs);
    }

    // A start goes on with the session of before; without central, personal data are opened by the password.
    void withoutCentralAPasswordOpensPersonalData()
    {
        QTRY_VERIFY_WITH_TIMEOUT(!m_desktop->store()->isLocked(), patienceMs);
        QCOMPARE(m_central.stop(), 0);
        start();
        QTRY_VERIFY_WITH_TIMEOUT(shown<MainWindow>(), patienceMs);
        QVERIFY(m_desktop->store()->isLocked());
        MainWindow *window = shown<MainWindow>();
        const auto offer = [&]() -> QPushButton * {
            for (MessageBar *bar : window->findChildren<MessageBar *>()) {
                for (QPushButton *button : bar->findChildren<QPushButton *>()) {
                    if (button->isVisible() && button->text() == u"Đăng nhập")
                        return button;
                }
            }
            return nullptr;
        };
        QTRY_VERIFY_WITH_TIMEOUT(offer(), patienceMs);
        Desk::keepPicture(*window, u"personal-locked"_s);
        offer()->click();
        QVERIFY(shown<LockCover>() && !window->isVisible());
        type(*shown<LockCover>(), {}, password);
        QTRY_VERIFY_WITH_TIMEOUT(window->isVisible(), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(!m_desktop->store()->isLocked(), patienceMs);
        QVERIFY(m_central.serve());
        Q_EMIT window->syncRequested();
        QTRY_COMPARE_WITH_TIMEOUT(window->statusLine().connection().kind, ConnectionState::Kind::Online, patienceMs);
    }

    void aRevokedDeviceStaysShutUntilItIsRestored()
    {
        const auto devices = wire::decodeDevicePage(m_chief->request("GET", u"/v1/devices"_s).body);
        QVERIFY(devices);
        const auto here = std::ranges::find(devices->rows, u"lan"_s, &DeviceRow::login);
        QVERIFY(here != devices->rows.end());
        const QString path = u"/v1/devices/"_s + here->device.toString();
        QCOMPARE(m_chief->request("POST", path + u"/revoke"_s).status, 200);
        Q_EMIT shown<MainWindow>()->syncRequested();
        QTRY_VERIFY_WITH_TIMEOUT(shown<LockCover>() && shown<LockCover>()->isRevoked(), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(!isThere<MainWindow>(), patienceMs);
        QVERIFY(QTest::qWaitForWindowExposed(shown<LockCover>()));
        Desk::keepPicture(*shown<LockCover>(), u"revoked"_s);

        start(); // the next start knows it without central's word
        QTRY_VERIFY_WITH_TIMEOUT(shown<LockCover>() && shown<LockCover>()->isRevoked(), patienceMs);
        QVERIFY(!isThere<MainWindow>() && !shown<SignInDialog>());
        type(*shown<LockCover>(), u"lan"_s, password);
        QTRY_VERIFY_WITH_TIMEOUT(shown<LockCover>()->findChild<MessageBar *>()->isVisible(), patienceMs);
        QVERIFY(!isThere<MainWindow>());
        QCOMPARE(m_chief->request("POST", path + u"/restore"_s).status, 200);
        type(*shown<LockCover>(), u"lan"_s, password);
        QTRY_VERIFY_WITH_TIMEOUT(shown<MainWindow>(), patienceMs);
        QVERIFY(!shown<LockCover>());
        QTRY_COMPARE_WITH_TIMEOUT(shown<MainWindow>()->statusLine().connection().kind, ConnectionState::Kind::Online, patienceMs);
    }

    void aPasswordForOneUseIsChangedFirst()
    {
        const auto accounts = wire::decodeAccountPage(m_chief->request("GET", u"/v1/accounts"_s).body);
        QVERIFY(accounts);
        const Id lan = std::ranges::find(accounts->rows, u"lan"_s, &AccountRow::login)->account;
        const QString once = wire::decodeOneTimePassword(m_chief->request("POST", u"/v1/accounts/%1/password"_s.arg(lan.toString())).body).value();
        Q_EMIT shown<MainWindow>()->syncRequested();
        QTRY_VERIFY_WITH_TIMEOUT(shown<SignInDialog>(), patienceMs); // its session is over
        type(*shown<SignInDialog>(), u"lan"_s, once);
        QTRY_VERIFY_WITH_TIMEOUT(shown<PasswordDialog>(), patienceMs);
        const auto fields = shown<PasswordDialog>()->findChildren<QLineEdit *>();
        QCOMPARE(fields.size(), 3);
        const auto change = [&](const QString &before, const QString &after) {
            fields[0]->setText(before);
            fields[1]->setText(after);
            fields[2]->setText(after);
            for (QPushButton *button : shown<PasswordDialog>()->findChildren<QPushButton *>()) {
                if (button->property("look").toString() == u"primary")
                    button->click();
            }
        };
        auto *message = shown<PasswordDialog>()->findChild<MessageBar *>();
        change(once, u"ngắn"_s);
        QVERIFY(message->isVisible());
        Desk::keepPicture(*shown<PasswordDialog>(), u"password"_s);
        change(once, u"sông nước miền tây"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!shown<PasswordDialog>(), patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(shown<MainWindow>()->statusLine().connection().kind, ConnectionState::Kind::Online, patienceMs);
    }

    void cleanupTestCase()
    {
        m_desktop.reset();
        m_chief.reset();
    }

private:
    template <typename Window>
    static bool isThere()
    {
        return std::ranges::any_of(QApplication::topLevelWidgets(), [](QWidget *each) { return qobject_cast<Window *>(each) != nullptr; });
    }
    /// As after the end of the program.
    void start()
    {
        m_desktop.reset();
        DesktopOptions options;
        options.profile = m_profile.path();
        options.server = m_central.url();
        options.authorityFile = m_central.authorityFile();
        options.language = u"vi"_s;
        options.size = QSize(1366, 768);
        m_desktop = std::make_unique<Desktop>(*qApp, options);
        m_desktop->start();
    }

    QTemporaryDir m_profile;
    SystemClock m_clock;
    CentralProcess m_central;
    std::unique_ptr<TestDevice> m_chief;
    std::unique_ptr<Desktop> m_desktop;
};

QTEST_MAIN(TestLock)
#include "tst_lock.moc"
