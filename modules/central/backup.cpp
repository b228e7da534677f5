// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/faultpoint.h>
#include <central/auditjournal.h>
#include <central/backup.h>
#include <central/databasedump.h>
#include <central/feedlog.h>
#include <central/providersettings.h>
#include <central/sealing.h>

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <unistd.h>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Central)
};

const QString databaseName = QStringLiteral("central.sqlite");
const QString unreadySuffix = QStringLiteral(".restoring");
const QString dumpName = QStringLiteral("central.pgdump"); // of a PostgreSQL database
const QString forgetLastBackup = QStringLiteral("DELETE FROM central_meta WHERE name = 'last_backup'"); // what was restored has a new history
constexpr auto kept = QFile::ReadOwner | QFile::WriteOwner; // keys and personal data: nobody else's

std::unexpected<Error> notWritten(const QString &path, const QString &detail)
{
    return failure(ErrorCode::ReadOnly, Words::tr("The file %1 cannot be written. Check the rights of its folder and the space on the disk.").arg(path), detail);
}

std::unexpected<Error> notWhole(const QString &path, const QString &detail)
{
    return failure(ErrorCode::Damaged, Words::tr("The backup is damaged: %1 is not as it was when the backup was made. Use another backup.").arg(path), detail);
}

Result<Backup::File> described(const QDir &folder, const QString &name)
{
    QFile file(folder.filePath(name));
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!file.open(QFile::ReadOnly) || !hash.addData(&file))
        return failure(ErrorCode::NotFound, Words::tr("The file %1 cannot be read. Check its rights.").arg(file.fileName()), file.errorString());
    return Backup::File{name, file.size(), hash.result()};
}

// On the disk before the manifest says so.
Result<void> settled(const QString &path)
{
    QFile file(path);
    if (!file.open(QFile::ReadWrite) || ::fsync(file.handle()) != 0 || !file.setPermissions(kept))
        return notWritten(path, file.errorString());
    return {};
}

Result<void> copied(const QString &from, const QString &to)
{
    if (!QDir().mkpath(QFileInfo(to).path()) || !QFile::copy(from, to))
        return notWritten(to, from);
    return settled(to);
}

QStringList filesBelow(const QDir &folder, const QString &part)
{
    QStringList out;
    for (QDirIterator it(folder.filePath(part), QDir::Files | QDir::NoDotAndDotDot, QDirIterator::Subdirectories); it.hasNext();)
        out += folder.relativeFilePath(it.next());
    out.sort();
    return out;
}

Result<void> makeEmpty(const QString &path)
{
    const QDir folder(path);
    if (folder.exists() && !folder.isEmpty(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden | QDir::System))
        return failure(ErrorCode::Conflict, Words::tr("The folder %1 is not empty and nothing in it is overwritten. Choose an empty folder.").arg(path));
    if (!QDir().mkpath(path))
        return failure(ErrorCode::ReadOnly, Words::tr("The folder %1 cannot be made. Check the rights of the folder above it.").arg(path));
    if (!QFile::setPermissions(path, kept | QFile::ExeOwner))
        return notWritten(path, QStringLiteral("permissions"));
    return {};
}

/// There while a restore is under way: who finds it knows that the one before was cut off.
QString underWay(const QDir &folder)
{
    return folder.filePath(QStringLiteral("restoring"));
}

// What a restore that was cut off has left in \a to is taken away, and nothing else; least of all a database that is whole.
void forgetCutOff(const QDir &to, const Backup &backup)
{
    if (!QFile::exists(underWay(to)) || QFile::exists(to.filePath(databaseName)))
        return;
    QStringList names{databaseName + unreadySuffix};
    for (const Backup::File &file : backup.files)
        names += file.name;
    for (const auto &rest : {QStringLiteral("-wal"), QStringLiteral("-shm"), QStringLiteral("-journal")})
        names += databaseName + unreadySuffix + rest;
    for (const QString &name : std::as_const(names)) {
        QFile::remove(to.filePath(name));
        to.rmpath(QFileInfo(name).path()); // as far as it is empty
    }
    QFile::remove(underWay(to));
}

Result<void> beginRestore(const QDir &to, const Backup &backup)
{
    forgetCutOff(to, backup);
    if (const auto empty = makeEmpty(to.path()); !empty)
        return empty;
    QFile mark(underWay(to));
    if (!mark.open(QFile::WriteOnly) || !mark.setPermissions(kept))
        return notWritten(mark.fileName(), mark.errorString());
    return {};
}

Result<void> writeManifest(const QDir &folder, const Backup &backup)
{
    QJsonArray files;
    for (const Backup::File &file : backup.files)
        files += QJsonObject{{QStringLiteral("name"), file.name}, {QStringLiteral("bytes"), file.bytes}, {QStringLiteral("sha256"), QString::fromLatin1(file.sha256.toHex())}};
    const QJsonObject manifest{{QStringLiteral("format"), 1}, {QStringLiteral("epoch"), backup.epoch.toString()}, {QStringLiteral("origin"), backup.origin.toString()}, {QStringLiteral("sequence"), backup.sequence},
                               {QStringLiteral("made_ms"), backup.madeMs}, {QStringLiteral("files"), files}};
    QSaveFile file(folder.filePath(Backup::manifestName()));
    if (!file.open(QFile::WriteOnly) || file.write(QJsonDocument(manifest).toJson()) < 0 || !file.setPermissions(kept) || ::fsync(file.handle()) != 0 || !file.commit())
        return notWritten(file.fileName(), file.errorString());
    return {};
}

bool isDatabase(const Backup::File &file)
{
    return file.name == databaseName || file.name == dumpName;
}

// The end of the feed in the copy itself, since central went on meanwhile.
Result<FeedHead> headOf(const QString &database, const Id &epoch)
{
    return db::Connection::open({.path = database, .readOnly = true, .mayCreate = false}).and_then([&](const auto &connection) { return feedHead(*connection, epoch); });
}

// What the audit journal is to say of it: entered when the database is next opened, which brings an older one to this program's schema.
QByteArray restoredNote(const Backup &backup, qint64 nowMs)
{
    return canonicalCbor({{QStringLiteral("epoch"), backup.epoch.toBytes()}, {QStringLiteral("feed"), backup.sequence}, {QStringLiteral("made_ms"), backup.madeMs},
                          {QStringLiteral("restored_ms"), nowMs}, {QStringLiteral("console"), AuditActor::atConsole().console}});
}

// What beginEpoch() does, for a database on a server: the last words of the transaction that fills it.
QString epochSql(const Backup &backup, const Id &epoch, qint64 nowMs)
{
    const auto bytes = [](const QByteArray &value) { return QStringLiteral("'\\x%1'::bytea").arg(QString::fromLatin1(value.toHex())); };
    const QString first = QStringLiteral("INSERT INTO central_meta (name, value) VALUES ('first_epoch', %1) ON CONFLICT DO NOTHING;\n").arg(bytes(backup.epoch.toBytes()));
    return (backup.sequence > 0 ? first : QString()) + QStringLiteral("UPDATE central_meta SET value = %1 WHERE name = 'epoch';\n").arg(bytes(epoch.toBytes()))
           + QStringLiteral("INSERT INTO central_meta (name, value) VALUES ('restored', %1) ON CONFLICT (name) DO UPDATE SET value = excluded.value;\n").arg(bytes(restoredNote(backup, nowMs))) + forgetLastBackup + u';';
}

Result<std::unique_ptr<db::Connection>> connectionTo(const Backup::Place &central, bool readOnly)
{
    const QString file = QDir(central.folder).filePath(databaseName);
    if (!central.server && !QFile::exists(file))
        return failure(ErrorCode::NotFound, Words::tr("The folder %1 holds no central. Make one with “init”.").arg(central.folder));
    return db::Connection::open({.path = file, .server = central.server, .readOnly = readOnly, .mayCreate = false});
}

// Whose history it is, and that it can be put back with what lies beside it.
Result<Backup> begun(db::Connection &connection, const Backup::Place &central)
{
    const auto there = connection.hasTable(QStringLiteral("central_meta"));
    if (!there)
        return std::unexpected(there.error());
    if (!*there)
        return failure(ErrorCode::NotFound, Words::tr("The database %1 holds no central. Make one with “init”.").arg(central.server ? central.server->toString() : central.folder));
    Backup out{.epoch = {}, .origin = {}, .madeMs = central.clock->nowMs(), .files = {}};
    const auto read = connection.each(QStringLiteral("SELECT name, value FROM central_meta WHERE name IN ('epoch', 'first_epoch')"), {}, [&](const db::Row &row) {
        (row.text(0) == u"epoch" ? out.epoch : out.origin) = Id::fromBytes(row.bytes(1)).value_or(Id());
        return true;
    });
    if (!read)
        return std::unexpected(read.error());
    if (out.origin.isNull())
        out.origin = out.epoch;
    return Sealing::of(connection, central.folder).transform([&](const auto &) { return out; });
}

// At one moment: writers go on.
Result<FeedHead> copyDatabase(db::Connection &connection, const Backup::Place &central, const QString &to, const Id &epoch)
{
    if (central.server)
        return DatabaseDump(*central.server).make(to, epoch);
    return connection.exec(QStringLiteral("VACUUM INTO ?"), {to}).and_then([&](qint64) { return headOf(to, epoch); });
}

Result<void> beginEpoch(const QString &database, const Backup &backup, const Id &epoch, qint64 nowMs)
{
    const auto connection = db::Connection::open({.path = database, .mayCreate = false});
    if (!connection)
        return std::unexpected(connection.error());
    auto transaction = db::Transaction::begin(**connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    Result<qint64> done = 0;
    if (backup.sequence > 0) // the chain of the feed's digests began with the first epoch
        done = (*connection)->exec(QStringLiteral("INSERT INTO central_meta (name, value) VALUES ('first_epoch', ?) ON CONFLICT DO NOTHING"), {backup.epoch.toBytes()});
    return done.and_then([&](qint64) { return (*connection)->exec(QStringLiteral("UPDATE central_meta SET value = ? WHERE name = 'epoch'"), {epoch.toBytes()}); })
        .and_then([&](qint64) { return (*connection)->exec(QStringLiteral("INSERT INTO central_meta (name, value) VALUES ('restored', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"), {restoredNote(backup, nowMs)}); })
        .and_then([&](qint64) { return (*connection)->exec(forgetLastBackup); })
        .and_then([&](qint64) { return transaction->commit(); })
        .and_then([&] { return (*connection)->checkpoint(); });
}

Result<void> putDatabase(const QString &from, const QString &to, const Backup &backup, const Id &epoch, qint64 nowMs)
{
    const QString unready = to + unreadySuffix;
    const auto begun = copied(from, unready).and_then([&] { return beginEpoch(unready, backup, epoch, nowMs); }).and_then([&] { return settled(unready); });
    if (!begun)
        return begun;
    faultPoint("restore.database");
    if (!QFile::rename(unready, to))
        return notWritten(to, QStringLiteral("rename"));
    for (const auto &rest : {QStringLiteral("-wal"), QStringLiteral("-shm")})
        QFile::remove(unready + rest);
    return {};
}

} // namespace

Result<Backup> Backup::make(const Place &central, const QString &target)
{
    const auto connection = connectionTo(central, true);
    if (!connection)
        return std::unexpected(connection.error());
    auto out = begun(**connection, central);
    if (!out)
        return out;
    if (const auto empty = makeEmpty(target); !empty)
        return std::unexpected(empty.error());
    const QDir from(central.folder);
    const QDir to(target);
    const QString name = central.server ? dumpName : databaseName;
    const auto head = copyDatabase(**connection, central, to.filePath(name), out->epoch);
    if (!head)
        return std::unexpected(head.error());
    if (const auto safe = settled(to.filePath(name)); !safe)
        return std::unexpected(safe.error());
    out->sequence = head->sequence;
    QStringList names = filesBelow(from, QStringLiteral("tls")) + filesBelow(from, QStringLiteral("types"));
    for (const QString &one : {providerFileName(), Sealing::fileName()}) {
        if (from.exists(one))
            names += one;
    }
    for (const QString &one : std::as_const(names)) {
        if (const auto safe = copied(from.filePath(one), to.filePath(one)); !safe)
            return std::unexpected(safe.error());
    }
    names.prepend(name);
    for (const QString &one : std::as_const(names)) {
        const auto file = described(to, one);
        if (!file)
            return std::unexpected(file.error());
        out->files += *file;
    }
    return writeManifest(to, *out).transform([&] { return std::move(*out); });
}

Result<void> Backup::note(const Place &central) const
{
    const auto connection = connectionTo(central, false);
    if (!connection)
        return std::unexpected(connection.error());
    auto transaction = db::Transaction::begin(**connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    const auto noted = (*connection)->exec(QStringLiteral("INSERT INTO central_meta (name, value) VALUES ('last_backup', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"), {QByteArray::number(madeMs)});
    const auto hasJournal = noted.and_then([&](qint64) { return (*connection)->hasTable(QStringLiteral("audit_pending")); }); // an older version's has none
    if (!hasJournal)
        return std::unexpected(hasJournal.error());
    const auto entered = !*hasJournal ? Result<void>()
                                      : AuditJournal(**connection).add({.kind = AuditKind::BackupMade, .atMs = madeMs, .who = AuditActor::atConsole(), .type = {}, .record = {}, .op = {},
                                                                        .details = {{QStringLiteral("files"), files.size()}, {QStringLiteral("feed"), sequence}}});
    return entered.and_then([&] { return transaction->commit(); });
}

QString Backup::manifestName()
{
    return QStringLiteral("backup.json");
}

Result<Backup> Backup::read(const QString &folder)
{
    QFile file(QDir(folder).filePath(manifestName()));
    if (!file.open(QFile::ReadOnly))
        return failure(ErrorCode::NotFound, Words::tr("The folder %1 holds no whole backup: its %2 is missing. Choose the folder that “backup” made.").arg(folder, manifestName()), file.errorString());
    const QJsonObject manifest = QJsonDocument::fromJson(file.readAll()).object();
    if (manifest.value(QStringLiteral("format")).toInt() > 1)
        return failure(ErrorCode::Unsupported, Words::tr("The backup was made by a newer version. Update this program first."));
    Backup out{.epoch = Id::fromString(manifest.value(QStringLiteral("epoch")).toString()).value_or(Id()), .origin = Id::fromString(manifest.value(QStringLiteral("origin")).toString()).value_or(Id()),
               .sequence = manifest.value(QStringLiteral("sequence")).toInteger(-1), .madeMs = manifest.value(QStringLiteral("made_ms")).toInteger(), .files = {}};
    if (out.origin.isNull()) // of a version that did not say
        out.origin = out.epoch;
    const QJsonArray files = manifest.value(QStringLiteral("files")).toArray();
    for (const QJsonValueConstRef one : files) {
        const QString name = one[QStringLiteral("name")].toString();
        if (name.isEmpty() || QDir::isAbsolutePath(name) || QDir::cleanPath(name) != name || name.startsWith(QStringLiteral("..")))
            return notWhole(manifestName(), QStringLiteral("name of a file"));
        out.files += {name, one[QStringLiteral("bytes")].toInteger(-1), QByteArray::fromHex(one[QStringLiteral("sha256")].toString().toLatin1())};
    }
    const bool hasDatabase = std::ranges::any_of(out.files, isDatabase);
    if (out.epoch.isNull() || out.sequence < 0 || !hasDatabase)
        return notWhole(manifestName(), QStringLiteral("incomplete"));
    return out;
}

Result<Backup> Backup::check(const QString &folder)
{
    auto backup = read(folder);
    if (!backup)
        return backup;
    for (const File &file : std::as_const(backup->files)) {
        const auto now = described(QDir(folder), file.name);
        if (!now)
            return std::unexpected(now.error());
        if (now->bytes != file.bytes || now->sha256 != file.sha256)
            return notWhole(file.name, QStringLiteral("%1 bytes").arg(now->bytes));
    }
    return backup;
}

Result<qint64> Backup::lastMs(db::Connection &connection)
{
    qint64 out = 0;
    return connection.each(QStringLiteral("SELECT value FROM central_meta WHERE name = 'last_backup'"), {}, [&](const db::Row &row) {
        out = row.bytes(0).toLongLong();
        return false;
    }).transform([&] { return out; });
}

Result<Backup> Backup::restore(const QString &folder, const Place &place)
{
    auto backup = check(folder);
    if (!backup)
        return backup;
    const bool isDump = std::ranges::any_of(backup->files, [](const File &file) { return file.name == dumpName; });
    if (isDump && !place.server)
        return failure(ErrorCode::InvalidInput, Words::tr("This is the backup of a PostgreSQL database. Name an empty one with --database."));
    if (!isDump && place.server)
        return failure(ErrorCode::InvalidInput, Words::tr("This is the backup of a SQLite database. Restore it without --database."));
    if (const auto empty = isDump ? DatabaseDump(*place.server).checkEmpty() : Result<void>(); !empty)
        return std::unexpected(empty.error());
    const QDir to(place.folder);
    if (const auto begun = beginRestore(to, *backup); !begun)
        return std::unexpected(begun.error());
    // The database comes last and is there only when it is ready: a restore that was cut off holds no central.
    for (const File &file : std::as_const(backup->files)) {
        if (isDatabase(file))
            continue;
        if (const auto safe = copied(QDir(folder).filePath(file.name), to.filePath(file.name)); !safe)
            return std::unexpected(safe.error());
    }
    faultPoint("restore.files");
    const Id epoch = Id::create(*place.clock);
    const qint64 now = place.clock->nowMs();
    const auto done = isDump ? DatabaseDump(*place.server).restore(QDir(folder).filePath(dumpName), epochSql(*backup, epoch, now))
                             : putDatabase(QDir(folder).filePath(databaseName), to.filePath(databaseName), *backup, epoch, now);
    return done.transform([&] {
        QFile::remove(underWay(to));
        return std::move(*backup);
    });
}

} // namespace ioc
