// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/textfold.h>

#include <vector>

namespace ioc {

QString normalised(QStringView text)
{
    // What is dropped goes first: without it, characters may meet that compose.
    QString out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        const bool pair = c.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        if (pair) {
            out += c;
            out += text[++i];
        } else if (!c.isSurrogate() && (c.category() != QChar::Other_Control || c == u'\t' || c == u'\n' || c == u'\r')) {
            out += c;
        }
    }
    return out.normalized(QString::NormalizationForm_C).trimmed();
}

namespace {

QString foldedSlowly(QStringView text)
{
    const QString decomposed = text.toString().normalized(QString::NormalizationForm_KD).toLower();
    QString out;
    out.reserve(decomposed.size());
    bool blank = true; // swallows leading white space
    for (const QChar c : decomposed) {
        if (c.isMark())
            continue;
        if (c.isSpace()) {
            if (!blank)
                out += u' ';
            blank = true;
            continue;
        }
        blank = false;
        out += c == u'đ' ? QChar(u'd') : c; // NFKD leaves đ whole: its stroke is no combining mark
    }
    if (blank && !out.isEmpty())
        out.chop(1);
    return out;
}

constexpr char16_t dropped = 0;       // a mark
constexpr char16_t several = 0xffff;  // becomes more than one character
constexpr char16_t tableEnd = 0x2200; // Latin with every Vietnamese letter, Cyrillic, punctuation, currencies: what is written here

// What each character becomes by itself; text of these needs no normalisation.
const std::vector<char16_t> &foldTable()
{
    static const std::vector<char16_t> table = [] {
        std::vector<char16_t> out(tableEnd);
        for (char16_t c = 0; c < tableEnd; ++c) {
            const QString one = foldedSlowly(QStringView(&c, 1));
            out[c] = QChar(c).isSpace() ? u' ' : one.isEmpty() ? dropped : one.size() == 1 ? one[0].unicode() : several;
        }
        return out;
    }();
    return table;
}

} // namespace

QString folded(QStringView text)
{
    const auto &table = foldTable();
    QString out(text.size(), Qt::Uninitialized);
    QChar *to = out.data();
    bool blank = true; // swallows leading white space
    for (const QChar c : text) {
        const char16_t next = c.unicode() < tableEnd ? table[c.unicode()] : several;
        if (next == several)
            return foldedSlowly(text);
        if (next == dropped || (next == u' ' && blank))
            continue;
        blank = next == u' ';
        *to++ = next;
    }
    if (blank && to != out.data())
        --to;
    out.truncate(to - out.data());
    return out;
}

} // namespace ioc
