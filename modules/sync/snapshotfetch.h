// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/clock.h>
#include <store/localstore.h>
#include <sync/centralclient.h>

#include <QThreadPool>
#include <QTimer>

#include <atomic>

namespace ioc {

/// How far starting from a snapshot is.
struct SnapshotProgress
{
    enum class Phase {
        Building,  ///< central makes the file; records
        Fetching,  ///< bytes
        Unpacking, ///< bytes
        Adopting,  ///< put in the place of the store; no figures
    } phase = Phase::Building;
    qint64 done = 0;
    qint64 total = 0;
    int secondsLeft = -1; ///< -1: not known yet
};

/// Fetches the database that central offers a new device and puts it in the store's place. What was fetched is kept beside the
/// store, so that a lost link or a new start of the program goes on where it was. Works on the caller's thread and never
/// blocks it.
class SnapshotFetch : public QObject
{
    Q_OBJECT

public:
    /// Central making a file for more records than this is waited for; with fewer the feed is followed meanwhile. Measured on one
    /// machine, making it takes longer (100 µs a record) than following (65 µs); a device a few times slower gains by waiting.
    static constexpr qint64 waitedForFrom = 300'000;

    SnapshotFetch(LocalStore &store, CentralClient &client, const Clock &clock, QObject *parent = nullptr);
    ~SnapshotFetch() override;

    /// Starts, or goes on.
    void start(const QString &token);
    /// Stops; what is here already is kept. None of the signals is sent.
    void cancel();
    /// Removes what an earlier fetch left: the store has records by now.
    void removeLeftovers();

Q_SIGNALS:
    void progressed(const ioc::SnapshotProgress &progress);
    // One of these ends what start() began.
    void adopted();                        ///< the store is central's snapshot now
    void notOffered();                     ///< there is none worth it: follow the feed
    void failed(const ioc::Error &error);  ///< try again later

private:
    /// Runs \a work off the caller's thread, one piece after another, and hands the answer to \a then, unless cancelled.
    template <typename Work, typename Then>
    void onDisk(Work work, Then then);
    void ask();
    void takeOffer(const Result<Snapshot> &offer);
    void fetch(qint64 from);
    void takePart(qint64 from, const Result<QByteArray> &part);
    void unpack();
    void adopt();
    void damaged(const Error &error);
    void finish(const Result<bool> &adoptedOrNot);
    void tell(SnapshotProgress::Phase phase, qint64 done, qint64 total);
    [[nodiscard]] QString partFile() const;
    [[nodiscard]] QString noteFile() const;

    LocalStore &m_store;
    CentralClient &m_client;
    const Clock &m_clock;
    QThreadPool m_disk;
    QTimer m_askAgain;
    QString m_token;
    Snapshot m_snapshot;
    int m_tries = 0;                 ///< files that turned out damaged or gone
    qint64 m_phaseFromMs = 0;        ///< monotonic
    qint64 m_phaseFromBytes = 0;
    SnapshotProgress::Phase m_phase = SnapshotProgress::Phase::Building;
    std::shared_ptr<std::atomic<bool>> m_stopped; ///< of the work on disk under way
    quint64 m_turn = 0;              ///< answers to what was cancelled are dropped
};

} // namespace ioc
