// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/filestore.h>
#include <store/localstore.h>
#include <sync/centralclient.h>

#include <QTimer>

namespace ioc {

class SyncEngine;
struct SyncState;

/// Brings the bytes of files to central and from there, over a connection of its own, a piece at a time. Records go first: while
/// operations wait, a piece waits for them, for a moment. Whatever ends a transfer (the line, either program), it goes on where it was.
/// Works on the caller's thread and never blocks it; see README.md.
class FileTransfer : public QObject
{
    Q_OBJECT

public:
    /// All but \a options must outlive the transfer.
    FileTransfer(FileStore &files, LocalStore &store, const CentralClient::Options &options, const Clock &clock, QObject *parent = nullptr);
    ~FileTransfer() override;

    /// Works with the session of \a engine while that is connected.
    void follow(SyncEngine &engine);

private:
    struct Hold
    {
        qint64 untilMs = 0; ///< monotonic
        int tries = 0;
    };
    struct Offer
    {
        HeldFile file;
        FileState state;
    };
    void engineChanged(const SyncState &state);
    void setToken(const QString &token);
    void workCame();
    void run();
    void stop();
    void fail(const Error &error);
    void hold(const QString &digest);
    [[nodiscard]] bool isHeld(const QString &digest) const;
    void waitForHolds();
    /// Runs \a then unless what is under way was dropped meanwhile.
    template <typename T, typename Then>
    void whenDone(QFuture<Result<T>> future, Then then);
    template <typename Then>
    void afterRecords(Then then, int waitedMs = 0);

    void takeEpoch(const Result<FileStates> &states);
    void sendSome();
    void offer(const QList<HeldFile> &files);
    void nextOffer();
    void sendPiece(const HeldFile &file, qint64 offset);
    void pieceSent(const HeldFile &file, qint64 offset, const Result<FileStates> &states);
    void askAgain(const HeldFile &file);
    void forgetIfUnnamed(const HeldFile &file);
    void fetchSome();
    void fetchPart(const HeldFile &file, qint64 from);
    void takePart(const HeldFile &file, qint64 from, const Result<QByteArray> &part);
    void fetchAnew(const HeldFile &file);
    void finishFetch(const HeldFile &file);

    FileStore &m_files;
    LocalStore &m_store;
    CentralClient m_client;
    const Clock &m_clock;
    QTimer m_retry;
    QTimer m_holdOver;
    QString m_token;
    Id m_epoch;
    QHash<QString, Hold> m_holds;
    QList<Offer> m_offers;
    int m_failures = 0;
    int m_conflicts = 0; ///< with the file being sent
    bool m_connected = false;
    bool m_sendAgain = false; ///< something came while it was looked
    bool m_fetchAgain = false;
    bool m_asking = false;
    bool m_sending = false;
    bool m_fetching = false;
    quint64 m_turn = 0; ///< answers to what was dropped are dropped
};

} // namespace ioc
