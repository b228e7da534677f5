// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/centralstorage.h>
#include <wire/operation.h>

namespace ioc {

/// What a device pushed with one request.
struct PushRequest
{
    QString token;
    QByteArray body;     ///< encoded operations
    QString language;    ///< of the texts in its answers
    Id answered;         ///< an operation that central must still have; null: none
};
using PushAnswers = Result<QList<Answer>>;

/// The answers to each of \a requests, in their order. They are judged in one transaction, which costs as much for many as
/// for one; what each looks up and writes down is looked up and written for all of them at once. Where anything fails in that, all of it is undone and each request is judged for itself, as though it had come alone.
/// Runs on a writing thread.
QList<PushAnswers> judgeTogether(CentralStorage &storage, db::Connection &connection, const QList<PushRequest> &requests);

} // namespace ioc
