// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/recordtables.h>
#include <central/requesttext.h>
#include <central/scope.h>
#include <wire/filestate.h>

namespace ioc {

/// How much is kept of files, and for how long what nobody wants.
struct FileLimits
{
    qint64 graceMs = 7LL * 24 * 3'600'000; ///< before what was never finished, or is named by no record any more, goes
    qint64 totalBytes = 0;                 ///< of all files together; 0: as the disk has
};

/// The bytes of files in central's database, in pieces of wire::filePieceBytes, each file named by its digest. Who sees a live record that names
/// the digest may fetch it; who may change that record may send it. For one request, on a thread of the storage.
class FileShelf
{
public:
    FileShelf(db::Connection &connection, const RecordTables &tables) : m_connection(connection), m_tables(tables) {}

    /// In the order of \a digests. What somebody else's records name is Unknown.
    Result<QList<FileState>> states(const QStringList &digests, const Scope &scope);

    /// Takes the piece that begins at \a offset; one that is here already is passed over. NotFound when no record that the account sees names
    /// the file, Denied when it may not change one, Conflict when another piece is wanted (ask for the state), TooLarge
    /// for a piece of a wrong size, Full when there is no space. When it was the last one, check() and settle() are due.
    struct Taken
    {
        FileState state;
        qint64 size = 0;
        QString mediaType; ///< that it is said to have
        bool toBeChecked = false;
    };
    Result<Taken> take(const QString &digest, qint64 offset, const QByteArray &bytes, const Scope &scope, qint64 nowMs, const FileLimits &limits);
    /// Whether all pieces together are what they are called. Conflict: they are not; Denied: they are, but no \a mediaType. Only reads.
    Result<void> check(const QString &digest, const QString &mediaType);
    /// Keeps the file of \a size bytes for good, or lets its pieces go. Conflict when the pieces are no more those that were checked.
    Result<void> settle(const QString &digest, qint64 size, bool isGood, qint64 nowMs);

    struct Part
    {
        QByteArray bytes;
        qint64 total = 0;
    };
    /// NotFound when no record that the account sees names it, or it is not here; InvalidInput beyond its end.
    Result<Part> part(const QString &digest, const ByteRange &range, const Scope &scope);

    /// Lets go what has not been wanted for the grace time; how many files went.
    Result<qint64> sweep(qint64 nowMs, const FileLimits &limits);

    struct Totals
    {
        qint64 files = 0;
        qint64 bytes = 0;
        qint64 unfinished = 0;
        qint64 missing = 0; ///< digests that records name and that are not here
    };
    Result<Totals> totals(bool withMissing);

private:
    struct Named
    {
        qint64 size = 0;
        QString mediaType;
        bool mayCapture = false;
    };
    struct Kept
    {
        qint64 size = 0;
        qint64 held = 0;
        bool whole = false;
    };
    Result<std::optional<Named>> named(const QString &digest, const Scope &scope, bool toChange);
    Result<std::optional<Kept>> kept(const QString &digest);
    Result<Kept> keptForWriting(const QString &digest, qint64 size, qint64 nowMs);
    Result<void> addPiece(const QString &digest, const Kept &now, const QByteArray &bytes, qint64 nowMs);
    Result<void> hasSpace(qint64 more, const FileLimits &limits);
    Result<void> letPiecesGo(const QString &digest);
    [[nodiscard]] QString namedSql() const;

    db::Connection &m_connection;
    const RecordTables &m_tables;
};

} // namespace ioc
