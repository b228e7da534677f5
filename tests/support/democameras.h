// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <wire/feed.h>

#include <QProcess>
#include <QTemporaryDir>
#include <QUrl>

namespace ioc {

/// The demonstration's RTSP server with the clips that the build makes. Ends with the object.
class DemoCameras
{
public:
    /// True when \a count cameras can be watched.
    [[nodiscard]] bool start(int count);
    [[nodiscard]] int port() const { return m_port; }
    /// Address of camera \a number, from 1.
    [[nodiscard]] QUrl url(int number) const;
    /// Camera records around Ho Chi Minh City's centre with these addresses, as the feed brings them; the same ids every time.
    [[nodiscard]] QList<Change> records(int count) const;

    ~DemoCameras();

private:
    QTemporaryDir m_folder;
    QProcess m_server;
    int m_port = 0;
};

} // namespace ioc
