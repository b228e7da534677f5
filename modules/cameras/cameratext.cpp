// SPDX-License-Identifier: GPL-3.0-or-later
#include "cameratext.h"

#include <QCoreApplication>

namespace ioc {

namespace {

struct CameraText
{
    Q_DECLARE_TR_FUNCTIONS(ioc::CameraText)
};

} // namespace

QString cameraStateText(CameraState state)
{
    switch (state) {
    case CameraState::Idle: return CameraText::tr("Off");
    case CameraState::Connecting: return CameraText::tr("Connecting");
    case CameraState::Live: return CameraText::tr("Live");
    case CameraState::Stalled: return CameraText::tr("Stalled");
    case CameraState::Retrying: return CameraText::tr("Retrying");
    case CameraState::Paused: return CameraText::tr("Paused");
    }
    return {};
}

QString cameraFaultText(CameraFault fault)
{
    switch (fault) {
    case CameraFault::None: return {};
    case CameraFault::BadAddress: return CameraText::tr("This is not a camera address.");
    case CameraFault::Refused: return CameraText::tr("The camera refuses the connection.");
    case CameraFault::Unreachable: return CameraText::tr("The camera cannot be reached.");
    case CameraFault::TimedOut: return CameraText::tr("No usable answer from the camera.");
    case CameraFault::NotFound: return CameraText::tr("The camera has no such stream.");
    case CameraFault::Unauthorized: return CameraText::tr("The camera does not accept the user or password.");
    case CameraFault::NoVideo: return CameraText::tr("The stream carries no video.");
    case CameraFault::NoPicture: return CameraText::tr("Connected, but no picture arrives.");
    case CameraFault::Garbage: return CameraText::tr("The camera sends data that makes no sense.");
    case CameraFault::UnsupportedCodec: return CameraText::tr("This kind of video is not supported.");
    case CameraFault::ConnectionLost: return CameraText::tr("The connection to the camera was lost.");
    }
    return {};
}

QString cameraFaultAdvice(CameraFault fault)
{
    switch (fault) {
    case CameraFault::None: return {};
    case CameraFault::BadAddress: return CameraText::tr("Enter one that begins with rtsp://, rtsps://, http:// or https://.");
    case CameraFault::Refused: return CameraText::tr("Check that it is switched on and that the port is right.");
    case CameraFault::Unreachable: return CameraText::tr("Check its address and the network.");
    case CameraFault::TimedOut: return CameraText::tr("Check that this is a camera's address, and its power and network.");
    case CameraFault::NotFound: return CameraText::tr("Check the path in its address.");
    case CameraFault::Unauthorized: return CameraText::tr("Enter the right ones in the camera's record.");
    case CameraFault::NoVideo: return CameraText::tr("Choose the camera's video stream.");
    case CameraFault::NoPicture: return CameraText::tr("Set its key frame interval to 1 to 2 seconds.");
    case CameraFault::Garbage: return CameraText::tr("Restart the camera, and check that its address is that of a camera.");
    case CameraFault::UnsupportedCodec: return CameraText::tr("Set the camera to H.264 or H.265.");
    case CameraFault::ConnectionLost: return CameraText::tr("It is tried again by itself.");
    }
    return {};
}

} // namespace ioc
