// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/textfold.h>

namespace ioc {

QString normalised(QStringView text)
{
    QString out = text.toString().normalized(QString::NormalizationForm_C);
    out.removeIf([](QChar c) {
        return c.category() == QChar::Other_Control && c != u'\t' && c != u'\n' && c != u'\r';
    });
    return out.trimmed();
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
