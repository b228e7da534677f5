// SPDX-License-Identifier: GPL-3.0-or-later
#include "messagemaker.h"

#include <QTest>

using namespace ioc;
using namespace ioc::test;

/// Files of changes that one desktop writes and another reads.
class TestOperationFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void filesOfChangesSurviveTheWay()
    {
        for (const int count : {0, 1, 1000, 2500}) {
            const OperationFile file = MessageMaker(quint32(count)).file(count);
            const auto got = wire::decodeOperationFile(wire::encode(file));
            QVERIFY2(got, got ? "" : qPrintable(got.error().detail));
            QVERIFY(*got == file);
        }
    }

    void damagedFilesOfChangesAreRefused()
    {
        const QByteArray whole = wire::encode(MessageMaker(7).file(40));
        for (qsizetype size = 0; size < whole.size(); size += 1 + size / 20) { // copied in part
            const auto got = wire::decodeOperationFile(whole.first(size));
            QVERIFY(!got);
            QVERIFY(!got.error().message.isEmpty());
        }
        QCOMPARE(wire::decodeOperationFile(whole.chopped(1)).error().code, ErrorCode::Damaged);
        for (const qsizetype at : {qsizetype(30), whole.size() / 2, whole.size() - 1}) {
            QByteArray changed = whole;
            changed[at] = char(changed[at] ^ 1);
            QCOMPARE(wire::decodeOperationFile(changed).error().code, ErrorCode::Damaged);
        }
        QCOMPARE(wire::decodeOperationFile(whole + "x").error().code, ErrorCode::Damaged);
        QCOMPARE(wire::decodeOperationFile("%PDF-1.7 ").error().code, ErrorCode::InvalidInput);
        QCOMPARE(wire::decodeOperationFile("tourism-ioc changes 2\n").error().code, ErrorCode::Unsupported);
    }
};

QTEST_GUILESS_MAIN(TestOperationFile)
#include "tst_operationfile.moc"
