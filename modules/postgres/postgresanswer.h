// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <db/server.h>

#include <libpq-fe.h>

#include <memory>

namespace ioc {

/// Types of PostgreSQL by their object identifiers (catalog/pg_type.dat of its source): those that travel in binary form.
enum PostgresType : Oid { PostgresBool = 16, PostgresBytea = 17, PostgresInt8 = 20, PostgresInt2 = 21, PostgresInt4 = 23, PostgresText = 25, PostgresFloat4 = 700, PostgresFloat8 = 701, PostgresVarchar = 1043 };
/// Whether values of \a type are read and written in binary form; others are as text.
bool isBinary(Oid type);

struct PostgresClear
{
    void operator()(PGresult *result) const { PQclear(result); }
};
using PostgresResult = std::unique_ptr<PGresult, PostgresClear>;

/// Reads libpq's result where it lies, in text form or in binary.
class PostgresAnswer : public db::ServerAnswer
{
public:
    explicit PostgresAnswer(PostgresResult result) : m_result(std::move(result)) {}
    [[nodiscard]] qint64 touched() const override;
    [[nodiscard]] int rows() const override { return PQntuples(m_result.get()); }
    [[nodiscard]] bool isNull(int row, int column) const override { return PQgetisnull(m_result.get(), row, column) != 0; }
    [[nodiscard]] qint64 integer(int row, int column) const override;
    [[nodiscard]] double real(int row, int column) const override;
    [[nodiscard]] QString text(int row, int column) const override;
    [[nodiscard]] QByteArray bytes(int row, int column) const override;
    [[nodiscard]] QVariant value(int row, int column) const override;

private:
    [[nodiscard]] QByteArrayView raw(int row, int column) const;
    /// Of a column whose values are in text form, Text.
    [[nodiscard]] Oid form(int column) const;

    PostgresResult m_result;
};

} // namespace ioc
