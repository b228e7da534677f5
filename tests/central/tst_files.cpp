// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes of attached files in central's database: pieces, rights, limits, and what is let go.
#include "centralfixture.h"

#include <central/fileshelf.h>
#include <records/filetype.h>
#include <support/backendtest.h>

#include <QCryptographicHash>
#include <QTest>

using namespace ioc;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 piece = wire::filePieceBytes;
constexpr qint64 day = 24LL * 3'600'000;
const QString attachment = u"attachment"_s;

QByteArray picture(qsizetype size, char seed = 'a')
{
    QByteArray out = QByteArray::fromHex("89504e470d0a1a0a0000000d49484452");
    while (out.size() < size)
        out += QByteArray::number(out.size()) + seed;
    return out.first(size);
}

QString digestOf(const QByteArray &bytes)
{
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

} // namespace

class TestFiles : public CentralTest<CentralFixture>
{
    Q_OBJECT

protected:
    void prepare() override
    {
        const Operation made = m_central->make.create(u"complaint"_s, OperationMaker::complaint());
        QCOMPARE(m_central->push(made, m_central->lan).outcome, Outcome::Applied);
        m_complaint = made.record;
    }

private Q_SLOTS:
    void piecesComeTogether()
    {
        const QByteArray bytes = picture(2 * piece + 17);
        const QString digest = attach(bytes);
        QCOMPARE(state(digest), (FileState{digest, FileState::Standing::Wanted, 0}));
        QCOMPARE(send(digest, piece, bytes.mid(piece, piece)).error().code, ErrorCode::Conflict); // not the next one
        for (qint64 offset = 0; offset < bytes.size(); offset += piece) {
            const auto taken = send(digest, offset, bytes.mid(offset, piece));
            QVERIFY2(taken, qPrintable(taken ? QString() : taken.error().message));
            QCOMPARE(taken->toBeChecked, offset == 2 * piece);
            const auto again = send(digest, offset, bytes.mid(offset, piece)); // its answer was lost
            QCOMPARE(again->state, taken->state);
        }
        QCOMPARE(fetch(digest, {0, 10}).error().code, ErrorCode::NotFound); // not before it was checked
        QVERIFY(checkAndSettle(digest, bytes.size()));
        QCOMPARE(state(digest).standing, FileState::Standing::Whole);
        QCOMPARE(fetch(digest, {0, bytes.size()})->bytes, bytes);
        QCOMPARE(fetch(digest, {piece - 3, 6})->bytes, bytes.mid(piece - 3, 6));
        QCOMPARE(fetch(digest, {2 * piece + 10, 4 * piece})->bytes, bytes.mid(2 * piece + 10));
        QCOMPARE(fetch(digest, {2 * piece + 10, 4 * piece})->total, bytes.size());
        QCOMPARE(fetch(digest, {bytes.size(), 1}).error().code, ErrorCode::InvalidInput);
        QCOMPARE(send(digest, 0, bytes.first(piece))->state.standing, FileState::Standing::Whole); // by another device
    }

    void onlyWhatIsNamedIsTaken()
    {
        const QByteArray bytes = picture(100);
        QCOMPARE(send(digestOf(bytes), 0, bytes).error().code, ErrorCode::NotFound);
        QCOMPARE(state(digestOf(bytes)).standing, FileState::Standing::Unknown);
        const QString digest = attach(bytes);
        QCOMPARE(send(digest, 0, bytes.first(99)).error().code, ErrorCode::TooLarge);
        Identity viewer = m_central->minh;
        viewer.role = u"viewer"_s;
        QCOMPARE(send(digest, 0, bytes, {}, viewer).error().code, ErrorCode::Denied);
        QVERIFY(send(digest, 0, bytes));
        QVERIFY(checkAndSettle(digest, bytes.size()));
        QCOMPARE(fetch(digest, {0, 100}, viewer)->bytes, bytes);
    }

    void whatIsNotWhatItIsCalledGoes()
    {
        const QByteArray bytes = picture(piece + 5);
        const QString digest = attach(bytes);
        QByteArray damaged = bytes;
        damaged[100] = static_cast<char>(damaged[100] ^ 1);
        QVERIFY(send(digest, 0, damaged.first(piece)));
        QVERIFY(send(digest, piece, damaged.mid(piece)));
        QCOMPARE(checkAndSettle(digest, bytes.size()).error().code, ErrorCode::Conflict);
        QCOMPARE(state(digest), (FileState{digest, FileState::Standing::Wanted, 0}));
        QCOMPARE(m_central->count(u"SELECT count(*) FROM central_file_piece"_s), 0);
        QVERIFY(send(digest, 0, bytes.first(piece)));
        QVERIFY(send(digest, piece, bytes.mid(piece)));
        QVERIFY(checkAndSettle(digest, bytes.size()));
    }

    void aProgramThatCallsItselfAPictureGoes()
    {
        const QByteArray program = QByteArray::fromHex("7f454c460201010000000000000000000300") + QByteArray(200, '\1');
        const QString digest = attach(program);
        QVERIFY(send(digest, 0, program));
        QCOMPARE(checkAndSettle(digest, program.size()).error().code, ErrorCode::Denied);
        QCOMPARE(m_central->count(u"SELECT count(*) FROM central_file_piece"_s), 0);
    }

    void limitsAreThoseOfTheDeclaration_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QVariant>("value");
        QTest::addColumn<Outcome>("outcome");
        QTest::newRow("as it is") << u"name"_s << QVariant(u"a.png"_s) << Outcome::Applied;
        QTest::newRow("too large") << u"size"_s << QVariant(50LL * 1024 * 1024 + 1) << Outcome::Refused;
        QTest::newRow("of no size") << u"size"_s << QVariant(0LL) << Outcome::Refused;
        QTest::newRow("a program") << u"media_type"_s << QVariant(u"application/x-executable"_s) << Outcome::Refused;
        QTest::newRow("a page that runs") << u"media_type"_s << QVariant(u"text/html"_s) << Outcome::Refused;
        QTest::newRow("no digest") << u"digest"_s << QVariant(u"ABC"_s) << Outcome::Refused;
        QTest::newRow("too large a thumbnail") << u"thumbnail"_s << QVariant(QString(11'001, u'A')) << Outcome::Refused;
    }
    void limitsAreThoseOfTheDeclaration()
    {
        QFETCH(QString, field);
        QFETCH(QVariant, value);
        QFETCH(Outcome, outcome);
        Values values = valuesFor(picture(10));
        values.insert(field, value.typeId() == QMetaType::LongLong ? QCborValue(value.toLongLong()) : QCborValue(value.toString()));
        QCOMPARE(m_central->push(m_central->make.create(attachment, values), m_central->lan).outcome, outcome);
    }

    void spaceHasAnEnd()
    {
        const QByteArray bytes = picture(piece + 1);
        const QString digest = attach(bytes);
        const FileLimits limits{.totalBytes = piece};
        QVERIFY(send(digest, 0, bytes.first(piece), limits));
        QCOMPARE(send(digest, piece, bytes.mid(piece), limits).error().code, ErrorCode::Full);
        QCOMPARE(state(digest).held, piece); // goes on when there is space
        QVERIFY(send(digest, piece, bytes.mid(piece)));
        QVERIFY(checkAndSettle(digest, bytes.size()));
    }

    void aFalseSizeKeepsNobodyFromSending()
    {
        const QByteArray bytes = picture(200);
        Values lie = valuesFor(bytes);
        lie.insert(u"size"_s, 150);
        const Operation first = m_central->make.create(attachment, lie);
        QCOMPARE(m_central->push(first, m_central->lan).outcome, Outcome::Applied);
        const QString digest = digestOf(bytes);
        QVERIFY(send(digest, 0, bytes.first(150)));
        QCOMPARE(m_central->push(m_central->make.make(OperationKind::Delete, attachment, first.record, {}, 1), m_central->lan).outcome, Outcome::Applied);
        (void)attach(bytes);
        QCOMPARE(state(digest), (FileState{digest, FileState::Standing::Wanted, 0}));
        QVERIFY(send(digest, 0, bytes));
        QCOMPARE(settle(digest, 150, true).error().code, ErrorCode::Conflict); // the check of before comes too late
        QVERIFY(checkAndSettle(digest, bytes.size()));
        QCOMPARE(fetch(digest, {0, 1000})->bytes, bytes);
    }

    void whatNobodyWantsGoesAfterItsTime()
    {
        const QByteArray kept = picture(100, 'k');
        const QByteArray gone = picture(100, 'g');
        const QByteArray begun = picture(piece + 1, 'b');
        (void)attach(kept);
        const Id goneRecord = attachAs(gone);
        (void)attach(begun);
        for (const QByteArray &whole : {kept, gone}) {
            QVERIFY(send(digestOf(whole), 0, whole));
            QVERIFY(checkAndSettle(digestOf(whole), whole.size()));
        }
        QVERIFY(send(digestOf(begun), 0, begun.first(piece)));
        QCOMPARE(m_central->push(m_central->make.make(OperationKind::Delete, attachment, goneRecord, {}, 1), m_central->lan).outcome, Outcome::Applied);
        const qint64 now = m_central->clock.nowMs();
        QCOMPARE(sweep(now), 0);
        QCOMPARE(sweep(now + 6 * day), 0);
        const Id again = attachAs(gone); // taken back in time
        QCOMPARE(sweep(now + 7 * day + 60'000), 1); // the unfinished one
        QCOMPARE(state(digestOf(begun)), (FileState{digestOf(begun), FileState::Standing::Wanted, 0}));
        QCOMPARE(m_central->push(m_central->make.make(OperationKind::Delete, attachment, again, {}, 1), m_central->lan).outcome, Outcome::Applied);
        QCOMPARE(sweep(now + 8 * day), 0);
        QCOMPARE(sweep(now + 15 * day + 60'000), 1);
        QCOMPARE(m_central->count(u"SELECT count(*) FROM central_file_piece"_s), 1);
        QCOMPARE(fetch(digestOf(kept), {0, 100})->bytes, kept);
        const auto totals = m_central->write([&](db::Connection &connection) { return FileShelf(connection, m_central->storage->tables()).totals(true); });
        QCOMPARE(totals->files, 1);
        QCOMPARE(totals->bytes, 100);
        QCOMPARE(totals->missing, 1); // what was begun
    }

    void aCentralThatWasRestartedGoesOn()
    {
        const QByteArray bytes = picture(piece + 5);
        const QString digest = attach(bytes);
        QVERIFY(send(digest, 0, bytes.first(piece)));
        m_central->reopen();
        QCOMPARE(state(digest).held, piece);
        QVERIFY(send(digest, piece, bytes.mid(piece)));
        m_central->reopen(); // before it was checked
        const auto again = send(digest, piece, bytes.mid(piece));
        QVERIFY(again && again->toBeChecked);
        QVERIFY(checkAndSettle(digest, bytes.size()));
    }

    void kindsAreToldByTheirFirstBytes()
    {
        QVERIFY(mediaTypeFits(u"image/png"_s, picture(64)));
        QVERIFY(!mediaTypeFits(u"image/jpeg"_s, picture(64)));
        QVERIFY(mediaTypeFits(u"application/pdf"_s, "%PDF-1.7\n"));
        QVERIFY(mediaTypeFits(u"text/csv"_s, "a,b\n1,2\n"));
        QVERIFY(!mediaTypeFits(u"text/plain"_s, QByteArray::fromHex("7f454c4602010100")));
        QVERIFY(!mediaTypeFits(u"image/png"_s, {}));
        QCOMPARE(safeFileName(u"../../ảnh bến.png"_s, u"image/png"_s), u"_.._ảnh bến.png"_s);
        QCOMPARE(safeFileName(u"x.desktop"_s, u"image/png"_s), u"x.desktop.png"_s);
        QCOMPARE(safeFileName(u".png"_s, u"image/png"_s), u"png.png"_s);
        QCOMPARE(safeFileName(u". ..o"_s, u"image/png"_s), u"o.png"_s);
        QCOMPARE(safeFileName(u""_s, u"application/pdf"_s), u"file.pdf"_s);
    }

private:
    Values valuesFor(const QByteArray &bytes) const
    {
        return {{u"complaint"_s, m_complaint.toString()}, {u"name"_s, u"ảnh.png"_s}, {u"media_type"_s, u"image/png"_s}, {u"size"_s, bytes.size()},
                {u"digest"_s, digestOf(bytes)}, {u"added_at"_s, qint64(1'780'000'000'000)}};
    }
    Id attachAs(const QByteArray &bytes)
    {
        const Operation made = m_central->make.create(attachment, valuesFor(bytes));
        if (m_central->push(made, m_central->lan).outcome != Outcome::Applied)
            qFatal("cannot attach");
        return made.record;
    }
    QString attach(const QByteArray &bytes)
    {
        (void)attachAs(bytes);
        return digestOf(bytes);
    }
    Result<FileShelf::Taken> send(const QString &digest, qint64 offset, const QByteArray &bytes, const FileLimits &limits = {}, std::optional<Identity> who = {})
    {
        return m_central->write([&](db::Connection &connection) {
            return FileShelf(connection, m_central->storage->tables()).take(digest, offset, bytes, Scope(who.value_or(m_central->lan)), m_central->clock.nowMs(), limits);
        });
    }
    Result<void> settle(const QString &digest, qint64 size, bool isGood)
    {
        return m_central->write([&](db::Connection &connection) { return FileShelf(connection, m_central->storage->tables()).settle(digest, size, isGood, m_central->clock.nowMs()); });
    }
    Result<void> checkAndSettle(const QString &digest, qint64 size)
    {
        const auto checked = m_central->storage->read([&](db::Connection &connection) { return FileShelf(connection, m_central->storage->tables()).check(digest, u"image/png"_s); }).result();
        const auto settled = settle(digest, size, checked.has_value());
        return checked ? settled : checked;
    }
    FileState state(const QString &digest)
    {
        return m_central->storage->read([&](db::Connection &connection) { return FileShelf(connection, m_central->storage->tables()).states({digest}, Scope(m_central->lan)); })
            .result().value_or(QList<FileState>()).value(0);
    }
    Result<FileShelf::Part> fetch(const QString &digest, const ByteRange &range, std::optional<Identity> who = {})
    {
        return m_central->storage->read([&](db::Connection &connection) { return FileShelf(connection, m_central->storage->tables()).part(digest, range, Scope(who.value_or(m_central->lan))); }).result();
    }
    qint64 sweep(qint64 nowMs)
    {
        return m_central->write([&](db::Connection &connection) { return FileShelf(connection, m_central->storage->tables()).sweep(nowMs, {}); }).value_or(-1);
    }

    Id m_complaint;
};

QTEST_GUILESS_MAIN(TestFiles)
#include "tst_files.moc"
