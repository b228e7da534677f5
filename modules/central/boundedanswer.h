// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>

#include <QFuture>
#include <QObject>
#include <QTimer>

#include <memory>
#include <utility>

namespace ioc {

/// Calls \a then on the thread of \a context: with the answer of \a future, or with Timeout when there is none after \a ms.
template <typename T, typename Then>
void answeredWithin(QFuture<Result<T>> future, int ms, QObject *context, Then then)
{
    auto isDone = std::make_shared<bool>(false);
    QTimer::singleShot(ms, context, [isDone, then] {
        if (!std::exchange(*isDone, true))
            then(Result<T>(failure(ErrorCode::Timeout, QString())));
    });
    future.then(context, [isDone, then](const Result<T> &answer) {
        if (!std::exchange(*isDone, true))
            then(answer);
    });
}

} // namespace ioc
