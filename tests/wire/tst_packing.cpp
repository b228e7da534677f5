// SPDX-License-Identifier: GPL-3.0-or-later
#include <wire/filepacking.h>

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace ioc;
using namespace Qt::StringLiterals;

/// Whole files, packed for the way: they come back as they were, or not at all.
class TestPacking : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void filesSurviveThePacking()
    {
        const QTemporaryDir folder;
        const QString plain = folder.filePath(u"plain"_s);
        const QString packed = folder.filePath(u"packed"_s);
        const QString back = folder.filePath(u"back"_s);
        const QByteArray sentence("Phản ánh của du khách ");
        for (const qsizetype size : {qsizetype(0), qsizetype(1), qsizetype(1024 * 1024), qsizetype(5'000'001)}) {
            const QByteArray bytes = sentence.repeated(size / sentence.size() + 1).first(size);
            QFile file(plain);
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == size);
            file.close();
            const auto made = wire::packFile(plain, packed);
            QVERIFY2(made, made ? "" : qPrintable(made.error().detail));
            QCOMPARE(made->plainBytes, size);
            QCOMPARE(made->bytes, QFileInfo(packed).size());
            QVERIFY(wire::unpackFile(packed, back, *made));
            QFile again(back);
            QVERIFY(again.open(QIODevice::ReadOnly));
            QCOMPARE(again.readAll(), bytes);
        }
    }

    void damagedFilesAreRefused()
    {
        const QTemporaryDir folder;
        const QString plain = folder.filePath(u"plain"_s);
        const QString packed = folder.filePath(u"packed"_s);
        const QString back = folder.filePath(u"back"_s);
        QFile file(plain);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QByteArray(300'000, 'x') + "1234567890") > 0);
        file.close();
        const auto made = wire::packFile(plain, packed);
        QVERIFY(made);
        QFile damaged(packed);
        QVERIFY(damaged.open(QIODevice::ReadOnly));
        const QByteArray sound = damaged.readAll();
        damaged.close();
        const auto outcome = [&](const QByteArray &bytes, const wire::PackedFile &expected) {
            QFile again(packed);
            if (!again.open(QIODevice::WriteOnly) || again.write(bytes) != bytes.size())
                return ErrorCode::Internal;
            again.close();
            const auto done = wire::unpackFile(packed, back, expected);
            return !done && !QFile::exists(back) ? done.error().code : ErrorCode::Internal;
        };
        for (qsizetype bit = 0; bit < sound.size() * 8; bit += 7) {
            QByteArray flipped = sound;
            flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
            QCOMPARE(outcome(flipped, *made), ErrorCode::Damaged);
        }
        QCOMPARE(outcome(sound.chopped(1), *made), ErrorCode::Damaged);
        QCOMPARE(outcome(sound + sound, *made), ErrorCode::Damaged);
        wire::PackedFile smaller = *made;
        smaller.plainBytes = 1000; // it unpacks to more than told: stopped there
        QCOMPARE(outcome(sound, smaller), ErrorCode::Damaged);
        QVERIFY(wire::unpackFile(folder.filePath(u"nothing"_s), back, *made).error().code == ErrorCode::NotFound);
    }
};

QTEST_GUILESS_MAIN(TestPacking)
#include "tst_packing.moc"
