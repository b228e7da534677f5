// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/proxyheader.h>

#include <QtEndian>

namespace ioc {

namespace {

// See "The PROXY protocol", section 2.2, in HAProxy's documentation.
constexpr QByteArrayView proxySignature("\r\n\r\n\0\r\nQUIT\n", 12);
constexpr qsizetype fixedBytes = 16;
constexpr uchar localCommand = 0x20;
constexpr uchar proxyCommand = 0x21;
constexpr uchar tcpOver4 = 0x11;
constexpr uchar tcpOver6 = 0x21;
constexpr qsizetype addresses4 = 12;
constexpr qsizetype addresses6 = 36;

std::unexpected<Error> noHeader()
{
    return failure(ErrorCode::InvalidInput, QString(), QStringLiteral("no PROXY header"));
}

} // namespace

Result<std::optional<ProxyHeader>> ProxyHeader::read(QByteArrayView bytes)
{
    const qsizetype known = std::min(bytes.size(), proxySignature.size());
    if (bytes.first(known) != proxySignature.first(known))
        return noHeader();
    if (bytes.size() < fixedBytes)
        return std::nullopt;
    const auto at = [&](qsizetype index) { return static_cast<uchar>(bytes.at(index)); };
    const qsizetype rest = qFromBigEndian<quint16>(bytes.data() + 14);
    const uchar command = at(12);
    const uchar family = at(13);
    if (fixedBytes + rest > longest || (command != localCommand && command != proxyCommand))
        return noHeader();
    if (bytes.size() < fixedBytes + rest)
        return std::nullopt;
    ProxyHeader out{.length = fixedBytes + rest, .source = {}};
    if (command == localCommand)
        return out;
    if (family == tcpOver4 && rest >= addresses4)
        out.source = QHostAddress(qFromBigEndian<quint32>(bytes.data() + fixedBytes));
    else if (family == tcpOver6 && rest >= addresses6)
        out.source = QHostAddress(reinterpret_cast<const quint8 *>(bytes.data() + fixedBytes));
    else
        return noHeader();
    return out;
}

} // namespace ioc
