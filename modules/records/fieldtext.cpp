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

namespace ioc {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Records", text);
}

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

QString choiceText(const Field &field, const QString &code, QStringView language)
{
    const Choice *choice = field.choice(code);
    return choice ? choice->label.in(language) : code;
}

Result<QString> choiceCode(const Field &field, QStringView text)
{
    const QString wanted = folded(text);
    for (const Choice &choice : field.choices) {
        if (folded(choice.code) == wanted || folded(choice.label.vi) == wanted || folded(choice.label.en) == wanted || folded(choice.label.zh) == wanted)
            return choice.code;
    }
    return failure(ErrorCode::InvalidInput, tr("“%1” is not one of the choices of this field.").arg(text.left(60)));
}

// Accepts both the international and the Vietnamese way: "1250000", "1.250.000", "12,5", "1,250.75".
Result<double> number(QStringView text)
{
    QString plain = text.toString();
    plain.removeIf([](QChar c) { return c.isSpace() || c == u'₫'; });
    const qsizetype lastDot = plain.lastIndexOf(u'.');
    const qsizetype lastComma = plain.lastIndexOf(u',');
    const auto grouped = [&](QChar sign) { // only separators of thousands
        static const QRegularExpression dots(QStringLiteral(R"(^[+-]?\d{1,3}(\.\d{3})+$)"));
        static const QRegularExpression commas(QStringLiteral(R"(^[+-]?\d{1,3}(,\d{3})+$)"));
        return (sign == u'.' ? dots : commas).match(plain).hasMatch();
    };
    if (lastDot >= 0 && lastComma >= 0) {
        plain.remove(lastDot > lastComma ? u',' : u'.');
        plain.replace(u',', u'.');
    } else if (plain.count(u'.') > 1 || (lastDot >= 0 && grouped(u'.') && plain.count(u'.') > 1)) {
        if (!grouped(u'.'))
            return failure(ErrorCode::InvalidInput, tr("“%1” is not a number.").arg(text.left(60)));
        plain.remove(u'.');
    } else if (lastComma >= 0) {
        if (plain.count(u',') > 1 && grouped(u','))
            plain.remove(u',');
        else
            plain.replace(u',', u'.');
    }
    bool ok = false;
    const double value = plain.toDouble(&ok);
    if (!ok)
        return failure(ErrorCode::InvalidInput, tr("“%1” is not a number.").arg(text.left(60)));
    return value;
}

// Whole numbers and money: here "1.250" is one thousand two hundred and fifty.
Result<QCborValue> wholeNumber(QStringView text)
{
    QString plain = text.toString();
    plain.removeIf([](QChar c) { return c.isSpace() || c == u'₫'; });
    static const QRegularExpression groups(QStringLiteral(R"(^[+-]?\d{1,3}([.,]\d{3})+$)"));
    if (groups.match(plain).hasMatch())
        plain.removeIf([](QChar c) { return c == u'.' || c == u','; });
    bool ok = false;
    const qint64 whole = plain.toLongLong(&ok);
    if (ok)
        return QCborValue(whole);
    const auto value = number(text);
    if (value && *value == std::floor(*value) && std::abs(*value) < 9e15)
        return QCborValue(static_cast<qint64>(*value));
    return failure(ErrorCode::InvalidInput, tr("“%1” is not a whole number.").arg(text.left(60)));
}

Result<QCborValue> date(QStringView text)
{
    for (const auto &format : {QStringLiteral("yyyy-MM-dd"), QStringLiteral("d/M/yyyy"), QStringLiteral("d-M-yyyy"), QStringLiteral("d.M.yyyy")}) {
        const QDate read = QDate::fromString(text.toString(), format);
        if (read.isValid())
            return QCborValue(read.toString(Qt::ISODate));
    }
    return failure(ErrorCode::InvalidInput, tr("“%1” is not a date. Write it like 31/12/2026.").arg(text.left(60)));
}

Result<QCborValue> dateTime(QStringView text)
{
    QDateTime read = QDateTime::fromString(text.toString(), Qt::ISODateWithMs);
    if (read.isValid() && read.timeSpec() == Qt::LocalTime)
        read.setTimeZone(vietNam());
    for (const auto &format : {QStringLiteral("d/M/yyyy H:mm"), QStringLiteral("d/M/yyyy H:mm:ss"), QStringLiteral("d/M/yyyy")}) {
        if (read.isValid())
            break;
        read = QDateTime::fromString(text.toString(), format);
        read.setTimeZone(vietNam());
    }
    if (!read.isValid())
        return failure(ErrorCode::InvalidInput, tr("“%1” is not a time. Write it like 31/12/2026 14:30.").arg(text.left(60)));
    return QCborValue(read.toMSecsSinceEpoch());
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
    return failure(ErrorCode::InvalidInput, tr("“%1” is neither yes nor no.").arg(text.left(60)));
}

Result<QCborValue> place(QStringView text)
{
    static const QRegularExpression pair(QStringLiteral(R"(^\s*([+-]?\d+(?:\.\d+)?)\s*[,;\s]\s*([+-]?\d+(?:\.\d+)?)\s*$)"));
    const auto match = pair.matchView(text);
    if (!match.hasMatch())
        return failure(ErrorCode::InvalidInput, tr("“%1” is not a place. Write latitude and longitude like 10.7769, 106.7009.").arg(text.left(60)));
    return QCborValue(QCborArray{match.captured(1).toDouble(), match.captured(2).toDouble()});
}

Result<QCborValue> choiceCodes(const Field &field, QStringView text)
{
    QStringList codes;
    for (const QStringView part : text.split(u';', Qt::SkipEmptyParts)) {
        auto code = choiceCode(field, part.trimmed());
        if (!code)
            return std::unexpected(code.error());
        codes += *code;
    }
    return QCborValue(QCborArray::fromStringList(codes));
}

Result<QCborValue> read(const Field &field, QStringView text)
{
    switch (field.kind) {
    case FieldKind::Integer:
    case FieldKind::Money: return wholeNumber(text);
    case FieldKind::Decimal: return number(text).transform([](double value) { return QCborValue(value); });
    case FieldKind::Boolean: return boolean(text);
    case FieldKind::Date: return date(text);
    case FieldKind::DateTime: return dateTime(text);
    case FieldKind::Choice: return choiceCode(field, text).transform([](const QString &code) { return QCborValue(code); });
    case FieldKind::Choices: return choiceCodes(field, text);
    case FieldKind::Place: return place(text);
    case FieldKind::Files: return QCborValue(QCborArray::fromStringList(text.toString().split(u';', Qt::SkipEmptyParts)));
    case FieldKind::Translated: return QCborValue(QCborMap{{QStringLiteral("vi"), text.toString()}});
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
    case FieldKind::Decimal: return locale.toString(value.toDouble(), 'g', 12);
    case FieldKind::Boolean: return value.toBool() ? tr("Yes") : tr("No");
    case FieldKind::Date: return QDate::fromString(value.toString(), Qt::ISODate).toString(QStringLiteral("dd/MM/yyyy"));
    case FieldKind::DateTime: return QDateTime::fromMSecsSinceEpoch(value.toInteger(), vietNam()).toString(QStringLiteral("dd/MM/yyyy HH:mm"));
    case FieldKind::Choice: return choiceText(field, value.toString(), language);
    case FieldKind::Choices: {
        QStringList labels;
        const QCborArray codes = value.toArray();
        for (const QCborValue &code : codes)
            labels += choiceText(field, code.toString(), language);
        return labels.join(QStringLiteral(", "));
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

Result<QCborValue> parsedText(const Field &field, QStringView text)
{
    const QString clean = normalised(text);
    if (clean.isEmpty())
        return QCborValue();
    auto value = read(field, clean);
    if (!value)
        return value;
    return canonical(field, *value);
}

} // namespace ioc
