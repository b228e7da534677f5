// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/query.h>

#include <QObject>

namespace ioc {

/// How areas meet without knowing each other: what one asks for, the main window carries to the others.
class Workspace : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Makes \a record the one everybody shows: the map moves there, its card opens.
    virtual void selectRecord(const QString &type, const Id &record) = 0;
    /// Moves the map; zoom 0 keeps it.
    virtual void focusPlace(double latitude, double longitude, double zoom) = 0;
    /// Brings cameras to the front of the wall; the first one is enlarged when \a enlarge.
    virtual void showCameras(const QList<Id> &cameras, bool enlarge) = 0;
    /// Opens the records behind a figure, under \a title.
    virtual void showRecords(const Query &query, const QString &title) = 0;
    /// Opens the form of a record; a null id: a new one, with \a values filled in.
    virtual void editRecord(const QString &type, const Id &record, const Values &values) = 0;
    /// One line at the foot of the window for a while, with something that can be done about it.
    virtual void tell(const QString &message, const QString &actionText = {}, const std::function<void()> &action = {}) = 0;

Q_SIGNALS:
    void recordSelected(const QString &type, const ioc::Id &record);
    void stillTaken(const ioc::Id &camera, const QImage &image);
};

} // namespace ioc
