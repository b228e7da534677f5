// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/id.h>
#include <db/connection.h>

namespace ioc {

/// Names the audit journal's state at one moment. Kept where those who can write to the database cannot, it proves later that
/// nothing up to there was cut off or written anew.
struct AuditAnchor
{
    qint64 sequence = 0;
    QByteArray digest; ///< SHA-256

    /// "SEQUENCE DIGEST", the digest in hexadecimal digits.
    [[nodiscard]] QString toString() const;
    /// One anchor a line; empty lines and those that begin with "#" are passed over. InvalidInput when a line is something else.
    static Result<QList<AuditAnchor>> fromText(const QByteArray &text);
    friend bool operator==(const AuditAnchor &, const AuditAnchor &) = default;
};

/// One link of the chain as it is stored: every column, whether or not it makes sense. A null QByteArray is NULL.
struct AuditLink
{
    qint64 sequence = 0;
    qint64 atMs = 0;
    QByteArray account;
    QByteArray device;
    QString kind;
    QString type;
    QByteArray record;
    QByteArray op;
    QByteArray details; ///< canonicalCbor()
    QByteArray digest;

    /// The columns that read() takes, each as it is called in the table or, with \a table "a", as "a.column".
    static QString columns(const QString &table);
    static AuditLink read(const db::Row &row);
};

/// The digest that belongs to \a link after one with \a before: SHA-256 over \a before and the CBOR array of all columns but the
/// digest, \a sequence in the place of the link's own.
QByteArray chainedDigest(const QByteArray &before, const AuditLink &link, qint64 sequence);

/// Where the chain ends now; before the first link: sequence 0 and a digest that is always the same.
Result<AuditAnchor> auditHead(db::Connection &connection);
AuditAnchor auditStart();

/// Gives at most \a limit entries that are committed their place in the chain, as part of the sequencer's transaction. Returns how many.
Result<int> chainAudit(db::Connection &connection, int limit);

} // namespace ioc
