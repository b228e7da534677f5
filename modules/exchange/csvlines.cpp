// SPDX-License-Identifier: GPL-3.0-or-later
#include <exchange/csvlines.h>

#include <QCoreApplication>
#include <QStringDecoder>

namespace ioc {

namespace {

constexpr qint64 pieceBytes = 64LL * 1024;

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Exchange)
};

} // namespace

CsvLines::CsvLines(QIODevice &device, qsizetype maximumLineBytes)
    : m_device(device), m_maximumLineBytes(maximumLineBytes) {}

bool CsvLines::fill()
{
    if (m_position > 0) {
        m_buffer.remove(0, m_position);
        m_position = 0;
    }
    const QByteArray piece = m_device.read(pieceBytes);
    m_buffer += piece;
    return !piece.isEmpty();
}

Result<void> CsvLines::begin()
{
    m_begun = true;
    (void)fill(); // an empty file simply has no lines
    if (m_buffer.startsWith("PK\x03\x04") || m_buffer.startsWith("\xd0\xcf\x11\xe0"))
        return failure(ErrorCode::InvalidInput, Words::tr("This is a spreadsheet workbook, not a CSV file. Open it and save it as “CSV UTF-8”."));
    if (m_buffer.startsWith("\xef\xbb\xbf")) {
        m_position = 3;
    } else if (m_buffer.startsWith("\xff\xfe")) {
        m_encoding = Encoding::Utf16LittleEndian;
        m_position = 2;
    } else if (m_buffer.startsWith("\xfe\xff")) {
        m_encoding = Encoding::Utf16BigEndian;
        m_position = 2;
    }
    if (lineEnd(m_position) < 0) {
        m_end = '\r';
        if (lineEnd(m_position) < 0)
            m_end = '\n';
    }
    return {};
}

// In UTF-8 no byte below 80 is part of a longer sequence, so lines may be cut before they are decoded.
qsizetype CsvLines::lineEnd(qsizetype from) const
{
    if (m_encoding == Encoding::Utf8)
        return m_buffer.indexOf(m_end, from);
    const qsizetype low = m_encoding == Encoding::Utf16LittleEndian ? 0 : 1;
    for (qsizetype i = from; i + 1 < m_buffer.size(); i += 2) {
        if (m_buffer[i + low] == m_end && m_buffer[i + 1 - low] == 0)
            return i;
    }
    return -1;
}

Result<QString> CsvLines::decoded(QByteArrayView bytes) const
{
    const auto encoding = m_encoding == Encoding::Utf8                ? QStringConverter::Utf8
                          : m_encoding == Encoding::Utf16LittleEndian ? QStringConverter::Utf16LE
                                                                      : QStringConverter::Utf16BE;
    QStringDecoder decoder(encoding, QStringConverter::Flag::Stateless);
    QString text = decoder.decode(bytes);
    if (decoder.hasError() || !text.isValidUtf16() || (encoding != QStringConverter::Utf8 && bytes.size() % 2 != 0)) {
        return failure(ErrorCode::InvalidInput,
                       Words::tr("Line %1 is not Unicode text: the file was probably saved in an older encoding (TCVN3, VNI, VISCII or "
                          "windows-1258). Open it in the program it comes from and save it as “CSV UTF-8”.").arg(m_number));
    }
    if (text.contains(QChar(u'\0'))) {
        return failure(ErrorCode::InvalidInput,
                       Words::tr("Line %1 holds characters that no text has: the file is damaged, or in an encoding without its mark. "
                          "Save it again as “CSV UTF-8”.").arg(m_number));
    }
    if (text.endsWith(u'\r'))
        text.chop(1);
    return text.normalized(QString::NormalizationForm_C);
}

Result<std::optional<CsvLines::Line>> CsvLines::next()
{
    if (!m_begun) {
        if (const auto begun = begin(); !begun)
            return std::unexpected(begun.error());
    }
    const qsizetype unit = m_encoding == Encoding::Utf8 ? 1 : 2;
    Line line{.number = ++m_number};
    qsizetype searched = 0; // of this line, in whole units
    qsizetype end = -1;
    while ((end = lineEnd(m_position + searched)) < 0) {
        const qsizetype have = m_buffer.size() - m_position;
        searched = have - have % unit;
        if (have > m_maximumLineBytes) {
            line.tooLong = true;
            m_position += searched;
            searched = 0;
        }
        if (!fill()) {
            if (!m_device.atEnd())
                return failure(ErrorCode::Damaged, Words::tr("The file cannot be read to its end."), m_device.errorString());
            break;
        }
    }
    line.terminated = end >= 0;
    const qsizetype stop = line.terminated ? end : m_buffer.size();
    if (!line.terminated && stop == m_position && !line.tooLong)
        return std::nullopt;
    if (line.tooLong || stop - m_position > m_maximumLineBytes) {
        line.tooLong = true;
    } else {
        auto text = decoded(QByteArrayView(m_buffer).sliced(m_position, stop - m_position));
        if (!text)
            return std::unexpected(text.error());
        line.text = *text;
    }
    m_position = line.terminated ? stop + unit : stop;
    return line;
}

} // namespace ioc
