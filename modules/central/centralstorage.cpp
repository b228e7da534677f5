// SPDX-License-Identifier: GPL-3.0-or-later
#include <access/sessions.h>
#include <central/auditjournal.h>
#include <central/centralstorage.h>

#include <QCoreApplication>
#include <QDir>
#include <QFile>

namespace ioc {

namespace {

constexpr int writerCacheKib = 65'536;
constexpr int readerCacheKib = 32'768;
const QString metaTable = QStringLiteral("central_meta");
constexpr qint64 onlyShard = 1; // one province for each database; fixed when a record is made

struct Meta
{
    Id epoch;
    qint64 shard = 0;
};

QString resource(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s is not part of this program.", qUtf8Printable(path));
    return QString::fromUtf8(file.readAll());
}

QString file(const QString &folder)
{
    return QDir(folder).filePath(QStringLiteral("central.sqlite"));
}

Result<Meta> readMeta(db::Connection &connection)
{
    Meta meta;
    const auto read = connection.each(QStringLiteral("SELECT name, value FROM central_meta"), {}, [&](const db::Row &row) {
        if (row.text(0) == u"epoch")
            meta.epoch = Id::fromBytes(row.bytes(1)).value_or(Id());
        else if (row.text(0) == u"shard")
            meta.shard = row.bytes(1).toLongLong();
        return true;
    });
    if (!read)
        return std::unexpected(read.error());
    if (meta.epoch.isNull() || meta.shard <= 0)
        return failure(ErrorCode::Damaged, QCoreApplication::translate("Central", "The central database is damaged. Restore it from a backup."), QStringLiteral("no epoch or shard"));
    return meta;
}

// The journal's first entry. Of many programs that open a database at once, one makes it.
Result<void> beginAudit(db::Connection &connection, const Id &epoch, qint64 nowMs)
{
    auto transaction = db::Transaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    const auto first = connection.exec(QStringLiteral("INSERT INTO central_meta (name, value) VALUES ('audit_began', ?) ON CONFLICT DO NOTHING"), {QByteArray::number(nowMs)});
    if (!first || *first == 0)
        return first.transform([](qint64) {});
    const auto operations = connection.integer(QStringLiteral("SELECT count(*) FROM central_operation"));
    if (!operations)
        return std::unexpected(operations.error());
    return AuditJournal(connection).add({.kind = AuditKind::JournalBegan, .atMs = nowMs, .who = AuditActor::atConsole(), .type = {}, .record = {}, .op = {},
                                         .details = {{QStringLiteral("epoch"), epoch.toBytes()}, {QStringLiteral("operations"), *operations}}})
        .and_then([&] { return transaction->commit(); });
}

// The secrets that this database's personal data are sealed by: made when it has none yet.
Result<std::shared_ptr<const Sealing>> sealingOf(db::Connection &connection, const CentralStorage::Options &options)
{
    if (auto noted = Sealing::of(connection, options.folder); !noted || *noted)
        return noted;
    if (!QFile::exists(QDir(options.folder).filePath(Sealing::fileName()))) {
        if (const auto made = Sealing::create(options.folder); !made)
            return std::unexpected(made.error());
    }
    // Of several centrals that open it at once, one has its way.
    return Sealing::load(options.folder)
        .and_then([&](const auto &own) { return connection.exec(QStringLiteral("INSERT INTO central_meta (name, value) VALUES ('sealing', ?) ON CONFLICT DO NOTHING"), {own->mark()}); })
        .and_then([&](qint64) { return Sealing::of(connection, options.folder); });
}

// Once, and again when a declaration says of more fields that they are personal.
Result<void> sealWhatIsThere(db::Connection &connection, const RecordTables &tables)
{
    const auto before = connection.integer(QStringLiteral("SELECT count(*) FROM central_meta WHERE name = 'sealed' AND value = ?"), {tables.sealedFields()});
    if (!before || *before > 0)
        return before.transform([](qint64) {});
    return tables.sealAll(connection).and_then([&] {
        return connection.exec(QStringLiteral("INSERT INTO central_meta (name, value) VALUES ('sealed', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"), {tables.sealedFields()}).transform([](qint64) {});
    });
}

// What “restore” left to be said.
Result<void> enterRestored(db::Connection &connection, qint64 nowMs)
{
    auto transaction = db::Transaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    const auto note = connection.one<QByteArray>(QStringLiteral("SELECT value FROM central_meta WHERE name = 'restored'"), {}, [](const db::Row &row) { return row.bytes(0); });
    if (!note)
        return note.error().code == ErrorCode::NotFound ? Result<void>() : std::unexpected(note.error());
    const auto taken = connection.exec(QStringLiteral("DELETE FROM central_meta WHERE name = 'restored'"));
    if (!taken || *taken == 0)
        return taken.transform([](qint64) {});
    return AuditJournal(connection).add({.kind = AuditKind::BackupRestored, .atMs = nowMs, .who = {}, .type = {}, .record = {}, .op = {}, .details = QCborValue::fromCbor(*note).toMap()})
        .and_then([&] { return transaction->commit(); });
}

Result<void> prepared(db::Connection &connection, const TypeCatalog &catalog, const Clock &clock)
{
    const Id newEpoch = Id::create(clock);
    const auto tables = RecordTables::tables(catalog, connection.dialect());
    if (!tables)
        return std::unexpected(tables.error());
    if (auto migrated = db::migrate(connection, CentralStorage::migrations(), *tables); !migrated)
        return migrated;
    const QString insert = QStringLiteral("INSERT INTO central_meta (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING");
    const auto epoch = connection.exec(insert, {QStringLiteral("epoch"), newEpoch.toBytes()});
    const auto shard = connection.exec(insert, {QStringLiteral("shard"), QByteArray::number(onlyShard)});
    if (!epoch || !shard)
        return std::unexpected(!epoch ? epoch.error() : shard.error());
    return readMeta(connection).and_then([&](const Meta &meta) { return beginAudit(connection, meta.epoch, clock.nowMs()); })
        .and_then([&] { return enterRestored(connection, clock.nowMs()); });
}

} // namespace

QList<db::Migration> CentralStorage::migrations()
{
    const QStringList access = Sessions::schema();
    return {{1, resource(QStringLiteral(":/central/sql/0001_control.sql"))}, {2, access.at(0)}, {3, access.at(1)},
            {4, resource(QStringLiteral(":/central/sql/0002_belonging.sql"))}, {5, resource(QStringLiteral(":/central/sql/0003_audit.sql"))}, {6, access.at(2)},
            {7, resource(QStringLiteral(":/central/sql/0004_files.sql"))}, {8, resource(QStringLiteral(":/central/sql/0005_sealing.sql"))}};
}

Result<void> CentralStorage::create(const Options &options)
{
    if (!options.server && QFile::exists(file(options.folder)))
        return failure(ErrorCode::Conflict, QCoreApplication::translate("Central", "The folder %1 holds a central already. Choose an empty folder.").arg(options.folder));
    if (!QDir().mkpath(options.folder))
        return failure(ErrorCode::ReadOnly, QCoreApplication::translate("Central", "The folder %1 cannot be made. Check the rights of the folder above it.").arg(options.folder));
    (void)QFile::setPermissions(options.folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner); // personal data
    auto connection = db::Connection::open({.path = file(options.folder), .server = options.server});
    if (!connection)
        return std::unexpected(connection.error());
    const auto there = (*connection)->hasTable(metaTable);
    if (!there)
        return std::unexpected(there.error());
    if (*there)
        return failure(ErrorCode::Conflict, QCoreApplication::translate("Central", "The database %1 holds a central already. Choose an empty database.").arg(options.server ? options.server->toString() : options.folder));
    return prepared(**connection, *options.catalog, *options.clock).and_then([&] { return sealingOf(**connection, options); }).transform([](const auto &) {});
}

Result<std::unique_ptr<CentralStorage>> CentralStorage::open(const Options &options)
{
    if (!options.server && !QFile::exists(file(options.folder)))
        return failure(ErrorCode::NotFound, QCoreApplication::translate("Central", "The folder %1 holds no central. Make one with “init”.").arg(options.folder));
    const db::Connection::Options writing{.path = file(options.folder), .server = options.server, .mayCreate = false, .cacheKib = writerCacheKib};

    auto storage = std::unique_ptr<CentralStorage>(new CentralStorage(options));
    for (int i = 0; i < (options.server ? std::max(1, options.writers) : 1); ++i)
        storage->m_writers.push_back(std::make_unique<db::Database>(writing, QStringLiteral("central-writer-%1").arg(i)));
    const auto meta = storage->write([options, &storage](db::Connection &connection) -> Result<Meta> {
        const auto there = connection.hasTable(metaTable);
        if (!there)
            return std::unexpected(there.error());
        if (!*there && options.server)
            return failure(ErrorCode::NotFound, QCoreApplication::translate("Central", "The database %1 holds no central. Make one with “init”.").arg(options.server->toString()));
        const auto found = prepared(connection, *options.catalog, *options.clock).and_then([&] { return readMeta(connection); });
        const auto sealing = found.and_then([&](const Meta &) { return sealingOf(connection, options); });
        if (!sealing)
            return std::unexpected(sealing.error());
        storage->m_tables = std::make_unique<RecordTables>(options.catalog, found->shard, connection.dialect(), *sealing);
        return sealWhatIsThere(connection, *storage->m_tables).transform([&] { return *found; });
    }).result();
    if (!meta)
        return std::unexpected(meta.error());
    storage->m_epoch = meta->epoch;
    storage->m_scopes = std::make_unique<ScopeBook>(options.catalog, meta->shard);
    for (int i = 0; i < std::max(1, options.readers); ++i)
        storage->m_readers.push_back(storage->openReader(QStringLiteral("central-reader-%1").arg(i)));
    if (options.server)
        storage->m_sequencing = std::make_unique<db::Database>(writing, QStringLiteral("central-sequencer"));
    return storage;
}

db::Database &CentralStorage::idlest(const Threads &threads)
{
    return **std::ranges::min_element(threads, {}, [](const auto &thread) { return thread->pending(); });
}

CentralStorage::~CentralStorage() = default;

int CentralStorage::pending() const
{
    int out = 0;
    for (const Threads *threads : {&m_writers, &m_readers}) {
        for (const auto &thread : *threads)
            out += thread->pending();
    }
    return out;
}

QFuture<Result<void>> CentralStorage::ready()
{
    return read([](db::Connection &connection) -> Result<void> {
        const bool onServer = connection.dialect() == db::Dialect::PostgreSql;
        const auto follows = connection.integer(onServer ? QStringLiteral("SELECT CASE WHEN pg_is_in_recovery() THEN 1 ELSE 0 END") : QStringLiteral("SELECT count(*) - 1 FROM central_meta WHERE name = 'epoch'"));
        if (!follows)
            return std::unexpected(follows.error());
        if (*follows != 0)
            return failure(ErrorCode::ReadOnly, QCoreApplication::translate("Central", "The database takes no changes."), QStringLiteral("in recovery"));
        return {};
    });
}

void CentralStorage::settle()
{
    (void)write([](db::Connection &connection) { return connection.dialect() == db::Dialect::Sqlite ? connection.checkpoint() : Result<void>(); }).result();
}

std::unique_ptr<db::Database> CentralStorage::openReader(const QString &threadName) const
{
    return std::make_unique<db::Database>(db::Connection::Options{.path = file(m_options.folder), .server = m_options.server, .readOnly = true, .mayCreate = false, .cacheKib = readerCacheKib}, threadName);
}

Result<Scope> CentralStorage::identify(db::Connection &connection, const QString &accessToken)
{
    return Sessions(connection, clock()).identify(accessToken).and_then([&](const Identity &who) { return m_scopes->scopeOf(connection, who); });
}

Result<QList<Result<Scope>>> CentralStorage::identify(db::Connection &connection, const QStringList &accessTokens)
{
    const auto everybody = Sessions(connection, clock()).identify(accessTokens);
    if (!everybody)
        return std::unexpected(everybody.error());
    QList<Result<Scope>> out;
    for (const Result<Identity> &who : *everybody)
        out += who ? m_scopes->scopeOf(connection, *who) : std::unexpected(who.error());
    return out;
}

QFuture<Result<ImportReport>> CentralStorage::importRecords(QList<Record> records, const Id &author, ImportProgress onProgress)
{
    return write([this, records = std::move(records), author, onProgress = std::move(onProgress)](db::Connection &connection) {
        return BulkImport(connection, *m_tables, clock(), m_epoch).run(records, author, onProgress);
    });
}

} // namespace ioc
