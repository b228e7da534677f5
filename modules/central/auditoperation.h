// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/auditjournal.h>
#include <central/journal.h>

namespace ioc {

/// The audit entry of an operation that was answered for good. Details: outcome, version, fields (names of those changed that the type
/// has), withheld (those of them that are sensitive), digest, acted_ms, and where they are: time_note, transition, from, to, reason.
AuditEntry auditOf(const TypeCatalog &catalog, const Operation &operation, const Answer &answer, const OperationNote &note);

/// SHA-256 over all of \a operation, of changes the values of \a fields alone: it ties the operation as central keeps it to its audit
/// entry, and a sensitive value cannot be guessed by it. Never changed: entries are there for ever.
QByteArray operationDigest(const Operation &operation, const QStringList &fields);

} // namespace ioc
