// SPDX-License-Identifier: GPL-3.0-or-later
#include "centralfixture.h"

#include <access/sessions.h>
#include <central/operationgroup.h>
#include <support/backendtest.h>
#include <wire/codec.h>

#include <QTest>

using namespace ioc;

namespace {

const QString complaint = QStringLiteral("complaint");
const QString product = QStringLiteral("product");

} // namespace

/// Requests of several devices that are judged together: each gets what it would have got alone.
class TestOperationGroup : public CentralTest<CentralFixture>
{
    Q_OBJECT

protected:
    void prepare() override
    {
        m_lan = signedIn(m_central->lan);
        m_minh = signedIn(m_central->minh);
    }

private Q_SLOTS:
    void allAreTakenAtOnce()
    {
        const Operation first = create(complaint);
        const Operation second = create(complaint);
        const QList<PushRequest> requests{request(m_lan, {first}), request(m_minh, {second}), request(m_lan, {first})};
        const auto answers = together(requests);
        QCOMPARE(answers.size(), 3);
        QCOMPARE(outcomes(answers[0]), QList{Outcome::Applied});
        QCOMPARE(outcomes(answers[1]), QList{Outcome::Applied});
        QCOMPARE(answers[2]->value(0).version, answers[0]->value(0).version); // once, however often it is offered
        QCOMPARE(m_central->count(QStringLiteral("SELECT count(*) FROM complaint")), 2);
        QCOMPARE(m_central->count(QStringLiteral("SELECT count(*) FROM central_operation")), 2);
        QCOMPARE(m_central->find(complaint, second.record).record.version, 1);
        if (m_central->options.server)
            QCOMPARE(m_central->count(QStringLiteral("SELECT count(DISTINCT xmin::text) FROM central_operation")), 1);
    }

    void whoMayNotIsToldSoAlone()
    {
        const Operation theirs = create(complaint);
        const auto answers = together({request(m_lan, {create(complaint)}), request(QStringLiteral("of nobody"), {theirs}),
                                       {m_minh, QByteArrayLiteral("not a list of operations"), QStringLiteral("en")}, request(m_minh, {create(complaint)})});
        QCOMPARE(outcomes(answers[0]), QList{Outcome::Applied});
        QVERIFY(!answers[1]);
        QCOMPARE(answers[1].error().code, ErrorCode::Unauthenticated);
        QVERIFY(!answers[2]);
        QCOMPARE(answers[2].error().code, ErrorCode::InvalidInput);
        QCOMPARE(outcomes(answers[3]), QList{Outcome::Applied});
        QCOMPARE(m_central->count(QStringLiteral("SELECT count(*) FROM complaint")), 2);
    }

    // A device that was answered about something which is not here any more keeps all it has, until it has offered that again.
    void nothingIsTakenFromWhomALostAnswerWasGiven()
    {
        const Operation kept = create(complaint);
        QCOMPARE(m_central->push(kept, m_central->lan).outcome, Outcome::Applied);
        const auto after = [&](const Id &answered) {
            PushRequest one = request(m_lan, {create(complaint)});
            one.answered = answered;
            return one;
        };
        const auto answers = together({after(kept.op), after(Id::create(m_central->clock)), request(m_minh, {create(complaint)}), after({})});
        QCOMPARE(outcomes(answers[0]), QList{Outcome::Applied});
        QVERIFY(!answers[1]);
        QCOMPARE(answers[1].error().code, ErrorCode::WentBack);
        QCOMPARE(outcomes(answers[2]), QList{Outcome::Applied});
        QCOMPARE(outcomes(answers[3]), QList{Outcome::Applied});
        QCOMPARE(together({after(Id::create(m_central->clock))}).value(0).error_or(Error()).code, ErrorCode::WentBack); // alone, too
        QCOMPARE(outcomes(together({after(kept.op)}).value(0)), QList{Outcome::Applied});
        QCOMPARE(m_central->count(QStringLiteral("SELECT count(*) FROM complaint")), 5);
    }

    // What fails undoes what was judged before it in the same transaction; all but itself is taken all the same.
    void whatFailsTakesNothingWithIt()
    {
        QVERIFY(m_central->write([](db::Connection &connection) { return connection.exec(QStringLiteral("DROP TABLE product")); }));
        const Operation before = create(complaint);
        const Operation after = create(complaint);
        const auto answers = together({request(m_lan, {before}), request(m_minh, {create(product)}), request(m_lan, {create(product), after})});
        QCOMPARE(outcomes(answers[0]), QList{Outcome::Applied});
        QCOMPARE(outcomes(answers[1]), QList{Outcome::Later});
        QCOMPARE(outcomes(answers[2]), (QList{Outcome::Later, Outcome::Applied}));
        QCOMPARE(m_central->count(QStringLiteral("SELECT count(*) FROM complaint")), 2);
        QCOMPARE(m_central->find(complaint, before.record).record.version, 1);
        QCOMPARE(m_central->find(complaint, after.record).record.version, 1);
        QCOMPARE(m_central->count(QStringLiteral("SELECT count(*) FROM central_operation")), 2);
    }

    // Two devices that both have the record offer it after central lost it.
    void theSameRecordTwiceIsOne()
    {
        const Operation first = create(complaint);
        Operation second = first;
        second.op = Id::create(m_central->clock);
        const auto answers = together({request(m_lan, {first}), request(m_lan, {create(complaint)}), request(m_lan, {second}), request(m_minh, {create(complaint)})});
        QCOMPARE(outcomes(answers[0]), QList{Outcome::Applied});
        QCOMPARE(outcomes(answers[2]), QList{Outcome::Applied});
        QCOMPARE(answers[2]->value(0).version, 1); // nothing was changed
        if (m_central->options.server) // nor was all of it done again one by one
            QCOMPARE(m_central->count(QStringLiteral("SELECT count(DISTINCT xmin::text) FROM central_operation")), 1);
        QCOMPARE(m_central->count(QStringLiteral("SELECT count(*) FROM complaint")), 3);
        QCOMPARE(m_central->count(QStringLiteral("SELECT count(*) FROM central_commit")), 3);
        QCOMPARE(m_central->count(QStringLiteral("SELECT count(DISTINCT number) FROM complaint WHERE number IS NOT NULL")), 3);
    }

    // Drawn for all at once, given in the order they came.
    void numbersGoUp()
    {
        QList<PushRequest> requests;
        QList<Id> records;
        for (int i = 0; i < 70; ++i) {
            const Operation one = create(complaint);
            records += one.record;
            requests += request(i % 2 ? m_lan : m_minh, {one});
        }
        for (qsizetype from = 0; from < requests.size(); from += 35) {
            const auto answers = together(requests.sliced(from, 35));
            QVERIFY(std::ranges::all_of(answers, [](const PushAnswers &one) { return one && one->value(0).outcome == Outcome::Applied; }));
        }
        QString last;
        for (const Id &record : std::as_const(records)) {
            const QString number = m_central->find(complaint, record).record.text(QStringLiteral("number"));
            QVERIFY2(number > last, qPrintable(number));
            last = number;
        }
        QVERIFY2(last.endsWith(QStringLiteral("-000070")), qPrintable(last));
    }

    // Personal data come with a key of their own, which waits with the record.
    void personalDataAreSealedAndOpened()
    {
        QList<PushRequest> requests;
        QList<Operation> all;
        for (int i = 0; i < 5; ++i) {
            Values values = OperationMaker::complaint();
            values.insert(QStringLiteral("reporter_phone"), QStringLiteral("+8490123456%1").arg(i));
            all += m_central->make.create(complaint, values);
            requests += request(m_lan, {all.last()});
        }
        // The third is edited by another request of the same group.
        requests += request(m_lan, {m_central->make.edit(complaint, all[2].record, QStringLiteral("reporter_phone"), QStringLiteral("+84901234562"), QStringLiteral("+84911111111"), 1)});
        const auto answers = together(requests);
        for (const PushAnswers &one : answers)
            QCOMPARE(outcomes(one), QList{Outcome::Applied});
        QCOMPARE(m_central->count(QStringLiteral("SELECT count(*) FROM central_seal_key")), 5);
        for (int i = 0; i < 5; ++i)
            QCOMPARE(m_central->find(complaint, all[i].record).record.text(QStringLiteral("reporter_phone")), i == 2 ? QStringLiteral("+84911111111") : QStringLiteral("+8490123456%1").arg(i));
    }

    // What is not made takes no number.
    void refusedCreationsTakeNoNumber()
    {
        const auto wrong = [&] {
            Values values = OperationMaker::complaint();
            values.insert(QStringLiteral("category"), QStringLiteral("nonsense"));
            return request(m_lan, {m_central->make.create(complaint, values)});
        };
        (void)together({request(m_lan, {create(complaint)})});
        (void)together({wrong(), wrong(), wrong()});
        const Operation last = create(complaint);
        (void)together({request(m_lan, {last}), request(m_minh, {create(complaint)})});
        const QString number = m_central->find(complaint, last.record).record.text(QStringLiteral("number"));
        QVERIFY2(number.endsWith(QStringLiteral("-000002")), qPrintable(number));
    }

    // The second builds on the first, which another device of the same person sent a moment before.
    void oneMayBuildOnAnother()
    {
        const Operation first = create(complaint);
        Operation second = m_central->make.edit(complaint, first.record, QStringLiteral("title"), QStringLiteral("Chặt chém khách"), QStringLiteral("Ép giá"), 1);
        second.after = {first.op};
        const auto answers = together({request(m_lan, {first}), request(m_lan, {second})});
        QCOMPARE(outcomes(answers[1]), QList{Outcome::Applied});
        QCOMPARE(m_central->find(complaint, first.record).record.value(QStringLiteral("title")).toString(), QStringLiteral("Ép giá"));
    }

    // Looked up and written together: to each it is as though it had come alone, behind those before it.
    void eachHearsWhatItWouldHearAlone()
    {
        const auto requests = [this] {
            const Operation made = create(complaint);
            const Id record = made.record;
            Operation again = create(complaint); // the same record, offered by another operation
            again.record = record;
            const QString title = QStringLiteral("title");
            const QString before = made.changes.first().newValue.toString();
            const auto edited = [&](const QString &field, const QString &after) { return m_central->make.edit(complaint, record, field, title == field ? before : QString(), after, 1); };
            Operation accept = m_central->make.step(complaint, record, QStringLiteral("accept"), {}, 1);
            Operation undo = m_central->make.step(complaint, record, QStringLiteral("undo"), {}, 2);
            Operation lost = edited(QStringLiteral("description"), QStringLiteral("Ghi chú"));
            lost.after = {Id::create(m_central->clock)}; // never came
            return QList<PushRequest>{request(m_lan, {made}), request(m_minh, {edited(title, QStringLiteral("Ép giá"))}), request(m_lan, {edited(title, QStringLiteral("Nâng giá"))}),
                                      request(m_lan, {create(complaint), create(complaint)}), request(m_minh, {again}), request(m_lan, {made}),
                                      request(m_lan, {accept}), request(m_lan, {undo}), request(m_minh, {lost}), request(m_minh, {create(product)})};
        };
        const auto told = [](const QList<PushAnswers> &all) {
            QStringList out;
            for (const PushAnswers &answers : all) {
                for (const Answer &answer : answers.value_or(QList<Answer>())) {
                    QString one = outcomeName(answer.outcome) + QStringLiteral(" %1 ").arg(answer.version) + answer.message;
                    for (const FieldConflict &conflict : answer.conflicts)
                        one += u' ' + conflict.field + u'=' + conflict.theirs.toString() + QStringLiteral(" by ") + conflict.theirsBy;
                    out += one;
                }
            }
            return out;
        };
        const auto rows = [this] {
            return QList<qint64>{m_central->count(QStringLiteral("SELECT count(*) FROM central_operation")), m_central->count(QStringLiteral("SELECT count(*) FROM audit_pending")),
                                 m_central->count(QStringLiteral("SELECT count(*) FROM central_commit")), m_central->count(QStringLiteral("SELECT count(*) FROM complaint"))};
        };
        const auto since = [](const QList<qint64> &after, const QList<qint64> &before) {
            QList<qint64> out;
            for (qsizetype i = 0; i < after.size(); ++i)
                out += after[i] - before[i];
            return out;
        };
        const auto start = rows();
        const QStringList inOne = told(together(requests()));
        const auto middle = rows();
        QList<PushAnswers> alone;
        const auto same = requests();
        for (const PushRequest &one : same)
            alone += together({one});
        QCOMPARE(inOne, told(alone));
        QCOMPARE(inOne.size(), same.size() + 1);
        QVERIFY2(inOne[2].contains(QStringLiteral("by ")) && !inOne[2].endsWith(QStringLiteral("by ")), qPrintable(inOne[2])); // whose value it met
        QCOMPARE(since(middle, start), since(rows(), middle));
        QVERIFY(middle[1] > start[1]);
    }

private:
    [[nodiscard]] Operation create(const QString &type) const
    {
        if (type == complaint)
            return m_central->make.create(type, OperationMaker::complaint());
        return m_central->make.create(type, {{QStringLiteral("name"), QStringLiteral("Tour")}, {QStringLiteral("kind"), QStringLiteral("tour")}});
    }
    static PushRequest request(const QString &token, const QList<Operation> &operations) { return {token, wire::encode(operations), QStringLiteral("vi")}; }
    QList<PushAnswers> together(const QList<PushRequest> &requests)
    {
        return m_central->write([&](db::Connection &connection) -> Result<QList<PushAnswers>> { return judgeTogether(*m_central->storage, connection, requests); }).value();
    }
    static QList<Outcome> outcomes(const PushAnswers &answers)
    {
        QList<Outcome> out;
        for (const Answer &answer : answers.value_or(QList<Answer>()))
            out += answer.outcome;
        return out;
    }
    QString signedIn(const Identity &who)
    {
        return m_central->write([&](db::Connection &connection) { return Sessions(connection, m_central->clock).open(who.account, who.device, QStringLiteral("test")); }).value().access;
    }

    QString m_lan;
    QString m_minh;
};

QTEST_GUILESS_MAIN(TestOperationGroup)
#include "tst_operationgroup.moc"
