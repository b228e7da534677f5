// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QtLogging>

namespace ioc {

enum class LogFormat { Text, Json };

/// A line of the log, without its end: \a message is ours, like \c{event=stopped key=value other="a text"}, or a library's own sentence,
/// which becomes the text of the event "message". Whatever it holds, it stays one line.
QByteArray logLine(LogFormat format, QtMsgType type, const QByteArray &message, qint64 nowMs);

/// From now on the program's messages go to the standard error in \a format.
void useLogFormat(LogFormat format);

} // namespace ioc
