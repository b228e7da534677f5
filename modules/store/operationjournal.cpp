// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/operationjournal.h>
#include <wire/codec.h>
#include <wire/plaincbor.h>

#include <QCborMap>
#include <QCoreApplication>
#include <QFileInfo>
#include <QSaveFile>
#include <QSet>
#include <QtEndian>

#include <array>

#ifdef Q_OS_UNIX
#include <unistd.h>
#else
#include <io.h>
#endif

namespace ioc {

namespace {

constexpr qsizetype headSize = 8;
constexpr qint64 headItems = 3; // a map, its key, its value
constexpr quint32 entryLimit = 16 * 1024 * 1024;
constexpr int deviceKey = 1; // of the first entry, a map; operations have other keys too, but always their op in key 1 and more

quint32 crc32(QByteArrayView bytes)
{
    static constexpr auto table = [] {
        std::array<quint32, 256> out{};
        for (quint32 i = 0; i < 256; ++i) {
            quint32 value = i;
            for (int bit = 0; bit < 8; ++bit)
                value = value & 1 ? 0xedb88320U ^ (value >> 1) : value >> 1;
            out[i] = value;
        }
        return out;
    }();
    quint32 crc = 0xffffffffU;
    for (const char byte : bytes)
        crc = table[(crc ^ static_cast<uchar>(byte)) & 0xff] ^ (crc >> 8);
    return ~crc;
}

QByteArray entry(const QByteArray &body)
{
    QByteArray out(headSize, Qt::Uninitialized);
    qToLittleEndian<quint32>(static_cast<quint32>(body.size()), out.data());
    qToLittleEndian<quint32>(crc32(body), out.data() + 4);
    return out + body;
}

QByteArray header(const Id &device)
{
    return entry(QCborMap{{deviceKey, device.toBytes()}}.toCborValue().toCbor());
}

QByteArray entries(const QList<Operation> &operations)
{
    QByteArray out;
    for (const Operation &operation : operations)
        out += entry(wire::packed(operation));
    return out;
}

Error fileError(const QFileDevice &file)
{
    const QString detail = file.fileName() + QStringLiteral(": ") + file.errorString();
    if (file.error() == QFileDevice::OpenError || file.error() == QFileDevice::PermissionsError)
        return {ErrorCode::ReadOnly, QCoreApplication::translate("Store", "The folder of the local data cannot be written to. Check its rights and start again."), detail};
    return {ErrorCode::Full, QCoreApplication::translate("Store", "The disk is full: the change was not saved. Free some space and try again."), detail};
}

bool syncToDisk(const QFileDevice &file)
{
#ifdef Q_OS_UNIX
    return ::fsync(file.handle()) == 0;
#else
    return _commit(file.handle()) == 0;
#endif
}

} // namespace

JournalContent readJournal(QByteArrayView bytes)
{
    JournalContent out;
    QSet<Id> seen;
    qsizetype at = 0;
    for (bool first = true; at + headSize <= bytes.size(); first = false) {
        const quint32 size = qFromLittleEndian<quint32>(bytes.data() + at);
        const quint32 crc = qFromLittleEndian<quint32>(bytes.data() + at + 4);
        if (size > entryLimit || at + headSize + size > bytes.size())
            break; // a torn end, or a length that leads nowhere
        const QByteArray body = bytes.sliced(at + headSize, size).toByteArray();
        at += headSize + size;
        if (crc32(body) != crc) {
            out.whole = false;
            continue;
        }
        if (first) {
            const QCborMap map = wire::parsedPlain(body, headItems).value_or(QCborValue()).toMap();
            if (map.size() == 1) {
                out.device = Id::fromBytes(map.value(deviceKey).toByteArray()).value_or(Id());
                continue;
            }
        }
        auto operation = wire::unpackedOperation(body);
        if (!operation)
            out.whole = false;
        else if (!seen.contains(operation->op)) {
            seen.insert(operation->op);
            out.operations += std::move(*operation);
        }
    }
    out.whole = out.whole && at == bytes.size();
    return out;
}

Result<JournalContent> OperationJournal::read() const
{
    QFile file(m_file.fileName());
    if (!file.exists())
        return JournalContent{};
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(fileError(file));
    return readJournal(file.readAll());
}

Result<void> OperationJournal::replace(const Id &device, const QList<Operation> &operations)
{
    QSaveFile fresh(m_file.fileName());
    const QByteArray content = header(device) + entries(operations);
    if (!fresh.open(QIODevice::WriteOnly) || fresh.write(content) != content.size() || !fresh.flush() || !syncToDisk(fresh))
        return std::unexpected(fileError(fresh));
    m_file.close(); // the old file goes only when the new one stands
    if (!fresh.commit())
        return std::unexpected(fileError(fresh));
    if (!m_file.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::ExistingOnly | QIODevice::Unbuffered))
        return std::unexpected(fileError(m_file));
    return {};
}

Result<void> OperationJournal::append(const QList<Operation> &operations)
{
    if (!m_file.isOpen() && !m_file.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::ExistingOnly | QIODevice::Unbuffered))
        return std::unexpected(fileError(m_file));
    const qint64 before = m_file.size();
    const QByteArray content = entries(operations);
    m_file.unsetError();
    if (m_file.write(content) == content.size() && syncToDisk(m_file))
        return {};
    const Error error = fileError(m_file);
    takeBack(before);
    return std::unexpected(error);
}

void OperationJournal::takeBack(qint64 size)
{
    if (m_file.size() > size)
        m_file.resize(size);
}

} // namespace ioc
