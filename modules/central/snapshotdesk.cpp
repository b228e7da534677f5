// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/background.h>
#include <central/feedlog.h>
#include <central/feedreader.h>
#include <central/journal.h>
#include <central/snapshotdesk.h>

#include <wire/codec.h>

#include <QCoreApplication>
#include <QDir>
#include <QtConcurrentRun>

#include <algorithm>

namespace ioc {

namespace {

constexpr int partReaders = 2;
constexpr int keptPerScope = 2;          // the newest, and the one that somebody may still be fetching
constexpr int keptInAll = 64;            // scopes come and go with roles and units
constexpr qint64 afterFailureMs = 60'000;

Error notOffered()
{
    return {ErrorCode::NotFound, QCoreApplication::translate("Central", "This file is no longer offered. Ask which one is."), {}};
}

} // namespace

SnapshotDesk::SnapshotDesk(CentralStorage &storage, const SnapshotLimits &limits, QObject *parent)
    : QObject(parent), m_storage(storage), m_limits(limits), m_shelf(QDir(storage.folder()).filePath(QStringLiteral("snapshots")))
{
    m_reading.setMaxThreadCount(partReaders);
    auto kept = m_shelf.tidied(storage.epoch(), storage.catalog().schemaVersion());
    if (kept)
        m_snapshots = std::move(*kept);
    else
        qWarning("event=snapshots_unusable detail=\"%s\"", qUtf8Printable(kept.error().message));
}

SnapshotDesk::~SnapshotDesk()
{
    m_building.cancelled = true;
    m_reader.reset(); // waits for it
    m_reading.waitForDone();
}

bool SnapshotDesk::belongsTo(const Snapshot &snapshot, const Scope &scope)
{
    return snapshot.id.startsWith(scope.key() + u'-') && snapshot.cursor.scopeVersion == scope.version();
}

QFuture<Result<SnapshotDesk::Standing>> SnapshotDesk::standing(const QString &token, const QString &language, const Id &answered)
{
    return m_storage.read([storage = &m_storage, token, language, answered, snapshots = m_snapshots](db::Connection &connection) -> Result<Standing> {
        const LanguageScope words(language);
        const auto scope = storage->identify(connection, token);
        if (!scope)
            return std::unexpected(scope.error());
        if (const auto still = Journal(connection).stillHas(answered); !still)
            return std::unexpected(still.error());
        auto reading = db::Transaction::beginReading(connection);
        const auto head = reading ? feedHead(connection, storage->epoch()) : Result<FeedHead>(std::unexpected(reading.error()));
        if (!head)
            return std::unexpected(head.error());
        Standing out{.scope = *scope, .feedEnd = head->sequence};
        const FeedReader feed(connection, storage->tables(), storage->epoch());
        for (const Snapshot &snapshot : snapshots) {
            if (belongsTo(snapshot, *scope) && feed.check(snapshot.cursor, *scope))
                out.followable += snapshot.id;
        }
        return out;
    });
}

void SnapshotDesk::offer(const HttpReplyPointer &reply, const QString &token, const Id &answered)
{
    standing(token, reply->language(), answered).then(this, [this, reply](const Result<Standing> &standing) {
        const LanguageScope words(reply->language());
        if (standing)
            answerOffer(reply, *standing);
        else
            reply->send(standing.error());
    });
}

void SnapshotDesk::answerOffer(const HttpReplyPointer &reply, const Standing &standing)
{
    const Scope &scope = standing.scope;
    if (standing.feedEnd < m_limits.worthFrom)
        return reply->send(Error{ErrorCode::NotFound, QCoreApplication::translate("Central", "There are few records here: follow the changes from the start."), {}});
    const auto found = std::ranges::find_if(m_snapshots, [&](const Snapshot &one) {
        return standing.followable.contains(one.id) && standing.feedEnd - one.cursor.sequence < m_limits.freshChanges;
    });
    const bool ready = found != m_snapshots.end();
    const bool stale = ready && found->cursor.sequence < standing.feedEnd && m_storage.clock().nowMs() - m_shelf.builtMs(*found) > m_limits.renewAfterMs;
    QByteArray answer;
    if (ready) {
        Snapshot offered = *found;
        if (scope.opensPersonal(m_storage.catalog()))
            offered.vault = m_storage.tables().sealing().snapshotSecrets(scope.key(), offered.cursor.toString());
        answer = wire::encode(offered);
    }
    if (!ready || stale)
        build(scope);
    if (ready)
        return reply->send(answer);
    if (m_buildingFor.isEmpty()) // it failed a moment ago
        return reply->send(Error{ErrorCode::NotFound, QCoreApplication::translate("Central", "The file for new devices cannot be made now. Follow the changes from the start."), {}});
    const qint64 records = m_buildingFor == scope.key() ? std::max(m_building.records.load(), standing.feedEnd) : standing.feedEnd;
    reply->sendAccepted(wire::encode(Snapshot{.records = records, .done = m_buildingFor == scope.key() ? m_building.done.load() : 0}));
}

void SnapshotDesk::send(const HttpReplyPointer &reply, const QString &token, const QString &id, const QByteArray &rangeHeader)
{
    const auto range = parsedRange(rangeHeader, wire::snapshotPartLimit);
    if (!range)
        return reply->send(range.error());
    m_storage.read([storage = &m_storage, token, language = reply->language()](db::Connection &connection) {
        const LanguageScope words(language);
        return storage->identify(connection, token);
    }).then(this, [this, reply, id, range = *range](const Result<Scope> &scope) {
        const LanguageScope words(reply->language());
        if (!scope)
            return reply->send(scope.error());
        const auto found = std::ranges::find_if(m_snapshots, [&](const Snapshot &one) { return one.id == id && belongsTo(one, *scope); });
        if (found == m_snapshots.end())
            return reply->send(notOffered());
        if (range.from >= found->bytes)
            return reply->send(Error{ErrorCode::InvalidInput, QCoreApplication::translate("Central", "The request cannot be understood. Update the older of the two programs."), QStringLiteral("beyond the end")});
        sendPart(reply, *found, range);
    });
}

void SnapshotDesk::sendPart(const HttpReplyPointer &reply, const Snapshot &snapshot, const ByteRange &range)
{
    QtConcurrent::run(&m_reading, [shelf = m_shelf, id = snapshot.id, range, language = reply->language()] {
        const LanguageScope words(language);
        return shelf.part(id, range.from, range.length);
    }).then(this, [reply, range, total = snapshot.bytes](const Result<QByteArray> &part) {
        if (part)
            reply->sendPart(*part, range.from, total);
        else
            reply->send(part.error());
    });
}

void SnapshotDesk::build(const Scope &scope)
{
    if (!m_buildingFor.isEmpty() || m_storage.clock().monotonicMs() < m_notBeforeMs)
        return;
    m_buildingFor = scope.key();
    m_building.done = 0;
    m_building.records = 0;
    m_reader = m_storage.openReader(QStringLiteral("central-snapshot"));
    QElapsedTimer timer;
    timer.start();
    m_reader->run([this, job = SnapshotJob(m_storage.tables(), m_storage.epoch(), scope, QDir(m_storage.folder()).filePath(QStringLiteral("snapshots")))](db::Connection &connection) {
        workInBackground(); // the devices that ask meanwhile come first
        return job.run(connection, m_building);
    }).then(this, [this, key = scope.key(), timer](const Result<Snapshot> &snapshot) {
        if (snapshot)
            qInfo("event=snapshot_built records=%lld bytes=%lld ms=%lld", static_cast<long long>(snapshot->records), static_cast<long long>(snapshot->bytes), static_cast<long long>(timer.elapsed()));
        built(key, snapshot);
    });
}

void SnapshotDesk::built(const QString &scopeKey, const Result<Snapshot> &snapshot)
{
    m_reader.reset();
    m_buildingFor.clear();
    if (!snapshot) {
        m_notBeforeMs = m_storage.clock().monotonicMs() + afterFailureMs;
        qWarning("event=snapshot_failed code=%s detail=\"%s\"", qUtf8Printable(errorCodeName(snapshot.error().code)), qUtf8Printable(snapshot.error().detail));
        return;
    }
    m_snapshots.prepend(*snapshot);
    int kept = 0;
    int all = 0;
    m_snapshots.removeIf([&](const Snapshot &one) {
        const bool old = (one.id.startsWith(scopeKey + u'-') && ++kept > keptPerScope) || ++all > keptInAll;
        if (old)
            m_shelf.remove(one);
        return old;
    });
}

} // namespace ioc
