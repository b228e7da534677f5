// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/textfold.h>
#include <store/searchtext.h>

#include <algorithm>

namespace ioc::searchtext {

namespace {

struct Asked
{
    QString word;
    bool isStart = false; // what begins with it is found, too
};

// The last word may still be being typed; of a number the start is enough anywhere. A syllable with another behind it is
// whole: else "ba na" would find "bao nam".
QList<Asked> asked(QStringView text)
{
    QList<Asked> out;
    const QStringList all = words(text).split(u' ', Qt::SkipEmptyParts);
    for (const QString &word : all)
        out += {word, out.size() == all.size() - 1 || word.front().isDigit()};
    return out;
}

} // namespace

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

QString codedWords(QStringView text, const Coder &coder)
{
    QStringList out;
    const QStringList all = words(text).split(u' ', Qt::SkipEmptyParts);
    for (const QString &word : all)
        out += coder(word);
    out.removeAll(QString());
    return out.join(u' ');
}

QString match(QStringView text, const QString &column, const Coder &coder)
{
    QStringList parts;
    const QList<Asked> list = asked(text);
    for (const Asked &one : list) {
        const QString plain = u'"' + one.word + (one.isStart ? QStringLiteral("\"*") : QStringLiteral("\"")); // letters and digits only: nothing to escape
        const QString code = coder ? coder(one.word) : QString();
        parts += code.isEmpty() ? plain : QStringLiteral("(%1 OR \"%2\")").arg(plain, code);
    }
    if (parts.isEmpty())
        return {};
    const QString all = parts.join(QStringLiteral(" AND "));
    return column.isEmpty() ? all : QStringLiteral("%1 : (%2)").arg(column, all);
}

Pattern::Pattern(QStringView text, const Coder &coder)
{
    const QList<Asked> list = asked(text);
    for (const Asked &one : list) {
        m_parts += u' ' + one.word + (one.isStart ? QString() : QStringLiteral(" "));
        m_codes += coder ? coder(one.word) : QString();
    }
}

bool Pattern::finds(const QString &words) const
{
    const QString padded = u' ' + words + u' ';
    for (qsizetype i = 0; i < m_parts.size(); ++i) {
        if (!padded.contains(m_parts[i]) && (m_codes[i].isEmpty() || !padded.contains(u' ' + m_codes[i] + u' ')))
            return false;
    }
    return !m_parts.isEmpty();
}

} // namespace ioc::searchtext
