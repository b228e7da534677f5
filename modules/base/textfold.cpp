// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/textfold.h>

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

QString folded(QStringView text)
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

} // namespace ioc
