// SPDX-License-Identifier: GPL-3.0-or-later
#include "personcommands.h"

#include <central/person.h>

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QSaveFile>
#include <QTextStream>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(CentralProgram)
};

struct Asked
{
    std::unique_ptr<CentralStorage> storage;
    QList<Person::Found> records;
};

void sayFound(const Person::Found &found)
{
    QStringList line{found.type->name, found.record.toString(), found.fields.join(u',')};
    if (!found.formerly.isEmpty())
        line += Words::tr("formerly: %1").arg(found.formerly.join(u','));
    say(line.join(u'\t'));
}

Result<Asked> found(const QCommandLineParser &parser, const CommandContext &context, const QString &value)
{
    auto storage = openStorage(parser, context.clock);
    if (!storage)
        return std::unexpected(storage.error());
    QElapsedTimer sinceTold;
    sinceTold.start();
    const auto tell = [&](qint64 seen) {
        constexpr int everyMs = 2000;
        if (sinceTold.hasExpired(everyMs)) {
            QTextStream(stderr) << Words::tr("%1 former values and operations looked through").arg(seen) << Qt::endl;
            sinceTold.restart();
        }
    };
    const auto records = (*storage)->read([&storage = **storage, value, tell](db::Connection &connection) { return Person(connection, storage.tables(), storage.clock()).find(value, tell); }).result();
    if (!records)
        return std::unexpected(records.error());
    if (records->isEmpty())
        return failure(ErrorCode::NotFound, Words::tr("No personal field holds this. Give a whole phone number, e-mail address or name as it was written down."));
    return Asked{std::move(*storage), *records};
}

Result<QStringList> arguments(QCommandLineParser &parser, const CommandContext &context, const QString &usage, qsizetype count)
{
    parser.addOption(dataOption());
    parser.addPositionalArgument(QStringLiteral("VALUE"), Words::tr("A whole phone number, e-mail address or name; “-” reads it from standard input, so that no list of processes shows it."));
    if (count > 1)
        parser.addPositionalArgument(QStringLiteral("FILE"), Words::tr("The file to make, in JSON."));
    if (auto fine = parseArguments(parser, context, usage); !fine)
        return std::unexpected(fine.error());
    QStringList given = parser.positionalArguments();
    if (given.size() != count)
        return failure(ErrorCode::InvalidInput, Words::tr("Usage: %1").arg(usage));
    if (given.first() == u"-")
        given.first() = QTextStream(stdin).readLine();
    return given;
}

Result<void> find(const CommandContext &context)
{
    QCommandLineParser parser;
    const auto given = arguments(parser, context, QStringLiteral("tourism-ioc-central person find --data DIR [--database URL] <VALUE>"), 1);
    if (!given)
        return std::unexpected(given.error());
    return found(parser, context, given->first()).transform([](const Asked &asked) { std::ranges::for_each(asked.records, sayFound); });
}

Result<void> exportTo(const CommandContext &context)
{
    QCommandLineParser parser;
    const auto given = arguments(parser, context, QStringLiteral("tourism-ioc-central person export --data DIR [--database URL] <VALUE> <FILE>"), 2);
    if (!given)
        return std::unexpected(given.error());
    const QString path = given->last();
    if (QFile::exists(path))
        return failure(ErrorCode::Conflict, Words::tr("The file %1 is there already and is not overwritten.").arg(path));
    QSaveFile file(path);
    if (!file.open(QFile::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner))
        return failure(ErrorCode::ReadOnly, Words::tr("The file %1 cannot be written. Check the rights of its folder and the space on the disk.").arg(path), file.errorString());
    const auto asked = found(parser, context, given->first());
    if (!asked)
        return std::unexpected(asked.error());
    const auto all = asked->storage->write([&asked = *asked, value = given->first()](db::Connection &connection) { return Person(connection, asked.storage->tables(), asked.storage->clock()).exported(asked.records, value); }).result();
    if (!all)
        return std::unexpected(all.error());
    if (file.write(QJsonDocument(*all).toJson()) < 0 || !file.commit())
        return failure(ErrorCode::ReadOnly, Words::tr("The file %1 cannot be written. Check the rights of its folder and the space on the disk.").arg(path), file.errorString());
    say(Words::tr("%n record(s) are in %1, with what belongs to them. The file holds personal data: give it to nobody but the person.", nullptr, static_cast<int>(asked->records.size())).arg(path));
    return {};
}

Result<void> erase(const CommandContext &context)
{
    QCommandLineParser parser;
    parser.addOption({QStringLiteral("records"), Words::tr("How many records “person find” showed: a guard against erasing others."), QStringLiteral("COUNT")});
    const auto given = arguments(parser, context, QStringLiteral("tourism-ioc-central person erase --records COUNT --data DIR [--database URL] <VALUE>"), 1);
    if (!given)
        return std::unexpected(given.error());
    const auto asked = found(parser, context, given->first());
    if (!asked)
        return std::unexpected(asked.error());
    if (parser.value(QStringLiteral("records")).toLongLong() != asked->records.size()) {
        std::ranges::for_each(asked->records, sayFound);
        return failure(ErrorCode::InvalidInput, Words::tr("Nothing was erased. If all of these are the person's, say so: --records %1").arg(asked->records.size()));
    }
    return asked->storage->write([&asked = *asked, value = given->first()](db::Connection &connection) { return Person(connection, asked.storage->tables(), asked.storage->clock()).erase(asked.records, value); }).result().transform([&] {
        const QDir snapshots(QDir(parser.value(QStringLiteral("data"))).filePath(QStringLiteral("snapshots")));
        for (const QString &name : snapshots.entryList(QDir::Files)) // made anew when a device asks
            QFile::remove(snapshots.filePath(name));
        say(Words::tr("The personal data of %n record(s) are erased and cannot be had back from this database. Devices erase them when they next get in touch. Backups made before still hold them: delete those, or erase again after one is restored.",
                      nullptr, static_cast<int>(asked->records.size())));
    });
}

Result<void> person(const CommandContext &context)
{
    const QString verb = context.arguments.value(0);
    const CommandContext rest{context.arguments.mid(1), context.clock};
    if (verb == u"find")
        return find(rest);
    if (verb == u"export")
        return exportTo(rest);
    if (verb == u"erase")
        return erase(rest);
    return failure(ErrorCode::InvalidInput, Words::tr("Say what to do about a person: %1.").arg(QStringLiteral("find, export, erase")));
}

} // namespace

CentralCommand personCommand()
{
    return {QStringLiteral("person"), Words::tr("Find, export or erase what is held about somebody."), person};
}

} // namespace ioc
