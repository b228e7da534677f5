// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>

#include <QFuture>
#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>
#include <utility>

namespace ioc {

/// Calls \a then on the thread of \a context: with the answer of \a future, or with Timeout when there is none after \a ms.
template <typename T, typename Then>
void answeredWithin(QFuture<Result<T>> future, int ms, QObject *context, Then then)
{
    // What \a then holds is let go when it was called, not when the time is over: a connection takes its next request only then.
    auto pending = std::make_shared<std::optional<Then>>(std::move(then));
    const auto end = [pending](const Result<T> &answer) {
        if (auto call = std::exchange(*pending, std::nullopt))
            (*call)(answer);
    };
    QTimer::singleShot(ms, context, [end] { end(failure(ErrorCode::Timeout, QString())); });
    future.then(context, end);
}

} // namespace ioc
