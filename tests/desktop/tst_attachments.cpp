// SPDX-License-Identifier: GPL-3.0-or-later
// Two real windows on one central: what one adds to a complaint the other sees, opens and keeps.
#include <support/desk.h>

#include <complaints/complaintdetailwidget.h>
#include <records/filetype.h>
#include <support/centralprocess.h>
#include <support/fatallogger.h>
#include <ui/attachmentmodel.h>
#include <ui/attachmentstrip.h>

#include <QClipboard>
#include <QDesktopServices>
#include <QDir>
#include <QGuiApplication>
#include <QImage>
#include <QLabel>
#include <QListView>
#include <QMimeData>
#include <QPainter>
#include <QPushButton>

using namespace ioc;
using namespace Qt::StringLiterals;

namespace {

const QString password = u"bến thành sáng sớm"_s;
constexpr int patienceMs = 60'000;

QImage drawing(const QColor &colour)
{
    QImage image(900, 600, QImage::Format_RGB32);
    image.fill(colour);
    QPainter painter(&image);
    painter.setBrush(Qt::white);
    painter.drawEllipse(200, 100, 400, 400);
    return image;
}

} // namespace

class TestAttachments : public QObject
{
    Q_OBJECT

public Q_SLOTS:
    void openFile(const QUrl &url) { m_opened += url.toLocalFile(); }

private Q_SLOTS:
    void initTestCase();
    void init() { m_warnings = std::make_unique<FatalLogger>(); }
    void cleanup()
    {
        QCOMPARE(m_warnings->unexpected(), QStringList());
        m_warnings.reset();
    }
    void withoutFilesItSaysWhatToDo();
    void whatIsDroppedIsSeenElsewhere();
    void openingFetchesAndOpensTheSameBytes();
    void aPictureIsPasted();
    void whatIsNoneOfTheseKindsIsRefused();
    void keptForWorkWithoutANetwork();
    void removedAndTakenBack();
    void aStillTakenWithoutANetworkArrives();
    void cleanupTestCase();

private:
    std::unique_ptr<Desk> newDesk(const QString &login);
    static AttachmentStrip &strip(Desk &desk) { return *desk.window().detail().attachments(); }
    static AttachmentModel &model(Desk &desk) { return strip(desk).model(); }
    static QListView &list(Desk &desk) { return *strip(desk).findChild<QListView *>(u"attachments"_s); }
    static QAction *action(Desk &desk, const QKeySequence &keys);
    static void choose(Desk &desk, int row) { list(desk).setCurrentIndex(model(desk).index(row)); }

    QTemporaryDir m_own;
    std::unique_ptr<CentralProcess> m_central;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<Desk> m_lan;
    std::unique_ptr<Desk> m_minh;
    std::unique_ptr<FatalLogger> m_warnings;
    QStringList m_opened;
    QByteArray m_bytes;
    Id m_complaint;
};

std::unique_ptr<Desk> TestAttachments::newDesk(const QString &login)
{
    auto desk = std::make_unique<Desk>(*m_theme, m_central->url(), m_central->authorityFile(), TypeCatalog::load().value());
    if (!desk->open() || !desk->signIn(login, password))
        return {};
    desk->show({1920, 1040});
    return QTest::qWaitForWindowExposed(&desk->window()) ? std::move(desk) : nullptr;
}

QAction *TestAttachments::action(Desk &desk, const QKeySequence &keys)
{
    const auto actions = strip(desk).actions();
    const auto found = std::ranges::find_if(actions, [&](const QAction *one) { return one->shortcut() == keys && one->isCheckable() == keys.isEmpty(); });
    return found == actions.end() ? nullptr : *found;
}

void TestAttachments::initTestCase()
{
    Desk::useOwnSettings(u"attachments"_s);
    m_theme = std::make_unique<Theme>(*qApp);
    m_central = std::make_unique<CentralProcess>();
    QVERIFY(m_central->init());
    for (const QString &login : {u"lan"_s, u"minh"_s})
        QVERIFY(m_central->addAccount(login, u"operator"_s, password));
    QVERIFY(m_central->serve());
    m_lan = newDesk(u"lan"_s);
    m_minh = newDesk(u"minh"_s);
    QVERIFY(m_lan && m_minh);
    QDesktopServices::setUrlHandler(u"file"_s, this, "openFile");
    m_complaint = m_lan->addComplaint(u"Xe khách chặn lối vào bến"_s, 10.77, 106.70);
    QVERIFY(!m_complaint.isNull());
    QTRY_VERIFY_WITH_TIMEOUT(m_minh->stored(u"complaint"_s, m_complaint).record.id == m_complaint, patienceMs);
    for (Desk *desk : {m_lan.get(), m_minh.get()}) {
        desk->window().selectRecord(u"complaint"_s, m_complaint);
        QTRY_COMPARE_WITH_TIMEOUT(model(*desk).parentRecord(), m_complaint, patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(model(*desk).isRead(), patienceMs);
    }
}

void TestAttachments::withoutFilesItSaysWhatToDo()
{
    QCOMPARE(model(*m_lan).rowCount(), 0);
    QVERIFY(!list(*m_lan).isVisible());
    const auto labels = strip(*m_lan).findChildren<QLabel *>();
    QVERIFY(std::ranges::any_of(labels, [](const QLabel *label) { return label->isVisible() && label->text().contains(u"Ctrl+V"); }));
    QVERIFY(strip(*m_lan).findChild<QPushButton *>(u"addFile"_s)->isEnabled());
    Desk::keepPicture(m_lan->window(), u"attachments-none"_s);
}

void TestAttachments::whatIsDroppedIsSeenElsewhere()
{
    const QString path = m_own.filePath(u"ảnh hiện trường.png"_s);
    QVERIFY(drawing(Qt::darkCyan).save(path));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    m_bytes = file.readAll();
    QMimeData dropped;
    dropped.setUrls({QUrl::fromLocalFile(path)});
    QVERIFY(strip(*m_lan).take(dropped));
    QTRY_COMPARE_WITH_TIMEOUT(model(*m_lan).rowCount(), 1, patienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(!model(*m_lan).state(0).confirmed.isNull(), patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(model(*m_minh).rowCount(), 1, patienceMs);
    QCOMPARE(model(*m_minh).index(0).data().toString(), u"ảnh hiện trường.png"_s);
    QVERIFY(!model(*m_minh).index(0).data(AttachmentModel::ThumbnailRole).value<QPixmap>().isNull());
    QVERIFY(!model(*m_minh).state(0).here); // nobody has looked at it
    QVERIFY(list(*m_minh).isVisible());
    Desk::keepPicture(m_lan->window(), u"attachments-here"_s);
    Desk::keepPicture(m_minh->window(), u"attachments-central"_s);
}

void TestAttachments::openingFetchesAndOpensTheSameBytes()
{
    choose(*m_minh, 0);
    m_minh->window().activateWindow();
    list(*m_minh).setFocus(Qt::TabFocusReason);
    QTest::keyClick(&list(*m_minh), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(m_opened.size(), 1, patienceMs);
    QVERIFY2(m_opened.first().endsWith(u"ảnh hiện trường.png"), qPrintable(m_opened.first()));
    QFile opened(m_opened.first());
    QVERIFY(opened.open(QIODevice::ReadOnly));
    QCOMPARE(opened.readAll(), m_bytes);
    QCOMPARE(opened.permissions() & (QFile::ExeOwner | QFile::WriteOwner), QFile::Permissions());
    QTRY_VERIFY_WITH_TIMEOUT(model(*m_minh).state(0).here, patienceMs);
}

void TestAttachments::aPictureIsPasted()
{
    auto *pasted = new QMimeData;
    pasted->setImageData(drawing(Qt::darkRed));
    QGuiApplication::clipboard()->setMimeData(pasted);
    QAction *paste = action(*m_lan, QKeySequence::Paste);
    QVERIFY(paste && paste->isEnabled());
    paste->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(model(*m_lan).rowCount(), 2, patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(model(*m_minh).rowCount(), 2, patienceMs);
}

void TestAttachments::whatIsNoneOfTheseKindsIsRefused()
{
    const QString path = m_own.filePath(u"install.sh"_s);
    QFile script(path);
    QVERIFY(script.open(QIODevice::WriteOnly) && script.write("#!/bin/sh\nexit 0\n") > 0);
    script.close();
    QMimeData dropped;
    dropped.setUrls({QUrl::fromLocalFile(path)});
    QVERIFY(strip(*m_lan).take(dropped));
    QTRY_VERIFY(std::ranges::any_of(strip(*m_lan).findChildren<QLabel *>(), [](const QLabel *label) { return label->isVisible() && label->text().contains(u"x-shellscript"); }));
    QCOMPARE(model(*m_lan).rowCount(), 2);
}

void TestAttachments::keptForWorkWithoutANetwork()
{
    QVERIFY(!model(*m_minh).state(1).here);
    choose(*m_minh, 1);
    QAction *pin = action(*m_minh, {});
    QVERIFY(pin && pin->isEnabled());
    pin->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(model(*m_minh).state(1).here && model(*m_minh).state(1).pinned, patienceMs);
    QVERIFY(pin->isChecked());
    Desk::keepPicture(m_minh->window(), u"attachments-kept"_s);
}

void TestAttachments::removedAndTakenBack()
{
    choose(*m_lan, 1);
    action(*m_lan, Qt::Key_Delete)->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(model(*m_lan).rowCount(), 1, patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(model(*m_minh).rowCount(), 1, patienceMs);
    const auto buttons = m_lan->window().findChildren<QPushButton *>();
    const auto undo = std::ranges::find_if(buttons, [](const QPushButton *button) { return button->isVisible() && button->text() == u"Hoàn tác" && button->objectName().isEmpty(); });
    QVERIFY(undo != buttons.end());
    (*undo)->click();
    QTRY_COMPARE_WITH_TIMEOUT(model(*m_lan).rowCount(), 2, patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(model(*m_minh).rowCount(), 2, patienceMs);
}

void TestAttachments::aStillTakenWithoutANetworkArrives()
{
    m_warnings->expect(u".*"_s); // that central is away
    m_central->kill();
    m_lan->window().saveStill({}, drawing(Qt::darkGreen));
    QTRY_COMPARE_WITH_TIMEOUT(model(*m_lan).rowCount(), 3, patienceMs);
    QTRY_VERIFY(model(*m_lan).state(2).waitsToBeSent());
    Desk::keepPicture(m_lan->window(), u"attachments-waiting"_s);
    QVERIFY(m_central->serve());
    m_lan->engine().syncNow();
    m_minh->engine().syncNow();
    QTRY_COMPARE_WITH_TIMEOUT(model(*m_minh).rowCount(), 3, patienceMs);
    const QString digest = model(*m_minh).record(2).text(u"digest"_s);
    QVERIFY(!model(*m_minh).index(2).data(AttachmentModel::ThumbnailRole).value<QPixmap>().isNull());
    choose(*m_minh, 2);
    action(*m_minh, QKeySequence(u"Ctrl+Return"_s))->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(model(*m_minh).state(2).here, patienceMs);
    QFile taken(m_lan->files().path(digest));
    QFile arrived(m_minh->files().path(digest));
    QVERIFY(taken.open(QIODevice::ReadOnly) && arrived.open(QIODevice::ReadOnly));
    QCOMPARE(arrived.readAll(), taken.readAll());
    m_theme->setDark(true);
    m_minh->window().resize(1366, 768);
    Desk::keepPicture(m_minh->window(), u"attachments-dark-1366"_s);
}

void TestAttachments::cleanupTestCase()
{
    QDesktopServices::unsetUrlHandler(u"file"_s);
    m_lan.reset();
    m_minh.reset();
    m_central.reset();
}

QTEST_MAIN(TestAttachments)
#include "tst_attachments.moc"
