// SPDX-License-Identifier: GPL-3.0-or-later
#include "cameraaddress.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace ioc {

Result<QUrl> checkedCameraAddress(const QUrl &url)
{
    const QString scheme = url.scheme();
    const bool known = scheme == u"rtsp"_s || scheme == u"rtsps"_s || scheme == u"http"_s || scheme == u"https"_s;
    if (!url.isValid() || !known || url.host().isEmpty()) {
        return failure(ErrorCode::InvalidInput,
                       QCoreApplication::translate("ioc::CameraAddress", "This is not a camera address. Enter one that begins with "
                                                                         "rtsp://, rtsps://, http:// or https://."),
                       shownCameraAddress(url));
    }
    return url;
}

QString shownCameraAddress(const QUrl &url)
{
    return url.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
}

} // namespace ioc
