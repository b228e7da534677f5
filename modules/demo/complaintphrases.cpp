// SPDX-License-Identifier: GPL-3.0-or-later
#include <demo/complaintphrases.h>

#include <QDateTime>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QTimeZone>

namespace ioc {

namespace {

QStringList texts(const QJsonValue &value)
{
    return value.toVariant().toStringList();
}

QList<int> numbers(const QJsonValue &value)
{
    QList<int> out;
    const QJsonArray array = value.toArray();
    for (const auto &number : array)
        out += number.toInt();
    return out;
}

QString dong(qint64 amount)
{
    return QLocale(QLocale::Vietnamese, QLocale::Vietnam).toString(amount) + QStringLiteral(" đồng");
}

QString capitalised(QString text)
{
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

} // namespace

ComplaintPhrases::Weighted ComplaintPhrases::weighted(const QJsonObject &object)
{
    Weighted out;
    for (auto entry = object.begin(); entry != object.end(); ++entry)
        out.append({entry.key(), entry.value().toInt()});
    return out;
}

const QString &ComplaintPhrases::pick(const Weighted &list, DemoRandom &random)
{
    qint64 total = 0;
    for (const auto &[name, weight] : list)
        total += weight;
    qint64 left = random.below(total);
    for (const auto &[name, weight] : list) {
        left -= weight;
        if (left < 0)
            return name;
    }
    return list.last().first;
}

void ComplaintPhrases::readCategory(const QJsonObject &object)
{
    Category category{.code = object[QStringLiteral("code")].toString(),
                      .unitCode = object[QStringLiteral("unit")].toString(),
                      .priorities = weighted(object[QStringLiteral("priority")].toObject()),
                      .items = texts(object[QStringLiteral("items")]),
                      .answers = texts(object[QStringLiteral("answers")]),
                      .wishes = texts(object[QStringLiteral("wishes")])};
    const QJsonArray templates = object[QStringLiteral("titles")].toArray();
    for (const auto &value : templates) {
        const QJsonObject entry = value.toObject();
        Template text{.title = entry[QStringLiteral("title")].toString(), .text = entry[QStringLiteral("text")].toString(),
                      .unitCode = entry[QStringLiteral("unit")].toString(category.unitCode)};
        const QStringList kinds = texts(entry[QStringLiteral("at")]);
        for (qsizetype i = 0; i < m_places.size(); ++i) {
            if (kinds.contains(QStringLiteral("any")) || kinds.contains(m_places[i].kind))
                text.places += i;
        }
        if (!text.places.isEmpty())
            category.templates += text;
    }
    m_categoryWeights.append({QString::number(m_categories.size()), object[QStringLiteral("weight")].toInt()});
    m_categories += category;
}

void ComplaintPhrases::readReporter(const QJsonObject &object)
{
    m_reporterWeights.append({QString::number(m_reporters.size()), object[QStringLiteral("weight")].toInt()});
    m_reporters += Reporter{.country = object[QStringLiteral("country")].toString(),
                            .names = texts(object[QStringLiteral("names")]),
                            .phone = object[QStringLiteral("phone")].toString(),
                            .phoneBase = object[QStringLiteral("phone_base")].toInteger(0),
                            .phoneSpan = object[QStringLiteral("phone_span")].toInteger(10'000)};
}

Result<ComplaintPhrases> ComplaintPhrases::load()
{
    ComplaintPhrases out;
    auto places = demoPlaces();
    if (!places)
        return std::unexpected(places.error());
    out.m_places = *places;
    QFile file(QStringLiteral(":/demo/complaints.json"));
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorCode::Internal, {}, file.errorString());
    const QJsonObject root = QJsonDocument::fromJson(file.readAll()).object();
    out.m_channels = weighted(root[QStringLiteral("channels")].toObject());
    out.m_openings = texts(root[QStringLiteral("openings")]);
    out.m_comments = texts(root[QStringLiteral("comments")]);
    out.m_extensionReasons = texts(root[QStringLiteral("extension_reasons")]);
    out.m_hours = numbers(root[QStringLiteral("hours")]);
    out.m_weekdays = numbers(root[QStringLiteral("weekdays")]);
    const QJsonArray categories = root[QStringLiteral("categories")].toArray();
    for (const auto &category : categories)
        out.readCategory(category.toObject());
    const QJsonArray reporters = root[QStringLiteral("reporters")].toArray();
    for (const auto &reporter : reporters)
        out.readReporter(reporter.toObject());
    if (out.m_categories.isEmpty() || out.m_reporters.isEmpty() || out.m_openings.isEmpty())
        return failure(ErrorCode::Internal, {}, QStringLiteral("complaints.json is incomplete"));
    return out;
}

ComplaintText ComplaintPhrases::compose(DemoRandom &random, qint64 receivedMs) const
{
    const Category &category = m_categories[pick(m_categoryWeights, random).toInt()];
    const Template &text = random.oneOf(category.templates);
    const DemoPlace &place = m_places[random.oneOf(text.places)];
    const Reporter &reporter = m_reporters[pick(m_reporterWeights, random).toInt()];
    const auto happened = QDateTime::fromMSecsSinceEpoch(receivedMs - (10 + random.below(300)) * 60'000, QTimeZone::fromSecondsAheadOfUtc(7 * 3600));
    const QString amount = dong((15 + random.below(170)) * 10'000);
    const QString small = dong((3 + random.below(9)) * 10'000);
    const QString item = category.items.isEmpty() ? QString() : random.oneOf(category.items);
    const QString minutes = QString::number(20 + 5 * random.below(9));
    const QString people = QString::number(3 + random.below(20));
    const auto filled = [&](QString sentence) {
        return sentence.replace(QStringLiteral("{place}"), place.name)
            .replace(QStringLiteral("{amount}"), amount)
            .replace(QStringLiteral("{small}"), small)
            .replace(QStringLiteral("{item}"), item)
            .replace(QStringLiteral("{minutes}"), minutes)
            .replace(QStringLiteral("{people}"), people)
            .replace(QStringLiteral("{clock}"), happened.toString(QStringLiteral("H 'giờ' mm")))
            .replace(QStringLiteral("{day}"), happened.toString(QStringLiteral("d/M")));
    };
    ComplaintText out{.category = category.code,
                      .priority = pick(category.priorities, random),
                      .channel = pick(m_channels, random),
                      .title = capitalised(filled(text.title)),
                      .description = filled(random.oneOf(m_openings)) + u' ' + filled(text.text) + u' ' + filled(random.oneOf(category.wishes)),
                      .unitCode = text.unitCode,
                      .answers = category.answers,
                      .place = place,
                      .reporterName = random.oneOf(reporter.names),
                      .reporterCountry = reporter.country};
    if (const qsizetype digits = reporter.phone.count(u'#'); digits > 0) {
        out.reporterPhone = reporter.phone;
        out.reporterPhone.remove(u'#');
        out.reporterPhone += QString::number(reporter.phoneBase + random.below(reporter.phoneSpan)).rightJustified(digits, u'0');
    }
    return out;
}

} // namespace ioc
