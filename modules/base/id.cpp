// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/id.h>

#include <QCoreApplication>
#include <QMutex>
#include <QRandomGenerator>
#include <QtEndian>

#include <algorithm>
#include <cstring>

namespace ioc {

namespace {

// 48 bits of time and a 12-bit counter (RFC 9562, method 1): ids of one process never go back,
// also when the clock does or when more than 4096 are made in a millisecond.
struct Sequence
{
    QMutex mutex;
    quint64 ms = 0;
    quint32 counter = 0;

    std::pair<quint64, quint32> next(quint64 now)
    {
        const QMutexLocker lock(&mutex);
        if (now > ms) {
            ms = now;
            counter = QRandomGenerator::global()->bounded(0x400U);
        } else if (++counter > 0xfff) {
            ++ms;
            counter = 0;
        }
        return {ms, counter};
    }

    void raise(quint64 to)
    {
        const QMutexLocker lock(&mutex);
        if (to > ms) {
            ms = to;
            counter = 0xfff;
        }
    }
};

Sequence &sequence()
{
    static Sequence one;
    return one;
}

} // namespace

Id Id::create(const Clock &clock)
{
    constexpr qint64 latest = (1LL << 47) - 1; // a clock far off must not spill over the 48 bits
    const auto [ms, counter] = sequence().next(static_cast<quint64>(std::clamp<qint64>(clock.nowMs(), 0, latest)));
    QByteArray bytes(16, Qt::Uninitialized);
    auto *data = reinterpret_cast<uchar *>(bytes.data());
    qToBigEndian<quint64>((ms << 16) | 0x7000U | counter, data);
    qToBigEndian<quint64>((QRandomGenerator::global()->generate64() >> 2) | 0x8000000000000000ULL, data + 8);
    return Id(QUuid::fromRfc4122(bytes));
}

void Id::resumeAfter(const Id &id, const Clock &clock)
{
    constexpr qint64 farAhead = 10LL * 366 * 24 * 3600 * 1000;
    const qint64 made = id.createdMs();
    if (made > 0 && made - farAhead < clock.nowMs())
        sequence().raise(static_cast<quint64>(made));
}

Id Id::derived(const Id &space, QStringView name)
{
    return Id(QUuid::createUuidV5(space.m_uuid, name.toUtf8()));
}

Result<Id> Id::fromString(QStringView text)
{
    const QUuid uuid = text.size() == 36 ? QUuid::fromString(text) : QUuid(); // it passes over braces and what follows
    if (uuid.isNull())
        return failure(ErrorCode::InvalidInput, QCoreApplication::translate("Id", "This is not an identifier."), text.left(64).toString());
    return Id(uuid);
}

Result<Id> Id::fromBytes(QByteArrayView bytes)
{
    if (bytes.size() != 16)
        return failure(ErrorCode::InvalidInput, QCoreApplication::translate("Id", "This is not an identifier."));
    return Id(QUuid::fromRfc4122(bytes));
}

qint64 Id::createdMs() const
{
    const QByteArray bytes = toBytes();
    if ((static_cast<uchar>(bytes[6]) >> 4) != 7) // QUuid::version() of Qt 6.8 knows nothing past 5
        return 0;
    return qFromBigEndian<qint64>(bytes.constData()) >> 16;
}

std::strong_ordering operator<=>(const Id &a, const Id &b)
{
    const auto left = a.m_uuid.toBytes();
    const auto right = b.m_uuid.toBytes();
    return std::memcmp(&left, &right, sizeof left) <=> 0;
}

} // namespace ioc
