// SPDX-License-Identifier: GPL-3.0-or-later
#include <exchange/csvreader.h>
#include <exchange/lettercheck.h>

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Exchange)
};

QChar likelyDelimiter(QStringView line)
{
    constexpr std::array<char16_t, 3> candidates{u',', u';', u'\t'};
    std::array<int, 3> counts{};
    bool quoted = false;
    for (const QChar c : line) {
        if (c == u'"')
            quoted = !quoted;
        for (size_t i = 0; !quoted && i < candidates.size(); ++i)
            counts[i] += c == candidates[i];
    }
    return candidates[static_cast<size_t>(std::ranges::max_element(counts) - counts.begin())];
}

} // namespace

CsvReader::CsvReader(QIODevice &device, const Limits &limits) : m_lines(device, limits.lineBytes), m_limits(limits) {}

Result<std::optional<CsvLines::Line>> CsvReader::nextLine()
{
    if (m_held)
        return std::exchange(m_held, std::nullopt);
    return m_lines.next();
}

Result<void> CsvReader::begin()
{
    m_begun = true;
    auto first = m_lines.next();
    if (!first)
        return std::unexpected(first.error());
    if (!*first)
        return {};
    const QString &text = (*first)->text;
    if (text.size() == 5 && text.startsWith(u"sep=", Qt::CaseInsensitive)) {
        m_delimiter = text[4];
        return {};
    }
    m_delimiter = likelyDelimiter(text);
    m_held = std::move(*first);
    return {};
}

void CsvReader::put(QStringView text, CsvRow &row)
{
    if (m_field.size() + text.size() > m_limits.fieldCharacters)
        row.problem = Words::tr("A field is longer than %1 characters.").arg(m_limits.fieldCharacters);
    else
        m_field += text;
}

void CsvReader::endField(CsvRow &row)
{
    if (row.fields.size() >= m_limits.fields)
        row.problem = Words::tr("The row has more than %1 fields.").arg(m_limits.fields);
    else
        row.fields += m_field;
    m_field.clear();
}

// One line of the file; a quoted field may begin in one and end in another.
void CsvReader::feed(QStringView line, CsvRow &row)
{
    bool fieldBegins = !m_quoted;
    for (qsizetype i = 0; i < line.size();) {
        if (m_quoted) {
            const qsizetype quote = line.indexOf(u'"', i);
            put(line.sliced(i, (quote < 0 ? line.size() : quote) - i), row);
            if (quote < 0)
                return;
            i = quote + 1;
            if (i < line.size() && line[i] == u'"') {
                put(u"\"", row);
                ++i;
                continue;
            }
            m_quoted = false;
            if (i < line.size() && line[i] != m_delimiter && row.problem.isEmpty())
                row.problem = Words::tr("Text follows a closing quote: a quote inside a field must be doubled.");
        } else if (fieldBegins && line[i] == u'"') {
            m_quoted = true;
            fieldBegins = false;
            ++i;
        } else {
            qsizetype stop = line.indexOf(m_delimiter, i);
            stop = stop < 0 ? line.size() : stop;
            put(line.sliced(i, stop - i), row);
            fieldBegins = false;
            i = stop;
            if (i < line.size()) {
                endField(row);
                fieldBegins = true;
                ++i;
            }
        }
    }
}

Result<std::optional<CsvRow>> CsvReader::next()
{
    if (!m_begun) {
        if (const auto begun = begin(); !begun)
            return std::unexpected(begun.error());
    }
    CsvRow row;
    m_field.clear();
    m_quoted = false;
    qint64 last = 0;
    for (;;) {
        auto line = nextLine();
        if (!line)
            return std::unexpected(line.error());
        if (!*line) {
            if (!m_quoted)
                return std::nullopt;
            row.problem = Words::tr("The quote opened in this line is never closed: lines %1 to %2 were not read.").arg(row.line).arg(last);
            return row;
        }
        last = (*line)->number;
        if (!m_quoted && !(*line)->tooLong && (*line)->text.isEmpty())
            continue;
        if (row.line == 0)
            row.line = last;
        row.cutOff = !(*line)->terminated;
        if ((*line)->tooLong)
            row.problem = Words::tr("The line is longer than %1 bytes.").arg(m_limits.lineBytes);
        else
            feed((*line)->text, row);
        if (!m_quoted)
            break;
        if (last - row.line >= m_limits.linesInRow) {
            row.problem = Words::tr("The quote opened in this line is never closed: lines %1 to %2 were not read.").arg(row.line).arg(last);
            return row;
        }
        put(u"\n", row);
    }
    endField(row);
    return row;
}

Result<CsvInspection> inspectCsv(QIODevice &device)
{
    CsvLines lines(device, CsvReader::Limits{}.lineBytes);
    CsvInspection out;
    qint64 marked = 0; // lines that could show whether their letters are right
    qint64 bad = 0;
    qint64 firstBad = 0;
    Garbled kind = Garbled::No;
    for (;;) {
        const auto line = lines.next();
        if (!line)
            return std::unexpected(line.error());
        if (!*line)
            break;
        if (++out.lines == 1)
            out.delimiter = likelyDelimiter((*line)->text);
        const Garbled verdict = garbled((*line)->text);
        const bool plain = std::ranges::all_of((*line)->text, [](QChar c) { return c.unicode() < 0x80; });
        marked += !plain || verdict != Garbled::No;
        if (verdict == Garbled::No)
            continue;
        if (++bad == 1) {
            firstBad = (*line)->number;
            kind = verdict;
        }
    }
    if (bad > 0 && bad * 10 >= marked)
        return failure(ErrorCode::InvalidInput, garbledMessage(kind, firstBad));
    return out;
}

} // namespace ioc
