// SPDX-License-Identifier: GPL-3.0-or-later
#include <tiles/tilepack.h>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHash>

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace ioc {

namespace {

constexpr qsizetype largestTile = 4LL * 1024 * 1024;
constexpr int longestValue = 4096;

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ioc::TilePack)
};

std::unexpected<Error> damaged(const QString &path, const QString &detail)
{
    return failure(ErrorCode::Damaged,
                   Words::tr("The map pack “%1” is damaged. The map goes on without it; make the pack anew or copy it again.")
                       .arg(QDir::toNativeSeparators(path)),
                   detail);
}

/// The file's first bytes and its length against the length that its header promises: a copy that was cut short
/// would otherwise open well and fail tile by tile.
Result<void> checkFile(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return failure(ErrorCode::NotFound, Words::tr("The map pack “%1” is missing. Choose another one in the settings.")
                                                .arg(QDir::toNativeSeparators(path)));
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorCode::Denied, Words::tr("The map pack “%1” cannot be read. Check who may read the file.")
                                              .arg(QDir::toNativeSeparators(path)), file.errorString());
    const QByteArray header = file.read(100);
    if (header.size() < 100 || !header.startsWith(QByteArrayView("SQLite format 3\0", 16)))
        return damaged(path, u"no SQLite header"_s);
    const auto byte = [&](int at) { return quint32(uchar(header.at(at))); };
    const quint32 page = byte(16) << 8 | byte(17);
    const qint64 pageSize = page == 1 ? 65536 : page;
    const qint64 pages = qint64(byte(28) << 24 | byte(29) << 16 | byte(30) << 8 | byte(31));
    if (pageSize < 512 || pages == 0 || file.size() < pageSize * pages)
        return damaged(path, u"%1 bytes, the header promises %2 pages of %3"_s.arg(file.size()).arg(pages).arg(pageSize));
    return {};
}

bool isPicture(const QByteArray &bytes)
{
    return bytes.startsWith("\x89PNG\r\n\x1a\n") || bytes.startsWith("\xff\xd8\xff");
}

/// Foreign SQL in the file (views, triggers) gets no side effects and no unbounded work.
void restrict(sqlite3 *database)
{
    sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    sqlite3_limit(database, SQLITE_LIMIT_LENGTH, int(largestTile) + 1024);
    sqlite3_limit(database, SQLITE_LIMIT_VDBE_OP, 20000);
    // A tile is found by index within a few steps; a view made to run for ever is stopped.
    sqlite3_progress_handler(database, 2'000'000, [](void *) { return 1; }, nullptr);
    sqlite3_exec(database, "PRAGMA query_only=ON; PRAGMA cache_size=-512; PRAGMA mmap_size=0", nullptr, nullptr, nullptr);
}

std::optional<QHash<QString, QString>> readMetadata(sqlite3 *database)
{
    const SqliteStatement statement = sqlitePrepare(database, "SELECT name, value FROM metadata LIMIT 200");
    if (!statement)
        return {};
    QHash<QString, QString> values;
    int state = 0;
    while ((state = sqlite3_step(statement.get())) == SQLITE_ROW)
        values.insert(sqliteText(statement.get(), 0), sqliteText(statement.get(), 1).left(longestValue));
    return state == SQLITE_DONE ? std::optional(values) : std::nullopt;
}

std::optional<GeoBounds> parseBounds(const QString &text)
{
    if (text.isEmpty())
        return GeoBounds{};
    const QStringList parts = text.split(u',');
    if (parts.size() != 4)
        return {};
    double value[4];
    for (int i = 0; i < 4; ++i) {
        bool ok = false;
        value[i] = parts.at(i).trimmed().toDouble(&ok);
        const double limit = i % 2 == 0 ? 180.0 : 90.0;
        if (!ok || !(value[i] >= -limit && value[i] <= limit))
            return {};
    }
    if (value[0] >= value[2] || value[1] >= value[3])
        return {};
    return GeoBounds{value[0], value[1], value[2], value[3]};
}

/// The zooms that the tiles really have, for packs whose metadata does not say.
std::optional<std::pair<int, int>> zoomsOfTiles(sqlite3 *database)
{
    const SqliteStatement statement = sqlitePrepare(database, "SELECT min(zoom_level), max(zoom_level) FROM tiles");
    if (!statement || sqlite3_step(statement.get()) != SQLITE_ROW || sqlite3_column_type(statement.get(), 0) == SQLITE_NULL)
        return {};
    return std::pair(sqlite3_column_int(statement.get(), 0), sqlite3_column_int(statement.get(), 1));
}

std::optional<std::pair<int, int>> parseZooms(const QHash<QString, QString> &values, sqlite3 *database)
{
    bool okMin = false;
    bool okMax = false;
    std::optional zooms = std::pair(values.value(u"minzoom"_s).toInt(&okMin), values.value(u"maxzoom"_s).toInt(&okMax));
    if (!okMin || !okMax)
        zooms = zoomsOfTiles(database);
    if (!zooms || zooms->first < 0 || zooms->second > deepestZoom || zooms->first > zooms->second)
        return {};
    return zooms;
}

Result<TilePackInfo> readInfo(const QString &path, sqlite3 *database)
{
    const auto values = readMetadata(database);
    if (!values)
        return damaged(path, u"metadata: "_s + sqliteDetail(database));
    const QString format = values->value(u"format"_s, u"png"_s).toLower();
    if (format != u"png"_s && format != u"jpg"_s && format != u"jpeg"_s)
        return failure(ErrorCode::Unsupported,
                       Words::tr("The map pack “%1” does not hold pictures (PNG or JPEG). Choose a raster map pack.")
                           .arg(QDir::toNativeSeparators(path)), u"format "_s + format);
    const auto bounds = parseBounds(values->value(u"bounds"_s));
    const auto zooms = parseZooms(*values, database);
    if (!bounds || !zooms)
        return damaged(path, u"bounds or zooms are no sense"_s);
    TilePackInfo info{.name = values->value(u"name"_s, QFileInfo(path).completeBaseName()),
                      .attribution = values->value(u"attribution"_s),
                      .version = values->value(u"version"_s),
                      .bounds = *bounds, .minZoom = zooms->first, .maxZoom = zooms->second};
    const QFileInfo file(path);
    info.version += u'-' + QString::number(file.lastModified().toMSecsSinceEpoch(), 36) + u'-' + QString::number(file.size(), 36);
    return info;
}

} // namespace

Result<TilePack> TilePack::open(const QString &path)
{
    if (const auto checked = checkFile(path); !checked)
        return std::unexpected(checked.error());
    sqlite3 *raw = nullptr;
    const int opened = sqlite3_open_v2(QFile::encodeName(path).constData(), &raw,
                                       SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nullptr);
    TilePack pack;
    pack.m_path = path;
    pack.m_database.reset(raw);
    if (opened != SQLITE_OK)
        return damaged(path, sqliteDetail(raw));
    restrict(raw);
    pack.m_tile = sqlitePrepare(raw, "SELECT tile_data FROM tiles WHERE zoom_level=?1 AND tile_column=?2 AND tile_row=?3");
    if (!pack.m_tile)
        return damaged(path, u"tiles: "_s + sqliteDetail(raw));
    pack.m_plain = sqlitePrepare(raw, "SELECT tile_data FROM plain_tiles WHERE zoom_level=?1 AND tile_column=?2 AND tile_row=?3");
    auto info = readInfo(path, raw);
    if (!info)
        return std::unexpected(info.error());
    pack.m_info = *std::move(info);
    return pack;
}

bool TilePack::covers(TileId id) const
{
    return id.isValid() && id.z >= m_info.minZoom && id.z <= m_info.maxZoom && tilesOf(m_info.bounds, id.z).contains(id);
}

std::optional<QByteArray> TilePack::tile(TileId id)
{
    return covers(id) ? read(m_tile.get(), id) : std::nullopt;
}

std::optional<QByteArray> TilePack::plainTile(TileId id)
{
    return m_plain && covers(id) ? read(m_plain.get(), id) : std::nullopt;
}

std::optional<QByteArray> TilePack::read(sqlite3_stmt *statement, TileId id)
{
    sqlite3_reset(statement);
    sqlite3_bind_int(statement, 1, id.z);
    sqlite3_bind_int(statement, 2, id.x);
    sqlite3_bind_int(statement, 3, (1 << id.z) - 1 - id.y); // MBTiles counts rows from the south
    if (sqlite3_step(statement) != SQLITE_ROW)
        return {};
    QByteArray bytes = sqliteBlob(statement, 0);
    sqlite3_reset(statement);
    if (bytes.size() > largestTile || !isPicture(bytes))
        return {};
    return bytes;
}

} // namespace ioc
