// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/id.h>
#include <central/auditkind.h>
#include <db/rowinserter.h>

#include <QCborMap>

namespace ioc {

/// Who did what an audit entry tells of.
struct AuditActor
{
    Id account; ///< null: not an account's doing
    Id device;
    QString console; ///< the system's user at central's own command line

    /// Whoever runs this program.
    static AuditActor atConsole();
};

/// What is to be entered. Details never hold the value of a sensitive field, a password or a token.
struct AuditEntry
{
    AuditKind kind = AuditKind::OperationTaken;
    qint64 atMs = 0; ///< by central's clock
    AuditActor who;
    QString type;  ///< of the record
    Id record;
    Id op;         ///< of the operation, or of the look
    QCborMap details;
};

/// Enters into the audit journal as part of the caller's transaction: what is committed is in the journal, what is rolled back is
/// not, and no writer waits for another. The sequencer gives the entries their place in the chain (see auditchain.h).
class AuditJournal
{
public:
    explicit AuditJournal(db::Connection &connection);
    Result<void> add(const AuditEntry &entry);
    /// From now on entries wait for flush(), many for one statement.
    void hold(bool held = true) { m_pending.hold(held); }
    Result<void> flush() { return m_pending.flush(); }

private:
    db::RowInserter m_pending;
};

/// One encoding for one meaning: RFC 8949's deterministic CBOR, keys in their order. Floating-point numbers are not used.
QByteArray canonicalCbor(const QCborMap &map);

} // namespace ioc
