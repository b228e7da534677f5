// SPDX-License-Identifier: GPL-3.0-or-later
// The files that a device holds: what is taken in, what stays, what is let go, and what a crash or a full disk leaves.
#include "../support/filingdesk.h"

#include <QSignalSpy>

#include <csignal>
#include <sys/resource.h>

using namespace ioc;
using namespace ioc::test;
using namespace Qt::StringLiterals;

namespace {

/// While it lives, no file can grow beyond \a bytes.
class FullDisk
{
public:
    explicit FullDisk(rlim_t bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{bytes, m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FullDisk() { setrlimit(RLIMIT_FSIZE, &m_before); }
    Q_DISABLE_COPY_MOVE(FullDisk)

private:
    rlimit m_before{};
};

} // namespace

class TestFileStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_catalog = TypeCatalog::load().value();
        m_type = m_catalog->type(attachmentType);
        QVERIFY(m_type && holdsFile(*m_type));
    }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        reopen();
    }
    void cleanup() { m_files.reset(); }

    void whatIsAddedIsThereUnderItsDigest()
    {
        const QByteArray bytes = picture(3'000'000, 1);
        const auto added = add(bytes, u"ảnh.png"_s);
        QVERIFY2(added, qPrintable(added ? QString() : added.error().message));
        QCOMPARE(added->digest, digestOf(bytes));
        QCOMPARE(added->size, bytes.size());
        QCOMPARE(added->mediaType, u"image/png"_s);
        QVERIFY(state(added->digest).waitsToBeSent());
        QCOMPARE(content(m_files->path(added->digest)), bytes);
        reopen();
        QVERIFY(state(added->digest).waitsToBeSent());
        QCOMPARE(*answered(m_files->look(added->digest, added->size)), m_files->path(added->digest));
    }

    void notEverythingIsTaken_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("name");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("nothing in it") << QByteArray() << u"a.png"_s << ErrorCode::InvalidInput;
        QTest::newRow("a script") << QByteArray("#!/bin/sh\nexit 0\n") << u"a.sh"_s << ErrorCode::Denied;
        QTest::newRow("a program called a picture") << QByteArray::fromHex("7f454c4602010100000000000000000003003e00") + QByteArray(100, '\1') << u"a.png"_s << ErrorCode::Denied;
        QTest::newRow("a page that runs") << QByteArray("<!DOCTYPE html><html><script>1</script></html>") << u"a.html"_s << ErrorCode::Denied;
        QTest::newRow("a desktop entry") << QByteArray("[Desktop Entry]\nExec=/bin/true\n") << u"a.desktop"_s << ErrorCode::Denied;
        QTest::newRow("too large") << picture(fileSizeLimit(*TypeCatalog::load().value()->type(attachmentType)) + 1, 2) << u"a.png"_s << ErrorCode::TooLarge;
    }
    void notEverythingIsTaken()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, name);
        QFETCH(ErrorCode, code);
        const auto added = add(bytes, name);
        QVERIFY(!added);
        QCOMPARE(added.error().code, code);
        QVERIFY(!added.error().message.isEmpty());
        QVERIFY(!state(digestOf(bytes)).here);
    }

    void documentsAreTaken_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("mediaType");
        QTest::newRow("PDF") << QByteArray("%PDF-1.7\n1 0 obj\n") << u"biên bản.pdf"_s << u"application/pdf"_s;
        QTest::newRow("text") << QByteArray("Kính gửi Sở Du lịch\n") << u"đơn.txt"_s << u"text/plain"_s;
        QTest::newRow("JPEG") << QByteArray::fromHex("ffd8ffe000104a46494600010100000100010000") << u"a.jpg"_s << u"image/jpeg"_s;
        QTest::newRow("office") << QByteArray::fromHex("504b0304140000000000") + QByteArray(100, '\0') << u"công văn.docx"_s << u"application/vnd.openxmlformats-officedocument.wordprocessingml.document"_s;
    }
    void documentsAreTaken()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, name);
        QFETCH(QString, mediaType);
        const auto added = add(bytes, name);
        QVERIFY2(added, qPrintable(added ? QString() : added.error().message));
        QCOMPARE(added->mediaType, mediaType);
    }

    void aFullDiskIsSaidAndNothingIsLeft()
    {
        const auto before = add(picture(1000, 3), u"a.png"_s);
        QVERIFY(before);
        const QByteArray bytes = picture(5'000'000, 4);
        {
            const FullDisk full(2'000'000);
            const auto added = add(bytes, u"b.png"_s);
            QVERIFY(!added);
            QCOMPARE(added.error().code, ErrorCode::Full);
        }
        QVERIFY(QDir(m_folder->filePath(u"incoming"_s)).isEmpty());
        QVERIFY(!state(digestOf(bytes)).here);
        QVERIFY(state(before->digest).here);
        QVERIFY(add(bytes, u"b.png"_s));
    }

    void addingIsStopped()
    {
        const QByteArray bytes = picture(40'000'000, 5);
        auto adding = m_files->add({.path = {}, .bytes = bytes, .name = u"a.png"_s}, *m_type);
        adding.cancel();
        QVERIFY(QTest::qWaitFor([&] { return adding.isFinished(); }, 20'000));
        QVERIFY(!state(digestOf(bytes)).here);
        QVERIFY(QDir(m_folder->filePath(u"incoming"_s)).isEmpty());
    }

    void theLongestNotLookedAtMakesRoom()
    {
        const Id epoch = Id::create(m_clock);
        QStringList digests;
        for (quint32 i = 0; i < 4; ++i) {
            m_clock.advance(1000);
            digests += add(picture(1000, 10 + i), u"a.png"_s)->digest;
        }
        QVERIFY(answered(m_files->setPinned(digests[0], 1000, true)));
        for (const int sent : {2, 3})
            QVERIFY(answered(m_files->confirm(digests[sent], epoch)));
        m_clock.advance(1000);
        QVERIFY(answered(m_files->look(digests[2], 1000)));
        reopen(2500);
        QVERIFY(answered(m_files->confirm(digests[0], epoch)));
        QVERIFY(state(digests[0]).here); // pinned
        QVERIFY(state(digests[1]).here); // nobody else has it
        QVERIFY(state(digests[2]).here); // looked at after the last one
        QVERIFY(!state(digests[3]).here);
        QVERIFY(!QFile::exists(m_files->path(digests[3])));
        QCOMPARE(answered(m_files->look(digests[3], 1000)).error().code, ErrorCode::NotFound);
        QCOMPARE(answered(m_files->toFetch(10))->first().digest, digests[3]);
    }

    void aLostIndexLosesNoFile()
    {
        const QByteArray bytes = picture(1000, 20);
        const QString digest = add(bytes, u"a.png"_s)->digest;
        QVERIFY(answered(m_files->confirm(digest, Id::create(m_clock))));
        m_files.reset();
        QFile index(m_folder->filePath(u"index.sqlite"_s));
        QVERIFY(index.open(QIODevice::WriteOnly) && index.write(QByteArray(8192, 'x')) == 8192);
        index.close();
        reopen();
        QVERIFY(state(digest).waitsToBeSent()); // central is asked again
        QCOMPARE(content(m_files->path(digest)), bytes);
        m_files.reset();
        QVERIFY(QFile::remove(m_folder->filePath(digest.first(2) + u'/' + digest)));
        reopen();
        QVERIFY(!state(digest).here && state(digest).damaged);
    }

    void whatOthersOpenIsACopy()
    {
        const QByteArray bytes = picture(1000, 30);
        const QString digest = add(bytes, u"a.png"_s)->digest;
        const auto copy = answered(m_files->copyToOpen(digest, 1000, u"../../x.desktop"_s, u"image/png"_s));
        QVERIFY(copy);
        QCOMPARE(content(*copy), bytes);
        QCOMPARE(QFileInfo(*copy).fileName(), u"_.._x.desktop.png"_s);
        QVERIFY(QFileInfo(*copy).absoluteFilePath().startsWith(m_folder->filePath(u"open/"_s)));
        QCOMPARE(answered(m_files->copyToOpen(digest, 1000, u"a.pdf"_s, u"application/pdf"_s)).error().code, ErrorCode::Denied);
        const QString target = m_folder->filePath(u"saved.png"_s);
        QVERIFY(answered(m_files->saveAs(digest, 1000, target)));
        QCOMPARE(content(target), bytes);
        reopen();
        QVERIFY(!QFile::exists(*copy)); // nothing of it stays
    }

    void partsGoOnAndAreLookedThrough()
    {
        const QByteArray bytes = picture(3000, 40);
        const QString digest = digestOf(bytes);
        QCOMPARE(answered(m_files->look(digest, 3000)).error().code, ErrorCode::NotFound);
        QVERIFY(answered(m_files->keepPart(digest, 0, bytes.first(1000))));
        reopen();
        QCOMPARE(*answered(m_files->received(digest)), 1000);
        QVERIFY(answered(m_files->keepPart(digest, 1000, QByteArray(2000, 'x'))));
        const Id epoch = Id::create(m_clock);
        QCOMPARE(answered(m_files->finishPart(digest, epoch)).error().code, ErrorCode::Damaged);
        QCOMPARE(*answered(m_files->received(digest)), 0);
        QVERIFY(answered(m_files->keepPart(digest, 0, bytes)));
        QSignalSpy changed(m_files.get(), &FileStore::changed);
        QVERIFY(answered(m_files->finishPart(digest, epoch)));
        QTRY_VERIFY(!changed.isEmpty());
        QVERIFY(state(digest).here && state(digest).confirmed == epoch);
        QCOMPARE(answered(m_files->toSend(epoch, 10))->size(), 0);
        QCOMPARE(answered(m_files->toSend(Id::create(m_clock), 10))->size(), 1); // central went back
    }

private:
    void reopen(qint64 cacheBytes = 1'000'000'000)
    {
        m_files.reset();
        m_files = std::make_unique<FileStore>(FileStore::Options{.folder = m_folder->path(), .clock = &m_clock, .cacheBytes = cacheBytes});
        if (const auto opened = answered(m_files->open()); !opened)
            qFatal("%s", qPrintable(opened.error().message));
    }
    Result<AddedFile> add(const QByteArray &bytes, const QString &name) { return answered(m_files->add({.path = {}, .bytes = bytes, .name = name}, *m_type)); }
    HeldFile state(const QString &digest) { return answered(m_files->states({digest})).value_or(QList<HeldFile>()).value(0); }
    static QByteArray content(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    ManualClock m_clock{1'760'000'000'000};
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FileStore> m_files;
    std::shared_ptr<const TypeCatalog> m_catalog;
    const RecordType *m_type = nullptr;
};

QTEST_GUILESS_MAIN(TestFileStore)
#include "tst_filestore.moc"
