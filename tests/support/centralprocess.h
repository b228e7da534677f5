// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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

    CentralProcess();
    ~CentralProcess();

    /// Runs one command to its end; "--data" is added. Code -1: it crashed or did not end.
    Finished run(const QStringList &arguments, const QByteArray &input = {});
    [[nodiscard]] bool init() { return run({QStringLiteral("init")}).code == 0; }
    [[nodiscard]] bool addAccount(const QString &login, const QString &role, const QString &password);

    /// Starts serving on a free port (the same one again after a restart); true when it is ready.
    [[nodiscard]] bool serve();
    /// SIGKILL: no farewell.
    void kill();
    /// SIGTERM; its exit code.
    int stop();

    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] QUrl url(const QString &path = {}) const;
    [[nodiscard]] QString dataFolder() const { return m_folder.filePath(QStringLiteral("data")); }
    [[nodiscard]] QString authorityFile() const { return dataFolder() + QStringLiteral("/tls/ca.pem"); }
    /// What it wrote to stderr since serve().
    [[nodiscard]] QByteArray log();

private:
    QTemporaryDir m_folder;
    QProcess m_process;
    QByteArray m_log;
    quint16 m_port = 0;
};

} // namespace ioc
