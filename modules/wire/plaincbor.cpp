// SPDX-License-Identifier: GPL-3.0-or-later
#include <wire/plaincbor.h>

#include <QCoreApplication>
#include <QtEndian>

#include <array>
#include <bit>
#include <cmath>

namespace ioc::wire {

namespace {

enum Major { Unsigned, Negative, Bytes, Text, Array, Map, Tag, Simple };

/// Walks over items by their heads; no recursion, nothing allocated.
class Scanner
{
public:
    Scanner(QByteArrayView bytes, qint64 itemLimit) : m_rest(bytes), m_itemsLeft(itemLimit) {}

    /// What is wrong; null when all is well.
    const char *run()
    {
        m_open[0] = 1;
        while (m_depth >= 0) {
            if (m_open[static_cast<size_t>(m_depth)] == 0) {
                --m_depth;
                continue;
            }
            --m_open[static_cast<size_t>(m_depth)];
            if (--m_itemsLeft < 0)
                return "too many items";
            if (const char *problem = item())
                return problem;
        }
        return m_rest.isEmpty() ? nullptr : "something follows the message";
    }

private:
    // The argument of a head: in it, or in the 1, 2, 4 or 8 bytes behind it.
    bool argument(int info, quint64 &out)
    {
        if (info < 24) {
            out = static_cast<quint64>(info);
            return true;
        }
        const qsizetype width = qsizetype(1) << (info - 24);
        if (info > 27 || m_rest.size() < width)
            return false;
        out = 0;
        for (qsizetype i = 0; i < width; ++i)
            out = out << 8 | static_cast<uchar>(m_rest[i]);
        m_rest = m_rest.sliced(width);
        return true;
    }

    const char *item()
    {
        if (m_rest.isEmpty())
            return "it ends too early";
        const auto head = static_cast<uchar>(m_rest.front());
        m_rest = m_rest.sliced(1);
        quint64 value = 0;
        if (!argument(head & 0x1f, value))
            return "it ends too early, or has no definite length";
        switch (head >> 5) {
        case Unsigned:
        case Negative: return value <= static_cast<quint64>(std::numeric_limits<qint64>::max()) ? nullptr : "a number is too large";
        case Bytes:
        case Text: return skip(value);
        case Array: return open(value, 1);
        case Map: return open(value, 2);
        case Tag: return "it has a tag";
        default: return simple(head & 0x1f, value);
        }
    }

    const char *skip(quint64 length)
    {
        if (length > static_cast<quint64>(m_rest.size()))
            return "it ends too early";
        m_rest = m_rest.sliced(static_cast<qsizetype>(length));
        return nullptr;
    }

    const char *open(quint64 members, quint64 itemsEach)
    {
        if (members > static_cast<quint64>(m_rest.size())) // every item takes a byte
            return "it ends too early";
        if (m_depth + 1 >= static_cast<int>(m_open.size()))
            return "it is nested too deep";
        m_open[static_cast<size_t>(++m_depth)] = members * itemsEach;
        return nullptr;
    }

    static const char *simple(int info, quint64 value)
    {
        if (info == 27)
            return std::isfinite(std::bit_cast<double>(value)) ? nullptr : "a number is not finite";
        return info >= 20 && info <= 22 ? nullptr : "it has a value of no known kind"; // false, true, null
    }

    QByteArrayView m_rest;
    qint64 m_itemsLeft;
    std::array<quint64, nestingLimit + 1> m_open{}; // items still to come, at each depth
    int m_depth = 0;
};

} // namespace

Result<QCborValue> parsedPlain(const QByteArray &bytes, qint64 itemLimit)
{
    const auto damaged = [](const QString &detail) {
        return failure(ErrorCode::InvalidInput, QCoreApplication::translate("Wire", "The message is damaged. Try again; if it happens again, update the program."), detail);
    };
    if (const char *problem = Scanner(bytes, itemLimit).run())
        return damaged(QString::fromLatin1(problem));
    QCborParserError error;
    QCborValue value = QCborValue::fromCbor(bytes, &error);
    if (error.error != QCborError::NoError)
        return damaged(error.errorString());
    return value;
}

} // namespace ioc::wire
