// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <exchange/importmapping.h>
#include <exchange/filereport.h>

#include <functional>

namespace ioc {

/// Turns the rows of one file into records by one mapping.
class RowReader
{
public:
    /// Whether a record that a row refers to exists; without it every reference is taken.
    using Exists = std::function<bool(const QString &type, const Id &id)>;

    /// InvalidInput when \a header lacks a column that the mapping needs.
    static Result<RowReader> create(const RecordType &type, const ImportMapping &mapping, const QStringList &header, Exists exists);

    /// Whether the row meets the mapping's conditions.
    [[nodiscard]] bool takes(const QStringList &row) const;
    /// The record of \a row; nothing when it is wrong. What is wrong goes to \a problems, with \a line.
    [[nodiscard]] std::optional<Record> read(const QStringList &row, qint64 line, QList<RowProblem> &problems) const;
    /// Names of the columns that are looked at.
    [[nodiscard]] QStringList columns() const;

private:
    RowReader(const RecordType &type, const ImportMapping &mapping, const QStringList &header, Exists exists);
    [[nodiscard]] QString cell(const QStringList &row, const QString &column) const;
    [[nodiscard]] Result<QString> source(const FieldRule &rule, const Field &field, const QStringList &row) const;
    [[nodiscard]] Result<QCborValue> value(const FieldRule &rule, const Field &field, const QStringList &row) const;
    [[nodiscard]] Result<QCborValue> reference(const FieldRule &rule, const Field &field, const QString &text) const;
    [[nodiscard]] Id id(const Values &values, const QStringList &row) const;

    const RecordType *m_type;
    ImportMapping m_mapping;
    QStringList m_header;
    QHash<QString, qsizetype> m_columns;
    Exists m_exists;
};

} // namespace ioc
