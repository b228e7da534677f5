// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ui/uicontext.h>

#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace ioc {

/// The nearest cameras and places of a point, each a button that goes there.
class NearbyWidget : public QWidget
{
    Q_OBJECT

public:
    explicit NearbyWidget(UiContext &context, QWidget *parent = nullptr);
    /// Looks around a point in degrees.
    void setPoint(double latitude, double longitude);
    void clear();

private:
    struct Found { QString type; StoredRecord row; double metres; };
    void add(const QString &type, const QList<StoredRecord> &rows);
    void show();
    QPushButton *line(const RecordType &type, const QString &title, const QString &distance);

    UiContext &m_context;
    QVBoxLayout *m_layout;
    QList<Found> m_found;
    double m_latitude = 0;
    double m_longitude = 0;
    quint64 m_generation = 0;
};

} // namespace ioc
