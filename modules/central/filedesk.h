// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/centralstorage.h>
#include <central/fileshelf.h>
#include <central/httpreply.h>

#include <QTimer>

namespace ioc {

/// Answers POST /v1/files, PUT and GET /v1/files/DIGEST, and lets go what nobody wants any more. Lives on the HTTP thread.
class FileDesk : public QObject
{
    Q_OBJECT

public:
    explicit FileDesk(CentralStorage &storage, const FileLimits &limits = {}, QObject *parent = nullptr);

    void tellStates(const HttpReplyPointer &reply, const QString &token, const QByteArray &body);
    void take(const HttpReplyPointer &reply, const QString &token, const QString &digest, const QByteArray &query, const QByteArray &bytes);
    void send(const HttpReplyPointer &reply, const QString &token, const QString &digest, const QByteArray &rangeHeader);
    /// Now, and not only at the hour.
    void sweep();

    [[nodiscard]] qint64 bytesTaken() const { return m_bytesTaken; } ///< since central started
    [[nodiscard]] qint64 bytesSent() const { return m_bytesSent; }

private:
    void tell(const HttpReplyPointer &reply, const QList<FileState> &states) const;
    void check(const HttpReplyPointer &reply, const FileShelf::Taken &taken);
    void settle(const HttpReplyPointer &reply, const FileShelf::Taken &taken, const Result<void> &checked);

    CentralStorage &m_storage;
    FileLimits m_limits;
    QTimer m_sweeping;
    qint64 m_bytesTaken = 0;
    qint64 m_bytesSent = 0;
};

} // namespace ioc
