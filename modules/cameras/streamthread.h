// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QThread>
#include <QUrl>

#include <memory>

namespace ioc {

class StreamLink;

/// The thread of one try: opens the stream, then hands its newest picture to the link until it fails or is stopped.
class StreamThread final : public QThread
{
    Q_OBJECT

public:
    /// \a url must have been checked (checkedCameraAddress).
    StreamThread(QUrl url, std::shared_ptr<StreamLink> link);

protected:
    void run() override;

private:
    QUrl m_url;
    std::shared_ptr<StreamLink> m_link;
};

} // namespace ioc
