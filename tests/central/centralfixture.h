// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/centralstorage.h>
#include <central/feedlog.h>
#include <central/feedreader.h>
#include <central/operationjudge.h>
#include <support/operationmaker.h>
#include <support/postgres.h>
#include <wire/codec.h>

#include <QTemporaryDir>

namespace ioc {

/// A central database without its HTTPS face, and two people who work with it.
struct CentralFixture
{
    /// On a PostgreSQL database of its own, or on SQLite.
    explicit CentralFixture(QStringView backend = u"sqlite")
        : database(backend == u"postgresql" ? std::make_unique<TestDatabase>() : nullptr), catalog(TypeCatalog::load().value()), options{.folder = folder.filePath(QStringLiteral("data")), .catalog = catalog, .clock = &clock}
    {
        if (database && !database->isValid())
            return;
        if (database)
            options.server = database->address();
        if (CentralStorage::create(options))
            reopen();
        addAccount(lan, QStringLiteral("lan"));
        addAccount(minh, QStringLiteral("minh"));
    }
    void reopen()
    {
        storage.reset();
        storage = std::move(*CentralStorage::open(options));
    }
    template <typename Work>
    auto write(Work work)
    {
        return storage->write(std::move(work)).result();
    }
    QList<Answer> push(const QList<Operation> &operations, const Identity &who)
    {
        return write([&](db::Connection &connection) { return OperationJudge(connection, storage->tables(), clock).judge(operations, Scope(who)); }).value_or(QList<Answer>());
    }
    Answer push(const Operation &operation, const Identity &who) { return push(QList<Operation>{operation}, who).value(0); }
    Result<ChangePage> pull(const Cursor &after, int limit = FeedReader::rowLimit)
    {
        return storage->read([&](db::Connection &connection) { return FeedReader(connection, storage->tables(), storage->epoch()).page(after, Scope(lan), limit, clock.nowMs()); }).result().and_then([](const ChangePage &page) { return wire::decodeChangePage(wire::encode(page)); });
    }
    int number()
    {
        return write([&](db::Connection &connection) { return numberCommits(connection, storage->epoch(), 10'000); }).value_or(Numbered{-1, -1}).commits;
    }
    CentralRecord find(const QString &type, const Id &id)
    {
        return write([&](db::Connection &connection) { return storage->tables().find(connection, *catalog->type(type), id); }).value_or(CentralRecord());
    }
    qint64 count(const QString &sql)
    {
        return write([&](db::Connection &connection) { return connection.integer(sql); }).value_or(-1);
    }
    void addAccount(const Identity &who, const QString &login)
    {
        (void)storage->importRecords({Record{.type = QStringLiteral("account"), .id = who.account,
                                             .values = {{QStringLiteral("login"), login}, {QStringLiteral("display_name"), login}, {QStringLiteral("role"), who.role}}}}, {}).result();
    }

    /// Why this test cannot run; empty when it can.
    [[nodiscard]] QString obstacle() const { return database && !database->isValid() ? database->problem() : QString(); }

    SystemClock clock;
    QTemporaryDir folder;
    std::unique_ptr<TestDatabase> database;
    std::shared_ptr<const TypeCatalog> catalog;
    CentralStorage::Options options;
    std::unique_ptr<CentralStorage> storage;
    OperationMaker make;
    Identity lan{.account = Id::create(clock), .device = Id::create(clock), .login = QStringLiteral("lan"), .role = QStringLiteral("operator")};
    Identity minh{.account = Id::create(clock), .device = Id::create(clock), .login = QStringLiteral("minh"), .role = QStringLiteral("operator")};
};

} // namespace ioc
