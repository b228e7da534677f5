// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <wire/codec.h>

#include <QHash>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPointer>
#include <QSet>
#include <QTimer>

#include <functional>

namespace ioc::test {

/// What the fake answers to one request.
struct FakeAnswer
{
    int status = 200;
    QByteArray body;
    QNetworkReply::NetworkError error = QNetworkReply::NoError; ///< instead of an answer
    bool hangs = false;                                         ///< until aborted
    int retryAfter = 0;
};

/// A reply that holds a FakeAnswer.
class FakeReply : public QNetworkReply
{
    Q_OBJECT

public:
    FakeReply(const QNetworkRequest &request, FakeAnswer answer, QObject *parent);
    void abort() override;
    qint64 bytesAvailable() const override { return m_answer.body.size() - m_read + QNetworkReply::bytesAvailable(); }
    bool isSequential() const override { return true; }
    /// Answers a hanging request.
    void release(const FakeAnswer &answer);

protected:
    qint64 readData(char *data, qint64 size) override;

private:
    void complete();
    FakeAnswer m_answer;
    qint64 m_read = 0;
};

/// Central as the engine sees it, at QNetworkAccessManager::createRequest: a feed and answers in memory, errors on demand,
/// requests counted.
class FakeCentral : public QNetworkAccessManager
{
    Q_OBJECT

public:
    explicit FakeCentral(const QString &password = QStringLiteral("đúng")) : m_password(password) {}

    /// Puts a change into the feed; long waits are answered.
    void publish(const Change &change);
    /// Answers the next \a count requests to \a path with \a answer.
    void failNext(const QString &path, const FakeAnswer &answer, int count = 1);
    /// As an old copy of its database would: operations taken so far are unknown; the feed stays as it is.
    void forgetTaken() { m_taken.clear(); }
    [[nodiscard]] int requests(const QString &path) const { return m_requests.value(path); }
    [[nodiscard]] const QList<ioc::Operation> &received() const { return m_received; }

    std::function<Answer(const ioc::Operation &)> judge; ///< null: everything is applied as version 1
    int loseAnswers = 0;                            ///< so many pushes are taken, but their answers lost
    qsizetype takesAtMost = 1000;                   ///< operations in one push; more: 413
    int pageSize = 1000;
    Id epoch;
    QString currentToken;   ///< the access token that is good now
    QString currentRefresh; ///< the refresh token that is good now
    qint64 lifeMs = 600'000;
    qint64 serverTimeMs = 1'760'000'000'000;

protected:
    QNetworkReply *createRequest(Operation operation, const QNetworkRequest &request, QIODevice *outgoing) override;

private:
    FakeAnswer answer(const QString &verb, const QNetworkRequest &request, const QByteArray &body);
    FakeAnswer session(const QByteArray &body);
    FakeAnswer operations(const QByteArray &body);
    FakeAnswer changes(const QUrl &url);
    static FakeAnswer error(int status, ErrorCode code, const QString &message = QStringLiteral("lỗi"));

    QString m_password;
    QHash<QString, int> m_requests;
    QHash<QString, QList<FakeAnswer>> m_failures;
    QList<Change> m_feed;
    QList<ioc::Operation> m_received;
    QSet<Id> m_taken;
    QPointer<FakeReply> m_waiting;
    int m_sessions = 0;
};

} // namespace ioc::test
