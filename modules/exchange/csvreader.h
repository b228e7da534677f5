// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <exchange/csvlines.h>

#include <QStringList>

namespace ioc {

/// One row of a CSV file.
struct CsvRow
{
    qint64 line = 0; ///< on which it begins
    QStringList fields;
    QString problem;   ///< why it cannot be used, translated; empty when it is well-formed
    bool cutOff = false; ///< the file ends here without a line end
};

/// Reads CSV (RFC 4180) piece by piece: quoted fields with line ends, doubled quotes; empty lines are passed over. The
/// delimiter (comma, semicolon or tab) is told from the first line, or from Excel's own first line "sep=;".
class CsvReader
{
public:
    struct Limits
    {
        qsizetype lineBytes = 1024 * 1024;
        qsizetype fieldCharacters = 100'000;
        qsizetype fields = 1000;
        qint64 linesInRow = 1000; ///< a quoted field that runs on longer was never closed
    };

    explicit CsvReader(QIODevice &device) : CsvReader(device, Limits{}) {}
    CsvReader(QIODevice &device, const Limits &limits);

    /// The next row; nothing at the end. An error means that the file as a whole cannot be read (see CsvLines).
    Result<std::optional<CsvRow>> next();
    /// Known once next() has answered.
    [[nodiscard]] QChar delimiter() const { return m_delimiter; }

private:
    Result<std::optional<CsvLines::Line>> nextLine();
    Result<void> begin();
    void feed(QStringView line, CsvRow &row);
    void put(QStringView text, CsvRow &row);
    void endField(CsvRow &row);

    CsvLines m_lines;
    Limits m_limits;
    std::optional<CsvLines::Line> m_held;
    QString m_field;
    QChar m_delimiter = u',';
    bool m_begun = false;
    bool m_quoted = false;
};

/// How a file looks as a whole.
struct CsvInspection
{
    qint64 lines = 0;
    QChar delimiter;
};

/// Reads all of \a device once, without keeping it, and refuses a file whose letters are not, or not any more, proper Unicode,
/// naming the line and what to do. A single garbled line among many good ones is left to the import, which reports it as a wrong row.
Result<CsvInspection> inspectCsv(QIODevice &device);

} // namespace ioc
