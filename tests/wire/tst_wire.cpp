// SPDX-License-Identifier: GPL-3.0-or-later
#include "messagemaker.h"

#include <wire/codec.h>
#include <wire/compression.h>
#include <wire/plaincbor.h>

#include <QCborArray>
#include <QCborMap>
#include <QTest>

#include <zstd.h>

using namespace ioc;
using namespace ioc::test;
using namespace Qt::StringLiterals;

namespace {

bool same(const SignIn &a, const SignIn &b)
{
    return a.login == b.login && a.password == b.password && a.refreshToken == b.refreshToken && a.device == b.device && a.deviceName == b.deviceName;
}

bool same(const Session &a, const Session &b)
{
    return a.accessToken == b.accessToken && a.refreshToken == b.refreshToken && a.expiresMs == b.expiresMs && a.serverTimeMs == b.serverTimeMs
           && a.account == b.account && a.login == b.login && a.displayName == b.displayName && a.role == b.role && a.unit == b.unit && a.grants == b.grants && a.vault == b.vault;
}

QList<QByteArray> everyBody(quint32 seed)
{
    MessageMaker make(seed);
    return {wire::encode(QList<Operation>{make.operation(), make.operation()}), wire::encode(QList<Answer>{make.answer(), make.answer()}), wire::encode(make.page()),
            wire::encode(make.signIn()), wire::encode(make.session()), wire::encode(make.snapshot()), wire::encode(Error{ErrorCode::Busy, make.text(), {}})};
}

// How many of the decoders take this body; that none crashes is the point.
int taken(const QByteArray &body)
{
    return wire::decodeOperations(body).has_value() + wire::decodeAnswers(body).has_value() + wire::decodeChangePage(body).has_value()
           + wire::decodeSignIn(body).has_value() + wire::decodeSession(body).has_value() + wire::decodeSnapshot(body).has_value() + wire::decodeError(body).has_value()
           + wire::decodeLooks(body).has_value();
}

QByteArray bodyOf(const QCborValue &value)
{
    return wire::compressed(value.toCbor());
}

// What a newer version may put into each part of a message, but not among the fields of a record.
QCborValue withMore(const QCborValue &value, int newKey)
{
    if (value.isArray()) {
        QCborArray out;
        const QCborArray array = value.toArray();
        for (const QCborValue &item : array)
            out.append(withMore(item, newKey));
        return out;
    }
    const QCborMap map = value.toMap();
    if (map.isEmpty() || !map.cbegin().key().isInteger())
        return value;
    QCborMap out;
    for (const auto &[key, member] : map)
        out.insert(key, withMore(member, newKey));
    out.insert(newKey, QCborArray{1, u"mới"_s});
    return out;
}

QByteArray withMore(const QByteArray &body, int newKey = 64)
{
    return bodyOf(withMore(QCborValue::fromCbor(wire::decompressed(body, wire::unpackedLimit).value()), newKey));
}

// The plain message of one sound operation, for taking apart.
QCborMap soundOperation()
{
    return QCborValue::fromCbor(wire::packed(MessageMaker(5).operation())).toMap();
}

} // namespace

/// Sync messages: they survive the way, and what is not one is refused.
class TestWire : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void messagesSurviveTheWay()
    {
        for (quint32 seed = 0; seed < 200; ++seed) {
            MessageMaker make(seed);
            const QList<Operation> operations{make.operation(), make.operation(), make.operation()};
            const auto gotOperations = wire::decodeOperations(wire::encode(operations));
            QVERIFY2(gotOperations, gotOperations ? "" : qPrintable(gotOperations.error().detail));
            QCOMPARE(*gotOperations, operations);
            const QList<Answer> answers{make.answer(), make.answer()};
            const auto gotAnswers = wire::decodeAnswers(wire::encode(answers));
            QVERIFY(gotAnswers && *gotAnswers == answers);
            const ChangePage page = make.page();
            const auto gotPage = wire::decodeChangePage(wire::encode(page));
            QVERIFY(gotPage && *gotPage == page);
            const SignIn signIn = make.signIn();
            const auto gotSignIn = wire::decodeSignIn(wire::encode(signIn));
            QVERIFY(gotSignIn && same(*gotSignIn, signIn));
            const Session session = make.session();
            const auto gotSession = wire::decodeSession(wire::encode(session));
            QVERIFY(gotSession && same(*gotSession, session));
            const Snapshot snapshot = make.snapshot();
            const auto gotSnapshot = wire::decodeSnapshot(wire::encode(snapshot));
            QVERIFY2(gotSnapshot, gotSnapshot ? "" : qPrintable(gotSnapshot.error().detail));
            QCOMPARE(*gotSnapshot, snapshot);
            const Snapshot building{.records = make.number(1000), .done = make.number(1000)};
            QCOMPARE(wire::decodeSnapshot(wire::encode(building)).value(), building);
            const auto gotError = wire::decodeError(wire::encode(Error{ErrorCode::Denied, u"Không được"_s, u"inside"_s}));
            QVERIFY(gotError && gotError->code == ErrorCode::Denied && gotError->message == u"Không được" && gotError->detail.isEmpty());
            const Operation one = make.operation();
            QCOMPARE(wire::unpackedOperation(wire::packed(one)).value(), one);
            const Values values = make.values();
            QCOMPARE(wire::unpackedValues(wire::packed(values)).value(), values);
        }
    }

    // Central is updated before the desktops: theirs passes over what it has been taught since.
    void ofANewerCentral()
    {
        for (quint32 seed = 0; seed < 50; ++seed) {
            MessageMaker make(seed);
            const QList<Answer> answers{make.answer(), make.answer()};
            QCOMPARE(wire::decodeAnswers(withMore(wire::encode(answers))).value(), answers);
            const ChangePage page = make.page();
            QCOMPARE(wire::decodeChangePage(withMore(wire::encode(page))).value(), page);
            const Session session = make.session();
            const auto gotSession = wire::decodeSession(withMore(wire::encode(session)));
            QVERIFY(gotSession && same(*gotSession, session));
            const Snapshot snapshot = make.snapshot();
            QCOMPARE(wire::decodeSnapshot(withMore(wire::encode(snapshot))).value(), snapshot);
            QCOMPARE(wire::decodeError(withMore(wire::encode(Error{ErrorCode::Denied, u"Không được"_s, {}}))).value().code, ErrorCode::Denied);
            QVERIFY(!wire::decodeSession(withMore(wire::encode(session), 63))); // what must not be missed
            QVERIFY(!wire::decodeChangePage(withMore(wire::encode(page), 63)));
            QVERIFY(!wire::decodeOperations(withMore(wire::encode(QList<Operation>{make.operation()}))));
            QVERIFY(!wire::decodeSignIn(withMore(wire::encode(make.signIn()))));
        }
    }

    void emptyMessages()
    {
        QVERIFY(wire::decodeOperations(wire::encode(QList<Operation>())).value().isEmpty());
        QVERIFY(wire::decodeAnswers(wire::encode(QList<Answer>())).value().isEmpty());
        QCOMPARE(wire::decodeChangePage(wire::encode(ChangePage())).value(), ChangePage());
        QCOMPARE(wire::unpackedValues(wire::packed(Values())).value(), Values());
    }

    void nullBecomesEmptyInChanges()
    {
        Operation operation = MessageMaker(1).operation();
        operation.changes = {{u"a"_s, QCborValue(nullptr), QCborValue()}};
        const auto got = wire::unpackedOperation(wire::packed(operation));
        QVERIFY(got && got->changes.first().oldValue.isUndefined() && got->changes.first().newValue.isUndefined());
    }

    void everyCutIsRefused()
    {
        for (const QByteArray &body : everyBody(3)) {
            for (qsizetype size = 0; size < body.size(); ++size)
                QCOMPARE(taken(body.left(size)), 0);
            QCOMPARE(taken(body + 'x'), 0);
            QCOMPARE(taken(body + body), 0);
            QCOMPARE(taken(body + wire::compressed({})), 0);
            const QByteArray plain = wire::decompressed(body, wire::unpackedLimit).value();
            for (qsizetype size = 0; size < plain.size(); ++size)
                QCOMPARE(taken(wire::compressed(plain.left(size))), 0);
            QCOMPARE(taken(wire::compressed(plain + '\0')), 0);
        }
        const QByteArray packed = wire::packed(MessageMaker(4).operation());
        for (qsizetype size = 0; size < packed.size(); ++size)
            QVERIFY(!wire::unpackedOperation(packed.left(size)));
        QVERIFY(!wire::unpackedOperation(packed + packed));
    }

    void looksSurviveTheWay()
    {
        const SystemClock clock;
        const Look look{.look = Id::create(clock), .type = u"complaint"_s, .record = Id::create(clock), .fields = {u"reporter_name"_s, u"reporter_phone"_s}, .author = Id::create(clock),
                        .deviceTimeMs = 1'780'000'000'000, .offsetMs = -5};
        Look another = look;
        another.author = Id();
        QCOMPARE(wire::decodeLooks(wire::encode(QList<Look>{look, another})).value(), (QList<Look>{look, another}));
        const auto refused = [&](auto spoil) {
            Look bad = look;
            spoil(bad);
            return !wire::decodeLooks(wire::encode(QList<Look>{bad}));
        };
        QVERIFY(refused([](Look &one) { one.look = Id(); }));
        QVERIFY(refused([](Look &one) { one.record = Id(); }));
        QVERIFY(refused([](Look &one) { one.fields.clear(); }));
        QVERIFY(refused([](Look &one) { one.fields = {QString(65, u'x')}; }));
        QVERIFY(refused([](Look &one) { one.type = QString(65, u'x'); }));
        QVERIFY(!wire::decodeLooks(wire::encode(QList<Look>(wire::looksLimit + 1, look))));
    }

    void snapshotWithoutItsPartsIsRefused()
    {
        const Snapshot sound = MessageMaker(3).snapshot();
        const auto refused = [&](auto spoil) {
            Snapshot bad = sound;
            spoil(bad);
            return !wire::decodeSnapshot(wire::encode(bad));
        };
        QVERIFY(refused([](Snapshot &one) { one.id = u"../central.sqlite"_s; }));
        QVERIFY(refused([](Snapshot &one) { one.id.clear(); }));
        QVERIFY(refused([](Snapshot &one) { one.sha256.chop(1); }));
        QVERIFY(refused([](Snapshot &one) { one.bytes = 0; }));
        QVERIFY(refused([](Snapshot &one) { one.bytes = -1; }));
        QVERIFY(refused([](Snapshot &one) { one.cursor = {}; }));
    }

    void noFlippedBitCrashes()
    {
        using Decode = bool (*)(const QByteArray &);
        const QList<Decode> decoders{[](const QByteArray &body) { return wire::decodeOperations(body).has_value(); },
                                     [](const QByteArray &body) { return wire::decodeAnswers(body).has_value(); },
                                     [](const QByteArray &body) { return wire::decodeChangePage(body).has_value(); },
                                     [](const QByteArray &body) { return wire::decodeSignIn(body).has_value(); },
                                     [](const QByteArray &body) { return wire::decodeSession(body).has_value(); },
                                     [](const QByteArray &body) { return wire::decodeSnapshot(body).has_value(); },
                                     [](const QByteArray &body) { return wire::decodeError(body).has_value(); }};
        const auto bodies = everyBody(7);
        const auto flipped = [](QByteArray bytes, qsizetype bit) {
            bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << (bit % 8)));
            return bytes;
        };
        int accepted = 0;
        for (qsizetype i = 0; i < bodies.size(); ++i) {
            for (qsizetype bit = 0; bit < bodies[i].size() * 8; ++bit)
                accepted += decoders[i](flipped(bodies[i], bit));
            const QByteArray plain = wire::decompressed(bodies[i], wire::unpackedLimit).value();
            for (qsizetype bit = 0; bit < plain.size() * 8; ++bit)
                accepted += decoders[i](wire::compressed(flipped(plain, bit)));
        }
        QVERIFY(accepted > 0); // a letter in a text may change; a message's own signature is TLS
    }

    // Central takes nothing for a request that is none; what it answers with is known by what was asked.
    void noOtherMessageIsTaken()
    {
        MessageMaker make(9);
        const auto requestsIn = [](const QByteArray &body) {
            return wire::decodeOperations(body).has_value() + wire::decodeSignIn(body).has_value() + wire::decodeLooks(body).has_value();
        };
        QCOMPARE(requestsIn(wire::encode(QList<Operation>{make.operation(), make.operation()})), 1);
        QCOMPARE(requestsIn(wire::encode(make.signIn())), 1);
        const QByteArrayList answers{wire::encode(QList<Answer>{make.answer(), make.answer()}), wire::encode(make.page()), wire::encode(make.session()), wire::encode(make.snapshot()),
                                     wire::encode(Error{ErrorCode::Busy, make.text(), {}})};
        for (const QByteArray &body : answers)
            QCOMPARE(requestsIn(body), 0);
    }

    void bombsAreRefusedBeforeTheyGoOff()
    {
        const QByteArray huge = wire::compressed(QByteArray(wire::unpackedLimit + 1, '\0'));
        QVERIFY(huge.size() < 100'000);
        QCOMPARE(wire::decodeChangePage(huge).error().code, ErrorCode::TooLarge);
        QCOMPARE(wire::decodeSignIn(wire::compressed(QByteArray(wire::smallLimit + 1, '\0'))).error().code, ErrorCode::TooLarge);
        QCOMPARE(wire::decodeOperations(QByteArray(wire::bodyLimit + 1, 'x')).error().code, ErrorCode::TooLarge);
        // 60 million empty maps take 60 MB here and gigabytes once parsed.
        QByteArray maps = QByteArray::fromHex("a1019a") + QByteArray::fromHex("03938700") + QByteArray(60'000'000, '\xa0');
        QCOMPARE(wire::decodeChangePage(wire::compressed(maps)).error().code, ErrorCode::InvalidInput);
        QCOMPARE(wire::decodeOperations(wire::compressed(maps)).error().code, ErrorCode::InvalidInput);
        // A frame that does not say its size may unpack to anything.
        QByteArray unsized(1000, Qt::Uninitialized);
        ZSTD_CCtx *context = ZSTD_createCCtx();
        ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 0);
        const QByteArray plain = QCborMap{{1, QCborArray()}}.toCborValue().toCbor();
        unsized.truncate(static_cast<qsizetype>(ZSTD_compress2(context, unsized.data(), 1000, plain.constData(), static_cast<size_t>(plain.size()))));
        ZSTD_freeCCtx(context);
        QVERIFY(!wire::decodeOperations(unsized));
    }

    void plainCborOnly_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("taken");
        const auto row = [](const char *name, const QByteArray &bytes, bool taken) { QTest::newRow(name) << bytes << taken; };
        row("number", QByteArray::fromHex("05"), true);
        row("smallest number", QByteArray::fromHex("3b7fffffffffffffff"), true);
        row("number past 64 bits", QByteArray::fromHex("1bffffffffffffffff"), false);
        row("double", QByteArray::fromHex("fb3ff8000000000000"), true);
        row("NaN", QByteArray::fromHex("fb7ff8000000000000"), false);
        row("infinity", QByteArray::fromHex("fb7ff0000000000000"), false);
        row("half float", QByteArray::fromHex("f93c00"), false);
        row("null", QByteArray::fromHex("f6"), true);
        row("undefined", QByteArray::fromHex("f7"), false);
        row("unknown simple value", QByteArray::fromHex("f0"), false);
        row("text", QByteArray::fromHex("6161"), true);
        row("text that is no UTF-8", QByteArray::fromHex("61ff"), false);
        row("text in pieces", QByteArray::fromHex("7f6161ff"), false);
        row("text longer than all", QByteArray::fromHex("7b7fffffffffffffff61"), false);
        row("list longer than all", QByteArray::fromHex("9b7fffffffffffffff01"), false);
        row("map longer than all", QByteArray::fromHex("bbffffffffffffffff01"), false);
        row("list without end", QByteArray::fromHex("9f01ff"), false);
        row("map with half a member", QByteArray::fromHex("a101"), false);
        row("tagged date", QByteArray::fromHex("c001"), false);
        row("tagged regular expression", QByteArray::fromHex("d8236161"), false);
        row("reserved head", QByteArray::fromHex("1c"), false);
        row("break alone", QByteArray::fromHex("ff"), false);
        row("nothing", QByteArray(), false);
        row("two things", QByteArray::fromHex("0102"), false);
        row("nested as deep as allowed", QByteArray(wire::nestingLimit, '\x81') + '\x01', true);
        row("nested one deeper", QByteArray(wire::nestingLimit + 1, '\x81') + '\x01', false);
        row("nested a million deep", QByteArray(1'000'000, '\x81') + '\x01', false);
        row("too many", QByteArray::fromHex("990064") + QByteArray(100, '\x01'), false);
    }
    void plainCborOnly()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, taken);
        QCOMPARE(wire::parsedPlain(bytes, 100).has_value(), taken);
    }

    void valuesNestedDeepAreRefused()
    {
        QCborValue deep = 1;
        for (int i = 0; i < 900; ++i)
            deep = QCborArray{deep};
        QVERIFY(!wire::unpackedValues(QCborMap{{u"a"_s, deep}}.toCborValue().toCbor()));
        QCborMap operation = soundOperation();
        operation[7] = QCborArray{QCborMap{{1, u"a"_s}, {2, deep}, {3, deep}}};
        QVERIFY(!wire::decodeOperations(bodyOf(QCborMap{{1, QCborArray{operation}}})));
    }

    void brokenOperationsAreRefused_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<QCborValue>("value"); // undefined: taken away
        const QCborValue gone;
        const QCborValue zeros = QByteArray(16, '\0');
        const auto row = [](const char *name, int key, const QCborValue &value) { QTest::newRow(name) << key << value; };
        row("no op", 1, gone);
        row("null op", 1, zeros);
        row("short op", 1, QByteArray(15, 'x'));
        row("op as text", 1, u"0123456789abcdef"_s);
        row("after as number", 2, 1);
        row("after of numbers", 2, QCborArray{1});
        row("after nothing", 2, QCborArray{zeros});
        row("no kind", 3, gone);
        row("unknown kind", 3, 6);
        row("kind below nothing", 3, -1);
        row("kind as double", 3, 1.0);
        row("type as number", 4, 1);
        row("long type", 4, QString(65, u'a'));
        row("no record", 5, gone);
        row("version below nothing", 6, -1);
        row("version as text", 6, u"1"_s);
        row("changes as map", 7, QCborMap());
        row("change as text", 7, QCborArray{u"name"_s});
        row("change with an unknown key", 7, QCborArray{QCborMap{{1, u"a"_s}, {2, 1}, {3, 2}, {4, 3}}});
        row("change of a number", 7, QCborArray{QCborMap{{1, 1}, {2, 1}, {3, 2}}});
        row("transition as bool", 8, true);
        row("author as text", 10, u"me"_s);
        row("no time", 13, gone);
        row("time as text", 13, u"now"_s);
        row("long boot id", 15, QString(129, u'a'));
        row("key as number", 17, 1);
        row("unknown key", 18, 1);
    }
    void brokenOperationsAreRefused()
    {
        QFETCH(int, key);
        QFETCH(QCborValue, value);
        QCborMap operation = soundOperation();
        QVERIFY(wire::decodeOperations(bodyOf(QCborMap{{1, QCborArray{operation}}})));
        if (value.isUndefined())
            operation.remove(key);
        else
            operation[key] = value;
        const auto got = wire::decodeOperations(bodyOf(QCborMap{{1, QCborArray{operation}}}));
        QVERIFY(!got);
        QCOMPARE(got.error().code, ErrorCode::InvalidInput);
        QVERIFY(!got.error().message.isEmpty() && !got.error().detail.isEmpty());
        QVERIFY(!wire::unpackedOperation(operation.toCborValue().toCbor()));
    }

    void aKeyTwiceIsRefused()
    {
        QVERIFY(!wire::decodeOperations(wire::compressed(QByteArray::fromHex("a201800180"))));
        QVERIFY(!wire::decodeOperations(wire::compressed(QByteArray::fromHex("a20180616180"))));
        QVERIFY(!wire::unpackedValues(QByteArray::fromHex("a2616101616102")));
    }

    void countsAreLimited()
    {
        const Operation one = MessageMaker(1).operation();
        QVERIFY(wire::decodeOperations(wire::encode(QList<Operation>(wire::operationsLimit, one))));
        QVERIFY(!wire::decodeOperations(wire::encode(QList<Operation>(wire::operationsLimit + 1, one))));
        Operation wide = one;
        wide.changes = QList<FieldChange>(1001, {u"a"_s, 1, 2});
        QVERIFY(!wire::decodeOperations(wire::encode(QList<Operation>{wide})));
        Operation late = one;
        late.after = QList<Id>(1001, one.op);
        QVERIFY(!wire::decodeOperations(wire::encode(QList<Operation>{late})));
        SignIn signIn = MessageMaker(1).signIn();
        signIn.password = QString(1001, u'p');
        QVERIFY(!wire::decodeSignIn(wire::encode(signIn)));
        QVERIFY(!wire::unpackedValues(wire::packed(Values{{QString(65, u'a'), 1}})));
        QVERIFY(!wire::unpackedValues(wire::packed(Values{{QString(), 1}})));
    }

    // A device looks into hardly any of the records that come.
    void valuesStayPackedUntilTheyAreWanted()
    {
        for (quint32 seed = 0; seed < 50; ++seed) {
            const ChangePage page = MessageMaker(seed).page();
            ChangePage packed = wire::decodePackedPage(wire::encode(page)).value();
            for (qsizetype i = 0; i < page.changes.size(); ++i) {
                QVERIFY(packed.changes[i].record.values.isEmpty());
                QCOMPARE(wire::unpackedValues(packed.changes[i].packed.isEmpty() ? QByteArray::fromHex("a0") : packed.changes[i].packed).value(), page.changes[i].record.values);
            }
            QCOMPARE(wire::decodeChangePage(wire::encode(packed)).value(), page); // as central sends what it has not looked into
            for (Change &change : packed.changes)
                QVERIFY(wire::unpack(change));
            QCOMPARE(packed, page);
        }
    }

    void packedValuesAreLookedThrough()
    {
        const auto taken = [](const QByteArray &values) {
            Change change{.sequence = 1, .record = {u"complaint"_s, MessageMaker(2).id(), 1, {}, false}, .packed = values};
            return wire::decodePackedPage(wire::encode(ChangePage{.next = MessageMaker(1).cursor(), .changes = {change}})).has_value();
        };
        const auto bytes = [](const QCborValue &value) { return value.toCbor(); };
        QVERIFY(taken(bytes(QCborMap{{u"a"_s, 1}, {u"b"_s, QCborArray{1.5, nullptr}}})));
        QVERIFY(taken(QByteArray::fromHex("a2616201616102"))); // b before a
        QVERIFY(!taken(QByteArray::fromHex("a2616101616102"))); // a twice
        QVERIFY(!taken(QByteArray::fromHex("a3616201616102616203"))); // b twice, apart
        QVERIFY(!taken(bytes(QCborMap{{1, 1}})));
        QVERIFY(!taken(bytes(QCborMap{{QString(), 1}})));
        QVERIFY(!taken(bytes(QCborMap{{QString(65, u'a'), 1}})));
        QVERIFY(taken(bytes(QCborMap{{QString(64, u'đ'), 1}})));
        QVERIFY(!taken(bytes(QCborArray{1})));
        QVERIFY(!taken(bytes(5)));
        QVERIFY(!taken(QByteArray::fromHex("a1616161ff"))); // no UTF-8
        QVERIFY(!taken(QByteArray::fromHex("a161616161a1"))); // more than one item
        QVERIFY(!taken(QByteArray::fromHex("a1616181a16162c100"))); // a tag, further in
    }

    void aFullPageIsTaken()
    {
        ChangePage page{.next = MessageMaker(1).cursor()};
        Change change{.sequence = 1, .record = {u"complaint"_s, MessageMaker(2).id(), 1, {}, false}};
        for (int i = 0; i < 40; ++i)
            change.record.values.insert(u"field_%1"_s.arg(i), i);
        page.changes.fill(change, wire::changesLimit / 10);
        QCOMPARE(wire::decodeChangePage(wire::encode(page)).value().changes.size(), page.changes.size());
    }

    void cursorsSurviveTheQuery()
    {
        for (quint32 seed = 0; seed < 100; ++seed) {
            const Cursor cursor = MessageMaker(seed).cursor();
            const QString text = cursor.toString();
            QVERIFY(QRegularExpression(u"\\A[A-Za-z0-9_-]+\\z"_s).match(text).hasMatch());
            QCOMPARE(Cursor::fromString(text).value(), cursor);
            for (qsizetype size = 0; size < text.size(); ++size)
                QVERIFY(!Cursor::fromString(text.left(size)));
        }
        QVERIFY(Cursor().isNull());
    }

    void brokenCursorsAreRefused_data()
    {
        QTest::addColumn<QString>("text");
        const auto of = [](const QCborValue &value) { return QString::fromLatin1(value.toCbor().toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)); };
        const QByteArray id(16, 'x');
        QTest::newRow("empty") << QString();
        QTest::newRow("words") << u"chợ Bến Thành"_s;
        QTest::newRow("very long") << QString(100'000, u'A');
        QTest::newRow("a map") << of(QCborMap());
        QTest::newRow("too few") << of(QCborArray{id, 1, QByteArray(), 1});
        QTest::newRow("too many") << of(QCborArray{id, 1, QByteArray(), 1, 1, 1});
        QTest::newRow("short epoch") << of(QCborArray{QByteArray("x"), 1, QByteArray(), 1, 1});
        QTest::newRow("sequence as text") << of(QCborArray{id, u"1"_s, QByteArray(), 1, 1});
        QTest::newRow("sequence below nothing") << of(QCborArray{id, -1, QByteArray(), 1, 1});
        QTest::newRow("scope below nothing") << of(QCborArray{id, 1, QByteArray(), -1, 1});
        QTest::newRow("digest as text") << of(QCborArray{id, 1, u"d"_s, 1, 1});
        QTest::newRow("long digest") << of(QCborArray{id, 1, QByteArray(65, 'd'), 1, 1});
        QTest::newRow("something behind") << QString::fromLatin1((QCborArray{id, 1, QByteArray(), 1, 1}.toCborValue().toCbor() + "x").toBase64(QByteArray::Base64UrlEncoding));
    }
    void brokenCursorsAreRefused()
    {
        QFETCH(QString, text);
        const auto cursor = Cursor::fromString(text);
        QVERIFY(!cursor);
        QCOMPARE(cursor.error().code, ErrorCode::InvalidInput);
    }

    void namesAreStable()
    {
        QCOMPARE(operationKindName(OperationKind::Transition), u"transition"_s);
        QCOMPARE(operationKindName(OperationKind::Unmerge), u"unmerge"_s);
        QCOMPARE(outcomeName(Outcome::Applied), u"applied"_s);
        QCOMPARE(outcomeName(Outcome::Later), u"later"_s);
    }
};

QTEST_GUILESS_MAIN(TestWire)
#include "tst_wire.moc"
