// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/cbor.h>
#include <db/packedrow.h>
#include <db/schema.h>

#include <QUtf8StringView>

#include <algorithm>

namespace ioc::db {

namespace {

using cbor::Item;
using cbor::Kind;

int width(const Field &field)
{
    return field.kind == FieldKind::Place ? 2 : 1;
}

void putText(cbor::Writer &out, const Row &row, int column)
{
    const QByteArrayView text = row.isLocal() ? row.view(column) : QByteArrayView();
    if (row.isLocal() && QUtf8StringView(text).isValidUtf8())
        out.utf8(text);
    else
        out.text(row.text(column));
}

void putValue(cbor::Writer &out, const Field &field, const Row &row, int column)
{
    switch (field.kind) {
    case FieldKind::Integer:
    case FieldKind::Money:
    case FieldKind::DateTime: return out.integer(row.integer(column));
    case FieldKind::Boolean: return out.boolean(row.integer(column) != 0);
    case FieldKind::Decimal: return out.real(row.real(column));
    case FieldKind::Place:
        out.array(2);
        out.real(row.real(column));
        return out.real(row.real(column + 1));
    case FieldKind::Reference:
    case FieldKind::Unit:
    case FieldKind::Choices:
    case FieldKind::Files:
    case FieldKind::Translated: {
        const QCborValue value = readValue(field, row, column);
        if (value.isString())
            return out.text(value.toString());
        return value.isUndefined() ? out.null() : out.item(value.toCbor());
    }
    default: return putText(out, row, column);
    }
}

double realOf(const Item &item)
{
    return item.isDouble() ? item.real() : static_cast<double>(item.integer());
}

// Where a value has the form that its field's values have; the others are for boundValue().
bool bindPlain(Bindings &to, int at, const Field &field, const Item &item, QByteArrayView whole)
{
    switch (field.kind) {
    case FieldKind::Integer:
    case FieldKind::Money:
    case FieldKind::DateTime:
        if (item.isInteger())
            to.integer(at, item.integer());
        return item.isInteger();
    case FieldKind::Boolean:
        if (item.isBool())
            to.integer(at, item.isTrue() ? 1 : 0);
        return item.isBool();
    case FieldKind::Decimal:
        if (item.isDouble() || item.isInteger())
            to.real(at, realOf(item));
        return item.isDouble() || item.isInteger();
    case FieldKind::Choices:
    case FieldKind::Files:
    case FieldKind::Translated:
    case FieldKind::Reference:
    case FieldKind::Unit: return false;
    case FieldKind::Place: {
        (void)cbor::take(whole);
        const auto latitude = cbor::take(whole);
        const auto longitude = cbor::take(whole);
        const auto isNumber = [](const std::optional<Item> &one) { return one && (one->isDouble() || one->isInteger()); };
        const bool isPlace = item.kind == Kind::Array && item.value == 2 && isNumber(latitude) && isNumber(longitude);
        if (isPlace) {
            to.real(at, realOf(*latitude));
            to.real(at + 1, realOf(*longitude));
        }
        return isPlace;
    }
    default:
        if (item.kind == Kind::Text && !item.bytes.isEmpty())
            to.text(at, item.bytes);
        return item.kind == Kind::Text && !item.bytes.isEmpty();
    }
}

std::vector<PackedPart> partsOf(const RecordType &type, bool derived)
{
    std::vector<PackedPart> out;
    int column = 0;
    for (const Field &field : type.fields) {
        if (derived || field.derived.isEmpty())
            out.push_back({&field, column, field.name.toUtf8()});
        column += width(field);
    }
    std::ranges::sort(out, {}, &PackedPart::name);
    return out;
}

} // namespace

RowPacker::RowPacker(const RecordType &type) : m_parts(partsOf(type, false)) {}

QByteArray RowPacker::packed(const Row &row, int firstColumn) const
{
    constexpr qsizetype usual = 1024;
    const auto isSet = [&](const PackedPart &part) { return !row.isNull(firstColumn + part.column); };
    QByteArray bytes;
    bytes.reserve(usual);
    cbor::Writer out(bytes);
    out.map(std::ranges::count_if(m_parts, isSet));
    for (const PackedPart &part : m_parts) {
        if (!isSet(part))
            continue;
        out.utf8(part.name);
        putValue(out, *part.field, row, firstColumn + part.column);
    }
    return bytes;
}

PackedBinder::PackedBinder(const RecordType &type) : m_parts(partsOf(type, true)) {}

// Names come in order, so the one looked for is a little behind the one before.
const PackedPart *PackedBinder::find(QByteArrayView name, size_t &hint) const
{
    for (size_t i = hint; i < m_parts.size() && QByteArrayView(m_parts[i].name) <= name; ++i) {
        if (QByteArrayView(m_parts[i].name) == name) {
            hint = i + 1;
            return &m_parts[i];
        }
    }
    const auto found = std::ranges::lower_bound(m_parts, name, {}, [](const PackedPart &part) { return QByteArrayView(part.name); });
    return found != m_parts.end() && QByteArrayView(found->name) == name ? &*found : nullptr;
}

void PackedBinder::bind(Bindings &to, int first, QByteArrayView packed, const std::function<void(const Field &, QByteArrayView)> &text) const
{
    const auto head = cbor::take(packed);
    size_t hint = 0;
    for (quint64 i = 0; head && i < head->value; ++i) {
        const auto name = cbor::take(packed);
        if (!name)
            return; // nothing follows, whatever its head says
        const QByteArrayView whole = cbor::takeWhole(packed);
        const PackedPart *part = find(name->bytes, hint);
        QByteArrayView rest = whole;
        const auto item = cbor::take(rest);
        if (!part || !item)
            continue;
        const Field &field = *part->field;
        const int at = first + part->column;
        if (item->kind == Kind::Text)
            text(field, item->bytes);
        if (bindPlain(to, at, field, *item, whole))
            continue;
        const QVariantList values = boundValue(field, QCborValue::fromCbor(whole.toByteArray()));
        for (qsizetype column = 0; column < values.size(); ++column)
            to.value(at + static_cast<int>(column), values[column]);
    }
}

} // namespace ioc::db
