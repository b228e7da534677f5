// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/faultpoint.h>
#include <central/fileshelf.h>
#include <records/filetype.h>

#include <QCoreApplication>
#include <QCryptographicHash>

#include <algorithm>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Central)
};

constexpr qint64 piece = wire::filePieceBytes;
constexpr int sweptAtOnce = 50;

std::unexpected<Error> unknownFile()
{
    return failure(ErrorCode::NotFound, Words::tr("Central does not have this file yet. It comes as soon as the device that added it has sent it."));
}

// The same digits for both databases; made here, never of what somebody wrote.
QString intText(qint64 number)
{
    return QString::number(number);
}

} // namespace

// Whether a live record names the file of the row at hand.
QString FileShelf::namedSql() const
{
    QStringList ways;
    const auto types = fileTypes(m_tables.catalog());
    for (const RecordType *type : types)
        ways += QStringLiteral("EXISTS (SELECT 1 FROM %1 r WHERE r.digest = central_file.digest AND r.shard = %2 AND r.deleted = 0)").arg(db::quoted(type->name), intText(m_tables.shard()));
    return ways.isEmpty() ? QStringLiteral("(1 = 0)") : u'(' + ways.join(QStringLiteral(" OR ")) + u')';
}

// The first record that lets the account do it; else, when some lets it look, that one.
Result<std::optional<FileShelf::Named>> FileShelf::named(const QString &digest, const Scope &scope, bool toChange)
{
    std::optional<Named> out;
    const auto types = fileTypes(m_tables.catalog());
    for (const RecordType *type : types) {
        QList<Id> ids;
        const QString sql = QStringLiteral("SELECT id FROM %1 WHERE digest = ? AND shard = ? AND deleted = 0 ORDER BY id").arg(db::quoted(type->name));
        const auto read = m_connection.each(sql, {digest, m_tables.shard()}, [&](const db::Row &row) {
            ids += Id::fromBytes(row.bytes(0)).value_or(Id());
            return true;
        });
        if (!read)
            return std::unexpected(read.error());
        for (const Id &id : std::as_const(ids)) {
            const auto found = m_tables.find(m_connection, *type, id);
            if (!found)
                return std::unexpected(found.error());
            const auto units = m_tables.unitsOf(m_connection, *type, id, found->record.values);
            if (!units)
                return std::unexpected(units.error());
            if (!scope.sees(*type, id, *units))
                continue;
            const bool mayCapture = scope.mayCapture(*type, id, *units);
            if (!out || mayCapture)
                out = Named{found->record.integer(QStringLiteral("size")), found->record.text(QStringLiteral("media_type")), mayCapture};
            if (mayCapture || !toChange)
                return out;
        }
    }
    return out;
}

Result<std::optional<FileShelf::Kept>> FileShelf::kept(const QString &digest)
{
    const auto found = m_connection.one<Kept>(QStringLiteral("SELECT size, held, whole FROM central_file WHERE digest = ?"), {digest},
                                              [](const db::Row &row) { return Kept{row.integer(0), row.integer(1), row.integer(2) != 0}; });
    if (!found && found.error().code != ErrorCode::NotFound)
        return std::unexpected(found.error());
    return found ? std::optional(*found) : std::nullopt;
}

Result<QList<FileState>> FileShelf::states(const QStringList &digests, const Scope &scope)
{
    QList<FileState> out;
    for (const QString &digest : digests) {
        const auto name = named(digest, scope, false);
        const auto here = kept(digest);
        if (!name || !here)
            return std::unexpected(!name ? name.error() : here.error());
        FileState state{.digest = digest};
        if (*name) {
            const bool same = *here && (*here)->size == (*name)->size;
            state.standing = *here && (*here)->whole ? FileState::Standing::Whole : FileState::Standing::Wanted;
            state.held = same ? (*here)->held : 0;
        }
        out += state;
    }
    return out;
}

Result<FileShelf::Taken> FileShelf::take(const QString &digest, qint64 offset, const QByteArray &bytes, const Scope &scope, qint64 nowMs, const FileLimits &limits)
{
    auto transaction = db::Transaction::begin(m_connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    const auto name = named(digest, scope, true);
    if (!name)
        return std::unexpected(name.error());
    if (!*name)
        return unknownFile();
    if (!(*name)->mayCapture)
        return failure(ErrorCode::Denied, Words::tr("Your role may not add files here. Ask the administrator."));
    const auto now = keptForWriting(digest, (*name)->size, nowMs);
    if (!now)
        return std::unexpected(now.error());
    Taken out{.state = {digest, now->whole ? FileState::Standing::Whole : FileState::Standing::Wanted, now->held}, .size = now->size, .mediaType = (*name)->mediaType};
    const bool isKnown = now->whole || offset < now->held || now->held == now->size;
    if (!isKnown) {
        if (offset > now->held)
            return failure(ErrorCode::Conflict, Words::tr("Central wants another part of this file. It is sent again from there."));
        if (bytes.size() != std::min(piece, now->size - offset))
            return failure(ErrorCode::TooLarge, Words::tr("A part of the file has another size than it should. Update the older of the two programs."));
        if (const auto added = hasSpace(bytes.size(), limits).and_then([&] { return addPiece(digest, *now, bytes, nowMs); }); !added)
            return std::unexpected(added.error());
        out.state.held += bytes.size();
    }
    out.toBeChecked = !now->whole && out.state.held == now->size;
    const auto done = transaction->commit();
    if (!done)
        return std::unexpected(done.error());
    faultPoint("files.piece");
    return out;
}

// The row, which nobody else changes until the transaction ends. Pieces of a file said to be of another size are of no use.
Result<FileShelf::Kept> FileShelf::keptForWriting(const QString &digest, qint64 size, qint64 nowMs)
{
    const auto made = m_connection.exec(QStringLiteral("INSERT INTO central_file (digest, size, held, whole, touched_ms, unnamed_ms) VALUES (?, ?, 0, 0, ?, 0) ON CONFLICT DO NOTHING"), {digest, size, nowMs})
                          .and_then([&](qint64) { return m_connection.exec(QStringLiteral("UPDATE central_file SET touched_ms = ? WHERE digest = ?"), {nowMs, digest}); });
    if (!made)
        return std::unexpected(made.error());
    auto now = kept(digest);
    if (!now || !*now)
        return now ? Result<Kept>(failure(ErrorCode::Busy, Words::tr("Central is busy. Try again later."), QStringLiteral("swept meanwhile"))) : std::unexpected(now.error());
    if ((*now)->whole || (*now)->size == size)
        return **now;
    return letPiecesGo(digest)
        .and_then([&] { return m_connection.exec(QStringLiteral("UPDATE central_file SET size = ?, held = 0 WHERE digest = ?"), {size, digest}); })
        .transform([&](qint64) { return Kept{.size = size}; });
}

Result<void> FileShelf::addPiece(const QString &digest, const Kept &now, const QByteArray &bytes, qint64 nowMs)
{
    return m_connection.exec(QStringLiteral("INSERT INTO central_file_piece (digest, number, bytes) VALUES (?, ?, ?)"), {digest, now.held / piece, bytes})
        .and_then([&](qint64) { return m_connection.exec(QStringLiteral("UPDATE central_file SET held = ?, touched_ms = ? WHERE digest = ?"), {now.held + bytes.size(), nowMs, digest}); })
        .transform([](qint64) {});
}

Result<void> FileShelf::hasSpace(qint64 more, const FileLimits &limits)
{
    if (limits.totalBytes <= 0)
        return {};
    const auto all = m_connection.integer(QStringLiteral("SELECT coalesce(sum(held), 0) FROM central_file"));
    if (!all)
        return std::unexpected(all.error());
    if (*all + more > limits.totalBytes)
        return failure(ErrorCode::Full, Words::tr("Central's space for files is used up. The file stays on this device and is sent later; tell the administrator."));
    return {};
}

Result<void> FileShelf::check(const QString &digest, const QString &mediaType)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    QByteArray head;
    const auto now = kept(digest);
    if (!now)
        return std::unexpected(now.error());
    if (!*now || (*now)->whole)
        return {};
    for (qint64 number = 0; number * piece < (*now)->size; ++number) {
        const auto bytes = m_connection.one<QByteArray>(QStringLiteral("SELECT bytes FROM central_file_piece WHERE digest = ? AND number = ?"), {digest, number}, [](const db::Row &row) { return row.bytes(0); });
        if (!bytes)
            return bytes.error().code == ErrorCode::NotFound ? Result<void>(failure(ErrorCode::Conflict, QString(), QStringLiteral("a piece is missing"))) : std::unexpected(bytes.error());
        hash.addData(*bytes);
        if (number == 0)
            head = bytes->first(std::min<qsizetype>(bytes->size(), mediaHeadBytes));
    }
    faultPoint("files.checked");
    if (QString::fromLatin1(hash.result().toHex()) != digest)
        return failure(ErrorCode::Conflict, Words::tr("The file did not arrive as it was sent. It is sent again."));
    if (!mediaTypeFits(mediaType, head))
        return failure(ErrorCode::Denied, Words::tr("The file is not of the kind that its name says (%1), and is not kept.").arg(mediaType));
    return {};
}

Result<void> FileShelf::settle(const QString &digest, qint64 size, bool isGood, qint64 nowMs)
{
    auto transaction = db::Transaction::begin(m_connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    const QString sql = isGood ? QStringLiteral("UPDATE central_file SET whole = 1, touched_ms = ? WHERE digest = ? AND size = ? AND held = size")
                               : QStringLiteral("UPDATE central_file SET held = 0, touched_ms = ? WHERE digest = ? AND size = ? AND whole = 0");
    const auto changed = m_connection.exec(sql, {nowMs, digest, size});
    if (!changed)
        return std::unexpected(changed.error());
    if (isGood && *changed == 0)
        return failure(ErrorCode::Conflict, Words::tr("Central wants another part of this file. It is sent again from there."), QStringLiteral("replaced meanwhile"));
    if (!isGood && *changed > 0) {
        if (auto gone = letPiecesGo(digest); !gone)
            return gone;
    }
    auto done = transaction->commit();
    faultPoint("files.settled");
    return done;
}

Result<void> FileShelf::letPiecesGo(const QString &digest)
{
    return m_connection.exec(QStringLiteral("DELETE FROM central_file_piece WHERE digest = ?"), {digest}).transform([](qint64) {});
}

Result<FileShelf::Part> FileShelf::part(const QString &digest, const ByteRange &range, const Scope &scope)
{
    const auto name = named(digest, scope, false);
    const auto here = kept(digest);
    if (!name || !here)
        return std::unexpected(!name ? name.error() : here.error());
    if (!*name || !*here || !(*here)->whole)
        return unknownFile();
    const qint64 size = (*here)->size;
    if (range.from >= size)
        return failure(ErrorCode::InvalidInput, Words::tr("The request cannot be understood. Update the older of the two programs."), QStringLiteral("beyond the end"));
    const qint64 end = std::min(size, range.from + std::min(range.length, wire::filePartLimit));
    Part out{.total = size};
    for (qint64 number = range.from / piece; number * piece < end; ++number) {
        const auto bytes = m_connection.one<QByteArray>(QStringLiteral("SELECT bytes FROM central_file_piece WHERE digest = ? AND number = ?"), {digest, number}, [](const db::Row &row) { return row.bytes(0); });
        if (!bytes)
            return bytes.error().code == ErrorCode::NotFound ? Result<Part>(unknownFile()) : std::unexpected(bytes.error());
        const qint64 from = std::max<qint64>(0, range.from - number * piece);
        out.bytes += bytes->sliced(std::min(from, qint64(bytes->size()))).first(std::max<qint64>(0, std::min(qint64(bytes->size()), end - number * piece) - from));
    }
    return out;
}

Result<qint64> FileShelf::sweep(qint64 nowMs, const FileLimits &limits)
{
    const auto marked = m_connection.exec(QStringLiteral("UPDATE central_file SET unnamed_ms = 0 WHERE unnamed_ms > 0 AND ") + namedSql())
                            .and_then([&](qint64) { return m_connection.exec(QStringLiteral("UPDATE central_file SET unnamed_ms = ? WHERE unnamed_ms = 0 AND NOT ") + namedSql(), {nowMs}); });
    if (!marked)
        return std::unexpected(marked.error());
    const QString old = QStringLiteral("((unnamed_ms > 0 AND unnamed_ms <= ?) OR (whole = 0 AND touched_ms <= ?))");
    const qint64 before = nowMs - limits.graceMs;
    QStringList digests;
    const auto read = m_connection.each(QStringLiteral("SELECT digest FROM central_file WHERE %1 ORDER BY digest LIMIT %2").arg(old, intText(sweptAtOnce)), {before, before}, [&](const db::Row &row) {
        digests += row.text(0);
        return true;
    });
    if (!read)
        return std::unexpected(read.error());
    for (const QString &digest : std::as_const(digests)) {
        auto transaction = db::Transaction::begin(m_connection);
        if (!transaction)
            return std::unexpected(transaction.error());
        const auto gone = m_connection.exec(QStringLiteral("DELETE FROM central_file WHERE digest = ? AND ") + old, {digest, before, before});
        if (!gone)
            return std::unexpected(gone.error());
        if (*gone == 0)
            continue;
        if (const auto done = letPiecesGo(digest).and_then([&] { return transaction->commit(); }); !done)
            return std::unexpected(done.error());
    }
    return digests.size();
}

Result<FileShelf::Totals> FileShelf::totals(bool withMissing)
{
    auto out = m_connection.one<Totals>(QStringLiteral("SELECT coalesce(sum(whole), 0), coalesce(sum(held), 0), coalesce(sum(1 - whole), 0) FROM central_file"), {},
                                        [](const db::Row &row) { return Totals{row.integer(0), row.integer(1), row.integer(2), 0}; });
    if (!out || !withMissing)
        return out;
    const auto types = fileTypes(m_tables.catalog());
    for (const RecordType *type : types) {
        const auto missing = m_connection.integer(QStringLiteral("SELECT count(DISTINCT r.digest) FROM %1 r WHERE r.shard = ? AND r.deleted = 0 AND NOT EXISTS (SELECT 1 FROM central_file f WHERE f.digest = r.digest AND f.whole = 1)").arg(db::quoted(type->name)), {m_tables.shard()});
        if (!missing)
            return std::unexpected(missing.error());
        out->missing += *missing;
    }
    return out;
}

} // namespace ioc
