// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <db/row.h>
#include <db/sqlitestatement.h>
#include <records/recordtype.h>

#include <functional>
#include <vector>

namespace ioc::db {

/// A field with the columns that hold it.
struct PackedPart
{
    const Field *field;
    int column; ///< behind the first of the type
    QByteArray name;
};

/// Packed values (wire::packed(): a CBOR map of texts by name) straight from the columns of a row, without values made in between: thousands
/// of records travel, and hardly one is looked into on the way.
class RowPacker
{
public:
    /// Derived fields are left out.
    explicit RowPacker(const RecordType &type);
    /// Of a row whose columns(type) start at \a firstColumn; as readValues() reads them, with null for what has not
    /// its field's form.
    [[nodiscard]] QByteArray packed(const Row &row, int firstColumn) const;

private:
    std::vector<PackedPart> m_parts; // in the order of their names
};

/// The other way: packed values to the columns of their type.
class PackedBinder
{
public:
    explicit PackedBinder(const RecordType &type);
    /// Binds to the parameters from \a first on, in the order of columns(type), what bound() gives for these values; where they lie, as far as
    /// possible. What the type has no field for is passed over. \a text is told of each text on the way.
    void bind(Bindings &to, int first, QByteArrayView packed, const std::function<void(const Field &, QByteArrayView)> &text) const;

private:
    /// \a hint: where to look first; moved on.
    [[nodiscard]] const PackedPart *find(QByteArrayView name, size_t &hint) const;

    std::vector<PackedPart> m_parts; // in the order of their names
};

} // namespace ioc::db
