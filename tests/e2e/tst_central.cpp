// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/centralstorage.h>
#include <support/backendtest.h>
#include <support/centralprocess.h>
#include <support/operationmaker.h>
#include <support/testdevice.h>
#include <wire/codec.h>

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <utility>

using namespace ioc;

namespace {

const QString password = QStringLiteral("bến thành sáng sớm");

Id newId()
{
    return OperationMaker().newId();
}

} // namespace

/// The real program over real TLS: sign-in, push, pull, waiting, killing.
class TestCentral : public CentralTest<CentralProcess>
{
    Q_OBJECT

protected:
    void prepare() override
    {
        QVERIFY(m_central->init());
        QVERIFY(m_central->addAccount(QStringLiteral("lan"), QStringLiteral("operator"), password));
        QVERIFY(m_central->addAccount(QStringLiteral("minh"), QStringLiteral("operator"), password));
        QVERIFY(m_central->serve());
    }

private Q_SLOTS:
    void initRefusesToOverwrite()
    {
        const auto again = m_central->run({QStringLiteral("init")});
        QCOMPARE(again.code, 1);
        QVERIFY(again.errors.contains("not empty"));
    }

    void keysAreForTheOwnerAlone()
    {
        for (const char *name : {"/tls/ca.key", "/tls/server.key"}) {
            const auto rights = QFile::permissions(m_central->dataFolder() + QString::fromLatin1(name));
            QVERIFY(rights & QFile::ReadOwner);
            QVERIFY(!(rights & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther)));
        }
    }

    void saysItsVersion()
    {
        const auto said = m_central->run({QStringLiteral("--version")});
        QCOMPARE(said.code, 0);
        QVERIFY2(said.output.startsWith("tourism-ioc-central ") && said.output.trimmed().last(1).front() >= '0', said.output.constData());
    }

    void aTakenPortIsSaidClearly()
    {
        const auto second = m_central->run({QStringLiteral("serve"), QStringLiteral("--port"), QString::number(m_central->port())});
        QCOMPARE(second.code, 1);
        QVERIFY2(second.errors.contains("is taken by another program"), second.errors.constData());
    }

    void stopsCleanly()
    {
        const auto client = signedIn(QStringLiteral("lan"));
        QNetworkReply *waiting = client->start("GET", TestDevice::changesPath(headOf(*client), 25, 100));
        QVERIFY(QTest::qWaitFor([&] { return m_central->log().contains("event=listening"); }));
        QCOMPARE(m_central->stop(), 0);
        waiting->abort();
        waiting->deleteLater();
    }

    void aChangeReachesTheOtherDevice()
    {
        const auto lan = signedIn(QStringLiteral("lan"));
        const auto minh = signedIn(QStringLiteral("minh"));
        QCOMPARE(lan->session().role, QStringLiteral("operator"));
        const OperationMaker make(lan->session().account, lan->device());
        const Operation create = make.create(QStringLiteral("complaint"), OperationMaker::complaint());
        const auto answers = lan->push({create});
        QCOMPARE(answers.size(), 1);
        QCOMPARE(answers[0].outcome, Outcome::Applied);
        QCOMPARE(answers[0].version, 1);
        Cursor cursor;
        const auto page = minh->pull(cursor, 5);
        QVERIFY(page);
        const auto row = std::ranges::find(page->changes, create.record, [](const Change &change) { return change.record.id; });
        // It may still be on its way to its number: then the next page has it.
        const auto next = row == page->changes.end() ? minh->pull(page->next, 5) : page;
        QVERIFY(next);
        const auto found = std::ranges::find(next->changes, create.record, [](const Change &change) { return change.record.id; });
        QVERIFY(found != next->changes.end());
        QCOMPARE(found->record.text(QStringLiteral("title")), QStringLiteral("Chặt chém khách"));
        QCOMPARE(found->record.text(QStringLiteral("status")), QStringLiteral("new"));
        QVERIFY(found->record.text(QStringLiteral("number")).endsWith(QStringLiteral("-000001")));
    }

    // A person asks what is held about them, and then to have it erased; central serves meanwhile.
    void aPersonIsFoundHandedOutAndErased()
    {
        const auto lan = signedIn(QStringLiteral("lan"));
        Values values = OperationMaker::complaint();
        values.insert(QStringLiteral("reporter_phone"), QStringLiteral("+84901234567"));
        const Operation create = OperationMaker().create(QStringLiteral("complaint"), values);
        QCOMPARE(lan->push({create}).value(0).outcome, Outcome::Applied);
        const auto person = [&](const QStringList &arguments, const QByteArray &input = {}) { return m_central->run(QStringList{QStringLiteral("person")} + arguments, input); };
        QCOMPARE(person({QStringLiteral("find"), QStringLiteral("0999999999")}).code, 1);
        const auto found = person({QStringLiteral("find"), QStringLiteral("-")}, "0901 234 567\n");
        QVERIFY2(found.code == 0 && found.output.contains(create.record.toString().toLatin1()) && found.output.contains("reporter_phone"), found.errors.constData());
        const QString file = m_central->dataFolder() + QStringLiteral("/person.json");
        QCOMPARE(person({QStringLiteral("export"), QStringLiteral("0901234567"), file}).code, 0);
        QCOMPARE(person({QStringLiteral("export"), QStringLiteral("0901234567"), file}).code, 1); // there already
        QFile exported(file);
        QVERIFY(exported.open(QFile::ReadOnly) && exported.readAll().contains("+84901234567"));
        QCOMPARE(exported.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        Cursor cursor;
        QTRY_VERIFY(lan->pullAll(cursor) && cursor.sequence > 0);
        QCOMPARE(person({QStringLiteral("erase"), QStringLiteral("0901234567")}).code, 2); // how many was not said
        const auto erased = person({QStringLiteral("erase"), QStringLiteral("--records"), QStringLiteral("1"), QStringLiteral("0901234567")});
        QVERIFY2(erased.code == 0, erased.errors.constData());
        bool wasTold = false;
        const auto told = [&] {
            const auto changes = lan->pullAll(cursor);
            wasTold = wasTold || (changes && std::ranges::any_of(*changes, [&](const Change &change) { return change.record.id == create.record && change.record.value(QStringLiteral("reporter_phone")).isUndefined(); }));
            return wasTold;
        };
        QTRY_VERIFY(told());
    }

    // A device names what it was answered last; a central without that has gone back, and says so before it takes or gives anything.
    void whatWasAnsweredAndIsGoneIsTold()
    {
        const auto lan = signedIn(QStringLiteral("lan"));
        const OperationMaker make(lan->session().account, lan->device());
        const Operation first = make.create(QStringLiteral("complaint"), OperationMaker::complaint());
        QCOMPARE(lan->push({first}).value(0).outcome, Outcome::Applied);
        const Operation second = make.create(QStringLiteral("complaint"), OperationMaker::complaint());
        const auto pushed = [&](const QByteArray &answered) { return lan->requestWith("POST", QStringLiteral("/v1/operations"), {{wire::answeredHeader, answered}}, wire::encode(QList<Operation>{second})); };
        const auto pulled = [&](const QByteArray &answered) { return lan->requestWith("GET", TestDevice::changesPath({}, 0, 1), {{wire::answeredHeader, answered}}); };
        const QByteArray lost = Id::create(SystemClock()).toString().toLatin1();
        for (const auto &refused : {pushed(lost), pulled(lost)}) {
            QCOMPARE(refused.status, 409);
            QCOMPARE(wire::decodeError(refused.body)->code, ErrorCode::WentBack);
        }
        for (const auto &wrong : {pushed("nothing"), pulled(QByteArray(5000, 'a'))}) {
            QCOMPARE(wrong.status, 400);
            QCOMPARE(wire::decodeError(wrong.body)->code, ErrorCode::InvalidInput);
        }
        const QByteArray kept = first.op.toString().toLatin1();
        QCOMPARE(pulled(kept).status, 200);
        const auto taken = pushed(kept);
        QCOMPARE(taken.status, 200);
        QCOMPARE(wire::decodeAnswers(taken.body)->first().outcome, Outcome::Applied);
    }

    // While a device takes in one page the next is read ahead for it: it is given only if it is what would be read now.
    void thePageReadAheadIsNeverStale()
    {
        const auto lan = signedIn(QStringLiteral("lan"));
        const auto minh = signedIn(QStringLiteral("minh"));
        const OperationMaker make(lan->session().account, lan->device());
        const Cursor start = headOf(*minh);
        QList<Id> records;
        for (int i = 0; i < 4; ++i) {
            const Operation create = make.create(QStringLiteral("complaint"), OperationMaker::complaint());
            QCOMPARE(lan->push({create}).value(0).outcome, Outcome::Applied);
            records += create.record;
            QTRY_COMPARE(changesAfter(*lan, start), i + 1); // numbered in this order
        }
        const auto first = minh->pull(start, 0, 1);
        QVERIFY(first && first->more);
        QCOMPARE(first->changes.value(0).record.id, records[0]);
        const auto second = minh->pull(first->next, 0, 1); // as it was read ahead
        QVERIFY(second && second->more);
        QCOMPARE(second->changes.value(0).record.id, records[1]);
        QCOMPARE(second->changes.size(), 1);
        const QString title = OperationMaker::complaint()[QStringLiteral("title")].toString();
        QCOMPARE(lan->push({make.edit(QStringLiteral("complaint"), records[2], QStringLiteral("title"), title, QStringLiteral("Sửa"), 1)}).value(0).outcome, Outcome::Applied);
        QTRY_VERIFY(lan->pull(second->next, 0, 5000)->next.sequence == start.sequence + 5);
        const auto third = minh->pull(second->next, 0, 1); // read ahead before the edit: its record comes further on now
        QVERIFY(third && third->more);
        QCOMPARE(third->changes.size(), 0);
        QCOMPARE(minh->request("DELETE", QStringLiteral("/v1/session")).status, 200); // and what was read ahead now is nobody's
        QCOMPARE(minh->request("GET", TestDevice::changesPath(third->next, 0, 1)).status, 401);
        QCOMPARE(lan->pull(third->next, 0, 1)->changes.value(0).record.id, records[3]);
    }

    void aLongWaitWakes()
    {
        const auto lan = signedIn(QStringLiteral("lan"));
        const auto minh = signedIn(QStringLiteral("minh"));
        const Cursor head = headOf(*minh);
        QNetworkReply *waiting = minh->start("GET", TestDevice::changesPath(head, 25, 5000));
        const Operation create = OperationMaker().create(QStringLiteral("complaint"), OperationMaker::complaint());
        QCOMPARE(lan->push({create}).value(0).outcome, Outcome::Applied);
        const auto answered = minh->finish(waiting);
        QCOMPARE(answered.status, 200);
        const auto page = wire::decodeChangePage(answered.body);
        QVERIFY(page);
        QCOMPARE(page->changes.size(), 1);
        QCOMPARE(page->changes[0].record.id, create.record);
    }

    void aWaitWithoutNewsEndsEmpty()
    {
        const auto lan = signedIn(QStringLiteral("lan"));
        const Cursor head = headOf(*lan);
        const auto page = lan->pull(head, 1);
        QVERIFY(page);
        QVERIFY(page->changes.isEmpty());
        QCOMPARE(page->next, head);
        QVERIFY(!page->more);
    }

    void changesOfAnotherProcessWakeToo()
    {
        const auto lan = signedIn(QStringLiteral("lan"));
        const Cursor head = headOf(*lan);
        QNetworkReply *waiting = lan->start("GET", TestDevice::changesPath(head, 25, 5000));
        QVERIFY(m_central->addAccount(QStringLiteral("hoa"), QStringLiteral("viewer"), password));
        const auto page = wire::decodeChangePage(lan->finish(waiting).body);
        QVERIFY(page);
        QCOMPARE(page->changes.value(0).record.text(QStringLiteral("login")), QStringLiteral("hoa"));
    }

    void anOperationIsTakenOnce()
    {
        const auto lan = signedIn(QStringLiteral("lan"));
        const Operation create = OperationMaker().create(QStringLiteral("complaint"), OperationMaker::complaint());
        const auto first = lan->push({create});
        QCOMPARE(lan->push({create, create}), (QList<Answer>{first.value(0), first.value(0)}));
        // Numbered a moment after it is answered; when a later one has come, so has all that was done before it.
        const Operation last = OperationMaker().create(QStringLiteral("complaint"), OperationMaker::complaint());
        QCOMPARE(lan->push({last}).value(0).outcome, Outcome::Applied);
        Cursor cursor;
        QList<Change> all;
        const auto came = [&](const Id &record) {
            return std::ranges::count(all, record, [](const Change &change) { return change.record.id; });
        };
        QTRY_VERIFY((all += lan->pullAll(cursor).value_or(QList<Change>()), came(last.record) > 0));
        QCOMPARE(came(create.record), 1);
        QCOMPARE(came(last.record), 1);
    }

    void twoWritersOnOneRecord()
    {
        const auto lan = signedIn(QStringLiteral("lan"));
        const auto minh = signedIn(QStringLiteral("minh"));
        const OperationMaker make;
        const Operation create = make.create(QStringLiteral("complaint"), OperationMaker::complaint());
        QCOMPARE(lan->push({create}).value(0).version, 1);
        const QString type = QStringLiteral("complaint");
        const QString title = QStringLiteral("Chặt chém khách");
        // Both at once, on different fields: both stand.
        QNetworkReply *one = lan->start("POST", QStringLiteral("/v1/operations"), wire::encode(QList<Operation>{make.edit(type, create.record, QStringLiteral("priority"), QStringLiteral("3_normal"), QStringLiteral("1_urgent"), 1)}));
        QNetworkReply *two = minh->start("POST", QStringLiteral("/v1/operations"), wire::encode(QList<Operation>{make.edit(type, create.record, QStringLiteral("address"), {}, QStringLiteral("Chợ Bến Thành"), 1)}));
        const auto first = wire::decodeAnswers(lan->finish(one).body).value_or(QList<Answer>());
        const auto second = wire::decodeAnswers(minh->finish(two).body).value_or(QList<Answer>());
        QCOMPARE(first.size() + second.size(), 2);
        QCOMPARE((QSet<qint64>{first[0].version, second[0].version}), (QSet<qint64>{2, 3}));
        QCOMPARE((QSet<int>{int(first[0].outcome), int(second[0].outcome)}), (QSet<int>{int(Outcome::Applied), int(Outcome::Merged)}));
        // On the same field: the second one is in conflict and keeps nothing back.
        QCOMPARE(lan->push({make.edit(type, create.record, QStringLiteral("title"), title, QStringLiteral("A"), 3)}).value(0).outcome, Outcome::Applied);
        const auto late = minh->push({make.edit(type, create.record, QStringLiteral("title"), title, QStringLiteral("B"), 3)});
        QCOMPARE(late.value(0).outcome, Outcome::Conflict);
        QCOMPARE(late.value(0).conflicts.size(), 1);
        FieldConflict told = late.value(0).conflicts.first();
        QVERIFY(!std::exchange(told.theirsBy, {}).isEmpty()); // who wrote the other value, and when
        QVERIFY(std::exchange(told.theirsMs, 0) > 0);
        QCOMPARE(told, (FieldConflict{QStringLiteral("title"), title, QStringLiteral("B"), QStringLiteral("A")}));
    }

    void killedWhilePushing()
    {
        auto lan = signedIn(QStringLiteral("lan"));
        const OperationMaker make;
        QList<Operation> all;
        QHash<Id, Answer> acknowledged;
        Cursor cursor;
        for (int round = 0; round < 5; ++round) {
            QList<QNetworkReply *> replies;
            QList<QList<Operation>> batches;
            for (int batch = 0; batch < 6; ++batch) {
                QList<Operation> operations;
                for (int i = 0; i < 20; ++i)
                    operations += make.create(QStringLiteral("complaint"), OperationMaker::complaint());
                all += operations;
                batches += operations;
                replies += lan->start("POST", QStringLiteral("/v1/operations"), wire::encode(operations));
            }
            QSignalSpy answered(replies[round], &QNetworkReply::finished); // some are answered by then, others not
            QVERIFY(answered.wait(60'000));
            m_central->kill();
            for (qsizetype i = 0; i < replies.size(); ++i) {
                const auto reply = lan->finish(replies[i]);
                const auto answers = reply.status == 200 ? wire::decodeAnswers(reply.body).value_or(QList<Answer>()) : QList<Answer>();
                for (const Answer &answer : answers)
                    acknowledged.insert(answer.op, answer);
            }
            QVERIFY(m_central->serve());
            lan->setBase(m_central->url());
            QVERIFY(lan->pullAll(cursor)); // the cursor goes on across the restart
        }
        QVERIFY(!acknowledged.isEmpty());
        // What was acknowledged has the same answer; what was not is taken now.
        for (qsizetype from = 0; from < all.size(); from += 100) {
            const auto answers = lan->push(all.mid(from, 100));
            QCOMPARE(answers.size(), 100);
            for (const Answer &answer : answers) {
                QCOMPARE(answer.outcome, Outcome::Applied);
                if (acknowledged.contains(answer.op))
                    QCOMPARE(answer, acknowledged[answer.op]);
            }
        }
        // Each record is there once, with one number; a cursor from the start sees the same.
        QSet<Id> records;
        QSet<QString> numbers;
        const auto complete = [&] {
            Cursor fresh;
            records.clear();
            numbers.clear();
            const auto changes = lan->pullAll(fresh);
            for (const Change &change : changes.value_or(QList<Change>())) {
                if (change.record.type == u"complaint") {
                    records.insert(change.record.id);
                    numbers.insert(change.record.text(QStringLiteral("number")));
                }
            }
            return records.size() == all.size();
        };
        QVERIFY(QTest::qWaitFor(complete, 30'000));
        QCOMPARE(numbers.size(), all.size());
        for (const Operation &operation : std::as_const(all))
            QVERIFY(records.contains(operation.record));
    }

    void theClocksCount()
    {
        const auto lan = signedIn(QStringLiteral("lan"));
        const OperationMaker make(lan->session().account, lan->device());
        const Operation create = make.create(QStringLiteral("complaint"), OperationMaker::complaint());
        Operation started = make.create(QStringLiteral("clock_entry"), {{QStringLiteral("complaint"), create.record.toString()}, {QStringLiteral("clock"), QStringLiteral("respond")},
                                                                        {QStringLiteral("act"), QStringLiteral("started")}, {QStringLiteral("at"), qint64(1'780'000'000'000)}, {QStringLiteral("due"), qint64(1'780'000'900'000)}});
        started.after = {create.op};
        const auto answers = lan->push({started, create}); // in the wrong order: the batch sorts itself out
        QCOMPARE(answers.value(0).outcome, Outcome::Applied);
        QCOMPARE(answers.value(1).outcome, Outcome::Applied);
        m_central->kill();
        const auto catalog = TypeCatalog::load();
        const SystemClock clock;
        const auto storage = CentralStorage::open({.folder = m_central->dataFolder(), .catalog = catalog.value(), .clock = &clock, .server = m_central->server()});
        QVERIFY(storage);
        const auto due = (*storage)->read([&](db::Connection &connection) { return connection.integer(QStringLiteral("SELECT due_at FROM complaint WHERE id = ?"), {create.record.toBytes()}); }).result();
        QCOMPARE(due.value_or(0), 1'780'000'900'000);
    }

private:
    std::unique_ptr<TestDevice> signedIn(const QString &login)
    {
        auto client = std::make_unique<TestDevice>(m_central->url(), m_central->authorityFile(), newId());
        const auto answered = client->signIn(login, password);
        if (answered.status != 200)
            qCritical("sign-in failed: %d", answered.status);
        return client;
    }
    static qsizetype changesAfter(TestDevice &client, Cursor cursor)
    {
        const auto changes = client.pullAll(cursor);
        return changes ? changes->size() : -1;
    }
    Cursor headOf(TestDevice &client)
    {
        Cursor cursor;
        // The accounts made in init() may still wait for their numbers.
        (void)QTest::qWaitFor([&] { return client.pullAll(cursor) && cursor.sequence >= 2; }, 30'000);
        return cursor;
    }
};

QTEST_GUILESS_MAIN(TestCentral)
#include "tst_central.moc"
