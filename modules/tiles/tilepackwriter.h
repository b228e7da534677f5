// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <tiles/sqlitefile.h>
#include <tiles/tilemath.h>

#include <QHash>

namespace ioc {

/// Writes an MBTiles file as PATH.partial and gives it its name only when it is whole; equal pictures are kept once.
/// Without finish() the partial file is removed. Belongs to one thread.
class TilePackWriter
{
public:
    /// Lettered tiles are shown as they are, plain ones are enlarged where there is no deeper tile.
    enum class Kind { Lettered, Plain };

    static Result<TilePackWriter> create(const QString &path);
    TilePackWriter(TilePackWriter &&) = default;
    TilePackWriter &operator=(TilePackWriter &&) = default;
    ~TilePackWriter();

    Result<void> setMetadata(const QString &name, const QString &value);
    Result<void> add(Kind kind, TileId id, const QByteArray &picture);
    Result<void> finish();

private:
    TilePackWriter() = default;
    Result<void> run(sqlite3_stmt *statement);
    Result<qint64> pictureId(const QByteArray &picture);
    std::unexpected<Error> broken() const;

    QString m_path;
    SqliteHandle m_database;
    SqliteStatement m_metadata;
    SqliteStatement m_picture;
    SqliteStatement m_tile;
    SqliteStatement m_plain;
    QHash<QByteArray, qint64> m_pictures;
};

} // namespace ioc
