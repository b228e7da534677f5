// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QTemporaryDir>

namespace ioc {

/// HAProxy as installer/central/haproxy.cfg sets it up, on free ports of this machine. Ends with the object.
class Balancer
{
public:
    ~Balancer();

    [[nodiscard]] static bool isInstalled();
    /// In front of centrals on \a ports of this machine; true when it takes connections.
    [[nodiscard]] bool start(const QList<quint16> &ports, const QString &authorityFile);
    [[nodiscard]] quint16 port() const { return m_port; }
    /// What it said.
    [[nodiscard]] QByteArray log() { return m_log += m_process.readAll(); }

private:
    QTemporaryDir m_folder;
    QProcess m_process;
    QByteArray m_log;
    quint16 m_port = 0;
};

} // namespace ioc
