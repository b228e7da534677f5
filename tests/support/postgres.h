// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <db/serveraddress.h>

#include <QProcess>
#include <QTemporaryDir>

#include <memory>

namespace ioc {

/// A PostgreSQL server of a test's own, reached by a socket in its folder. Ends with the object.
class PostgresCluster
{
public:
    /// Whether a commit waits until it is on the disk: only measurements need that.
    enum class Disk { IsNotWaitedFor, Waits };
    explicit PostgresCluster(Disk disk = Disk::IsNotWaitedFor);
    ~PostgresCluster();
    PostgresCluster(const PostgresCluster &) = delete;
    PostgresCluster &operator=(const PostgresCluster &) = delete;

    /// Makes it and starts it; \a problem says why that did not work.
    [[nodiscard]] bool create(QString *problem);
    /// Starts it again after stop().
    [[nodiscard]] bool start();
    /// As "restart" does: sessions are broken off.
    void stop();
    [[nodiscard]] db::ServerAddress address() const { return {.host = m_folder.path(), .database = QStringLiteral("postgres"), .user = QStringLiteral("ioc")}; }
    /// One of the server's own programs.
    [[nodiscard]] QString program(const QString &name) const { return m_programs + u'/' + name; }

private:
    bool run(const QString &name, const QStringList &arguments, QString *problem = nullptr) const;
    [[nodiscard]] QString data() const { return m_folder.filePath(QStringLiteral("data")); }

    Disk m_disk;
    QTemporaryDir m_folder;
    QString m_programs; ///< folder of initdb and pg_ctl; empty: not installed
    bool m_runs = false;
};

/// A fresh, empty database for one test, in the server that IOC_TEST_POSTGRES names or else in one that is started for this program.
/// It is gone with the object.
class TestDatabase
{
public:
    TestDatabase();
    ~TestDatabase();
    TestDatabase(const TestDatabase &) = delete;
    TestDatabase &operator=(const TestDatabase &) = delete;

    [[nodiscard]] bool isValid() const { return m_isValid; }
    /// Why there is none: for QSKIP.
    [[nodiscard]] QString problem() const { return m_problem; }
    [[nodiscard]] db::ServerAddress address() const { return m_address; }
    /// For --database.
    [[nodiscard]] QString url() const { return m_address.toString(); }

private:
    db::ServerAddress m_server;
    db::ServerAddress m_address;
    QString m_problem;
    bool m_isValid = false;
};

/// Rows "sqlite" and "postgresql" of a column "backend": for initTestCase_data(), so that every test runs on both.
void addBackends();

} // namespace ioc
