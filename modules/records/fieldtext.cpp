// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/textfold.h>
#include <records/fieldtext.h>
#include <records/validation.h>

#include <QCborArray>
#include <QCborMap>
#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

#include <cmath>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Records)
};

const QTimeZone &vietNam()
{
    static const QTimeZone zone = QTimeZone::fromSecondsAheadOfUtc(7 * 3600); // no summer time since 1975
    return zone;
}

QLocale localeFor(QStringView language)
{
    return language == u"vi" ? QLocale(QLocale::Vietnamese, QLocale::Vietnam)
           : language == u"zh" ? QLocale(QLocale::Chinese, QLocale::China)
                               : QLocale(QLocale::English, QLocale::UnitedKingdom);
}

LocalText yesOrNo(bool yes)
{
    return yes ? LocalText{QStringLiteral("Có"), QStringLiteral("Yes"), QStringLiteral("是")}
               : LocalText{QStringLiteral("Không"), QStringLiteral("No"), QStringLiteral("否")};
}

QString choiceText(const Field &field, const QString &code, QStringView language)
{
    const Choice *choice = field.choice(code);
    return choice ? choice->label.in(language) : code;
}

// By code, then by label as it is written, then by label typed without marks when only one fits.
Result<QString> choiceCode(const Field &field, QStringView text)
{
    const QString exact = normalised(text).toCaseFolded();
    const QString wanted = folded(text);
    QStringList exactly;
    QStringList loosely;
    for (const Choice &choice : field.choices) {
        if (choice.code.toCaseFolded() == exact)
            return choice.code;
        for (const QString &label : {choice.label.vi, choice.label.en, choice.label.zh}) {
            if (!label.isEmpty() && normalised(label).toCaseFolded() == exact && !exactly.contains(choice.code))
                exactly += choice.code;
            if (!wanted.isEmpty() && folded(label) == wanted && !loosely.contains(choice.code))
                loosely += choice.code;
        }
    }
    if (exactly.size() == 1)
        return exactly.first();
    if (exactly.isEmpty() && loosely.size() == 1)
        return loosely.first();
    return failure(ErrorCode::InvalidInput, Words::tr("“%1” is not one of the choices of this field.").arg(text.left(60)));
}

// Blanks of any width may part thousands, and stand nowhere else.
QString withoutSpaces(QStringView text)
{
    QString plain = text.toString().simplified();
    static const QRegularExpression groups(QStringLiteral(R"(\A[+-]?\d{1,3}(?: \d{3})+(?:[.,]\d+)?\z)"));
    return groups.match(plain).hasMatch() ? plain.remove(u' ') : plain;
}

// The number without separators of thousands, with a point before its decimals; empty unless it has such separators, in
// the right places.
QString plainNumber(const QString &text, QChar grouping, QChar point)
{
    const QString g = QRegularExpression::escape(QString(grouping));
    const QString p = QRegularExpression::escape(QString(point));
    const QRegularExpression whole(QStringLiteral(R"(\A[+-]?\d{1,3}(?:%1\d{3})+(?:%2\d+)?\z)").arg(g, p));
    if (!whole.match(text).hasMatch())
        return {};
    QString plain = text;
    return plain.remove(grouping).replace(point, u'.');
}

// In a language: "1.250" is 1250 in Vietnamese and 1.25 in English. In none, a single sign is that of decimals, as
// programs write them; "1.250.000" and "1.250,5" are clear.
Result<double> number(QStringView text, QStringView language)
{
    const QString written = withoutSpaces(text);
    const QString dots = plainNumber(written, u'.', u',');
    const QString commas = plainNumber(written, u',', u'.');
    const bool oneGroup = written.count(u'.') + written.count(u',') == 1;
    QString plain;
    if (!dots.isEmpty() && (!oneGroup || language == u"vi"))
        plain = dots;
    else if (!commas.isEmpty() && (!oneGroup || language == u"en" || language == u"zh"))
        plain = commas;
    static const QRegularExpression simple(QStringLiteral(R"(\A[+-]?(?:\d+[.,]?\d*|[.,]\d+)(?:[eE][+-]?\d{1,3})?\z)"));
    if (plain.isEmpty() && simple.match(written).hasMatch())
        plain = QString(written).replace(u',', u'.');
    bool ok = false;
    const double value = plain.toDouble(&ok);
    if (!ok)
        return failure(ErrorCode::InvalidInput, Words::tr("“%1” is not a number.").arg(text.left(60)));
    return value;
}

// Whole numbers and money: here "1.250" and "1,250" are one thousand two hundred and fifty.
Result<QCborValue> wholeNumber(const Field &field, QStringView text, QStringView language)
{
    QString plain = text.toString();
    if (field.kind == FieldKind::Money) {
        static const QRegularExpression currency(QStringLiteral("\\s*(?:₫|đồng|vnđ|vnd|đ)\\z"),
                                                 QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
        plain.remove(currency);
    }
    plain = withoutSpaces(plain);
    static const QRegularExpression groups(QStringLiteral(R"(\A[+-]?\d{1,3}(?:(?:\.\d{3})+|(?:,\d{3})+)\z)"));
    if (groups.match(plain).hasMatch())
        plain.removeIf([](QChar c) { return c == u'.' || c == u','; });
    bool ok = false;
    const qint64 whole = plain.toLongLong(&ok);
    if (ok)
        return QCborValue(whole);
    const auto value = number(plain, language);
    if (value && *value == std::floor(*value) && std::abs(*value) < 9e15)
        return QCborValue(static_cast<qint64>(*value));
    return failure(ErrorCode::InvalidInput, Words::tr("“%1” is not a whole number.").arg(text.left(60)));
}

QDate readDate(QStringView text)
{
    for (const auto &format : {QStringLiteral("yyyy-MM-dd"), QStringLiteral("d/M/yyyy"), QStringLiteral("d-M-yyyy"), QStringLiteral("d.M.yyyy")}) {
        const QDate read = QDate::fromString(text.toString(), format);
        if (read.isValid() && read.year() > 0)
            return read;
    }
    return {};
}

Result<QCborValue> date(QStringView text)
{
    if (const QDate read = readDate(text); read.isValid())
        return QCborValue(read.toString(Qt::ISODate));
    return failure(ErrorCode::InvalidInput, Words::tr("“%1” is not a date. Write it like 31/12/2026.").arg(text.left(60)));
}

Result<QCborValue> dateTime(QStringView text)
{
    static const QRegularExpression offset(QStringLiteral(R"(T.*(?:Z|[+-]\d{2}:?\d{2})\z)"));
    if (offset.matchView(text).hasMatch()) {
        const QDateTime read = QDateTime::fromString(text.toString(), Qt::ISODateWithMs);
        if (read.isValid())
            return QCborValue(read.toMSecsSinceEpoch());
    }
    // Date and time by themselves: read together they would be in this computer's zone, which may skip an hour.
    static const QRegularExpression parts(QStringLiteral(R"(\A(\S+?)(?:(?:T|\s+)(\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?))?\z)"));
    const auto match = parts.matchView(text);
    const auto day = match.hasMatch() ? readDate(match.captured(1)) : QDate();
    QTime time(0, 0);
    if (const QString clock = match.captured(2); !clock.isEmpty())
        time = QTime::fromString(clock.size() > 1 && clock[1] == u':' ? u'0' + clock : clock, Qt::ISODateWithMs);
    if (!day.isValid() || !time.isValid())
        return failure(ErrorCode::InvalidInput, Words::tr("“%1” is not a time. Write it like 31/12/2026 14:30.").arg(text.left(60)));
    return QCborValue(QDateTime(day, time, vietNam()).toMSecsSinceEpoch());
}

Result<QCborValue> boolean(QStringView text)
{
    static const QStringList yes{QStringLiteral("1"), QStringLiteral("true"), QStringLiteral("yes"), QStringLiteral("co"), QStringLiteral("x"), QStringLiteral("是")};
    static const QStringList no{QStringLiteral("0"), QStringLiteral("false"), QStringLiteral("no"), QStringLiteral("khong"), QStringLiteral("否")};
    const QString plain = folded(text);
    if (yes.contains(plain))
        return QCborValue(true);
    if (no.contains(plain))
        return QCborValue(false);
    return failure(ErrorCode::InvalidInput, Words::tr("“%1” is neither yes nor no.").arg(text.left(60)));
}

Result<QCborValue> place(QStringView text)
{
    static const QRegularExpression pair(QStringLiteral(R"(^\s*([+-]?\d+(?:\.\d+)?)\s*[,;\s]\s*([+-]?\d+(?:\.\d+)?)\s*$)"));
    static const QRegularExpression commas(QStringLiteral(R"(^\s*([+-]?\d+(?:,\d+)?)\s*;\s*([+-]?\d+(?:,\d+)?)\s*$)")); // "10,7769; 106,7009"
    QString plain = text.toString();
    if (commas.match(plain).hasMatch())
        plain.replace(u',', u'.');
    const auto match = pair.match(plain);
    if (!match.hasMatch())
        return failure(ErrorCode::InvalidInput, Words::tr("“%1” is not a place. Write latitude and longitude like 10.7769, 106.7009.").arg(text.left(60)));
    return QCborValue(QCborArray{match.captured(1).toDouble(), match.captured(2).toDouble()});
}

Result<QCborValue> choiceCodes(const Field &field, QStringView text)
{
    QStringList codes;
    for (const QStringView part : text.split(u';')) {
        if (part.trimmed().isEmpty())
            continue;
        auto code = choiceCode(field, part.trimmed());
        if (!code)
            return std::unexpected(code.error());
        codes += *code;
    }
    return QCborValue(QCborArray::fromStringList(codes));
}

QCborValue fileNames(QStringView text)
{
    QCborArray names;
    for (const QStringView part : text.split(u';')) {
        if (!part.trimmed().isEmpty())
            names.append(part.trimmed().toString());
    }
    return names;
}

Result<QCborValue> read(const Field &field, QStringView text, QStringView language)
{
    switch (field.kind) {
    case FieldKind::Integer:
    case FieldKind::Money: return wholeNumber(field, text, language);
    case FieldKind::Decimal: return number(text, language).transform([](double value) { return QCborValue(value); });
    case FieldKind::Boolean: return boolean(text);
    case FieldKind::Date: return date(text);
    case FieldKind::DateTime: return dateTime(text);
    case FieldKind::Choice: return choiceCode(field, text).transform([](const QString &code) { return QCborValue(code); });
    case FieldKind::Choices: return choiceCodes(field, text);
    case FieldKind::Place: return place(text);
    case FieldKind::Files: return fileNames(text);
    case FieldKind::Translated: return QCborValue(QCborMap{{language.isEmpty() ? QStringLiteral("vi") : language.toString(), text.toString()}});
    default: return QCborValue(text.toString());
    }
}

} // namespace

QString displayText(const Field &field, const QCborValue &value, QStringView language)
{
    if (value.isUndefined() || value.isNull())
        return {};
    const QLocale locale = localeFor(language);
    switch (field.kind) {
    case FieldKind::Integer: return locale.toString(value.toInteger());
    case FieldKind::Money: return locale.toString(value.toInteger()) + QStringLiteral("\u00a0₫");
    case FieldKind::Decimal: return locale.toString(value.toDouble(), std::abs(value.toDouble()) < 1e15 ? 'f' : 'g', QLocale::FloatingPointShortest);
    case FieldKind::Boolean: return yesOrNo(value.toBool()).in(language);
    case FieldKind::Date: return QDate::fromString(value.toString(), Qt::ISODate).toString(QStringLiteral("dd/MM/yyyy"));
    case FieldKind::DateTime: return QDateTime::fromMSecsSinceEpoch(value.toInteger(), vietNam()).toString(QStringLiteral("dd/MM/yyyy HH:mm"));
    case FieldKind::Choice: return choiceText(field, value.toString(), language);
    case FieldKind::Choices: {
        QStringList labels;
        const QCborArray codes = value.toArray();
        for (const auto &code : codes)
            labels += choiceText(field, code.toString(), language);
        return labels.join(QStringLiteral("; ")); // labels hold commas
    }
    case FieldKind::Files: return locale.toString(value.toArray().size());
    case FieldKind::Place: {
        const QCborArray pair = value.toArray();
        return pair.size() == 2 ? QStringLiteral("%1, %2").arg(pair[0].toDouble(), 0, 'f', 5).arg(pair[1].toDouble(), 0, 'f', 5) : QString();
    }
    case FieldKind::Translated: {
        const QCborMap map = value.toMap();
        const LocalText text{map[QStringLiteral("vi")].toString(), map[QStringLiteral("en")].toString(), map[QStringLiteral("zh")].toString()};
        return text.in(language);
    }
    default: return value.toString();
    }
}

Result<QCborValue> parsedText(const Field &field, QStringView text, QStringView language)
{
    const QString clean = normalised(text);
    if (clean.isEmpty())
        return QCborValue();
    auto value = read(field, clean, language);
    if (!value)
        return value;
    return canonical(field, *value);
}

} // namespace ioc
