// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/textfold.h>
#include <store/searchtext.h>

namespace ioc::searchtext {

QStringList words(QStringView text)
{
    const QString plain = folded(text);
    QStringList out;
    qsizetype start = -1;
    const auto close = [&](qsizetype end) {
        if (start >= 0)
            out += plain.mid(start, end - start);
        start = -1;
    };
    for (qsizetype i = 0; i < plain.size(); ++i) {
        const QChar c = plain[i];
        if (c.script() == QChar::Script_Han) {
            close(i);
            out += c;
        } else if (c.isLetterOrNumber() || c.isSurrogate()) {
            if (start < 0)
                start = i;
        } else {
            close(i);
        }
    }
    close(plain.size());
    return out;
}

QString match(QStringView text, const QString &column)
{
    QStringList parts;
    const QStringList asked = words(text);
    for (const QString &word : asked)
        parts += u'"' + word + QStringLiteral("\"*"); // a word holds letters and digits only: nothing to escape
    if (parts.isEmpty())
        return {};
    const QString all = parts.join(QStringLiteral(" AND "));
    return column.isEmpty() ? all : QStringLiteral("%1 : (%2)").arg(column, all);
}

} // namespace ioc::searchtext
