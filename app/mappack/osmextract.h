// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <tiles/tilemath.h>

#include <QString>
#include <QTemporaryDir>

#include <atomic>

namespace mapnik {
class Map;
}

namespace ioc {

/// An OpenStreetMap extract sorted into tables that are drawn one by one. GDAL's ogr2ogr does the work in a process of
/// its own, so that a broken extract cannot take this one down.
class OsmExtract
{
public:
    /// Names are taken in \a language ("vi", "en") where the extract has them.
    static Result<OsmExtract> read(const QString &path, const QString &language, const std::atomic_bool &stopped);

    /// Where the extract's data lies.
    const GeoBounds &bounds() const { return m_bounds; }
    /// Gives the layers of \a map that are named like a table their data. Each call opens files anew: what is
    /// attached to one map must be used on one thread only.
    void attach(mapnik::Map &map) const;

private:
    OsmExtract() = default;

    std::shared_ptr<QTemporaryDir> m_folder; ///< removed with the last user
    GeoBounds m_bounds;
};

} // namespace ioc
