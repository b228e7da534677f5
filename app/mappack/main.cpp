// SPDX-License-Identifier: GPL-3.0-or-later
#include "packjob.h"
#include "renderer.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <csignal>
#include <cstdio>
#include <thread>

using namespace Qt::StringLiterals;
using namespace ioc;

namespace {

std::atomic_bool stopped = false;

void print(const QString &text)
{
    std::fprintf(stderr, "%s\n", qPrintable(text));
}

bool parseZoom(const QString &text, PackRequest &request)
{
    const QStringList ends = text.split(u'-');
    bool okMin = false;
    bool okMax = false;
    request.minZoom = ends.first().toInt(&okMin);
    request.maxZoom = ends.last().toInt(&okMax);
    return okMin && okMax && ends.size() <= 2 && request.minZoom >= 0 && request.minZoom <= request.maxZoom && request.maxZoom <= 18;
}

struct Options
{
    QCommandLineOption theme{u"theme"_s, QCoreApplication::translate("main", "light or dark."), u"theme"_s, u"light"_s};
    QCommandLineOption language{u"language"_s, QCoreApplication::translate("main", "Language of names: vi or en."), u"language"_s, u"vi"_s};
    QCommandLineOption zoom{u"zoom"_s, QCoreApplication::translate("main", "Zoom levels, for example 0-9."), u"zoom"_s};
    QCommandLineOption threads{u"threads"_s, QCoreApplication::translate("main", "Threads that draw."), u"count"_s};
    QCommandLineOption fonts{u"fonts"_s, QCoreApplication::translate("main", "Folder of Noto Sans."), u"folder"_s};
};

/// The request, or nothing when the command line makes no sense.
std::optional<PackRequest> parse(const QCommandLineParser &parser, const Options &options)
{
    const QStringList words = parser.positionalArguments();
    const bool base = words.value(0) == u"basemap"_s && words.size() == 2;
    const bool streets = words.value(0) == u"osm"_s && words.size() == 3;
    PackRequest request;
    request.theme = parser.value(options.theme);
    request.language = parser.value(options.language);
    request.threads = parser.isSet(options.threads) ? parser.value(options.threads).toInt() : int(std::thread::hardware_concurrency());
    if (request.threads < 1 || request.threads > 64)
        return {};
    request.target = words.value(base ? 1 : 2);
    request.source = streets ? words.value(1) : QString();
    const QString zoom = parser.isSet(options.zoom) ? parser.value(options.zoom) : base ? u"0-9"_s : u"10-16"_s;
    const bool known = (request.theme == u"light"_s || request.theme == u"dark"_s)
        && (request.language == u"vi"_s || request.language == u"en"_s);
    if (!(base || streets) || !known || !parseZoom(zoom, request))
        return {};
    return request;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(u"tourism-ioc-mappack"_s);
    QCommandLineParser parser;
    parser.setApplicationDescription(QCoreApplication::translate("main", "Makes map packs (MBTiles) for Tourism IOC.\n"
        "  tourism-ioc-mappack basemap OUT.mbtiles           seas, countries, provinces and islands\n"
        "  tourism-ioc-mappack osm EXTRACT.osm.pbf OUT.mbtiles   streets of an OpenStreetMap extract"));
    const Options options;
    parser.addOptions({options.theme, options.language, options.zoom, options.threads, options.fonts});
    parser.addHelpOption();
    parser.process(app);
    const auto request = parse(parser, options);
    if (!request) {
        print(parser.helpText());
        return 2;
    }
    for (const int number : {SIGINT, SIGTERM})
        std::signal(number, [](int) { stopped = true; });
    auto made = Renderer::prepare(parser.value(options.fonts));
    if (made)
        made = request->source.isEmpty() ? makeBasemapPack(*request, stopped) : makeStreetPack(*request, stopped);
    if (!made) {
        print(made.error().message);
        if (!made.error().detail.isEmpty())
            print(made.error().detail);
        return made.error().code == ErrorCode::Cancelled ? 130 : 1;
    }
    return 0;
}
