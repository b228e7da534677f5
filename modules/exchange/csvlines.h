// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>

#include <QByteArray>
#include <QIODevice>
#include <QString>

#include <optional>

namespace ioc {

/// The lines of a text file, decoded strictly: UTF-8, or UTF-16 that begins with its byte order mark. Reads piece by piece.
class CsvLines
{
public:
    struct Line
    {
        qint64 number = 0;
        QString text;           ///< NFC, without its end
        bool terminated = true; ///< false for a last line that no line end follows
        bool tooLong = false;   ///< passed over; \c text is empty
    };

    /// \a device is open for reading and at its beginning.
    CsvLines(QIODevice &device, qsizetype maximumLineBytes);
    /// The next line; nothing at the end. InvalidInput, naming the line, when the bytes are not such text.
    Result<std::optional<Line>> next();

private:
    Result<void> begin();
    [[nodiscard]] bool fill();
    [[nodiscard]] qsizetype lineEnd(qsizetype from) const;
    Result<QString> decoded(QByteArrayView bytes) const;

    enum class Encoding { Utf8, Utf16LittleEndian, Utf16BigEndian };

    QIODevice &m_device;
    qsizetype m_maximumLineBytes;
    Encoding m_encoding = Encoding::Utf8;
    char m_end = '\n'; // or a bare carriage return, as an old Excel on the Macintosh writes
    QByteArray m_buffer;
    qsizetype m_position = 0;
    qint64 m_number = 0;
    bool m_begun = false;
};

} // namespace ioc
