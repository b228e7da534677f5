// SPDX-License-Identifier: GPL-3.0-or-later
#include <exchange/lettercheck.h>

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace ioc {

namespace {

// What windows-1252 makes of the bytes 80–BF; no-break space left out, for it also stands in proper text.
#define IOC_TRAIL QStringLiteral("[\u0080-\u009f\u00a1-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")

int matches(const QRegularExpression &expression, QStringView line, int enough)
{
    int count = 0;
    for (auto match = expression.globalMatchView(line); count < enough && match.hasNext(); match.next())
        ++count;
    return count;
}

bool isMojibake(QStringView line)
{
    // Three bytes of ạ–ỹ, and two bytes of đ, ă, ơ, ư and the Latin-1 vowels.
    static const QRegularExpression triple(QStringLiteral("á[º»]") + IOC_TRAIL);
    static const QRegularExpression pair(QStringLiteral("(?:Ã|Ä|Æ|Å)") + IOC_TRAIL);
    return matches(triple, line, 1) > 0 || matches(pair, line, 2) > 1;
}

bool isOldFont(QStringView line)
{
    // TCVN3 puts signs inside words ("Kh¸ch s¹n"), VNI its marks as letters of their own ("Phöôøng").
    static const QRegularExpression tcvn3(QStringLiteral("[A-Za-z][¸µ¶·¹¨¾»¼½®¬§©«­][A-Za-z]|[§®][\u00c0-\u00ff]?[a-z]"));
    static const QRegularExpression vni(QStringLiteral("öô|öï|oâ[^n]|aâ|eâ|aø|aû|oø|aù|eá|oá[pct]|[Ññ]o[âà]|[Ññ]ö"));
    return matches(tcvn3, line, 2) > 1 || matches(vni, line, 2) > 1;
}

bool hasTypedMarks(QStringView line)
{
    if (!line.contains(u'^') && !line.contains(u'+'))
        return false;
    static const QRegularExpression viqr(QStringLiteral("[uU]\\+[oO]\\+|[aAeEoO]\\^[a-z'`?~.]|[oOuU]\\+[a-z'`?~.]"));
    return matches(viqr, line, 2) > 1;
}

} // namespace

Garbled garbled(QStringView line)
{
    const bool plain = std::ranges::all_of(line, [](QChar c) { return c.unicode() < 0x80; });
    if (plain)
        return hasTypedMarks(line) ? Garbled::TypedMarks : Garbled::No;
    if (line.contains(QChar::ReplacementCharacter))
        return isMojibake(line) ? Garbled::Mojibake : Garbled::Lost;
    if (isMojibake(line))
        return Garbled::Mojibake;
    if (isOldFont(line))
        return Garbled::OldFont;
    return hasTypedMarks(line) ? Garbled::TypedMarks : Garbled::No;
}

QString garbledMessage(Garbled kind, qint64 number)
{
    switch (kind) {
    case Garbled::No: return {};
    case Garbled::Lost:
        return QCoreApplication::translate("Exchange", "Line %1 holds letters (“�”) that were lost when the file was converted earlier. "
                                                       "Export it again from where it comes from as “CSV UTF-8”.").arg(number);
    case Garbled::Mojibake:
        return QCoreApplication::translate("Exchange", "The letters of line %1 are garbled: the file was once opened in the wrong encoding. "
                                                       "Export it again from where it comes from as “CSV UTF-8”.").arg(number);
    case Garbled::OldFont:
        return QCoreApplication::translate("Exchange", "Line %1 is written for an old Vietnamese font (TCVN3 or VNI). "
                                                       "Convert the text to Unicode, then save it as “CSV UTF-8”.").arg(number);
    case Garbled::TypedMarks:
        return QCoreApplication::translate("Exchange", "Line %1 has its marks typed after the letters (VIQR). "
                                                       "Convert the text to Unicode, then save it as “CSV UTF-8”.").arg(number);
    }
    return {};
}

} // namespace ioc
