// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/statusline.h>
#include <support/desk.h>

#include <QApplication>
#include <QLabel>
#include <QProgressBar>

using namespace ioc;
using namespace Qt::StringLiterals;

/// The foot of the window while all records are fetched in one file.
class TestStatusLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void progressIsShownAndGoesAway()
    {
        Theme theme(*qApp);
        Desk desk(theme, QUrl(u"https://localhost:1"_s), {}, *TypeCatalog::load());
        QVERIFY(desk.open());
        StatusLine line(desk.context());
        line.resize(1366, line.sizeHint().height());
        line.show();
        auto *bar = line.findChild<QProgressBar *>(u"snapshotProgress"_s);
        auto *text = line.findChild<QLabel *>(u"snapshotText"_s);
        QVERIFY(bar && text);
        QVERIFY(!bar->isVisible() && !text->isVisible());
        using Phase = SnapshotProgress::Phase;
        const auto show = [&](const SnapshotProgress &progress) { line.setConnection({ConnectionState::Kind::Syncing, {}, 0, progress}); };
        constexpr qint64 mega = 1024 * 1024;
        show({Phase::Fetching, 85 * mega, 250 * mega, 12});
        QVERIFY(bar->isVisible() && text->isVisible());
        QCOMPARE(bar->value(), 340);
        const QString plain = text->text().replace(QChar::Nbsp, u' ');
        QVERIFY2(plain.contains(u"34"_s) && plain.contains(u"85"_s) && plain.contains(u"250"_s) && plain.contains(u"12 "_s), qPrintable(plain));
        QTRY_VERIFY(text->sizeHint().width() <= text->width()); // not cut on the small screen
        Desk::keepPicture(line, u"statusline-fetching"_s);
        show({Phase::Fetching, 1 * mega, 250 * mega, -1});
        QVERIFY2(!text->text().replace(QChar::Nbsp, u' ').contains(u"-1"_s), qPrintable(text->text()));
        show({Phase::Building, 0, 0, -1});
        QCOMPARE(bar->maximum(), 0); // busy
        show({Phase::Unpacking, 250 * mega, 250 * mega, 0});
        QCOMPARE(bar->value(), bar->maximum());
        show({Phase::Adopting, 0, 0, -1});
        QVERIFY(!text->text().isEmpty());
        line.setConnection({ConnectionState::Kind::Online, {}, 1'780'000'000'000, {}});
        QVERIFY(!bar->isVisible() && !text->isVisible());
    }
};

QTEST_MAIN(TestStatusLine)
#include "tst_statusline.moc"
