// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <db/connection.h>
#include <records/recordtype.h>

namespace ioc::db {

enum class ColumnType { Integer, Real, Text, Bytes };

struct Column
{
    QString name;
    ColumnType type = ColumnType::Text;
};

/// A table as it should be. Its first columns (keys, version …) are given by who asks for it, the others derived.
struct Table
{
    QString name;
    QString head;            ///< SQL of the first columns, in the dialect at hand
    QList<Column> columns;   ///< those derived from the record type
    QString tail;            ///< SQL after the last column (", PRIMARY KEY(…)"), then options after the bracket
    QString options;         ///< "STRICT"
    QStringList indexes;     ///< each "NAME ON TABLE (…)…" without CREATE INDEX
};

/// Columns of \a type's fields, in order: one each, but two for a place (<field>_lat, <field>_lon).
QList<Column> columns(const RecordType &type);

/// What is bound for \a values (canonical, see validate()), in the order of columns(type).
QVariantList bound(const RecordType &type, const Values &values);
/// Of one field: two for a place.
QVariantList boundValue(const Field &field, const QCborValue &value);

/// Reads values back from a row whose columns(type) start at \a firstColumn. Name the columns in the SELECT: a table that
/// was extended later has them in another order. What does not have its field's form is left out.
Values readValues(const RecordType &type, const Row &row, int firstColumn);
/// Of one field whose first column is \a column, and not NULL.
QCborValue readValue(const Field &field, const Row &row, int column);

QString columnTypeName(ColumnType type, Dialect dialect);
/// \a sql, a schema script in SQLite's words (INTEGER, REAL, TEXT, BLOB, STRICT, AUTOINCREMENT), in those of \a dialect. Types are
/// written in capitals, and nothing else is. Lines between "--sqlite" or "--postgresql" and "--end" are for that one alone.
QString inDialect(const QString &sql, Dialect dialect);
/// "name" safely quoted. Names come from declarations checked by readRecordType, never from users.
QString quoted(const QString &name);

} // namespace ioc::db
