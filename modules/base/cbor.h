// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QCborValue>
#include <QStringView>

#include <optional>

/// CBOR (RFC 8949) item by item, where a QCborValue of it all would be made only to be taken apart again: pages of thousands of records.
/// Definite lengths only.
namespace ioc::cbor {

/// Low bits of the first byte of what is neither number nor text nor holds others (RFC 8949, 3.3).
enum SimpleInfo { False = 20, True = 21, Null = 22, Double = 27 };

enum class Kind { Unsigned, Negative, Bytes, Text, Array, Map, Tag, Simple };

/// One item; of an array or a map its head alone.
struct Item
{
    Kind kind = Kind::Simple;
    int info = 0;         ///< the lower five bits of its first byte
    quint64 value = 0;    ///< the number (Negative: -1 less it), the length, how many members or pairs, or the bits of a float
    QByteArrayView bytes; ///< of a text (UTF-8) or of bytes, where they lie

    [[nodiscard]] bool isInteger() const { return kind == Kind::Unsigned || kind == Kind::Negative; }
    /// Of an integer that a qint64 can hold.
    [[nodiscard]] qint64 integer() const { return kind == Kind::Unsigned ? static_cast<qint64>(value) : -1 - static_cast<qint64>(value); }
    [[nodiscard]] bool isNull() const { return kind == Kind::Simple && info == Null; }
    [[nodiscard]] bool isBool() const { return kind == Kind::Simple && (info == False || info == True); }
    [[nodiscard]] bool isTrue() const { return kind == Kind::Simple && info == True; }
    [[nodiscard]] bool isDouble() const { return kind == Kind::Simple && info == Double; }
    [[nodiscard]] double real() const;
};

/// Takes the next item off \a rest; nothing when it ends too early or has no definite length.
std::optional<Item> take(QByteArrayView &rest);
/// Takes an item with all that is in it off \a rest and gives its bytes; empty when it ends too early.
QByteArrayView takeWhole(QByteArrayView &rest);

/// Appends items to \a out. Members of arrays and pairs of maps follow their head.
class Writer
{
public:
    explicit Writer(QByteArray &out) : m_out(out) {}

    void integer(qint64 value) { value < 0 ? head(Kind::Negative, static_cast<quint64>(-1 - value)) : head(Kind::Unsigned, static_cast<quint64>(value)); }
    void real(double value);
    void boolean(bool value) { simple(value ? True : False); }
    void null() { simple(Null); }
    void bytes(QByteArrayView bytes) { string(Kind::Bytes, bytes); }
    void text(QStringView text) { string(Kind::Text, text.toUtf8()); }
    void utf8(QByteArrayView text) { string(Kind::Text, text); }
    void array(qsizetype members) { head(Kind::Array, static_cast<quint64>(members)); }
    void map(qsizetype pairs) { head(Kind::Map, static_cast<quint64>(pairs)); }
    /// As QCborValue::toCbor() writes it.
    void value(const QCborValue &value);
    /// An item that is written already.
    void item(QByteArrayView written) { m_out += written; }

private:
    void head(Kind kind, quint64 value);
    void string(Kind kind, QByteArrayView bytes);
    void simple(int info) { m_out += static_cast<char>(static_cast<int>(Kind::Simple) << 5 | info); }

    QByteArray &m_out;
};

} // namespace ioc::cbor
