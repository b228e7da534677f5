// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/textfold.h>
#include <store/searchtext.h>

#include <QStringList>

namespace ioc::searchtext {

QString words(QStringView text)
{
    const QString plain = folded(text);
    QString out;
    out.reserve(plain.size() + 8);
    bool apart = false; // the next character begins a word
    const auto add = [&](QChar c) {
        if (apart && !out.isEmpty())
            out += u' ';
        apart = false;
        out += c;
    };
    for (const QChar c : plain) {
        if (c.unicode() < 0x80) {
            if ((c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9'))
                add(c);
            else
                apart = true;
        } else if (c.script() == QChar::Script_Han) {
            apart = true;
            add(c);
            apart = true;
        } else if (c.isLetterOrNumber() || c.isSurrogate()) {
            add(c);
        } else {
            apart = true;
        }
    }
    return out;
}

QString match(QStringView text, const QString &column)
{
    QStringList parts;
    const QStringList asked = words(text).split(u' ', Qt::SkipEmptyParts);
    for (const QString &word : asked) {
        // The last word may still be being typed; of a number the start is enough anywhere. A syllable with another behind it
        // is whole: else "ba na" would find "bao nam".
        const bool isStart = parts.size() == asked.size() - 1 || word.front().isDigit();
        parts += u'"' + word + (isStart ? QStringLiteral("\"*") : QStringLiteral("\"")); // letters and digits only: nothing to escape
    }
    if (parts.isEmpty())
        return {};
    const QString all = parts.join(QStringLiteral(" AND "));
    return column.isEmpty() ? all : QStringLiteral("%1 : (%2)").arg(column, all);
}

} // namespace ioc::searchtext
