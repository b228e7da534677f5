// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <tiles/tilepack.h>

#include <QColor>
#include <QObject>
#include <QThread>
#include <QUrl>

#include <atomic>
#include <functional>
#include <memory>

namespace ioc {

/// A server on the loopback interface, on a thread of its own, from which the map component takes its tiles. It
/// answers every tile (see TileSource), so the map never waits for something that will not come.
class TileService : public QObject
{
    Q_OBJECT

public:
    /// What packs were opened, and what was wrong with the others.
    struct Opened
    {
        QUrl address;             ///< tiles are at ADDRESS/z/x/y.png; new whenever the pictures may differ
        QString version;
        QStringList attributions; ///< plain text
        QList<TilePackInfo> infos; ///< of those opened, topmost first
        QList<Error> failures;
    };

    explicit TileService(QObject *parent = nullptr);
    ~TileService() override;

    /// Opens \a packs, topmost first; answered by opened(). \a background fills what no pack knows.
    void setPacks(const QStringList &packs, QColor background);
    /// Tiles answered since the last setPacks().
    qint64 answered() const { return m_answered; }

Q_SIGNALS:
    void opened(const ioc::TileService::Opened &result);
    /// A tile's picture was handed to the map component.
    void answeredTile(ioc::TileId id);

private:
    class Server;

    QThread m_thread;
    Server *m_server; ///< lives on m_thread
    std::atomic<qint64> m_answered = 0;
};

} // namespace ioc
