// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a map pack: opened, asked for tiles, never trusted.
#include <tiles/tilepack.h>

#include <QTemporaryFile>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    QTemporaryFile file;
    if (!file.open())
        return 0;
    file.write(reinterpret_cast<const char *>(data), qint64(size));
    file.flush();
    if (auto pack = ioc::TilePack::open(file.fileName())) {
        const int zoom = pack->info().minZoom;
        (void)pack->tile({zoom, 0, 0});
        (void)pack->plainTile({pack->info().maxZoom, 0, 0});
    }
    return 0;
}
