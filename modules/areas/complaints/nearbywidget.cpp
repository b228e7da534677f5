// SPDX-License-Identifier: GPL-3.0-or-later
#include <complaints/nearbywidget.h>

#include <ui/workspace.h>

#include <QCborArray>
#include <QPushButton>
#include <QVBoxLayout>

#include <cmath>

namespace ioc {

namespace {
constexpr int camerasShown = 3;
constexpr int placesShown = 4;

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
        auto *button = new QPushButton(m_context.theme.icon(type.icon, Tone::Muted),
                                       QStringLiteral("%1 · %2").arg(type.title(found.row.record.values, m_context.language).replace(u'&', QStringLiteral("&&")), distance), this);
        button->setProperty("look", QStringLiteral("link"));
        button->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        button->setMinimumWidth(80);
        button->setToolTip(type.label.in(m_context.language));
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
