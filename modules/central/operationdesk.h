// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/httpreply.h>
#include <central/operationgroup.h>
#include <central/sequencer.h>

#include <deque>

namespace ioc {

/// Answers POST /v1/operations. A request is given to a writing thread at once while one is free; those that come while all are at work wait and
/// are then judged together. Lives on the HTTP thread.
class OperationDesk : public QObject
{
    Q_OBJECT

public:
    OperationDesk(CentralStorage &storage, Sequencer &sequencer, std::shared_ptr<CentralMetrics> metrics, QObject *parent = nullptr);

    /// \a answered: the device's last operation that was answered, null for none: without it nothing is taken (WentBack).
    void take(const HttpReplyPointer &reply, const QString &token, const QByteArray &body, const Id &answered);

private:
    struct Waiting
    {
        HttpReplyPointer reply;
        PushRequest request;
    };
    void begin();
    QList<HttpReplyPointer> next(QList<PushRequest> &requests);
    void answer(const HttpReplyPointer &reply, const PushAnswers &answers);

    CentralStorage &m_storage;
    Sequencer &m_sequencer;
    std::shared_ptr<CentralMetrics> m_metrics;
    std::deque<Waiting> m_waiting;
    size_t m_atWork = 0; ///< groups given to the writing threads
};

} // namespace ioc
