// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/cbor.h>

#include <QtEndian>

#include <array>
#include <bit>

namespace ioc::cbor {

namespace {

constexpr int inHead = 24;   // numbers below stand in the first byte itself
constexpr int mostInfo = 27; // eight bytes follow

} // namespace

double Item::real() const
{
    return std::bit_cast<double>(value);
}

std::optional<Item> take(QByteArrayView &rest)
{
    if (rest.isEmpty())
        return {};
    const auto first = static_cast<uchar>(rest.front());
    Item out{.kind = static_cast<Kind>(first >> 5), .info = first & 0x1f};
    if (out.info < inHead) {
        out.value = static_cast<quint64>(out.info);
        rest = rest.sliced(1);
    } else {
        const qsizetype width = qsizetype(1) << (out.info - inHead);
        if (out.info > mostInfo || rest.size() < 1 + width)
            return {};
        for (qsizetype i = 1; i <= width; ++i)
            out.value = out.value << 8 | static_cast<uchar>(rest[i]);
        rest = rest.sliced(1 + width);
    }
    if (out.kind == Kind::Text || out.kind == Kind::Bytes) {
        if (out.value > static_cast<quint64>(rest.size()))
            return {};
        out.bytes = rest.first(static_cast<qsizetype>(out.value));
        rest = rest.sliced(out.bytes.size());
    }
    return out;
}

QByteArrayView takeWhole(QByteArrayView &rest)
{
    const QByteArrayView before = rest;
    const auto most = static_cast<quint64>(before.size()); // every item takes a byte
    for (quint64 toCome = 1; toCome > 0; --toCome) {
        const auto item = take(rest);
        const bool holds = item && (item->kind == Kind::Array || item->kind == Kind::Map || item->kind == Kind::Tag);
        if (!item || (holds && item->kind != Kind::Tag && item->value > most)) {
            rest = before;
            return {};
        }
        if (holds)
            toCome += item->kind == Kind::Tag ? 1 : item->kind == Kind::Map ? 2 * item->value : item->value;
    }
    return before.first(before.size() - rest.size());
}

void Writer::real(double value)
{
    std::array<char, 9> bytes{};
    bytes[0] = static_cast<char>(static_cast<int>(Kind::Simple) << 5 | Double);
    qToBigEndian(std::bit_cast<quint64>(value), bytes.data() + 1);
    m_out.append(bytes.data(), bytes.size());
}

void Writer::value(const QCborValue &value)
{
    switch (value.type()) {
    case QCborValue::String: return text(value.toString());
    case QCborValue::ByteArray: return bytes(value.toByteArray());
    case QCborValue::Integer: return integer(value.toInteger());
    case QCborValue::Null: return null();
    default: return item(value.toCbor());
    }
}

void Writer::head(Kind kind, quint64 value)
{
    const int major = static_cast<int>(kind) << 5;
    if (value < inHead) {
        m_out += static_cast<char>(major | static_cast<int>(value));
        return;
    }
    const int power = value <= 0xff ? 0 : value <= 0xffff ? 1 : value <= 0xffff'ffff ? 2 : 3;
    m_out += static_cast<char>(major | (inHead + power));
    for (int shift = 8 * (1 << power) - 8; shift >= 0; shift -= 8)
        m_out += static_cast<char>(value >> shift & 0xff);
}

void Writer::string(Kind kind, QByteArrayView bytes)
{
    head(kind, static_cast<quint64>(bytes.size()));
    m_out += bytes;
}

} // namespace ioc::cbor
