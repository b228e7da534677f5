// SPDX-License-Identifier: GPL-3.0-or-later
// The audit journal of the real central: what comes in over HTTPS and from the command line, and how it is checked.
#include <central/centralstorage.h>
#include <support/backendtest.h>
#include <support/centralprocess.h>
#include <support/operationmaker.h>
#include <support/testdevice.h>

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace ioc;
using namespace Qt::StringLiterals;

namespace {

const QString complaint = u"complaint"_s;
const QString secret = u"bến thành sáng sớm"_s;

} // namespace

class TestAuditProgram : public CentralTest<CentralProcess>
{
    Q_OBJECT

protected:
    void prepare() override
    {
        QVERIFY(m_central->init());
        QVERIFY(m_central->addAccount(u"lan"_s, u"operator"_s, secret));
    }

private Q_SLOTS:
    void signInsAreEntered()
    {
        QVERIFY(m_central->serve());
        TestDevice device(m_central->url(), m_central->authorityFile(), Id::create(m_clock));
        QCOMPARE(device.signIn(u"lan"_s, u"wrong wrong wrong"_s).status, 401);
        QCOMPARE(device.signIn(u"nobody at all"_s, u"wrong wrong wrong"_s).status, 401);
        QCOMPARE(device.signIn(u"lan"_s, secret).status, 200);
        const Session first = device.session();
        QCOMPARE(device.renew(first.refreshToken).status, 200);
        QCOMPARE(device.renew(first.refreshToken).status, 401); // a copy of it, somewhere
        QCOMPARE(device.signIn(u"lan"_s, secret).status, 200);
        TestDevice thief(m_central->url(), m_central->authorityFile(), Id::create(m_clock));
        QCOMPARE(thief.renew(device.session().refreshToken).status, 401);
        QCOMPARE(device.signIn(u"lan"_s, secret).status, 200);
        QCOMPARE(device.request("DELETE", u"/v1/session"_s).status, 200);
        QCOMPARE(device.request("DELETE", u"/v1/session"_s).status, 401);
        const QList<QJsonObject> entries = exported({u"--since"_s, u"2020-01-01"_s});
        QStringList kinds;
        for (const QJsonObject &entry : entries) {
            if (entry[u"kind"_s].toString().startsWith(u"session."))
                kinds += entry[u"kind"_s].toString().sliced(8) + u' ' + entry[u"login"_s].toString() + (entry[u"details"_s][u"reason"_s].isUndefined() ? QString() : u' ' + entry[u"details"_s][u"reason"_s].toString());
        }
        QCOMPARE(kinds, (QStringList{u"failed lan"_s, u"failed "_s, u"opened lan"_s, u"misused lan used_twice"_s, u"opened lan"_s, u"misused lan other_device"_s, u"opened lan"_s, u"closed lan"_s}));
        QVERIFY(!entries.first()[u"details"_s][u"console"_s].toString().isEmpty());
        const QByteArray everything = m_text;
        for (const QString &hidden : {secret, u"nobody at all"_s, u"wrong wrong"_s, first.refreshToken, first.accessToken})
            QVERIFY2(!everything.contains(hidden.toUtf8()), qPrintable(hidden));
        QVERIFY(everything.contains("127.0.0.1"));
    }

    void looksOverTheWire()
    {
        QVERIFY(m_central->serve());
        TestDevice device(m_central->url(), m_central->authorityFile(), Id::create(m_clock));
        const Look look{.look = Id::create(m_clock), .type = complaint, .record = Id::create(m_clock), .fields = {u"reporter_phone"_s}, .author = {}, .deviceTimeMs = m_clock.nowMs(), .offsetMs = 0};
        const QByteArray body = wire::encode(QList<Look>{look});
        QCOMPARE(device.request("POST", u"/v1/looks"_s, body).status, 401);
        QCOMPARE(device.signIn(u"lan"_s, secret).status, 200);
        for (int i = 0; i < 3; ++i) // the answer was lost
            QCOMPARE(device.request("POST", u"/v1/looks"_s, body).status, 200);
        QCOMPARE(device.request("POST", u"/v1/looks"_s, "garbage").status, 400);
        QCOMPARE(device.request("POST", u"/v1/looks"_s, wire::encode(QList<Look>{Look{.look = look.look, .type = complaint, .record = look.record, .fields = {}, .author = {}}})).status, 400);
        const QList<QJsonObject> entries = exported({u"--record"_s, look.record.toString()});
        QCOMPARE(entries.size(), 1);
        QCOMPARE(entries[0][u"kind"_s].toString(), u"sealed.seen"_s);
        QCOMPARE(entries[0][u"login"_s].toString(), u"lan"_s);
        QCOMPARE(entries[0][u"operation"_s].toString(), look.look.toString());
    }

    void verifyAnchorAndExport()
    {
        QVERIFY(m_central->serve());
        TestDevice device(m_central->url(), m_central->authorityFile(), Id::create(m_clock));
        QCOMPARE(device.signIn(u"lan"_s, secret).status, 200);
        const OperationMaker make;
        for (int i = 0; i < 5; ++i)
            QCOMPARE(device.push({make.create(complaint, OperationMaker::complaint())}).value(0).outcome, Outcome::Applied);
        const auto anchor = m_central->run({u"audit"_s, u"anchor"_s}); // while it serves
        QCOMPARE(anchor.code, 0);
        const QString file = m_folder.filePath(u"anchor"_s);
        QVERIFY(write(file, anchor.output));
        const auto whole = m_central->run({u"audit"_s, u"verify"_s, u"--anchor"_s, file});
        QVERIFY2(whole.code == 0, whole.errors.constData());
        QVERIFY(whole.output.contains(anchor.output.trimmed()));
        QVERIFY(exported({u"--account"_s, u"lan"_s}).size() == 6);
        QCOMPARE(exported({u"--until"_s, u"2020-01-01"_s}).size(), 0);
        const QString csv = m_folder.filePath(u"out.csv"_s);
        QCOMPARE(m_central->run({u"audit"_s, u"export"_s, csv}).code, 0);
        QFile written(csv);
        QVERIFY(written.open(QFile::ReadOnly));
        const QList<QByteArray> lines = written.readAll().split('\n');
        QCOMPARE(lines.size(), 2 + 8); // head, began, account added, signed in, five operations; nothing after the last line
        QVERIFY(lines[0].startsWith("sequence,time,login"));
        const QList<QStringList> misunderstood{{}, {u"verify"_s, u"--from"_s, u"0"_s}, {u"verify"_s, u"--anchor"_s, csv}, {u"export"_s}, {u"export"_s, u"--since"_s, u"then"_s, csv},
                                         {u"export"_s, u"--record"_s, u"x"_s, csv}, {u"export"_s, u"--format"_s, u"xml"_s, csv}};
        for (const QStringList &wrong : misunderstood)
            QCOMPARE(m_central->run(QStringList{u"audit"_s} + wrong).code, 2);

        QCOMPARE(m_central->stop(), 0);
        tamper(u"UPDATE audit_entry SET at_ms = at_ms + 1 WHERE sequence = 5"_s);
        const auto broken = m_central->run({u"audit"_s, u"verify"_s});
        QCOMPARE(broken.code, 1);
        QVERIFY2(broken.errors.contains("Entry 5 was changed"), broken.errors.constData());
        tamper(u"DELETE FROM audit_entry WHERE sequence > 3"_s);
        const auto cut = m_central->run({u"audit"_s, u"verify"_s, u"--anchor"_s, file});
        QCOMPARE(cut.code, 1);
        QVERIFY2(cut.errors.contains("The journal ends at entry 3"), cut.errors.constData());
    }

    // Killed after the entries were given their places and before that was committed: nothing lost, nothing twice.
    void killedWhileChaining()
    {
        qputenv("IOC_FAULT", "sequencer.chained");
        (void)m_central->serve(); // it dies of its first look at what “account add” left
        qunsetenv("IOC_FAULT");
        QTRY_COMPARE(m_central->processId(), 0);
        const auto pending = counted(u"SELECT count(*) FROM audit_pending"_s);
        QVERIFY(pending > 0);
        QCOMPARE(counted(u"SELECT count(*) FROM audit_entry"_s), 0);
        QVERIFY(m_central->serve());
        QTRY_COMPARE_WITH_TIMEOUT(counted(u"SELECT count(*) FROM audit_pending"_s), 0, 30'000);
        QCOMPARE(counted(u"SELECT count(*) FROM audit_entry"_s), pending);
        QCOMPARE(m_central->run({u"audit"_s, u"verify"_s}).code, 0);
    }

    void backupAndRestoreAreEntered()
    {
        QFETCH_GLOBAL(QString, backend);
        const QString backup = m_folder.filePath(u"backup of "_s + backend);
        QVERIFY(m_central->serve());
        const auto made = m_central->run({u"backup"_s, backup});
        QVERIFY2(made.code == 0, made.errors.constData());
        QTRY_COMPARE_WITH_TIMEOUT(exported({}).last()[u"kind"_s].toString(), u"backup.made"_s, 30'000); // the one that serves may be at it
        QCOMPARE(m_central->stop(), 0);
        QVERIFY(QDir(m_central->dataFolder()).removeRecursively());
        if (m_central->server())
            QVERIFY(connection()->exec(u"DROP SCHEMA public CASCADE"_s) && connection()->exec(u"CREATE SCHEMA public"_s));
        const auto restored = m_central->run({u"restore"_s, backup});
        QVERIFY2(restored.code == 0, restored.errors.constData());
        const QList<QJsonObject> entries = exported({});
        QCOMPARE(entries.last()[u"kind"_s].toString(), u"backup.restored"_s);
        QVERIFY(entries.last()[u"details"_s][u"epoch"_s].toString().size() == 36);
        QCOMPARE(exported({}).size(), entries.size()); // once
        QCOMPARE(m_central->run({u"audit"_s, u"verify"_s}).code, 0);
    }

private:
    static bool write(const QString &path, const QByteArray &text)
    {
        QFile file(path);
        return file.open(QFile::WriteOnly) && file.write(text) == text.size();
    }
    QList<QJsonObject> exported(const QStringList &options)
    {
        const QString path = m_folder.filePath(u"out.jsonl"_s);
        const auto done = m_central->run(QStringList{u"audit"_s, u"export"_s, u"--format"_s, u"jsonl"_s} + options + QStringList{path});
        if (done.code != 0)
            qFatal("%s", done.errors.constData());
        QFile file(path);
        QList<QJsonObject> out;
        m_text.clear();
        if (!file.open(QFile::ReadOnly))
            return out;
        for (QByteArray line = file.readLine(); !line.isEmpty(); line = file.readLine()) {
            m_text += line;
            out += QJsonDocument::fromJson(line).object();
        }
        return out;
    }
    [[nodiscard]] std::unique_ptr<db::Connection> connection() const
    {
        return db::Connection::open({.path = m_central->dataFolder() + u"/central.sqlite"_s, .server = m_central->server(), .mayCreate = false}).value();
    }
    [[nodiscard]] qint64 counted(const QString &sql) const { return connection()->integer(sql).value_or(-1); }
    void tamper(const QString &sql) const
    {
        const auto open = connection();
        if (m_central->server())
            QVERIFY(open->exec(u"ALTER TABLE audit_entry DISABLE TRIGGER USER"_s));
        else
            QVERIFY(open->script(u"DROP TRIGGER IF EXISTS audit_entry_kept; DROP TRIGGER IF EXISTS audit_entry_not_removed;"_s));
        QVERIFY(open->exec(sql));
    }

    SystemClock m_clock;
    QTemporaryDir m_folder;
    QByteArray m_text;
};

QTEST_GUILESS_MAIN(TestAuditProgram)
#include "tst_audit.moc"
