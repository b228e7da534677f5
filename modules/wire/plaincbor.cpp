// SPDX-License-Identifier: GPL-3.0-or-later
#include <wire/plaincbor.h>

#include <base/cbor.h>

#include <QCoreApplication>

#include <array>
#include <cmath>

namespace ioc::wire {

namespace {

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
    const char *item()
    {
        const auto item = cbor::take(m_rest);
        if (!item)
            return "it ends too early, or has no definite length";
        switch (item->kind) {
        case cbor::Kind::Unsigned:
        case cbor::Kind::Negative: return item->value <= static_cast<quint64>(std::numeric_limits<qint64>::max()) ? nullptr : "a number is too large";
        case cbor::Kind::Bytes:
        case cbor::Kind::Text: return nullptr;
        case cbor::Kind::Array: return open(item->value, 1);
        case cbor::Kind::Map: return open(item->value, 2);
        case cbor::Kind::Tag: return "it has a tag";
        default: return simple(*item);
        }
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

    static const char *simple(const cbor::Item &item)
    {
        if (item.isDouble())
            return std::isfinite(item.real()) ? nullptr : "a number is not finite";
        return item.isBool() || item.isNull() ? nullptr : "it has a value of no known kind";
    }

    QByteArrayView m_rest;
    qint64 m_itemsLeft;
    std::array<quint64, nestingLimit + 1> m_open{}; // items still to come, at each depth
    int m_depth = 0;
};

} // namespace

std::unexpected<Error> damaged(const QString &detail)
{
    return failure(ErrorCode::InvalidInput, QCoreApplication::translate("Wire", "The message is damaged. Try again; if it happens again, update the program."), detail);
}

Result<void> checkPlain(QByteArrayView bytes, qint64 itemLimit)
{
    const char *problem = Scanner(bytes, itemLimit).run();
    return problem ? damaged(QString::fromLatin1(problem)) : Result<void>();
}

Result<QCborValue> parsedPlain(const QByteArray &bytes, qint64 itemLimit)
{
    if (const auto plain = checkPlain(bytes, itemLimit); !plain)
        return std::unexpected(plain.error());
    QCborParserError error;
    QCborValue value = QCborValue::fromCbor(bytes, &error);
    if (error.error != QCborError::NoError)
        return damaged(error.errorString());
    return value;
}

} // namespace ioc::wire
