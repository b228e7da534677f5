// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/format.h>
#include <central/auditcheck.h>
#include <central/backup.h>
#include <central/centralstorage.h>
#include <central/databasedump.h>
#include <central/doctor.h>
#include <central/feedlog.h>
#include <central/fileshelf.h>

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QDir>
#include <QThread>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Doctor)
};

constexpr qint64 linksLookedAt = 2'000;
constexpr qint64 connectionsWanted = 12; // of one central
constexpr qint64 serverClockToleranceMs = 5'000;
constexpr qint64 serverClockFaultMs = 60'000;
constexpr qint64 shardHere = 1;
constexpr qint64 oneMebi = 1024LL * 1024;
constexpr qint64 backupPatienceMs = 2LL * 24 * 3'600'000; // one a day, and one may fail
constexpr int sequencerPatienceMs = 3'000;

} // namespace

void DatabaseExamination::add(const char *check, Level level, const QString &text, const QString &advice)
{
    m_findings += Finding{QString::fromLatin1(check), level, text, advice};
}

void DatabaseExamination::add(const char *check, const Error &error)
{
    add(check, Level::Fault, error.detail.isEmpty() ? error.message : QStringLiteral("%1 (%2)").arg(error.message, error.detail.left(300)), onServer() ? Words::tr("See the log of the database server.") : Words::tr("Restore the newest whole backup in an empty folder, with “restore”."));
}

Result<QString> DatabaseExamination::text(const QString &sql)
{
    return m_connection->one<QString>(sql, {}, [](const db::Row &row) { return row.text(0); });
}

void DatabaseExamination::run()
{
    const QString file = QDir(m_options.folder).filePath(QStringLiteral("central.sqlite"));
    if (!onServer() && !QFile::exists(file))
        return add("database", Level::Fault, Words::tr("The folder %1 holds no database.").arg(m_options.folder), Words::tr("Make one with “init”, restore a backup, or name the PostgreSQL database with --database."));
    auto connection = db::Connection::open({.path = file, .server = m_options.server, .readOnly = true, .mayCreate = false});
    if (!connection) {
        const QString advice = onServer() ? Words::tr("Check that it runs, the address in --database, and the password in ~/.pgpass: psql %1").arg(m_options.server->toString()) : Words::tr("Restore the newest whole backup in an empty folder, with “restore”.");
        return add("database", Level::Fault, connection.error().message, advice);
    }
    m_connection = std::move(*connection);
    examineServer();
    const auto there = m_connection->hasTable(QStringLiteral("central_meta"));
    if (!there)
        return add("database", there.error());
    if (!*there)
        return add("schema", Level::Fault, Words::tr("The database holds no central."), Words::tr("Make one with “init”, or restore a backup into it."));
    examineIntegrity();
    examineSchema();
    examineFeed();
    examineAudit();
    examineSealing();
    examineFiles();
    examineSequencer();
    examineLastBackup();
    if (onServer()) {
        examinePrivileges();
        examineTime();
        examineBackupTools();
    }
}

void DatabaseExamination::examineServer()
{
    if (!onServer())
        return add("database", Level::Fine, Words::tr("The database is a SQLite file (SQLite %1).").arg(text(QStringLiteral("SELECT sqlite_version()")).value_or(QString())));
    add("database", Level::Fine, Words::tr("PostgreSQL %1 answers at %2; the database is in UTF-8.").arg(text(QStringLiteral("SHOW server_version")).value_or(QString()), m_options.server->toString()));
    const auto free = m_connection->integer(QStringLiteral("SELECT current_setting('max_connections')::bigint - current_setting('superuser_reserved_connections')::bigint - count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"));
    if (free && *free < connectionsWanted)
        add("connections", Level::Warning, Words::tr("The database server has room for %1 more connections; one central takes up to %2.").arg(*free).arg(connectionsWanted), Words::tr("Raise max_connections in postgresql.conf."));
}

void DatabaseExamination::examinePrivileges()
{
    const auto mayCreate = m_connection->integer(QStringLiteral("SELECT CASE WHEN has_schema_privilege(current_schema(), 'USAGE') AND has_schema_privilege(current_schema(), 'CREATE') THEN 1 ELSE 0 END"));
    const auto closed = text(QStringLiteral("SELECT coalesce(string_agg(c.relname, ', '), '') FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND c.relkind = 'r' "
                                            "AND NOT (has_table_privilege(c.oid, 'SELECT') AND has_table_privilege(c.oid, 'INSERT') AND has_table_privilege(c.oid, 'UPDATE') AND has_table_privilege(c.oid, 'DELETE'))"));
    const auto isSuper = m_connection->integer(QStringLiteral("SELECT count(*) FROM pg_roles WHERE rolname = current_user AND rolsuper"));
    if (!mayCreate || !closed || !isSuper)
        return add("privileges", !mayCreate ? mayCreate.error() : !closed ? closed.error() : isSuper.error());
    const QString owner = Words::tr("Make central's account the owner of the database: ALTER DATABASE … OWNER TO …");
    if (*mayCreate == 0)
        add("privileges", Level::Fault, Words::tr("Central's account may make no tables, as new versions need."), owner);
    else if (!closed->isEmpty())
        add("privileges", Level::Fault, Words::tr("Central's account may not change these tables: %1.").arg(closed->left(300)), owner);
    else if (*isSuper > 0)
        add("privileges", Level::Warning, Words::tr("Central's account may do everything on the database server."), Words::tr("Give central an account of its own: createuser --pwprompt ioc"));
    else
        add("privileges", Level::Fine, Words::tr("Central's account may do what it needs."));
}

void DatabaseExamination::examineIntegrity()
{
    if (!onServer()) {
        const auto checked = text(QStringLiteral("PRAGMA quick_check(1)"));
        if (!checked)
            return add("integrity", checked.error());
        if (*checked == u"ok")
            return add("integrity", Level::Fine, Words::tr("The database file is whole."));
        return add("integrity", Level::Fault, Words::tr("The database file is damaged: %1").arg(checked->simplified().left(200)), Words::tr("Stop central, keep a copy of the folder, and restore the newest whole backup in an empty folder, with “restore”."));
    }
    const auto unsafe = text(QStringLiteral("SELECT coalesce(string_agg(name, ', ' ORDER BY name), '') FROM pg_settings WHERE name IN ('fsync', 'full_page_writes') AND setting = 'off'"));
    const auto invalid = text(QStringLiteral("SELECT coalesce(string_agg(indexrelid::regclass::text, ', '), '') FROM pg_index WHERE NOT indisvalid"));
    const auto collation = m_connection->integer(QStringLiteral("SELECT count(*) FROM pg_database WHERE datname = current_database() AND datcollversion IS DISTINCT FROM pg_database_collation_actual_version(oid)"));
    if (!unsafe || !invalid || !collation)
        return add("integrity", !unsafe ? unsafe.error() : !invalid ? invalid.error() : collation.error());
    if (!unsafe->isEmpty())
        add("integrity", Level::Fault, Words::tr("The database server may lose work that was acknowledged: %1 is off.").arg(*unsafe), Words::tr("Turn it on in postgresql.conf and restart the server."));
    else if (!invalid->isEmpty())
        add("integrity", Level::Fault, Words::tr("These indexes cannot be used: %1.").arg(invalid->left(300)), Words::tr("Make them anew: REINDEX INDEX …"));
    else if (*collation > 0)
        add("integrity", Level::Warning, Words::tr("The system's order of letters changed since the database was made."), Words::tr("REINDEX DATABASE …; then ALTER DATABASE … REFRESH COLLATION VERSION"));
    else
        add("integrity", Level::Fine, Words::tr("The database server keeps what it acknowledges, and its indexes can be used."));
}

void DatabaseExamination::examineSchema()
{
    const auto tables = RecordTables::tables(*m_options.catalog, m_connection->dialect());
    const auto state = tables ? db::migrationState(*m_connection, CentralStorage::migrations(), *tables) : Result<db::MigrationState>(std::unexpected(tables.error()));
    if (!state)
        return add("schema", state.error());
    if (state->version > state->newest)
        add("schema", Level::Fault, Words::tr("The database was written by a newer version of this program."), Words::tr("Update the program."));
    else if (state->version < state->newest || !state->missing.isEmpty())
        add("schema", Level::Warning, Words::tr("The database is of an older version (step %1 of %2).").arg(state->version).arg(state->newest), Words::tr("Make a backup; the next start of “serve” brings the database up to date."));
    else
        add("schema", Level::Fine, Words::tr("The schema is up to date (step %1).").arg(state->version));
}

// The newest links and the first ones: the whole chain may be long.
void DatabaseExamination::examineFeed()
{
    Id epoch;
    Id first;
    const auto meta = m_connection->each(QStringLiteral("SELECT name, value FROM central_meta WHERE name IN ('epoch', 'first_epoch')"), {}, [&](const db::Row &row) {
        (row.text(0) == u"epoch" ? epoch : first) = Id::fromBytes(row.bytes(1)).value_or(Id());
        return true;
    });
    if (!meta || epoch.isNull())
        return meta ? add("feed", Level::Fault, Words::tr("The database says not which history it is of."), Words::tr("Restore the newest whole backup.")) : add("feed", meta.error());
    if (first.isNull())
        first = epoch;
    const auto head = feedHead(*m_connection, epoch);
    if (!head)
        return add("feed", head.error());
    const qint64 upTo = std::min(head->sequence, linksLookedAt);
    const qint64 from = std::max<qint64>(0, head->sequence - linksLookedAt);
    for (const auto &[after, end] : {std::pair{qint64(0), upTo}, std::pair{from, head->sequence}}) {
        const auto broken = firstBrokenLink(*m_connection, first, after, end);
        if (!broken)
            return add("feed", broken.error());
        if (*broken != 0)
            return add("feed", Level::Fault, Words::tr("The chain of changes is broken at number %1: somebody changed the database by hand.").arg(*broken), Words::tr("Keep a copy of the database, find out who did, and restore the newest whole backup."));
    }
    add("feed", Level::Fine, Words::tr("%1 changes in the feed; the chain of the first and the newest is whole.").arg(head->sequence));
}

void DatabaseExamination::examineAudit()
{
    const auto there = m_connection->hasTable(QStringLiteral("audit_entry"));
    if (!there)
        return add("audit", there.error());
    if (!*there)
        return add("audit", Level::Warning, Words::tr("The database is from before there was an audit journal."), Words::tr("The next start of “serve” begins one."));
    const auto report = AuditCheck(*m_connection).newest(linksLookedAt);
    if (!report)
        return add("audit", report.error());
    if (report->fault)
        return add("audit", Level::Fault, report->fault->message, Words::tr("Keep a copy of the database, find out who changed it, and look at the whole journal with “audit verify”."));
    add("audit", Level::Fine, Words::tr("%1 entries in the audit journal; the chain of the newest is whole.").arg(report->head.sequence));
}

void DatabaseExamination::examineSealing()
{
    const QString advice = Words::tr("Put %1 back into %2, from a backup or from another central of this database.").arg(Sealing::fileName(), m_options.folder);
    const auto mark = m_connection->one<QByteArray>(QStringLiteral("SELECT value FROM central_meta WHERE name = 'sealing'"), {}, [](const db::Row &row) { return row.bytes(0); });
    if (!mark && mark.error().code == ErrorCode::NotFound)
        return add("sealing", Level::Warning, Words::tr("The database is from before personal data were sealed."), Words::tr("The next start of “serve” seals them. Backups made before hold them open: keep those as safe as ever."));
    if (!mark)
        return add("sealing", mark.error());
    const auto sealing = Sealing::load(m_options.folder);
    if (!sealing)
        return add("sealing", Level::Fault, sealing.error().message, advice);
    if ((*sealing)->mark() != *mark)
        return add("sealing", Level::Fault, Words::tr("The file %1 is not the one that this database's personal data are sealed with.").arg(Sealing::fileName()), advice);
    m_sealing = *sealing;
    Result<void> opened;
    const auto read = m_connection->each(QStringLiteral("SELECT record, wrapped FROM central_seal_key ORDER BY record DESC LIMIT 1000"), {}, [&](const db::Row &row) {
        opened = m_sealing->unwrapped(row.bytes(1), Id::fromBytes(row.bytes(0)).value_or(Id())).transform([](const SealKey &) {});
        return opened.has_value();
    });
    const auto keys = m_connection->integer(QStringLiteral("SELECT count(*) FROM central_seal_key"));
    if (!read || !keys)
        return add("sealing", !read ? read.error() : keys.error());
    if (!opened)
        return add("sealing", Level::Fault, opened.error().message, Words::tr("Keep a copy of the database and restore the newest whole backup in an empty folder, with “restore”."));
    add("sealing", Level::Fine, Words::tr("Personal data are sealed; %n record(s) have a key.", nullptr, static_cast<int>(*keys)));
}

void DatabaseExamination::examineFiles()
{
    const auto contents = m_connection->hasTable(QStringLiteral("central_file"));
    const auto attached = m_connection->hasTable(QStringLiteral("attachment"));
    if (!contents || !attached)
        return add("files", !contents ? contents.error() : attached.error());
    if (!*contents || !*attached)
        return add("files", Level::Warning, Words::tr("The database is from before there were attached files."), Words::tr("The next start of “serve” makes room for them."));
    const RecordTables tables(m_options.catalog, shardHere, m_connection->dialect(), m_sealing);
    const auto totals = FileShelf(*m_connection, tables).totals(true);
    if (!totals)
        return add("files", totals.error());
    add("files", Level::Fine, Words::tr("%1 attached files, %2 MiB; %3 are still being sent, %4 are with the devices that added them.").arg(totals->files).arg((totals->bytes + oneMebi - 1) / oneMebi).arg(totals->unfinished).arg(totals->missing));
}

void DatabaseExamination::examineSequencer()
{
    const auto first = [this] { return m_connection->integer(QStringLiteral("SELECT coalesce(min(number), 0) FROM central_commit")); };
    const auto before = first();
    if (!before)
        return add("sequencer", before.error());
    Result<qint64> now = before;
    for (const QDeadlineTimer patience(sequencerPatienceMs); now && *now != 0 && *now == *before && !patience.hasExpired(); now = first())
        QThread::msleep(50);
    if (!now)
        return add("sequencer", now.error());
    if (*now == 0 || *now != *before)
        return add("sequencer", Level::Fine, Words::tr("No change waits for its number."));
    const qint64 waiting = m_connection->integer(QStringLiteral("SELECT count(*) FROM central_commit")).value_or(0);
    if (m_options.running.isEmpty())
        add("sequencer", Level::Warning, Words::tr("%1 changes wait for a number; they get it when central serves.").arg(waiting), Words::tr("Start central: systemctl start tourism-ioc-central"));
    else
        add("sequencer", Level::Fault, Words::tr("%1 changes wait for a number although central serves: devices do not get them.").arg(waiting), Words::tr("Restart central and report its log to the administrator."));
}

void DatabaseExamination::examineTime()
{
    const auto there = m_connection->integer(QStringLiteral("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint"));
    if (!there)
        return add("server_clock", there.error());
    const qint64 apart = std::abs(m_options.clock->nowMs() - *there);
    const QString advice = Words::tr("Let both follow the same time server.");
    if (apart > serverClockToleranceMs)
        add("server_clock", apart > serverClockFaultMs ? Level::Fault : Level::Warning, Words::tr("The clocks of this machine and of the database server are %1 s apart.").arg(apart / 1000), advice);
    else
        add("server_clock", Level::Fine, Words::tr("The clocks of this machine and of the database server agree."));
}

void DatabaseExamination::examineLastBackup()
{
    const auto last = Backup::lastMs(*m_connection);
    const auto began = m_connection->one<qint64>(QStringLiteral("SELECT value FROM central_meta WHERE name = 'audit_began'"), {}, [](const db::Row &row) { return row.bytes(0).toLongLong(); });
    if (!last || (!began && began.error().code != ErrorCode::NotFound))
        return add("last_backup", !last ? last.error() : began.error());
    const qint64 since = *last > 0 ? *last : began.value_or(0); // 0: of a former version
    const bool isOdd = std::abs(m_options.clock->nowMs() - since) > backupPatienceMs; // a clock that was ahead tells nothing either
    const QString found = *last > 0 ? Words::tr("The last backup was made %1.").arg(Format().dateTime(*last)) : Words::tr("No backup is noted yet.");
    add("last_backup", isOdd ? Level::Warning : Level::Fine, found,
        isOdd ? Words::tr("Have one made every night: systemctl enable --now tourism-ioc-backup.timer. If it is, see what became of the last one: systemctl status tourism-ioc-backup") : QString());
}

void DatabaseExamination::examineBackupTools()
{
    const auto server = m_connection->integer(QStringLiteral("SELECT current_setting('server_version_num')::bigint / 10000"));
    const int tools = DatabaseDump::toolsVersion();
    if (!server)
        return add("backup", server.error());
    if (tools < *server)
        add("backup", Level::Warning, tools == 0 ? Words::tr("pg_dump is not installed: no backup can be made.") : Words::tr("pg_dump %1 is older than the database server: no backup can be made.").arg(tools), Words::tr("Install it: apt install postgresql-client-%1").arg(*server));
    else
        add("backup", Level::Fine, Words::tr("A backup can be made with pg_dump %1.").arg(tools));
}

} // namespace ioc
