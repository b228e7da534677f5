// SPDX-License-Identifier: GPL-3.0-or-later
#include <situation/camerapane.h>
#include <ui/emptystatewidget.h>
#include <ui/workspace.h>

#include <QSettings>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace ioc {

namespace {
QString cameraType() { return QStringLiteral("camera"); }
constexpr int nearestShown = 4;
} // namespace

CameraPane::CameraPane(UiContext &context, QWidget *parent)
    : QWidget(parent), m_context(context), m_wall(new CameraWallWidget(context.clock, this)), m_empty(new EmptyStateWidget(context.theme, this)),
      m_stack(new QStackedWidget(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    m_stack->addWidget(m_wall);
    m_stack->addWidget(m_empty);
    m_empty->setContent(QStringLiteral("camera"), tr("No cameras yet. Add them in the catalogue."), tr("Add a camera"));
    connect(m_empty, &EmptyStateWidget::actionTriggered, this, [this] { m_context.workspace.editRecord(cameraType(), {}, {{QStringLiteral("active"), true}}); });
    m_wall->setPageSize(QSettings().value(QStringLiteral("cameras/page_size"), 4).toInt());
    connect(m_wall, &CameraWallWidget::pageSizeChanged, this, [](int count) { QSettings().setValue(QStringLiteral("cameras/page_size"), count); });
    connect(m_wall, &CameraWallWidget::stillTaken, &context.workspace, &Workspace::stillTaken);
    connect(m_wall, &CameraWallWidget::stillFailed, this, [this](const Id &, const Error &error) { m_context.workspace.tell(error.message); });
    m_again.setSingleShot(true);
    m_again.setInterval(300);
    connect(&m_again, &QTimer::timeout, this, &CameraPane::read);
    connect(&context.store, &LocalStore::changed, this, [this](const StoreChange &change) {
        if (change.everything || change.changed.contains(cameraType()) || change.removed.contains(cameraType()))
            m_again.start();
    });
    connect(&context.theme, &Theme::changed, this, &CameraPane::restyle);
    restyle();
    read();
}

void CameraPane::restyle()
{
    const Theme &theme = m_context.theme;
    CameraColors colors;
    colors.live = theme.colour(Tone::Good);
    colors.waiting = theme.colour(Tone::Warning);
    colors.failed = theme.colour(Tone::Danger);
    colors.off = theme.colour(Tone::Muted);
    m_wall->setColors(colors);
}

void CameraPane::read()
{
    Query query{.type = cameraType(), .filters = {{QStringLiteral("active"), Filter::Op::OneOf, {QCborValue(true)}}}, .sortField = QStringLiteral("name")};
    m_context.store.keys(query).then(this, [this](const Result<QList<qint64>> &keys) {
        if (!keys)
            return;
        m_context.store.rows(cameraType(), *keys).then(this, [this](const Result<QList<StoredRecord>> &rows) {
            if (!rows)
                return;
            QList<CameraInfo> cameras;
            m_names.clear();
            for (const StoredRecord &row : *rows) {
                const QString name = row.record.text(QStringLiteral("name"));
                cameras += CameraInfo{.id = row.record.id, .name = name, .url = QUrl(row.record.text(QStringLiteral("url")))};
                m_names.insert(row.record.id, name);
            }
            m_wall->setCameras(cameras);
            m_stack->setCurrentWidget(cameras.isEmpty() ? static_cast<QWidget *>(m_empty) : m_wall);
            m_read = true;
        });
    });
}

void CameraPane::showCameras(const QList<Id> &cameras, bool enlarge)
{
    m_wall->showNearest(cameras);
    if (enlarge && !cameras.isEmpty())
        m_wall->enlarge(cameras.first());
}

void CameraPane::showNearest(double latitude, double longitude)
{
    m_context.store.nearest(cameraType(), latitude, longitude, nearestShown).then(this, [this](const Result<QList<StoredRecord>> &rows) {
        if (!rows)
            return;
        QList<Id> ids;
        for (const StoredRecord &row : *rows)
            ids += row.record.id;
        m_wall->showNearest(ids);
    });
}

} // namespace ioc
