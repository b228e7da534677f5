// SPDX-License-Identifier: GPL-3.0-or-later
#include <demo/demodata.h>
#include <exchange/csvreader.h>
#include <exchange/importid.h>

#include <QCborArray>
#include <QCoreApplication>
#include <QDate>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QTimeZone>

#include <array>
#include <cmath>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Demo)
};

QString own(QStringView name)
{
    return QStringLiteral(":/demo/") + name.toString();
}

QString mapping(QStringView name)
{
    return QStringLiteral(":/demo/mappings/%1.json").arg(name);
}

QString in(const QString &folder, QStringView path)
{
    return folder.isEmpty() ? QString() : folder + u'/' + path.toString();
}

constexpr QStringView byMarket = u"statistics/vn_intl_arrivals_by_market_monthly_2008_2026.csv";
constexpr QStringView total = u"statistics/vn_intl_arrivals_total_monthly_2018_2025.csv";

using Cells = QMap<QString, QString>;

Result<QList<Cells>> rows(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorCode::Internal, {}, file.errorString());
    CsvReader reader(file);
    const auto header = reader.next();
    QList<Cells> out;
    for (;;) {
        const auto row = reader.next();
        if (!header || !*header || !row)
            return failure(ErrorCode::Internal, {}, path);
        if (!*row)
            return out;
        Cells cells;
        for (qsizetype i = 0; i < (*row)->fields.size(); ++i)
            cells.insert((*header)->fields.value(i), (*row)->fields[i]);
        out += cells;
    }
}

QDate vietnameseDay(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, QTimeZone::fromSecondsAheadOfUtc(7 * 3600)).date();
}

Record event(const Cells &cells, QDate today)
{
    Record out{.type = QStringLiteral("event"), .id = importId(u"event", {QStringLiteral("demo"), cells[QStringLiteral("name")]})};
    for (const auto &field : {QStringLiteral("name"), QStringLiteral("kind"), QStringLiteral("venue"), QStringLiteral("source")})
        out.values.insert(field, cells[field]);
    const auto day = [&](const QString &column) { return today.addDays(cells[column].toInt()).toString(Qt::ISODate); };
    out.values.insert(QStringLiteral("starts_on"), day(QStringLiteral("starts_in_days")));
    out.values.insert(QStringLiteral("ends_on"), day(QStringLiteral("ends_in_days")));
    out.values.insert(QStringLiteral("expected_visitors"), cells[QStringLiteral("expected_visitors")].toLongLong());
    out.values.insert(QStringLiteral("unit"), importId(u"unit", {cells[QStringLiteral("unit")]}).toString());
    out.values.insert(QStringLiteral("place"), QCborArray{cells[QStringLiteral("lat")].toDouble(), cells[QStringLiteral("lon")].toDouble()});
    return out;
}

// Key as the import mappings make it, so that real figures imported later take these figures' place.
Record arrivals(QDate month, const QString &market, double value)
{
    const QString year = QString::number(month.year());
    const QString number = QString::number(month.month());
    const QStringList key = market.isEmpty() ? QStringList{QStringLiteral("arrivals"), number + u'/' + year} : QStringList{QStringLiteral("arrivals"), market, year, number};
    Record out{.type = QStringLiteral("indicator_value"), .id = importId(u"indicator_value", key)};
    out.values = {{QStringLiteral("indicator"), QStringLiteral("arrivals")},
                  {QStringLiteral("period"), month.toString(QStringLiteral("yyyy-MM"))},
                  {QStringLiteral("value"), value},
                  {QStringLiteral("source"), QStringLiteral("Số liệu trình diễn (hư cấu)")}};
    if (!market.isEmpty())
        out.values.insert(QStringLiteral("breakdown"), market);
    return out;
}

QList<Record> inventedArrivals(const QList<Cells> &markets, QDate today)
{
    constexpr std::array season{1.22, 1.12, 1.10, 1.02, 0.92, 0.88, 0.93, 1.00, 0.90, 0.98, 1.06, 1.15};
    constexpr double perMonth = 1'450'000;
    constexpr double listed = 0.94; // share of the markets listed; the total holds the others too
    QList<Record> out;
    for (int back = 36; back > 0; --back) {
        const QDate month = QDate(today.year(), today.month(), 1).addMonths(-back);
        double sum = 0;
        for (const Cells &market : markets) {
            const double share = market[QStringLiteral("share")].toDouble();
            const double growth = std::pow(1 + market[QStringLiteral("growth")].toDouble(), (36 - back) / 12.0);
            const double wobble = 1 + 0.04 * std::sin(month.year() * 1.7 + month.month() * (2.1 + share * 40));
            const double value = std::round(perMonth * share * season[static_cast<size_t>(month.month() - 1)] * growth * wobble);
            sum += value;
            out += arrivals(month, market[QStringLiteral("market")], value);
        }
        out += arrivals(month, {}, std::round(sum / listed));
    }
    return out;
}

} // namespace

bool hasArrivals(const QString &sharedFolder)
{
    return !sharedFolder.isEmpty() && QFileInfo::exists(in(sharedFolder, byMarket));
}

QList<DemoFile> demoFiles(const QString &sharedFolder)
{
    QList<DemoFile> out;
    const auto add = [&](const QString &title, const QString &path, QStringView name) { out += DemoFile{title, path, mapping(name)}; };
    const auto has = [&](QStringView path) { return !sharedFolder.isEmpty() && QFileInfo::exists(in(sharedFolder, path)); };
    if (has(u"units/provinces.csv") && has(u"units/communes.csv")) {
        add(Words::tr("Provinces"), in(sharedFolder, u"units/provinces.csv"), u"provinces");
        add(Words::tr("Communes"), in(sharedFolder, u"units/communes.csv"), u"communes");
    } else {
        add(Words::tr("Units"), own(u"units.csv"), u"demo_units");
    }
    add(Words::tr("Departments"), own(u"departments.csv"), u"demo_departments");
    if (has(u"places/osm_poi_hcmc_hanoi.csv"))
        add(Words::tr("Places of OpenStreetMap"), in(sharedFolder, u"places/osm_poi_hcmc_hanoi.csv"), u"osm_places");
    else
        add(Words::tr("Well-known places"), own(u"places.csv"), u"demo_places");
    add(Words::tr("Travel firms"), own(u"firms.csv"), u"demo_firms");
    add(Words::tr("Guides"), own(u"guides.csv"), u"demo_guides");
    add(Words::tr("Products"), own(u"products.csv"), u"demo_products");
    if (has(byMarket))
        add(Words::tr("Arrivals by market"), in(sharedFolder, byMarket), u"arrivals_by_market");
    if (has(byMarket) && has(total))
        add(Words::tr("Arrivals in all"), in(sharedFolder, total), u"arrivals_total");
    return out;
}

Result<QList<Record>> demoRecords(qint64 nowMs, bool ownArrivals)
{
    const QDate today = vietnameseDay(nowMs);
    const auto events = rows(own(u"events.csv"));
    const auto markets = rows(own(u"arrivals.csv"));
    if (!events || !markets)
        return std::unexpected(events ? markets.error() : events.error());
    QList<Record> out;
    for (const Cells &cells : *events)
        out += event(cells, today);
    if (ownArrivals)
        out += inventedArrivals(*markets, today);
    return out;
}

Result<QList<Record>> demoCameras(const TypeCatalog &catalog, const QString &base, int count)
{
    QFile file(own(u"cameras.csv"));
    QFile rules(mapping(u"demo_cameras"));
    if (!file.open(QIODevice::ReadOnly) || !rules.open(QIODevice::ReadOnly))
        return failure(ErrorCode::Internal, {}, file.errorString());
    const auto mappings = ImportMapping::read(rules.readAll(), catalog);
    if (!mappings)
        return std::unexpected(mappings.error());
    QList<Record> out;
    const auto report = RecordImport(catalog, {}).run(file, *mappings, [&](const QList<Record> &batch) -> Result<QList<RecordImport::Refusal>> {
        out += batch;
        return QList<RecordImport::Refusal>();
    });
    if (!report)
        return std::unexpected(report.error());
    out.resize(std::clamp<qsizetype>(count, 0, out.size()));
    for (qsizetype i = 0; i < out.size() && !base.isEmpty(); ++i)
        out[i].values.insert(QStringLiteral("url"), QStringLiteral("%1/cam%2").arg(base).arg(i + 1));
    return out;
}

} // namespace ioc
