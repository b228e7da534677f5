// SPDX-License-Identifier: GPL-3.0-or-later
#include "auditcommands.h"
#include "auditlines.h"

#include <base/format.h>
#include <central/auditcheck.h>
#include <central/auditlist.h>
#include <central/feedlog.h>

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QSaveFile>
#include <QTextStream>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(CentralProgram)
};

/// Says how far long work is, every few seconds, beside what it prints.
class ProgressLine
{
public:
    ProgressLine() { m_sinceLast.start(); }
    void operator()(qint64 done, qint64 total)
    {
        constexpr int everyMs = 2000;
        if (total <= 0 || m_sinceLast.elapsed() < everyMs)
            return;
        m_sinceLast.restart();
        QTextStream(stderr) << Words::tr("%1 of %2 entries (%3 %)").arg(done).arg(total).arg(done * 100 / total) << Qt::endl;
    }

private:
    QElapsedTimer m_sinceLast;
};

// What was committed last is in the chain, too, before anybody looks at it.
Result<std::unique_ptr<CentralStorage>> openChained(const QCommandLineParser &parser, const Clock &clock)
{
    auto storage = openStorage(parser, clock);
    if (!storage)
        return storage;
    const auto chained = (*storage)->sequence([epoch = (*storage)->epoch()](db::Connection &connection) -> Result<void> {
        constexpr int most = 5000;
        for (Numbered done{most, most}; done.commits == most || done.auditEntries == most;) {
            const auto numbered = numberCommits(connection, epoch, most);
            if (!numbered)
                return std::unexpected(numbered.error());
            done = *numbered;
        }
        return {};
    }).result();
    return chained.transform([&] { return std::move(*storage); });
}

Result<QList<AuditAnchor>> anchorsFrom(const QString &path)
{
    if (path.isEmpty())
        return QList<AuditAnchor>();
    QFile file(path);
    if (!file.open(QFile::ReadOnly))
        return failure(ErrorCode::NotFound, Words::tr("The file %1 cannot be read.").arg(path), file.errorString());
    return AuditAnchor::fromText(file.readAll());
}

Result<void> verify(const CommandContext &context)
{
    QCommandLineParser parser;
    parser.addOptions({dataOption(), {QStringLiteral("from"), Words::tr("First entry to check; the one before it is believed."), QStringLiteral("N"), QStringLiteral("1")},
                       {QStringLiteral("anchor"), Words::tr("File with anchors that were written earlier."), QStringLiteral("FILE")}});
    if (auto fine = parseArguments(parser, context, QStringLiteral("tourism-ioc-central audit verify --data DIR [--from N] [--anchor FILE]")); !fine)
        return fine;
    bool isNumber = false;
    const qint64 from = parser.value(QStringLiteral("from")).toLongLong(&isNumber);
    if (!isNumber || from < 1)
        return failure(ErrorCode::InvalidInput, Words::tr("--from takes the number of an entry, from 1 on."));
    const auto anchors = anchorsFrom(parser.value(QStringLiteral("anchor")));
    if (!anchors)
        return std::unexpected(anchors.error());
    const auto storage = openChained(parser, context.clock);
    if (!storage)
        return std::unexpected(storage.error());
    const auto report = (*storage)->read([&](db::Connection &connection) { return AuditCheck(connection).run(from, *anchors, ProgressLine()); }).result();
    if (!report)
        return std::unexpected(report.error());
    if (report->fault)
        return failure(ErrorCode::Damaged, Words::tr("The audit journal is broken. %1 Keep the database as it is and compare it with a backup.").arg(report->fault->message));
    say(Words::tr("The audit journal is whole: %1 entries checked, %2 changes compared with theirs.").arg(report->links).arg(report->operations));
    say(Words::tr("Anchor: %1").arg(report->head.toString()));
    return {};
}

Result<void> anchor(const CommandContext &context)
{
    QCommandLineParser parser;
    parser.addOption(dataOption());
    const auto storage = parseArguments(parser, context, QStringLiteral("tourism-ioc-central audit anchor --data DIR")).and_then([&] { return openChained(parser, context.clock); });
    if (!storage)
        return std::unexpected(storage.error());
    return (*storage)->read([](db::Connection &connection) { return auditHead(connection); }).result().transform([](const AuditAnchor &head) { say(head.toString()); });
}

// A day or a moment in Viet Nam; a day's end where it is the last one wanted.
Result<qint64> momentFrom(const QString &text, bool isEnd)
{
    if (text.isEmpty())
        return 0;
    const QDate day = QDate::fromString(text, Qt::ISODate);
    if (day.isValid())
        return (isEnd ? day.addDays(1) : day).startOfDay(Format::displayZone()).toMSecsSinceEpoch();
    QDateTime moment = QDateTime::fromString(text, Qt::ISODate);
    if (!moment.isValid())
        return failure(ErrorCode::InvalidInput, Words::tr("“%1” is no time. Write 2026-12-31 or 2026-12-31T23:59.").arg(text));
    if (moment.timeSpec() == Qt::LocalTime)
        moment.setTimeZone(Format::displayZone());
    return moment.toMSecsSinceEpoch();
}

Result<QHash<QByteArray, QString>> loginsOf(db::Connection &connection)
{
    QHash<QByteArray, QString> out;
    return connection.each(QStringLiteral("SELECT id, login FROM account"), {}, [&](const db::Row &row) {
        out.insert(row.bytes(0), row.text(1));
        return true;
    }).transform([&] { return std::move(out); });
}

Result<Id> accountFrom(const QString &text, const QHash<QByteArray, QString> &logins)
{
    if (text.isEmpty())
        return Id();
    if (const auto id = Id::fromString(text))
        return *id;
    const QByteArray found = logins.key(text);
    if (found.isEmpty())
        return failure(ErrorCode::NotFound, Words::tr("There is no account “%1”.").arg(text));
    return Id::fromBytes(found);
}

struct Wanted
{
    AuditFilter filter;
    QString account;
    AuditLines::Format format = AuditLines::Format::Csv;
};

Result<Wanted> wantedFrom(const QCommandLineParser &parser)
{
    Wanted out{.filter = {}, .account = parser.value(QStringLiteral("account")), .format = AuditLines::Format::Csv};
    const auto since = momentFrom(parser.value(QStringLiteral("since")), false);
    const auto until = momentFrom(parser.value(QStringLiteral("until")), true);
    if (!since || !until)
        return std::unexpected(!since ? since.error() : until.error());
    out.filter.sinceMs = *since;
    out.filter.untilMs = *until;
    const QString record = parser.value(QStringLiteral("record"));
    if (!record.isEmpty()) {
        const auto id = Id::fromString(record);
        if (!id)
            return failure(ErrorCode::InvalidInput, Words::tr("“%1” is no record's identifier.").arg(record.left(60)));
        out.filter.record = *id;
    }
    const QString format = parser.value(QStringLiteral("format"));
    if (format != u"csv" && format != u"jsonl")
        return failure(ErrorCode::InvalidInput, Words::tr("--format takes csv or jsonl."));
    out.format = format == u"csv" ? AuditLines::Format::Csv : AuditLines::Format::JsonLines;
    return out;
}

Result<qint64> written(CentralStorage &storage, Wanted wanted, QIODevice &out)
{
    return storage.read([&](db::Connection &connection) -> Result<qint64> {
        const auto logins = loginsOf(connection);
        const auto account = logins.and_then([&](const auto &all) { return accountFrom(wanted.account, all); });
        if (!account)
            return std::unexpected(account.error());
        wanted.filter.account = *account;
        const AuditLines lines(wanted.format, *logins);
        qint64 count = 0;
        bool fine = out.write(lines.head()) >= 0;
        const auto read = eachAuditEntry(connection, wanted.filter, [&](const AuditLink &link) {
            fine = fine && out.write(lines.line(link)) > 0;
            ++count;
            return fine;
        }, ProgressLine());
        if (read && !fine)
            return failure(ErrorCode::Full, Words::tr("The entries cannot be written. Check the space on the disk."), out.errorString());
        return read.transform([&] { return count; });
    }).result();
}

Result<void> exportEntries(const CommandContext &context)
{
    QCommandLineParser parser;
    parser.addOptions({dataOption(), {QStringLiteral("since"), Words::tr("First day or moment, in Viet Nam's time."), QStringLiteral("TIME")},
                       {QStringLiteral("until"), Words::tr("Last day or moment, in Viet Nam's time."), QStringLiteral("TIME")},
                       {QStringLiteral("account"), Words::tr("Login or identifier of an account."), QStringLiteral("LOGIN")},
                       {QStringLiteral("record"), Words::tr("Identifier of a record."), QStringLiteral("ID")},
                       {QStringLiteral("format"), Words::tr("csv or jsonl."), QStringLiteral("FORMAT"), QStringLiteral("csv")}});
    const QString usage = QStringLiteral("tourism-ioc-central audit export --data DIR [--since TIME] [--until TIME] [--account LOGIN] [--record ID] [--format csv|jsonl] <FILE>");
    const auto wanted = parseArguments(parser, context, usage).and_then([&] { return wantedFrom(parser); });
    if (!wanted)
        return std::unexpected(wanted.error());
    if (parser.positionalArguments().size() != 1)
        return failure(ErrorCode::InvalidInput, Words::tr("Name one file to write to."));
    const QString path = parser.positionalArguments().first();
    const auto storage = openChained(parser, context.clock);
    if (!storage)
        return std::unexpected(storage.error());
    QSaveFile file(path);
    if (!file.open(QFile::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner))
        return failure(ErrorCode::ReadOnly, Words::tr("The file %1 cannot be written. Check the rights of its folder and the space on the disk.").arg(path), file.errorString());
    const auto count = written(**storage, *wanted, file);
    if (!count)
        return std::unexpected(count.error());
    if (!file.commit())
        return failure(ErrorCode::Full, Words::tr("The file %1 cannot be written. Check the rights of its folder and the space on the disk.").arg(path), file.errorString());
    say(Words::tr("%n entry(s) of the audit journal are in %1.", nullptr, static_cast<int>(*count)).arg(path));
    return {};
}

Result<void> audit(const CommandContext &context)
{
    const QMap<QString, Result<void> (*)(const CommandContext &)> verbs{{QStringLiteral("verify"), verify}, {QStringLiteral("anchor"), anchor}, {QStringLiteral("export"), exportEntries}};
    const auto verb = verbs.value(context.arguments.value(0));
    if (!verb)
        return failure(ErrorCode::InvalidInput, Words::tr("Say what to do with the audit journal: %1.").arg(verbs.keys().join(QStringLiteral(", "))));
    return verb({context.arguments.mid(1), context.clock});
}

} // namespace

CentralCommand auditCommand()
{
    return {QStringLiteral("audit"), Words::tr("Check the audit journal, take an anchor of it, write it to a file."), audit};
}

} // namespace ioc
