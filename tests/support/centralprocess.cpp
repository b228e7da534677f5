// SPDX-License-Identifier: GPL-3.0-or-later
#include <support/centralprocess.h>

#include <QDeadlineTimer>
#include <QDir>
#include <QRegularExpression>

#include <csignal>

namespace ioc {

namespace {
constexpr int patienceMs = 60'000; // sanitizers and loaded machines included
}

CentralProcess::CentralProcess(const QString &backend) : m_database(backend == u"postgresql" ? std::make_shared<TestDatabase>() : nullptr)
{
    if (m_database)
        m_server = m_database->address();
}

CentralProcess::CentralProcess(const db::ServerAddress &database) : m_server(database) {}

std::unique_ptr<CentralProcess> CentralProcess::beside(const CentralProcess &other)
{
    auto out = std::make_unique<CentralProcess>();
    out->m_database = other.m_database;
    out->m_server = other.m_server;
    const QDir tls(other.dataFolder() + QStringLiteral("/tls"));
    QDir().mkpath(out->dataFolder() + QStringLiteral("/tls"));
    const auto files = tls.entryList(QDir::Files);
    for (const QString &file : files)
        QFile::copy(tls.filePath(file), out->dataFolder() + QStringLiteral("/tls/") + file);
    QFile::copy(other.dataFolder() + QStringLiteral("/sealing.key"), out->dataFolder() + QStringLiteral("/sealing.key"));
    return out;
}

QStringList CentralProcess::place() const
{
    const QStringList data{QStringLiteral("--data"), dataFolder()};
    return m_server ? data + QStringList{QStringLiteral("--database"), m_server->toString()} : data;
}

CentralProcess::~CentralProcess()
{
    kill();
}

CentralProcess::Finished CentralProcess::run(const QStringList &arguments, const QByteArray &input)
{
    QProcess process;
    process.start(QStringLiteral(IOC_CENTRAL_PROGRAM), arguments + place());
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(patienceMs) || process.exitStatus() != QProcess::NormalExit) {
        process.kill();
        process.waitForFinished();
        return {-1, process.readAllStandardOutput(), process.readAllStandardError()};
    }
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

bool CentralProcess::addAccount(const QString &login, const QString &role, const QString &password)
{
    return run({QStringLiteral("account"), QStringLiteral("add"), QStringLiteral("--login"), login, QStringLiteral("--name"), login, QStringLiteral("--role"), role,
                QStringLiteral("--password-stdin")}, password.toUtf8() + '\n').code == 0;
}

bool CentralProcess::serve(const QStringList &options)
{
    m_log.clear();
    m_process.start(QStringLiteral(IOC_CENTRAL_PROGRAM),
                    QStringList{QStringLiteral("serve"), QStringLiteral("--port"), QString::number(m_port)} + options + place());
    QByteArray output;
    static const QRegularExpression ready(QStringLiteral("listening on [0-9.:]+:([0-9]+)\n"));
    while (m_process.state() != QProcess::NotRunning && m_process.waitForReadyRead(patienceMs)) {
        output += m_process.readAllStandardOutput();
        const auto match = ready.match(QString::fromUtf8(output));
        if (match.hasMatch()) {
            m_port = match.captured(1).toUShort();
            return true;
        }
    }
    return false;
}

void CentralProcess::kill()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished(patienceMs);
}

int CentralProcess::stop()
{
    if (m_process.state() != QProcess::NotRunning) {
        m_process.terminate();
        if (!m_process.waitForFinished(patienceMs))
            return -1;
    }
    return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
}

void CentralProcess::signal(int number) const
{
    ::kill(static_cast<pid_t>(m_process.processId()), number);
}

bool CentralProcess::says(const QByteArray &text)
{
    const QDeadlineTimer patience(patienceMs);
    while (!log().contains(text)) {
        if (patience.hasExpired() || (!m_process.waitForReadyRead(100) && m_process.state() == QProcess::NotRunning && !log().contains(text)))
            return false;
    }
    return true;
}

bool CentralProcess::hasEnded()
{
    return m_process.state() == QProcess::NotRunning || m_process.waitForFinished(patienceMs);
}

QUrl CentralProcess::url(const QString &path) const
{
    return QUrl(QStringLiteral("https://127.0.0.1:%1%2").arg(m_port).arg(path));
}

QByteArray CentralProcess::log()
{
    m_log += m_process.readAllStandardError();
    return m_log;
}

} // namespace ioc
