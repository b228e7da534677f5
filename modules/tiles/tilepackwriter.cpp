// SPDX-License-Identifier: GPL-3.0-or-later
#include <tiles/tilepackwriter.h>

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>

#include <sqlite3.h>

#include <filesystem>

using namespace Qt::StringLiterals;

namespace ioc {

namespace {

// tile_at and plain_at point at shared pictures: most of a sea is one picture.
constexpr auto schema = R"(
PRAGMA page_size=4096; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA application_id=0x4d504258;
CREATE TABLE metadata (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE picture (id INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE tile_at (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, picture INTEGER NOT NULL,
    PRIMARY KEY (zoom_level, tile_column, tile_row)) WITHOUT ROWID;
CREATE TABLE plain_at (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, picture INTEGER NOT NULL,
    PRIMARY KEY (zoom_level, tile_column, tile_row)) WITHOUT ROWID;
CREATE VIEW tiles AS SELECT zoom_level, tile_column, tile_row, data AS tile_data
    FROM tile_at JOIN picture ON picture.id = tile_at.picture;
CREATE VIEW plain_tiles AS SELECT zoom_level, tile_column, tile_row, data AS tile_data
    FROM plain_at JOIN picture ON picture.id = plain_at.picture;
BEGIN;
)";

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ioc::TilePackWriter)
};

QString partialPath(const QString &path)
{
    return path + u".partial"_s;
}

} // namespace

Result<TilePackWriter> TilePackWriter::create(const QString &path)
{
    QFile::remove(partialPath(path)); // left by a run that was stopped
    sqlite3 *raw = nullptr;
    const int opened = sqlite3_open_v2(QFile::encodeName(partialPath(path)).constData(), &raw,
                                       SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    TilePackWriter writer;
    writer.m_path = path;
    writer.m_database.reset(raw);
    if (opened != SQLITE_OK || sqlite3_exec(raw, schema, nullptr, nullptr, nullptr) != SQLITE_OK)
        return writer.broken();
    writer.m_metadata = sqlitePrepare(raw, "INSERT OR REPLACE INTO metadata VALUES (?1, ?2)");
    writer.m_picture = sqlitePrepare(raw, "INSERT INTO picture (data) VALUES (?1)");
    writer.m_tile = sqlitePrepare(raw, "INSERT OR REPLACE INTO tile_at VALUES (?1, ?2, ?3, ?4)");
    writer.m_plain = sqlitePrepare(raw, "INSERT OR REPLACE INTO plain_at VALUES (?1, ?2, ?3, ?4)");
    return writer;
}

TilePackWriter::~TilePackWriter()
{
    if (!m_database)
        return;
    m_metadata.reset();
    m_picture.reset();
    m_tile.reset();
    m_plain.reset();
    m_database.reset();
    QFile::remove(partialPath(m_path));
}

std::unexpected<Error> TilePackWriter::broken() const
{
    return failure(ErrorCode::ReadOnly,
                   Words::tr("“%1” cannot be written. Check the folder, the free space and who may write there.")
                       .arg(QDir::toNativeSeparators(m_path)), sqliteDetail(m_database.get()));
}

Result<void> TilePackWriter::run(sqlite3_stmt *statement)
{
    const int state = sqlite3_step(statement);
    sqlite3_reset(statement);
    if (state != SQLITE_DONE)
        return broken();
    return {};
}

Result<void> TilePackWriter::setMetadata(const QString &name, const QString &value)
{
    const QByteArray nameBytes = name.toUtf8();
    const QByteArray valueBytes = value.toUtf8();
    sqlite3_bind_text(m_metadata.get(), 1, nameBytes.constData(), int(nameBytes.size()), SQLITE_STATIC);
    sqlite3_bind_text(m_metadata.get(), 2, valueBytes.constData(), int(valueBytes.size()), SQLITE_STATIC);
    return run(m_metadata.get());
}

Result<qint64> TilePackWriter::pictureId(const QByteArray &picture)
{
    const QByteArray digest = QCryptographicHash::hash(picture, QCryptographicHash::Sha1);
    if (const auto known = m_pictures.constFind(digest); known != m_pictures.cend())
        return *known;
    sqlite3_bind_blob(m_picture.get(), 1, picture.constData(), int(picture.size()), SQLITE_STATIC);
    if (const auto stored = run(m_picture.get()); !stored)
        return std::unexpected(stored.error());
    const qint64 id = sqlite3_last_insert_rowid(m_database.get());
    m_pictures.insert(digest, id);
    return id;
}

Result<void> TilePackWriter::add(Kind kind, TileId id, const QByteArray &picture)
{
    const auto stored = pictureId(picture);
    if (!stored)
        return std::unexpected(stored.error());
    sqlite3_stmt *statement = kind == Kind::Lettered ? m_tile.get() : m_plain.get();
    sqlite3_bind_int(statement, 1, id.z);
    sqlite3_bind_int(statement, 2, id.x);
    sqlite3_bind_int(statement, 3, (1 << id.z) - 1 - id.y);
    sqlite3_bind_int64(statement, 4, *stored);
    return run(statement);
}

Result<void> TilePackWriter::finish()
{
    if (sqlite3_exec(m_database.get(), "COMMIT", nullptr, nullptr, nullptr) != SQLITE_OK)
        return broken();
    m_metadata.reset();
    m_picture.reset();
    m_tile.reset();
    m_plain.reset();
    m_database.reset();
    // One step replaces an older pack; a desktop that has it open keeps reading the old file.
    std::error_code failed;
    std::filesystem::rename(partialPath(m_path).toStdU16String(), m_path.toStdU16String(), failed);
    if (failed) {
        QFile::remove(partialPath(m_path));
        return broken();
    }
    return {};
}

} // namespace ioc
