// SPDX-License-Identifier: GPL-3.0-or-later
#include <postgres/numberedmarks.h>

#include <algorithm>

namespace ioc {

namespace {

// Where what begins at \a at ends: a text, a name or a comment; \a at itself for anything else.
qsizetype endOfQuoted(const QString &sql, qsizetype at)
{
    const auto behind = [&](const QString &mark, qsizetype from) {
        const qsizetype found = sql.indexOf(mark, from);
        return found < 0 ? sql.size() : found + mark.size();
    };
    const QChar first = sql[at];
    const QStringView two = QStringView(sql).sliced(at).first(std::min<qsizetype>(2, sql.size() - at));
    if (first == u'\'' || first == u'"') // one of them doubled ends a text and begins the next
        return behind(first, at + 1);
    if (two == u"--")
        return behind(QStringLiteral("\n"), at);
    return two == u"/*" ? behind(QStringLiteral("*/"), at + 2) : at;
}

} // namespace

QString numberedMarks(const QString &sql)
{
    QString out;
    out.reserve(sql.size() + sql.size() / 4);
    int number = 0;
    for (qsizetype at = 0; at < sql.size();) {
        if (const qsizetype end = endOfQuoted(sql, at); end > at) {
            out += QStringView(sql).sliced(at, end - at);
            at = end;
            continue;
        }
        if (sql[at] == u'?')
            out += u'$' + QString::number(++number);
        else
            out += sql[at];
        ++at;
    }
    return out;
}

} // namespace ioc
