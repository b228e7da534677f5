// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/centralstorage.h>
#include <store/typetable.h>
#include <support/postgres.h>
#include <wire/snapshot.h>

#include <access/sessions.h>

#include <QTemporaryDir>

namespace ioc::test {

/// The real central without its sockets: bodies of requests go in, bodies of answers come out, as they travel. It can be
/// started again, and go back to an older copy of its database.
class InnerCentral
{
public:
    explicit InnerCentral(bool onServer);

    /// Why it cannot run; empty when it can.
    [[nodiscard]] QString obstacle() const;
    void addAccount(const Identity &who);
    /// A unit of the organisation, for records to name.
    [[nodiscard]] Id unit() const { return m_unit; }

    /// The body of POST /v1/operations and that of its answer; an error when nothing was taken. \a answered, here and below: wire::answeredHeader.
    Result<QByteArray> push(const QByteArray &body, const Identity &who, const Id &answered);
    /// The answer to GET /v1/changes.
    Result<QByteArray> pull(const QString &cursor, const Identity &who, int limit, const Id &answered);
    /// Numbers at most \a limit commits; how many.
    int number(int limit);
    void restart();

    /// A file as a new device would be offered, packed in a folder of its own.
    struct Offer { Snapshot snapshot; QString path; };
    Result<Offer> buildSnapshot(const Identity &who);

    [[nodiscard]] bool canGoBack() const { return !m_database; }
    /// Keeps a copy of the database as it is now, in the place of the one before.
    void keepCopy();
    /// The copy kept last takes the database's place: by `restore`, with a new epoch, or as somebody who copies files would do it.
    void goBack(bool byRestore);

    [[nodiscard]] CentralStorage &storage() { return *m_storage; }

    ManualClock clock{1'760'000'000'000};

private:
    void open();
    [[nodiscard]] QString dataFolder() const { return m_folder.filePath(QStringLiteral("data")); }
    [[nodiscard]] QString copyFolder() const { return m_folder.filePath(QStringLiteral("copy")); }

    QTemporaryDir m_folder;
    std::unique_ptr<TestDatabase> m_database;
    CentralStorage::Options m_options;
    std::unique_ptr<CentralStorage> m_storage;
    Id m_unit;
    int m_snapshots = 0;
};

} // namespace ioc::test
