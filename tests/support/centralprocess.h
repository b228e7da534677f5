// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <support/postgres.h>

#include <QProcess>
#include <QTemporaryDir>
#include <QUrl>

namespace ioc {

/// The real central program on a temporary data folder. Ends with the object.
class CentralProcess
{
public:
    struct Finished
    {
        int code = -1;
        QByteArray output;
        QByteArray errors;
    };

    /// On a file, or on a database of its own when \a backend is "postgresql".
    explicit CentralProcess(const QString &backend = {});
    /// Another one on the database of \a other, which has been made: with the same certificates and a folder of its own.
    static std::unique_ptr<CentralProcess> beside(const CentralProcess &other);
    explicit CentralProcess(const db::ServerAddress &database);
    ~CentralProcess();

    /// Runs one command to its end; "--data" is added. Code -1: it crashed or did not end.
    Finished run(const QStringList &arguments, const QByteArray &input = {});
    [[nodiscard]] bool init() { return run({QStringLiteral("init")}).code == 0; }
    [[nodiscard]] bool addAccount(const QString &login, const QString &role, const QString &password);

    /// Starts serving on a free port (the same one again after a restart); true when it is ready.
    [[nodiscard]] bool serve(const QStringList &options = {});
    /// Any signal, without waiting.
    void signal(int number) const;
    /// Waits until the log holds \a text.
    [[nodiscard]] bool says(const QByteArray &text);
    /// Waits for its end, without telling it to.
    [[nodiscard]] bool hasEnded();
    /// SIGKILL: no farewell.
    void kill();
    /// SIGTERM, unless it has ended by itself; its exit code, -1 when it crashed.
    int stop();

    /// Why there is no database to run on; empty when there is.
    [[nodiscard]] QString obstacle() const { return m_database && !m_database->isValid() ? m_database->problem() : QString(); }
    [[nodiscard]] std::optional<db::ServerAddress> server() const { return m_server; }
    [[nodiscard]] qint64 processId() const { return m_process.processId(); }
    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] QUrl url(const QString &path = {}) const;
    [[nodiscard]] QString dataFolder() const { return m_folder.filePath(QStringLiteral("data")); }
    [[nodiscard]] QString authorityFile() const { return dataFolder() + QStringLiteral("/tls/ca.pem"); }
    /// What it wrote to stderr since serve().
    [[nodiscard]] QByteArray log();

private:
    [[nodiscard]] QStringList place() const; // the options --data and --database

    QTemporaryDir m_folder;
    std::shared_ptr<TestDatabase> m_database;
    std::optional<db::ServerAddress> m_server;
    QProcess m_process;
    QByteArray m_log;
    quint16 m_port = 0;
};

} // namespace ioc
