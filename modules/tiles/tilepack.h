// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <tiles/sqlitefile.h>
#include <tiles/tilemath.h>

#include <optional>

namespace ioc {

/// What a pack says about itself, checked: zooms within 0…22 and in order, bounds on the globe.
struct TilePackInfo
{
    QString name;
    QString attribution; ///< plain text, to be shown on the map
    QString version;     ///< changes when the pack is made anew
    GeoBounds bounds;
    int minZoom = 0;
    int maxZoom = 0;
};

/// An MBTiles file of PNG or JPEG tiles, opened read-only. Nothing in the file is trusted: a file that is damaged, cut
/// short or something else is an Error at open(), and a tile that is not a picture reads as absent.
/// Belongs to one thread.
class TilePack
{
public:
    static Result<TilePack> open(const QString &path);

    const QString &path() const { return m_path; }
    const TilePackInfo &info() const { return m_info; }
    /// True when \a id lies within the pack's zooms and bounds, whether or not there is a tile.
    bool covers(TileId id) const;
    /// The picture's bytes; nothing when the pack has no such tile.
    std::optional<QByteArray> tile(TileId id);
    /// The same without lettering, made to be enlarged; only base maps have such.
    std::optional<QByteArray> plainTile(TileId id);

private:
    TilePack() = default;
    static std::optional<QByteArray> read(sqlite3_stmt *statement, TileId id);

    QString m_path;
    TilePackInfo m_info;
    SqliteHandle m_database;
    SqliteStatement m_tile;
    SqliteStatement m_plain;
};

} // namespace ioc
