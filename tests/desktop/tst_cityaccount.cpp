// SPDX-License-Identifier: GPL-3.0-or-later
// The whole round of a sign-in with the city's account: the program, a browser, the city's service and central; then without any of them, by a PIN.
#include <support/centralprocess.h>
#include <support/desk.h>
#include <support/testprovider.h>

#include <desktop/browsersignin.h>
#include <desktop/desktop.h>
#include <desktop/lockcover.h>
#include <desktop/pindialog.h>
#include <desktop/providerwidget.h>
#include <desktop/signindialog.h>
#include <ui/messagebar.h>

#include <QApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QUrlQuery>

using namespace ioc;
using namespace ioc::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int patienceMs = 60'000;
const QString pin = u"58203947"_s;

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

/// The button of \a window that says \a text; null when it is not to be seen.
QPushButton *button(QWidget *window, const QString &text)
{
    const auto all = window ? window->findChildren<QPushButton *>() : QList<QPushButton *>();
    for (QPushButton *each : all) {
        if (each->isVisible() && each->text() == text)
            return each;
    }
    return nullptr;
}

QString cityText() { return ProviderWidget::tr("Sign in with the city's account"); }

void type(QWidget &dialog, const QString &login, const QString &secret)
{
    const auto fields = dialog.findChildren<QLineEdit *>();
    if (!login.isEmpty())
        fields[0]->setText(login);
    fields[1]->setText(secret);
    const auto buttons = dialog.findChildren<QPushButton *>();
    for (QPushButton *each : buttons) {
        if (each->property("look").toString() == u"primary")
            each->click();
    }
}

} // namespace

class TestCityAccount : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        Desk::useOwnSettings(u"cityaccount"_s);
        QApplication::setQuitOnLastWindowClosed(false);
        m_provider = std::make_unique<TestProvider>();
        m_browser = std::make_unique<TestBrowser>(m_provider->authorityFile());
        QVERIFY(m_central.init());
        QCOMPARE(m_central.run({u"account"_s, u"add"_s, u"--login"_s, u"lan"_s, u"--name"_s, u"Nguyễn Thị Lan"_s, u"--role"_s, u"operator"_s, u"--no-password"_s}).code, 0);
        m_provider->writeSettings(m_central.dataFolder());
        QVERIFY(m_central.serve());
    }

    void whoDeclinesIsToldSo()
    {
        start();
        QTRY_VERIFY_WITH_TIMEOUT(button(shown<SignInDialog>(), cityText()), patienceMs);
        QVERIFY(QTest::qWaitForWindowExposed(shown<SignInDialog>()));
        Desk::keepPicture(*shown<SignInDialog>(), u"city-offered"_s);
        m_provider->refusal = u"access_denied"_s;
        refusedWith(BrowserSignIn::tr("The sign-in was not allowed in the browser. Try again when you mean to sign in."));
        Desk::keepPicture(*shown<SignInDialog>(), u"city-declined"_s);
        m_provider->refusal = u"server_error"_s;
        refusedWith({});
        m_provider->refusal.clear();
    }

    void thePageAskedForIsAsItHasToBe()
    {
        const QUrlQuery query(m_browser->page());
        const auto value = [&](const QString &name) { return query.queryItemValue(name, QUrl::FullyDecoded); };
        QCOMPARE(value(u"code_challenge_method"_s), u"S256"_s);
        QCOMPARE(value(u"code_challenge"_s).size(), 43);
        QCOMPARE(value(u"nonce"_s).size(), 43);
        QCOMPARE(value(u"state"_s).size(), 43);
        QVERIFY(value(u"state"_s) != value(u"nonce"_s));
        QVERIFY(value(u"redirect_uri"_s).startsWith(u"http://127.0.0.1:"_s));
        QCOMPARE(value(u"scope"_s), u"openid profile"_s);
    }

    void tokensThatAreNotGoodLetNobodyIn_data()
    {
        QTest::addColumn<QString>("claim");
        QTest::addColumn<QString>("value");
        QTest::newRow("of another client") << u"aud"_s << u"another"_s;
        QTest::newRow("of another sign-in") << u"nonce"_s << u"another"_s;
        QTest::newRow("of somebody without account") << u"preferred_username"_s << u"hoa"_s;
    }
    void tokensThatAreNotGoodLetNobodyIn()
    {
        QFETCH(QString, claim);
        QFETCH(QString, value);
        m_provider->alter = [=](QJsonObject &claims) { claims.insert(claim, value); };
        refusedWith({});
        m_provider->alter = nullptr;
        m_provider->breaksCodes = true;
        refusedWith({});
        m_provider->breaksCodes = false;
    }

    void answersOfStrangersAreNotTaken()
    {
        m_browser->follows = false;
        button(shown<SignInDialog>(), cityText())->click();
        const qsizetype before = m_browser->opened();
        QTRY_COMPARE_WITH_TIMEOUT(m_browser->opened(), before + 1, patienceMs);
        QVERIFY(QTest::qWaitForWindowExposed(shown<SignInDialog>()));
        Desk::keepPicture(*shown<SignInDialog>(), u"city-waiting"_s);
        button(shown<SignInDialog>(), ProviderWidget::tr("Open the browser again"))->click();
        QCOMPARE(m_browser->opened(), before + 2);
        QUrl forged(QUrlQuery(m_browser->page()).queryItemValue(u"redirect_uri"_s, QUrl::FullyDecoded));
        forged.setQuery(u"code=abc&state=guessed"_s);
        m_browser->get(forged);
        QTRY_VERIFY_WITH_TIMEOUT(button(shown<SignInDialog>(), cityText()), patienceMs);
        QVERIFY(shown<SignInDialog>()->findChild<MessageBar *>()->isVisible());
        m_browser->follows = true;
    }

    void itIsCancelledAndItsTimeRunsOut()
    {
        m_browser->follows = false;
        button(shown<SignInDialog>(), cityText())->click();
        const qsizetype before = m_browser->opened();
        QTRY_COMPARE_WITH_TIMEOUT(m_browser->opened(), before + 1, patienceMs);
        button(shown<SignInDialog>(), ProviderWidget::tr("Cancel"))->click();
        QVERIFY(button(shown<SignInDialog>(), cityText()));
        const auto authorities = CentralClient::authoritiesFrom(m_central.authorityFile());
        CentralClient client({.server = m_central.url(), .authorities = *authorities});
        BrowserSignIn signIn(client);
        signIn.setLimitMs(200);
        QSignalSpy failed(&signIn, &BrowserSignIn::failed);
        signIn.start();
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patienceMs);
        QVERIFY(!signIn.isUnderWay());
        QCOMPARE(failed.first().first().value<Error>().code, ErrorCode::Cancelled);
        m_browser->follows = true;
    }

    void theServiceMayBeAway()
    {
        m_browser->follows = false;
        button(shown<SignInDialog>(), cityText())->click();
        const qsizetype before = m_browser->opened();
        QTRY_COMPARE_WITH_TIMEOUT(m_browser->opened(), before + 1, patienceMs);
        m_provider->stop();
        QUrl answer(QUrlQuery(m_browser->page()).queryItemValue(u"redirect_uri"_s, QUrl::FullyDecoded)); // the browser is back, but the code is worth nothing any more
        answer.setQuery(u"code=abc&state="_s + QUrlQuery(m_browser->page()).queryItemValue(u"state"_s));
        m_browser->get(answer);
        QTRY_VERIFY_WITH_TIMEOUT(button(shown<SignInDialog>(), cityText()) && shown<SignInDialog>()->findChild<MessageBar *>()->isVisible(), patienceMs);
        m_provider->start();
        m_browser->follows = true;
    }

    void whoSignsInThereIsIn()
    {
        button(shown<SignInDialog>(), cityText())->click();
        QTRY_VERIFY_WITH_TIMEOUT(shown<MainWindow>(), patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(shown<MainWindow>()->statusLine().connection().kind, ConnectionState::Kind::Online, patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(shown<PinDialog>(), patienceMs);
        QVERIFY(QTest::qWaitForWindowExposed(shown<PinDialog>()));
        auto *message = shown<PinDialog>()->findChild<MessageBar *>();
        enterPin(pin, u"58203948"_s);
        QVERIFY(message->isVisible());
        enterPin(u"30041975"_s, u"30041975"_s);
        QVERIFY(message->isVisible());
        Desk::keepPicture(*shown<PinDialog>(), u"city-pin"_s);
        enterPin(pin, pin);
        QTRY_VERIFY(!shown<PinDialog>());
    }

    void aLockOpensByThePinOrTheCity()
    {
        MainWindow *window = shown<MainWindow>();
        Q_EMIT window->lockRequested();
        QTRY_VERIFY_WITH_TIMEOUT(button(shown<LockCover>(), cityText()), patienceMs);
        QVERIFY(QTest::qWaitForWindowExposed(shown<LockCover>()));
        Desk::keepPicture(*shown<LockCover>(), u"city-lock"_s);
        type(*shown<LockCover>(), {}, u"58203940"_s);
        QTRY_VERIFY_WITH_TIMEOUT(shown<LockCover>()->findChild<MessageBar *>()->isVisible(), patienceMs);
        type(*shown<LockCover>(), {}, pin);
        QTRY_VERIFY_WITH_TIMEOUT(window->isVisible(), patienceMs);
        Q_EMIT window->lockRequested();
        QTRY_VERIFY_WITH_TIMEOUT(button(shown<LockCover>(), cityText()), patienceMs);
        button(shown<LockCover>(), cityText())->click();
        QTRY_VERIFY_WITH_TIMEOUT(window->isVisible(), patienceMs);
        QVERIFY(!shown<LockCover>());
        QTRY_COMPARE_WITH_TIMEOUT(window->statusLine().connection().kind, ConnectionState::Kind::Online, patienceMs);
        QVERIFY(!shown<PinDialog>()); // there is one already
    }

    void withoutCentralThePinLetsIn()
    {
        Q_EMIT shown<MainWindow>()->lockRequested();
        QCOMPARE(m_central.stop(), 0);
        m_provider->stop();
        start();
        QTRY_VERIFY_WITH_TIMEOUT(shown<SignInDialog>(), patienceMs);
        type(*shown<SignInDialog>(), u"lan"_s, u"bến thành sáng sớm"_s);
        QTRY_VERIFY_WITH_TIMEOUT(shown<SignInDialog>()->findChild<MessageBar *>()->isVisible(), patienceMs);
        QVERIFY(!shown<MainWindow>());
        type(*shown<SignInDialog>(), u"lan"_s, pin);
        QTRY_VERIFY_WITH_TIMEOUT(shown<MainWindow>(), patienceMs);
        m_provider->start();
        QVERIFY(m_central.serve());
        Q_EMIT shown<MainWindow>()->syncRequested();
        QTRY_COMPARE_WITH_TIMEOUT(shown<MainWindow>()->statusLine().connection().kind, ConnectionState::Kind::Online, patienceMs);
    }

    void cleanupTestCase()
    {
        m_desktop.reset();
        m_browser.reset();
        m_provider.reset();
    }

private:
    /// As after the end of the program.
    void start()
    {
        m_desktop.reset();
        DesktopOptions options;
        options.profile = m_profile.path();
        options.server = m_central.url();
        options.authorityFile = m_central.authorityFile();
        options.language = u"vi"_s;
        options.theme = qEnvironmentVariable("IOC_PICTURE_THEME", u"light"_s);
        options.size = QSize(1366, 768);
        m_desktop = std::make_unique<Desktop>(*qApp, options);
        m_desktop->start();
    }
    // Asks, and waits until the dialog says why not.
    void refusedWith(const QString &message)
    {
        auto *dialog = shown<SignInDialog>();
        auto *bar = dialog->findChild<MessageBar *>();
        bar->dismiss();
        QVERIFY(button(dialog, cityText()));
        button(dialog, cityText())->click();
        QTRY_VERIFY_WITH_TIMEOUT(bar->isVisible() && button(dialog, cityText()), patienceMs);
        QVERIFY(!bar->text().isEmpty());
        if (!message.isEmpty())
            QCOMPARE(bar->text(), message);
        QVERIFY(!shown<MainWindow>());
    }
    static void enterPin(const QString &one, const QString &again)
    {
        const auto fields = shown<PinDialog>()->findChildren<QLineEdit *>();
        fields[0]->setText(one);
        fields[1]->setText(again);
        button(shown<PinDialog>(), PinDialog::tr("Set the PIN"))->click();
    }

    QTemporaryDir m_profile;
    CentralProcess m_central;
    std::unique_ptr<TestProvider> m_provider;
    std::unique_ptr<TestBrowser> m_browser;
    std::unique_ptr<Desktop> m_desktop;
};

QTEST_MAIN(TestCityAccount)
#include "tst_cityaccount.moc"
