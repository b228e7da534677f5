// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/cbor.h>

#include <QCborArray>
#include <QCborMap>
#include <QTest>

using namespace ioc;
using namespace Qt::StringLiterals;

/// CBOR item by item, beside Qt's own.
class TestCbor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isWrittenAsQtWritesIt()
    {
        QByteArray written;
        cbor::Writer out(written);
        QCborArray all;
        for (const qint64 number : {0LL, 1LL, 23LL, 24LL, 255LL, 256LL, 65'535LL, 65'536LL, 4'294'967'295LL, 4'294'967'296LL, std::numeric_limits<qint64>::max()}) {
            for (const qint64 value : {number, -1 - number})
                all.append(value);
        }
        const QStringList texts{QString(), u"a"_s, u"Chợ Bến Thành 中文 😀"_s, QString(300, u'x'), QString(70'000, u'ế')};
        for (const QString &text : texts)
            all.append(text);
        all.append(QByteArray("\0\xff", 2));
        all.append(2.5);
        all.append(-0.0);
        all.append(true);
        all.append(false);
        all.append(nullptr);
        all.append(QCborMap{{u"vi"_s, QCborArray{1, 2}}});
        out.array(all.size());
        for (const QCborValue &value : std::as_const(all)) {
            if (value.isInteger())
                out.integer(value.toInteger());
            else if (value.isString())
                out.text(value.toString());
            else if (value.isByteArray())
                out.bytes(value.toByteArray());
            else if (value.isDouble())
                out.real(value.toDouble());
            else if (value.isBool())
                out.boolean(value.toBool());
            else if (value.isNull())
                out.null();
            else
                out.item(value.toCbor());
        }
        QCOMPARE(written, all.toCborValue().toCbor());
        QByteArray one;
        cbor::Writer(one).value(all);
        QCOMPARE(one, written);
        all.append(QCborValue()); // which has no function of its own
        for (const QCborValue &value : std::as_const(all)) {
            QByteArray bytes;
            cbor::Writer(bytes).value(value);
            QCOMPARE(bytes, value.toCbor());
        }
    }

    void isTakenItemByItem()
    {
        const QByteArray bytes = QCborMap{{u"a"_s, -5}, {u"b"_s, QCborArray{2.5, true, nullptr, QByteArray("xy")}}, {u"c"_s, u"chợ"_s}}.toCborValue().toCbor();
        QByteArrayView rest = bytes;
        const auto next = [&rest] { return cbor::take(rest).value(); };
        const cbor::Item map = next();
        QVERIFY(map.kind == cbor::Kind::Map && map.value == 3);
        QCOMPARE(next().bytes, "a");
        QCOMPARE(next().integer(), -5);
        QCOMPARE(next().bytes, "b");
        QByteArrayView whole = rest;
        QCOMPARE(QCborValue::fromCbor(cbor::takeWhole(whole).toByteArray()).toArray().size(), 4);
        QCOMPARE(cbor::take(whole).value().bytes, "c");
        QVERIFY(next().kind == cbor::Kind::Array);
        QCOMPARE(next().real(), 2.5);
        const cbor::Item yes = next();
        QVERIFY(yes.isBool() && yes.isTrue());
        QVERIFY(next().isNull());
        QCOMPARE(next().bytes, "xy");
        QCOMPARE(next().bytes, "c");
        QCOMPARE(QString::fromUtf8(next().bytes), u"chợ"_s);
        QVERIFY(rest.isEmpty() && !cbor::take(rest));
    }

    void whatEndsTooEarlyIsNotTaken()
    {
        const QByteArray bytes = QCborArray{70'000, u"chợ Bến Thành"_s, QCborMap{{1, QByteArray(300, 'x')}}, 2.5}.toCborValue().toCbor();
        for (qsizetype size = 0; size < bytes.size(); ++size) {
            QByteArrayView rest = QByteArrayView(bytes).first(size);
            QVERIFY(cbor::takeWhole(rest).isEmpty());
            QCOMPARE(rest.size(), size);
        }
        QByteArrayView rest = bytes;
        QCOMPARE(cbor::takeWhole(rest), bytes);
        for (const QByteArray &bad : {QByteArray::fromHex("9f01ff"), QByteArray::fromHex("7f6161ff"), QByteArray::fromHex("1c"), QByteArray::fromHex("5bffffffffffffffff"), QByteArray::fromHex("9bffffffffffffffff"), QByteArray::fromHex("bb8000000000000001")}) {
            rest = bad;
            QVERIFY(cbor::takeWhole(rest).isEmpty());
        }
    }
};

QTEST_APPLESS_MAIN(TestCbor)
#include "tst_cbor.moc"
