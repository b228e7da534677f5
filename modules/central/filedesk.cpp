// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/filedesk.h>
#include <records/filetype.h>
#include <wire/codec.h>

#include <QCoreApplication>

namespace ioc {

namespace {

constexpr int firstSweepMs = 60'000;
constexpr int sweepEveryMs = 3'600'000;

Error noSuchName()
{
    return {ErrorCode::NotFound, QCoreApplication::translate("Central", "There is nothing at this address. Check the address of central."), QStringLiteral("no digest")};
}

/// Runs \a work(FileShelf &, const Scope &) for whom \a token stands for.
template <typename Work>
auto forAccount(CentralStorage &storage, const QString &token, const QString &language, Work work)
{
    return [storage = &storage, token, language, work = std::move(work)](db::Connection &connection) -> decltype(work(std::declval<FileShelf &>(), std::declval<const Scope &>())) {
        const LanguageScope words(language);
        const auto scope = storage->identify(connection, token);
        if (!scope)
            return std::unexpected(scope.error());
        FileShelf shelf(connection, storage->tables());
        return work(shelf, *scope);
    };
}

} // namespace

FileDesk::FileDesk(CentralStorage &storage, const FileLimits &limits, QObject *parent) : QObject(parent), m_storage(storage), m_limits(limits)
{
    m_sweeping.setSingleShot(true);
    connect(&m_sweeping, &QTimer::timeout, this, &FileDesk::sweep);
    m_sweeping.start(firstSweepMs);
}

void FileDesk::tellStates(const HttpReplyPointer &reply, const QString &token, const QByteArray &body)
{
    m_storage.read(forAccount(m_storage, token, reply->language(), [body](FileShelf &shelf, const Scope &scope) {
        return wire::decodeDigests(body).and_then([&](const QStringList &digests) { return shelf.states(digests, scope); });
    })).then(this, [this, reply](const Result<QList<FileState>> &states) {
        if (states)
            tell(reply, *states);
        else
            reply->send(states.error());
    });
}

void FileDesk::tell(const HttpReplyPointer &reply, const QList<FileState> &states) const
{
    reply->send(wire::encode(FileStates{m_storage.epoch(), states}));
}

void FileDesk::take(const HttpReplyPointer &reply, const QString &token, const QString &digest, const QByteArray &query, const QByteArray &bytes)
{
    const auto offset = parsedPieceQuery(query);
    if (!offset || !isDigest(digest))
        return reply->send(offset ? noSuchName() : offset.error());
    m_storage.write(forAccount(m_storage, token, reply->language(), [digest, offset = *offset, bytes, now = m_storage.clock().nowMs(), limits = m_limits](FileShelf &shelf, const Scope &scope) {
        return shelf.take(digest, offset, bytes, scope, now, limits);
    })).then(this, [this, reply, size = bytes.size()](const Result<FileShelf::Taken> &taken) {
        if (!taken)
            return reply->send(taken.error());
        m_bytesTaken += size;
        if (taken->toBeChecked)
            check(reply, *taken);
        else
            tell(reply, {taken->state});
    });
}

// Reading all of it takes a while, which nobody else's change is to wait for.
void FileDesk::check(const HttpReplyPointer &reply, const FileShelf::Taken &taken)
{
    m_storage.read([storage = &m_storage, taken, language = reply->language()](db::Connection &connection) -> Result<Result<void>> {
        const LanguageScope words(language);
        auto checked = FileShelf(connection, storage->tables()).check(taken.state.digest, taken.mediaType);
        if (!checked && checked.error().code != ErrorCode::Conflict && checked.error().code != ErrorCode::Denied)
            return std::unexpected(checked.error());
        return checked;
    }).then(this, [this, reply, taken](const Result<Result<void>> &checked) {
        if (checked)
            settle(reply, taken, *checked);
        else
            reply->send(checked.error());
    });
}

void FileDesk::settle(const HttpReplyPointer &reply, const FileShelf::Taken &taken, const Result<void> &checked)
{
    m_storage.write([storage = &m_storage, taken, isGood = checked.has_value()](db::Connection &connection) {
        FileShelf shelf(connection, storage->tables());
        return shelf.settle(taken.state.digest, taken.size, isGood, storage->clock().nowMs());
    }).then(this, [this, reply, taken, checked](const Result<void> &settled) {
        if (!settled)
            reply->send(settled.error());
        else if (!checked)
            reply->send(checked.error());
        else
            tell(reply, {{taken.state.digest, FileState::Standing::Whole, taken.size}});
    });
}

void FileDesk::send(const HttpReplyPointer &reply, const QString &token, const QString &digest, const QByteArray &rangeHeader)
{
    const auto range = parsedRange(rangeHeader, wire::filePartLimit);
    if (!range || !isDigest(digest))
        return reply->send(range ? noSuchName() : range.error());
    m_storage.read(forAccount(m_storage, token, reply->language(), [digest, range = *range](FileShelf &shelf, const Scope &scope) {
        return shelf.part(digest, range, scope);
    })).then(this, [this, reply, from = range->from](const Result<FileShelf::Part> &part) {
        if (!part)
            return reply->send(part.error());
        m_bytesSent += part->bytes.size();
        reply->sendPart(part->bytes, from, part->total);
    });
}

void FileDesk::sweep()
{
    m_storage.write([storage = &m_storage, limits = m_limits](db::Connection &connection) {
        return FileShelf(connection, storage->tables()).sweep(storage->clock().nowMs(), limits);
    }).then(this, [this](const Result<qint64> &swept) {
        if (!swept)
            qWarning("event=files_not_swept code=%s", qUtf8Printable(errorCodeName(swept.error().code)));
        else if (*swept > 0)
            qInfo("event=files_swept files=%lld", static_cast<long long>(*swept));
        m_sweeping.start(swept && *swept > 0 ? 0 : sweepEveryMs); // as long as there is something, one lot after the other
    });
}

} // namespace ioc
