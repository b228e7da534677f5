// SPDX-License-Identifier: GPL-3.0-or-later
#include <complaints/nearbywidget.h>

#include <ui/elidedlabel.h>
#include <ui/workspace.h>

#include <QCborArray>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <cmath>

namespace ioc {

namespace {
constexpr int camerasShown = 3;
constexpr int placesShown = 4;
constexpr int lineHeight = 28;

// Equirectangular: exact to a metre or so over the few kilometres that "near" means.
double metresBetween(double lat1, double lon1, double lat2, double lon2)
{
    constexpr double degree = 111'320;
    const double dy = (lat2 - lat1) * degree;
    const double dx = (lon2 - lon1) * degree * std::cos(lat1 * M_PI / 180);
    return std::hypot(dx, dy);
}
} // namespace

NearbyWidget::NearbyWidget(UiContext &context, QWidget *parent) : QWidget(parent), m_context(context), m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
}

void NearbyWidget::clear()
{
    ++m_generation;
    m_found.clear();
    show();
}

void NearbyWidget::setPoint(double latitude, double longitude)
{
    clear();
    m_latitude = latitude;
    m_longitude = longitude;
    const quint64 generation = m_generation;
    for (const RecordType *type : m_context.catalog().types()) {
        if (type->group != RecordType::Group::Catalogue || !type->placeField())
            continue;
        const int count = type->name == u"camera" ? camerasShown : placesShown;
        m_context.store.nearest(type->name, latitude, longitude, count).then(this, [this, generation, name = type->name](const Result<QList<StoredRecord>> &rows) {
            if (generation == m_generation && rows)
                add(name, *rows);
        });
    }
}

void NearbyWidget::add(const QString &type, const QList<StoredRecord> &rows)
{
    const Field *place = m_context.catalog().type(type)->placeField();
    for (const StoredRecord &row : rows) {
        const QCborArray pair = row.record.value(place->name).toArray();
        if (pair.size() == 2)
            m_found += {type, row, metresBetween(m_latitude, m_longitude, pair[0].toDouble(), pair[1].toDouble())};
    }
    std::ranges::sort(m_found, [](const Found &a, const Found &b) {
        const bool cameraA = a.type == u"camera";
        const bool cameraB = b.type == u"camera";
        return cameraA != cameraB ? cameraA : a.metres < b.metres; // cameras first: what an operator looks for
    });
    show();
}

// A long name is elided, never its distance.
QPushButton *NearbyWidget::line(const RecordType &type, const QString &title, const QString &distance)
{
    auto *button = new QPushButton(this);
    button->setProperty("look", QStringLiteral("link"));
    button->setFixedHeight(lineHeight);
    button->setAccessibleName(QStringLiteral("%1: %2, %3").arg(type.label.in(m_context.language), title, distance));
    button->setToolTip(type.label.in(m_context.language));
    auto *row = new QHBoxLayout(button);
    row->setContentsMargins(6, 0, 6, 0);
    row->setSpacing(8);
    auto *icon = new QLabel(button);
    icon->setPixmap(m_context.theme.icon(type.icon, Tone::Muted).pixmap(16, 16));
    auto *name = new ElidedLabel(title, button);
    auto *far = new QLabel(distance, button);
    far->setProperty("role", QStringLiteral("muted"));
    row->addWidget(icon);
    row->addWidget(name, 1);
    row->addWidget(far);
    for (QWidget *part : {static_cast<QWidget *>(icon), static_cast<QWidget *>(name), static_cast<QWidget *>(far)})
        part->setAttribute(Qt::WA_TransparentForMouseEvents);
    return button;
}

void NearbyWidget::show()
{
    while (QLayoutItem *item = m_layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    int places = 0;
    for (const Found &found : std::as_const(m_found)) {
        const bool camera = found.type == u"camera";
        if (!camera && ++places > placesShown)
            continue;
        const RecordType &type = *m_context.catalog().type(found.type);
        const QString distance = found.metres < 1000 ? tr("%1 m").arg(m_context.format.number(std::round(found.metres / 10) * 10))
                                                     : tr("%1 km").arg(m_context.format.number(found.metres / 1000, 1));
        QPushButton *button = line(type, type.title(found.row.record.values, m_context.language), distance);
        connect(button, &QPushButton::clicked, this, [this, name = found.type, id = found.row.record.id, camera] {
            if (camera)
                m_context.workspace.showCameras({id}, true);
            else
                m_context.workspace.selectRecord(name, id);
        });
        m_layout->addWidget(button);
    }
}

} // namespace ioc
