// SPDX-License-Identifier: GPL-3.0-or-later
#include "osmextract.h"

#include "style.h"

#include <tiles/sqlitefile.h>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>

#include <mapnik/datasource_cache.hpp>
#include <mapnik/layer.hpp>
#include <mapnik/map.hpp>
#include <mapnik/params.hpp>

#include <sqlite3.h>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ioc::OsmExtract)
};

struct Table
{
    QString name;
    QString source; ///< layer of GDAL's reader
    QString columns;
    QString where;
};

/// Road classes 1…7, from motorways to footpaths.
constexpr QLatin1StringView roadClasses[] = {
    "'motorway','motorway_link','trunk','trunk_link'"_L1, "'primary','primary_link'"_L1, "'secondary','secondary_link'"_L1,
    "'tertiary','tertiary_link'"_L1, "'residential','unclassified','living_street','road','pedestrian'"_L1, "'service'"_L1,
    "'footway','path','cycleway','steps','track'"_L1};

QList<Table> tables(const QString &language)
{
    const QString label = u"coalesce(name_%1, name, '') AS label"_s.arg(language);
    QList<Table> list{
        {u"green"_s, u"multipolygons"_s,
         label + u", CASE WHEN ST_Area(geom) > 4e-6 THEN 14 WHEN ST_Area(geom) > 5e-7 THEN 15 ELSE 16 END AS big"_s,
         u"building IS NULL AND (leisure IN ('park','garden','golf_course','nature_reserve','pitch') OR landuse IN "
         "('grass','forest','recreation_ground','village_green','cemetery','meadow') OR natural IN ('wood','scrub','grassland'))"_s},
        {u"water"_s, u"multipolygons"_s, label,
         u"natural IN ('water','bay') OR waterway IN ('riverbank','dock') OR landuse IN ('reservoir','basin')"_s},
        {u"building"_s, u"multipolygons"_s, u"1 AS one"_s, u"building IS NOT NULL AND building <> 'no'"_s},
        {u"river"_s, u"lines"_s, label, u"waterway IN ('river','canal')"_s},
        {u"stream"_s, u"lines"_s, label, u"waterway IN ('stream','drain','ditch')"_s},
        {u"rail"_s, u"lines"_s, label, u"railway IN ('rail','light_rail','subway') AND coalesce(tunnel, 'no') = 'no'"_s},
        {u"place"_s, u"points"_s,
         label + u", CASE place WHEN 'city' THEN 1 WHEN 'town' THEN 2 WHEN 'district' THEN 2 WHEN 'suburb' THEN 3 "
                 "WHEN 'village' THEN 3 WHEN 'quarter' THEN 3 ELSE 4 END AS rank"_s,
         u"place IN ('city','town','district','suburb','village','quarter','neighbourhood','hamlet') AND coalesce(name, '') <> ''"_s}};
    int number = 0;
    for (const QLatin1StringView kinds : roadClasses)
        list.append({u"road%1"_s.arg(++number), u"lines"_s, label, u"highway IN (%1)"_s.arg(kinds)});
    return list;
}

Result<void> runOgr(const QStringList &arguments, const std::atomic_bool &stopped)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setInputChannelMode(QProcess::ManagedInputChannel);
    process.start(u"ogr2ogr"_s, arguments);
    if (!process.waitForStarted())
        return failure(ErrorCode::NotFound, Words::tr("The program ogr2ogr is missing. Install it (package gdal-bin)."), process.errorString());
    while (!process.waitForFinished(200) && process.state() != QProcess::NotRunning) {
        if (stopped) {
            process.kill();
            process.waitForFinished();
            return failure(ErrorCode::Cancelled, Words::tr("Stopped. Nothing was kept."));
        }
    }
    const QString output = QString::fromUtf8(process.readAll()).right(2000);
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        return failure(ErrorCode::Damaged, Words::tr("The extract cannot be read. Is it a whole .osm.pbf file? Download it again."), output);
    return {};
}

Result<void> sortOut(const QString &raw, const QString &sorted, const QString &language, const std::atomic_bool &stopped)
{
    for (const Table &table : tables(language)) {
        const QString query = u"SELECT geom, %1 FROM %2 WHERE %3"_s.arg(table.columns, table.source, table.where);
        QStringList arguments{u"-f"_s, u"GPKG"_s, sorted, raw, u"-sql"_s, query, u"-nln"_s, table.name, u"-nlt"_s, u"PROMOTE_TO_MULTI"_s};
        if (QFile::exists(sorted))
            arguments.prepend(u"-update"_s);
        if (const auto done = runOgr(arguments, stopped); !done)
            return done;
    }
    return {};
}

/// The middle 99.8 % of the roads' corners: a single way that leaves the area would stretch a plain bounding box.
std::optional<GeoBounds> boundsOf(const QString &sorted)
{
    sqlite3 *raw = nullptr;
    const int opened = sqlite3_open_v2(QFile::encodeName(sorted).constData(), &raw, SQLITE_OPEN_READONLY, nullptr);
    const SqliteHandle database(raw);
    if (opened != SQLITE_OK)
        return {};
    const auto quantile = [&](const char *column, bool upper) -> std::optional<double> {
        std::string all;
        for (int number = 1; number <= 6; ++number)
            all += (number > 1 ? " UNION ALL SELECT " : "SELECT ") + std::string(column) + " AS v FROM rtree_road" + std::to_string(number) + "_geom";
        const std::string sql = "WITH a AS (" + all + ") SELECT v FROM a ORDER BY v " + (upper ? "DESC" : "ASC")
            + " LIMIT 1 OFFSET (SELECT count(*) / 1000 FROM a)";
        const SqliteStatement statement = sqlitePrepare(database.get(), sql.c_str());
        if (!statement || sqlite3_step(statement.get()) != SQLITE_ROW)
            return {};
        return sqlite3_column_double(statement.get(), 0);
    };
    const auto west = quantile("minx", false);
    const auto south = quantile("miny", false);
    const auto east = quantile("maxx", true);
    const auto north = quantile("maxy", true);
    if (!west || !south || !east || !north || *west >= *east || *south >= *north)
        return {};
    return GeoBounds{*west, *south, *east, *north};
}

} // namespace

Result<OsmExtract> OsmExtract::read(const QString &path, const QString &language, const std::atomic_bool &stopped)
{
    if (!QFile::exists(path))
        return failure(ErrorCode::NotFound, Words::tr("“%1” does not exist. Check the path of the extract.").arg(QDir::toNativeSeparators(path)));
    OsmExtract extract;
    extract.m_folder = std::make_shared<QTemporaryDir>();
    const QString raw = extract.m_folder->filePath(u"raw.gpkg"_s);
    const QString sorted = extract.m_folder->filePath(u"sorted.gpkg"_s);
    const QString settings = extract.m_folder->filePath(u"osmconf.ini"_s);
    QFile file(settings);
    if (!extract.m_folder->isValid() || !file.open(QIODevice::WriteOnly) || file.write(basemapFile(u"style/osmconf.ini"_s)) < 0)
        return failure(ErrorCode::Full, Words::tr("There is no room for temporary files. Make room and try again."), file.errorString());
    file.close();
    std::fputs("reading the extract\n", stderr);
    const QStringList whole{u"-q"_s, u"-f"_s, u"GPKG"_s, raw, path, u"points"_s, u"lines"_s, u"multipolygons"_s,
                            u"-oo"_s, u"CONFIG_FILE="_s + settings, u"-oo"_s, u"INTERLEAVED_READING=YES"_s,
                            u"-lco"_s, u"SPATIAL_INDEX=NO"_s, u"-lco"_s, u"GEOMETRY_NAME=geom"_s};
    if (const auto done = runOgr(whole, stopped); !done)
        return std::unexpected(done.error());
    if (const auto done = sortOut(raw, sorted, language, stopped); !done)
        return std::unexpected(done.error());
    QFile::remove(raw);
    const auto bounds = boundsOf(sorted);
    if (!bounds)
        return failure(ErrorCode::InvalidInput, Words::tr("The extract holds no roads. Choose an extract of an inhabited area."));
    extract.m_bounds = *bounds;
    return extract;
}

void OsmExtract::attach(mapnik::Map &map) const
{
    const std::string file = m_folder->filePath(u"sorted.gpkg"_s).toStdString();
    std::map<std::string, mapnik::datasource_ptr> opened;
    for (mapnik::layer &layer : map.layers()) {
        if (layer.datasource())
            continue;
        mapnik::datasource_ptr &source = opened[layer.name()];
        if (!source) {
            mapnik::parameters parameters;
            parameters["type"] = std::string("ogr");
            parameters["file"] = file;
            parameters["layer"] = layer.name();
            source = mapnik::datasource_cache::instance().create(parameters);
        }
        layer.set_datasource(source);
    }
}

} // namespace ioc
