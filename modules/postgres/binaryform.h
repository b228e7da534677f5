// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <postgres/postgresanswer.h>

namespace ioc {

/// The binary form of COPY (see "COPY", "Binary Format", in PostgreSQL's manual): what comes before its rows and behind them.
QByteArray copyHead();
QByteArray copyEnd();

/// Appends \a value, which is not NULL, in the binary form of \a type as the server reads it; false when it has none, and then \a out is as it was.
/// A text with its length: the server refuses one with a NUL in it, which in text form would end there.
bool putBinary(QByteArray &out, const QVariant &value, Oid type);
/// Whether \a value is to be NULL.
bool isNull(const QVariant &value, Oid type);
/// Appends a row to the data of a COPY; false when one of its values has no binary form, and then \a out is of no use.
bool putCopyRow(QByteArray &out, const QVariantList &values, qsizetype from, const QList<Oid> &types);

} // namespace ioc
