// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/phone.h>
#include <base/textfold.h>
#include <records/validation.h>

#include <QCborArray>
#include <QCborMap>
#include <QCoreApplication>
#include <QDate>
#include <QLocale>
#include <QUrl>

#include <cmath>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Records)
};

std::unexpected<Error> wrong(const QString &message)
{
    return failure(ErrorCode::InvalidInput, message);
}

constexpr int lineLimit = 500;
constexpr int noteLimit = 20'000;
constexpr int filesLimit = 1000;
constexpr qint64 earliestMs = -62'135'596'800'000; // year 1
constexpr qint64 latestMs = 253'402'300'799'999;   // year 9999

bool isLine(FieldKind kind)
{
    return kind != FieldKind::Note;
}

Result<QCborValue> canonicalText(const Field &field, const QCborValue &value)
{
    if (!value.isString())
        return wrong(Words::tr("Text is expected here."));
    QString text = normalised(value.toString());
    if (isLine(field.kind))
        text.replace(u'\n', u' ').remove(u'\r');
    const int limit = field.maximumLength ? field.maximumLength : isLine(field.kind) ? lineLimit : noteLimit;
    if (text.size() > limit)
        return wrong(Words::tr("This text is too long: %1 characters, at most %2 are kept.").arg(text.size()).arg(limit));
    if (text.isEmpty())
        return QCborValue();
    if (!field.patternText.isEmpty() && !field.pattern.match(text).hasMatch())
        return wrong(Words::tr("“%1” is not written the way this field asks for.").arg(field.sensitive ? QStringLiteral("…") : text.left(60))); // messages are kept and logged
    return QCborValue(text);
}

Result<QCborValue> inRange(const Field &field, const QCborValue &value)
{
    const double number = value.toDouble();
    if (!std::isfinite(number))
        return wrong(Words::tr("A number is expected here."));
    const auto written = [](double limit) { return QString::number(limit, 'f', QLocale::FloatingPointShortest); };
    if (field.minimum && number < *field.minimum)
        return wrong(Words::tr("The value is too small: at least %1 is expected.").arg(written(*field.minimum)));
    if (field.maximum && number > *field.maximum)
        return wrong(Words::tr("The value is too large: at most %1 is expected.").arg(written(*field.maximum)));
    if (field.kind == FieldKind::DateTime && (value.toInteger() < earliestMs || value.toInteger() > latestMs))
        return wrong(Words::tr("A time between the years 1 and 9999 is expected here."));
    return value;
}

Result<QCborValue> canonicalInteger(const Field &field, const QCborValue &value)
{
    if (value.isInteger())
        return inRange(field, value);
    if (value.isDouble() && value.toDouble() == std::floor(value.toDouble()) && std::abs(value.toDouble()) < 9e15)
        return inRange(field, QCborValue(static_cast<qint64>(value.toDouble())));
    return wrong(Words::tr("A whole number is expected here."));
}

Result<QCborValue> canonicalSet(const Field &field, const QCborValue &value)
{
    if (!value.isArray())
        return wrong(Words::tr("A list is expected here."));
    QStringList members;
    const QCborArray array = value.toArray();
    if (field.kind == FieldKind::Files && array.size() > filesLimit)
        return wrong(Words::tr("There are too many files: at most %1 are kept.").arg(filesLimit));
    for (const auto &member : array) {
        if (!member.isString())
            return wrong(Words::tr("A list of texts is expected here."));
        if (field.kind == FieldKind::Choices && !field.choice(member.toString()))
            return wrong(Words::tr("“%1” is not one of the choices of this field.").arg(member.toString().left(60)));
        static const QRegularExpression digest(QStringLiteral(R"(\A[0-9a-f]{64}\z)"));
        if (field.kind == FieldKind::Files && !digest.match(member.toString()).hasMatch())
            return wrong(Words::tr("A file is named by its SHA-256 digest."));
        members += member.toString();
    }
    members.sort();
    members.removeDuplicates();
    return members.isEmpty() ? QCborValue() : QCborValue(QCborArray::fromStringList(members));
}

Result<QCborValue> canonicalPlace(const QCborValue &value)
{
    const QCborArray pair = value.toArray();
    const auto isNumber = [](const QCborValue &part) { return part.isDouble() || part.isInteger(); };
    if (!value.isArray() || pair.size() != 2 || !isNumber(pair[0]) || !isNumber(pair[1]))
        return wrong(Words::tr("A place is a latitude and a longitude."));
    const double latitude = pair[0].toDouble();
    const double longitude = pair[1].toDouble();
    if (!(std::abs(latitude) <= 90 && std::abs(longitude) <= 180))
        return wrong(Words::tr("This place is not on the globe: latitude goes to 90, longitude to 180 degrees."));
    return QCborValue(QCborArray{latitude, longitude});
}

Result<QCborValue> canonicalTranslated(const Field &field, const QCborValue &value)
{
    if (!value.isMap())
        return wrong(Words::tr("A text in each language is expected here."));
    // A map equals another only in the same order: always that of the alphabet, as JSON columns give it back.
    static const QStringList languages{QStringLiteral("en"), QStringLiteral("vi"), QStringLiteral("zh")};
    const QCborMap map = value.toMap();
    for (const auto &[language, text] : map) {
        if (!languages.contains(language.toString()))
            return wrong(Words::tr("Texts are kept in Vietnamese, English and Chinese."));
    }
    QCborMap out;
    for (const QString &language : languages) {
        const QCborValue text = map.value(language);
        if (text.isUndefined() || text.isNull())
            continue;
        auto clean = canonicalText(field, text);
        if (!clean)
            return clean;
        if (clean->isString())
            out.insert(language, *clean);
    }
    return out.isEmpty() ? QCborValue() : QCborValue(out);
}

Result<QCborValue> canonicalUrl(const Field &field, const QString &text)
{
    const QUrl url(text.contains(QStringLiteral("://")) ? text : QStringLiteral("https://") + text, QUrl::StrictMode);
    static const QStringList schemes{QStringLiteral("http"), QStringLiteral("https"), QStringLiteral("rtsp"), QStringLiteral("rtsps")};
    if (!url.isValid() || url.host().isEmpty() || !schemes.contains(url.scheme()))
        return wrong(Words::tr("This is not a web address."));
    const QString encoded = url.toString(QUrl::FullyEncoded); // the only form that is certain to be read back
    const int limit = field.maximumLength ? field.maximumLength : lineLimit;
    if (encoded.size() > limit)
        return wrong(Words::tr("This text is too long: %1 characters, at most %2 are kept.").arg(encoded.size()).arg(limit));
    return QCborValue(encoded);
}

Result<QCborValue> canonicalString(const Field &field, const QCborValue &value)
{
    auto text = canonicalText(field, value);
    if (!text || !text->isString())
        return text;
    const QString clean = text->toString();
    switch (field.kind) {
    case FieldKind::Date:
        if (!QDate::fromString(clean, Qt::ISODate).isValid() || clean.size() != 10)
            return wrong(Words::tr("A date is expected here."));
        return text;
    case FieldKind::Choice:
        if (!field.choice(clean))
            return wrong(Words::tr("“%1” is not one of the choices of this field.").arg(clean.left(60)));
        return text;
    case FieldKind::Reference:
    case FieldKind::Unit:
        return Id::fromString(clean).transform([](const Id &id) { return QCborValue(id.toString()); });
    case FieldKind::Phone: return normalisedPhone(clean).transform([](const QString &phone) { return QCborValue(phone); });
    case FieldKind::Email: {
        static const QRegularExpression address(QStringLiteral(R"(^[^\s@]+@[^\s@]+\.[^\s@]+$)"));
        if (!address.match(clean).hasMatch())
            return wrong(Words::tr("This is not an e-mail address."));
        return text;
    }
    case FieldKind::Url: return canonicalUrl(field, clean);
    default: return text;
    }
}

// Order of two values of one kind. QCborValue's own order is that of encodings: the shorter text first, negative numbers last.
bool isBefore(const QCborValue &a, const QCborValue &b)
{
    if (a.isInteger() && b.isInteger())
        return a.toInteger() < b.toInteger();
    if (a.isString() && b.isString())
        return a.toString() < b.toString();
    return a.toDouble() < b.toDouble();
}

} // namespace

Result<QCborValue> canonical(const Field &field, const QCborValue &value)
{
    if (value.isUndefined() || value.isNull())
        return QCborValue();
    switch (field.kind) {
    case FieldKind::Integer:
    case FieldKind::Money:
    case FieldKind::DateTime: return canonicalInteger(field, value);
    case FieldKind::Decimal:
        if (!value.isDouble() && !value.isInteger())
            return wrong(Words::tr("A number is expected here."));
        return inRange(field, QCborValue(value.toDouble() + 0.0)); // no negative zero
    case FieldKind::Boolean:
        if (!value.isBool())
            return wrong(Words::tr("Yes or no is expected here."));
        return value;
    case FieldKind::Choices:
    case FieldKind::Files: return canonicalSet(field, value);
    case FieldKind::Place: return canonicalPlace(value);
    case FieldKind::Translated: return canonicalTranslated(field, value);
    default: return canonicalString(field, value);
    }
}

QList<Problem> validate(const RecordType &type, Values &values)
{
    QList<Problem> problems;
    Values clean;
    for (const auto &[name, value] : values.asKeyValueRange()) {
        const Field *field = type.field(name);
        if (!field) {
            problems += {name, Words::tr("There is no field “%1” in this kind of record.").arg(name.left(60))};
            continue;
        }
        auto kept = canonical(*field, value);
        if (!kept)
            problems += {name, kept.error().message};
        else if (!kept->isUndefined())
            clean.insert(name, *kept);
    }
    for (const Field &field : type.fields) {
        if (!field.required || clean.contains(field.name))
            continue;
        const bool refused = values.contains(field.name) && !canonical(field, values.value(field.name)); // said above
        if (!refused)
            problems += {field.name, Words::tr("This field must be filled in.")};
    }
    problems += brokenRules(type, clean);
    if (problems.isEmpty())
        values = clean;
    return problems;
}

QList<Problem> brokenRules(const RecordType &type, const Values &values)
{
    QList<Problem> problems;
    for (const Rule &rule : type.rules) {
        const auto isSet = [&](const QString &name) {
            const QCborValue value = values.value(name);
            return !value.isUndefined() && !value.isNull();
        };
        const bool hasFirst = isSet(rule.first);
        const bool hasSecond = isSet(rule.second);
        const bool broken = rule.kind == Rule::Kind::Requires
                                ? hasFirst && !hasSecond
                                : hasFirst && hasSecond && isBefore(values[rule.second], values[rule.first]);
        if (broken) {
            const QString language = QCoreApplication::translate("Records", "en", "code of the language of these texts");
            problems += {rule.second, rule.message.in(language)};
        }
    }
    return problems;
}

} // namespace ioc
