// SPDX-License-Identifier: GPL-3.0-or-later
#include "innercentral.h"

#include <central/backup.h>
#include <central/feedlog.h>
#include <central/feedreader.h>
#include <central/journal.h>
#include <central/operationjudge.h>
#include <central/snapshotjob.h>
#include <wire/codec.h>

#include <QDir>

namespace ioc::test {

namespace {

// What cannot fail unless the test's own machine does.
void mustBe(const Result<void> &done, const char *what)
{
    if (!done)
        qFatal("%s: %s %s", what, qUtf8Printable(done.error().message), qUtf8Printable(done.error().detail));
}

template <typename T>
Result<void> plain(const Result<T> &result)
{
    return result.transform([](const auto &) {});
}

} // namespace

InnerCentral::InnerCentral(bool onServer)
    : m_database(onServer ? std::make_unique<TestDatabase>() : nullptr),
      m_options{.folder = dataFolder(), .catalog = TypeCatalog::load().value(), .clock = &clock}
{
    if (!obstacle().isEmpty())
        return;
    if (m_database) {
        m_options.server = m_database->address();
        m_options.writers = 1;
    }
    m_options.readers = 1;
    mustBe(CentralStorage::create(m_options), "create");
    open();
    m_unit = Id::create(clock);
    const Record unit{.type = QStringLiteral("unit"), .id = m_unit, .values = {{QStringLiteral("code"), QStringLiteral("HG")}, {QStringLiteral("name"), QStringLiteral("Phường Hạ Long")}, {QStringLiteral("kind"), QStringLiteral("commune")}}};
    mustBe(plain(m_storage->importRecords({unit}, {}).result()), "unit");
}

QString InnerCentral::obstacle() const
{
    return m_database && !m_database->isValid() ? m_database->problem() : QString();
}

void InnerCentral::open()
{
    m_storage.reset();
    auto opened = CentralStorage::open(m_options);
    mustBe(plain(opened), "open");
    m_storage = std::move(*opened);
}

void InnerCentral::addAccount(const Identity &who)
{
    const Record account{.type = QStringLiteral("account"), .id = who.account, .values = {{QStringLiteral("login"), who.login}, {QStringLiteral("display_name"), who.displayName}, {QStringLiteral("role"), who.role}}};
    mustBe(plain(m_storage->importRecords({account}, {}).result()), "account");
}

Result<QByteArray> InnerCentral::push(const QByteArray &body, const Identity &who, const Id &answered)
{
    const auto operations = wire::decodeOperations(body);
    if (!operations)
        return std::unexpected(operations.error());
    const auto answers = m_storage->write([&](db::Connection &connection) {
        return Journal(connection).stillHas(answered).and_then([&] { return OperationJudge(connection, m_storage->tables(), clock).judge(*operations, Scope(who)); });
    }).result();
    return answers.transform([](const QList<Answer> &list) { return wire::encode(list); });
}

Result<QByteArray> InnerCentral::pull(const QString &cursor, const Identity &who, int limit, const Id &answered)
{
    const auto after = cursor.isEmpty() ? Result<Cursor>(Cursor()) : Cursor::fromString(cursor);
    if (!after)
        return std::unexpected(after.error());
    const auto page = m_storage->read([&](db::Connection &connection) {
        return Journal(connection).stillHas(answered).and_then([&] {
            return FeedReader(connection, m_storage->tables(), m_storage->epoch()).page(*after, Scope(who), limit, clock.nowMs());
        });
    }).result();
    return page.transform([](const ChangePage &one) { return wire::encode(one); });
}

int InnerCentral::number(int limit)
{
    const auto numbered = m_storage->sequence([&](db::Connection &connection) { return numberCommits(connection, m_storage->epoch(), limit); }).result();
    mustBe(plain(numbered), "number");
    return static_cast<int>(numbered->commits);
}

void InnerCentral::restart()
{
    open();
}

Result<InnerCentral::Offer> InnerCentral::buildSnapshot(const Identity &who)
{
    const QString folder = m_folder.filePath(QStringLiteral("snapshots-%1").arg(++m_snapshots));
    if (!QDir().mkpath(folder))
        qFatal("no folder for a snapshot");
    SnapshotBuilding building;
    const SnapshotJob job(m_storage->tables(), m_storage->epoch(), Scope(who), folder);
    const auto made = m_storage->read([&](db::Connection &connection) { return job.run(connection, building); }).result();
    return made.transform([&](Snapshot snapshot) {
        snapshot.vault = m_storage->tables().sealing().snapshotSecrets(Scope(who).key(), snapshot.cursor.toString());
        return Offer{snapshot, QDir(folder).filePath(snapshot.id) + QStringLiteral(".zst")};
    });
}

void InnerCentral::keepCopy()
{
    QDir(copyFolder()).removeRecursively();
    mustBe(plain(Backup::make({.folder = dataFolder(), .server = {}, .clock = &clock}, copyFolder())), "backup");
}

void InnerCentral::goBack(bool byRestore)
{
    m_storage.reset();
    if (!QDir(dataFolder()).removeRecursively())
        qFatal("the old database stays");
    if (byRestore) {
        mustBe(plain(Backup::restore(copyFolder(), {.folder = dataFolder(), .server = {}, .clock = &clock})), "restore");
    } else if (!QDir().mkpath(dataFolder()) || !std::ranges::all_of(QStringList{QStringLiteral("/central.sqlite"), QStringLiteral("/sealing.key")}, [this](const QString &name) { return QFile::copy(copyFolder() + name, dataFolder() + name); })) {
        qFatal("no copy");
    }
    open();
}

} // namespace ioc::test
