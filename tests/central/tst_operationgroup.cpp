// SPDX-License-Identifier: GPL-3.0-or-later
#include "centralfixture.h"

#include <access/sessions.h>
#include <central/operationgroup.h>
#include <wire/codec.h>

#include <QTest>

using namespace ioc;

namespace {

const QString complaint = QStringLiteral("complaint");
const QString product = QStringLiteral("product");

} // namespace

/// Requests of several devices that are judged together: each gets what it would have got alone.
class TestOperationGroup : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addBackends(); }
    void init()
    {
        QFETCH_GLOBAL(QString, backend);
        m_central = std::make_unique<CentralFixture>(backend == u"postgresql");
        if (const QString obstacle = m_central->obstacle(); !obstacle.isEmpty())
            QSKIP(qPrintable(obstacle));
        m_lan = signedIn(m_central->lan);
        m_minh = signedIn(m_central->minh);
    }
    void cleanup() { m_central.reset(); }

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

    std::unique_ptr<CentralFixture> m_central;
    QString m_lan;
    QString m_minh;
};

QTEST_GUILESS_MAIN(TestOperationGroup)
#include "tst_operationgroup.moc"
