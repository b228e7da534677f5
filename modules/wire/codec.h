// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <wire/feed.h>
#include <wire/look.h>
#include <wire/operation.h>
#include <wire/session.h>
#include <wire/snapshot.h>

namespace ioc::wire {

/// Header of POST /v1/operations, GET /v1/changes and /v1/snapshot: the operation of this device that central answered last. Central looks
/// whether it still has it.
inline constexpr char answeredHeader[] = "X-Last-Answered";
/// Media type of every sync body: CBOR, compressed with zstd.
inline constexpr char mediaType[] = "application/vnd.tourism-ioc.v1+cbor+zstd";
/// Limits of one body, in bytes: as sent, and unpacked.
inline constexpr qsizetype bodyLimit = 8 * 1024 * 1024;
inline constexpr qsizetype unpackedLimit = 64 * 1024 * 1024;
/// Of sign-in, session and error, which anybody may send: both as sent and unpacked.
inline constexpr qsizetype smallLimit = 64 * 1024;
/// Operations in one push.
inline constexpr qsizetype operationsLimit = 1000;
/// Looks in one report.
inline constexpr qsizetype looksLimit = 1000;
/// Changes in one page.
inline constexpr qsizetype changesLimit = 100'000;

/// Each decode refuses what is not whole, too large, of a wrong type or has an unknown key, and says so in its Error. Central's answers may have
/// keys from CborReader::mayBeUnknown on that are not known.
/// Decoding what was encoded gives the same value, when ids that must be there are not null, numbers are finite and the
/// limits are kept. Undefined and null both come back as undefined in field changes and conflicts.
QByteArray encode(const QList<Operation> &operations);
Result<QList<Operation>> decodeOperations(const QByteArray &body);
QByteArray encode(const QList<Answer> &answers);
Result<QList<Answer>> decodeAnswers(const QByteArray &body);
QByteArray encode(const ChangePage &page);
Result<ChangePage> decodeChangePage(const QByteArray &body);
/// Likewise, with the values of each change packed. They have been looked through: unpack() takes them.
Result<ChangePage> decodePackedPage(const QByteArray &body);
Result<void> unpack(Change &change);
QByteArray encode(const SignIn &signIn);
Result<SignIn> decodeSignIn(const QByteArray &body);
QByteArray encode(const Session &session);
Result<Session> decodeSession(const QByteArray &body);
QByteArray encode(const Snapshot &snapshot);
Result<Snapshot> decodeSnapshot(const QByteArray &body);
QByteArray encode(const QList<Look> &looks);
Result<QList<Look>> decodeLooks(const QByteArray &body);
QByteArray encode(const Error &error);
Result<Error> decodeError(const QByteArray &body);

/// One operation alone, uncompressed: for the outbox and the operation journal.
QByteArray packed(const Operation &operation);
Result<Operation> unpackedOperation(const QByteArray &bytes);
/// A record's values alone, uncompressed.
QByteArray packed(const Values &values);
Result<Values> unpackedValues(const QByteArray &bytes);

} // namespace ioc::wire
