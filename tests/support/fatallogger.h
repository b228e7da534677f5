// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMutex>
#include <QRegularExpression>
#include <QStringList>

namespace ioc {

/// Collects warnings of every thread while it lives, so that a test can fail on those it did not expect:
/// \c{QCOMPARE(logger.unexpected(), QStringList())} in cleanup(). One at a time.
class FatalLogger
{
public:
    FatalLogger();
    ~FatalLogger();
    FatalLogger(const FatalLogger &) = delete;
    FatalLogger &operator=(const FatalLogger &) = delete;

    /// Warnings like \a pattern are part of what is tested.
    void expect(const QString &pattern);
    /// Warnings and worse that nobody expected, since the last call.
    [[nodiscard]] QStringList unexpected();

private:
    static void handle(QtMsgType type, const QMessageLogContext &context, const QString &message);

    QMutex m_mutex;
    QList<QRegularExpression> m_expected;
    QStringList m_unexpected;
    QtMessageHandler m_before = nullptr;
};

} // namespace ioc
