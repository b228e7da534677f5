// SPDX-License-Identifier: GPL-3.0-or-later
#include <support/fatallogger.h>

#include <atomic>

namespace ioc {

namespace {
std::atomic<FatalLogger *> current = nullptr; // a message handler is given no context of its own
}

FatalLogger::FatalLogger()
{
    Q_ASSERT(!current);
    current = this;
    m_before = qInstallMessageHandler(&FatalLogger::handle);
}

FatalLogger::~FatalLogger()
{
    qInstallMessageHandler(m_before);
    current = nullptr;
}

void FatalLogger::expect(const QString &pattern)
{
    const QMutexLocker lock(&m_mutex);
    m_expected += QRegularExpression(pattern);
}

QStringList FatalLogger::unexpected()
{
    const QMutexLocker lock(&m_mutex);
    return std::exchange(m_unexpected, {});
}

void FatalLogger::handle(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    FatalLogger *self = current;
    if (!self)
        return;
    if (type == QtWarningMsg || type == QtCriticalMsg) {
        const QMutexLocker lock(&self->m_mutex);
        const bool known = std::ranges::any_of(self->m_expected, [&](const QRegularExpression &pattern) { return pattern.match(message).hasMatch(); });
        if (!known)
            self->m_unexpected += message;
    }
    if (self->m_before)
        self->m_before(type, context, message);
}

} // namespace ioc
