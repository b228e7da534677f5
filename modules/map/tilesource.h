// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <tiles/tilepack.h>

#include <QCache>
#include <QColor>

#include <vector>

namespace ioc {

/// Answers every tile there can be: from the first pack that has it, else enlarged from a shallower tile, else a plain
/// square in the colour of the sea. Belongs to one thread.
class TileSource
{
public:
    /// Opens what can be opened of \a paths, the first being the one on top, and returns what went wrong with the others.
    QList<Error> open(const QStringList &paths, QColor background);

    /// A PNG or JPEG picture of 256×256; never empty.
    QByteArray tile(TileId id);
    /// Differs whenever a tile may differ.
    const QString &version() const { return m_version; }
    /// Attributions of the opened packs, the top one first, each once.
    QStringList attributions() const;
    /// What the opened packs say of themselves, the top one first.
    QList<TilePackInfo> infos() const;
    bool hasPacks() const { return !m_packs.empty(); }

private:
    std::optional<QByteArray> find(TileId id);
    std::optional<QByteArray> enlarged(TileId id);

    std::vector<TilePack> m_packs;
    QCache<qint64, QByteArray> m_cache{2 * 1024 * 1024}; ///< costs are bytes
    QByteArray m_blank;
    QString m_version;
};

} // namespace ioc
