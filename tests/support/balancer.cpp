// SPDX-License-Identifier: GPL-3.0-or-later
#include <support/balancer.h>

#include <QFile>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

namespace ioc {

namespace {

QString program()
{
    return QStandardPaths::findExecutable(QStringLiteral("haproxy"), {QStringLiteral("/usr/sbin"), QStringLiteral("/usr/bin")});
}

} // namespace

bool Balancer::isInstalled()
{
    return !program().isEmpty();
}

bool Balancer::start(const QList<quint16> &ports, const QString &authorityFile)
{
    QFile example(QStringLiteral(IOC_BALANCER_CONFIG));
    QFile own(m_folder.filePath(QStringLiteral("haproxy.cfg")));
    if (!example.open(QFile::ReadOnly) || !own.open(QFile::WriteOnly))
        return false;
    QByteArray text = example.readAll();
    {
        QTcpServer free; // its port, as soon as it is given back
        if (!free.listen(QHostAddress::LocalHost))
            return false;
        m_port = free.serverPort();
    }
    text.replace("bind :8443", "bind 127.0.0.1:" + QByteArray::number(m_port)).replace("/etc/haproxy/tourism-ioc-ca.pem", authorityFile.toUtf8());
    text.replace("inter 2s", "inter 300ms");
    text.truncate(text.indexOf("    server one"));
    for (const quint16 port : ports)
        text += "    server s" + QByteArray::number(port) + " 127.0.0.1:" + QByteArray::number(port) + '\n';
    own.write(text);
    own.close();
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.start(program(), {QStringLiteral("-db"), QStringLiteral("-f"), own.fileName()});
    return m_process.waitForStarted() && QTest::qWaitFor([this] {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, m_port);
        return socket.waitForConnected(1'000) || m_process.state() == QProcess::NotRunning;
    }, 20'000) && m_process.state() == QProcess::Running;
}

Balancer::~Balancer()
{
    m_process.kill();
    m_process.waitForFinished();
}

} // namespace ioc
