// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/centralstorage.h>
#include <central/httpreply.h>
#include <central/requesttext.h>
#include <central/snapshotjob.h>
#include <central/snapshotshelf.h>

#include <QThreadPool>

namespace ioc {

/// When a snapshot is worth it and how long it is kept.
struct SnapshotLimits
{
    qint64 worthFrom = 5000;         ///< changes in the feed; with fewer a device pulls them
    qint64 freshChanges = 20'000;    ///< a file further behind the feed is not offered
    qint64 renewAfterMs = 3'600'000; ///< a file of this age and behind is offered while a new one is built
};

/// Answers GET /v1/snapshot and GET /v1/snapshot/ID and has snapshots built, one at a time, on a thread of its own. Lives on
/// the HTTP thread.
class SnapshotDesk : public QObject
{
    Q_OBJECT

public:
    explicit SnapshotDesk(CentralStorage &storage, const SnapshotLimits &limits = {}, QObject *parent = nullptr);
    ~SnapshotDesk() override;

    void offer(const HttpReplyPointer &reply, const QString &token, const Id &answered);
    void send(const HttpReplyPointer &reply, const QString &token, const QString &id, const QByteArray &rangeHeader);

    struct State
    {
        qsizetype ready = 0;
        qint64 newestSequence = 0;
        bool isBuilding = false;
    };
    [[nodiscard]] State state() const { return {m_snapshots.size(), m_snapshots.isEmpty() ? 0 : m_snapshots.first().cursor.sequence, !m_buildingFor.isEmpty()}; }

private:
    struct Standing
    {
        Scope scope;
        qint64 feedEnd = 0;
        QStringList followable; ///< ids from whose cursor this account's devices may follow the feed
    };
    QFuture<Result<Standing>> standing(const QString &token, const QString &language, const Id &answered);
    void answerOffer(const HttpReplyPointer &reply, const Standing &standing);
    void sendPart(const HttpReplyPointer &reply, const Snapshot &snapshot, const ByteRange &range);
    void build(const Scope &scope);
    void built(const QString &scopeKey, const Result<Snapshot> &snapshot);
    [[nodiscard]] static bool belongsTo(const Snapshot &snapshot, const Scope &scope);

    CentralStorage &m_storage;
    SnapshotLimits m_limits;
    SnapshotShelf m_shelf;
    QList<Snapshot> m_snapshots; ///< newest first
    QThreadPool m_reading;
    SnapshotBuilding m_building;
    QString m_buildingFor;       ///< scope key; empty while nothing is built
    qint64 m_notBeforeMs = 0;    ///< monotonic, after a failure
    std::unique_ptr<db::Database> m_reader; ///< while something is built
};

} // namespace ioc
