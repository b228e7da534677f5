// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/mainwindow.h>
#include <desktop/screenreport.h>

#include <base/clock.h>
#include <complaints/complaintdetailwidget.h>
#include <complaints/complaintqueuewidget.h>
#include <leadership/indicatorpane.h>
#include <situation/camerapane.h>
#include <situation/mappane.h>
#include <ui/recordtablewidget.h>

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QScreen>
#include <QTableView>

#include <algorithm>
#include <unistd.h>

namespace ioc {

namespace {
constexpr int lookMs = 20;

QJsonArray rectangle(const QWidget &widget)
{
    const QRect rect(widget.mapTo(widget.window(), QPoint()), widget.size());
    return {rect.x(), rect.y(), rect.width(), rect.height()};
}

// Of this process, where the system tells it; else 0.
qint64 residentBytes()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    return file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE) : 0;
}
} // namespace

ScreenReport::ScreenReport(MainWindow &window, const QString &picture, int timeoutMs, QObject *parent)
    : QObject(parent), m_window(window), m_picture(picture), m_deadlineMs(SystemClock().monotonicMs() + timeoutMs)
{
    m_look.setInterval(lookMs);
    connect(&m_look, &QTimer::timeout, this, &ScreenReport::look);
    m_look.start();
}

QStringList ScreenReport::missing() const
{
    QStringList out = missingForWork();
    if (!m_window.cameraPane().wall().status().complete())
        out += QStringLiteral("camera pictures");
    if (m_chosen && !m_window.detail().isTimelineRead())
        out += QStringLiteral("complaint timeline");
    return out;
}

QStringList ScreenReport::missingForWork() const
{
    QStringList out;
    const MapStatus map = m_window.mapPane().map().status();
    if (!m_window.mapPane().layersRead())
        out += QStringLiteral("map layers");
    if (!map.idle || map.tilesLoaded == 0)
        out += QStringLiteral("map tiles");
    if (map.pointsDrawn == 0)
        out += QStringLiteral("map points");
    if (!m_window.indicatorPane().isComplete())
        out += QStringLiteral("indicators");
    RecordTableModel &queue = m_window.queue().table().model();
    if (!queue.isComplete() || queue.rowCount() == 0 || queue.readRows() == 0)
        out += QStringLiteral("queue rows");
    return out;
}

QJsonObject ScreenReport::panes() const
{
    const MapStatus map = m_window.mapPane().map().status();
    const CameraWallStatus cameras = m_window.cameraPane().wall().status();
    RecordTableWidget &queue = m_window.queue().table();
    const QStringList left = missing();
    return {{QStringLiteral("complete"), left.isEmpty()},
            {QStringLiteral("usable_at_ms"), m_usableAtMs},
            {QStringLiteral("complete_at_ms"), m_completeAtMs},
            {QStringLiteral("resident_bytes"), m_residentBytes},
            {QStringLiteral("missing"), QJsonArray::fromStringList(left)},
            {QStringLiteral("map"), QJsonObject{{QStringLiteral("rect"), rectangle(m_window.mapPane())},
                                                {QStringLiteral("tiles"), map.tilesLoaded},
                                                {QStringLiteral("points"), map.pointsTotal},
                                                {QStringLiteral("points_in_view"), map.pointsDrawn},
                                                {QStringLiteral("clusters"), map.clusters}}},
            {QStringLiteral("cameras"), QJsonObject{{QStringLiteral("rect"), rectangle(m_window.cameraPane())},
                                                    {QStringLiteral("total"), cameras.total},
                                                    {QStringLiteral("visible"), cameras.visible},
                                                    {QStringLiteral("live"), cameras.live},
                                                    {QStringLiteral("pictures"), cameras.framesShown}}},
            {QStringLiteral("indicators"), m_window.indicatorPane().report(rectangle(m_window.indicatorPane()))},
            {QStringLiteral("queue"), QJsonObject{{QStringLiteral("rect"), rectangle(m_window.queue())},
                                                  {QStringLiteral("rows"), queue.model().rowCount()},
                                                  {QStringLiteral("rows_read"), queue.model().readRows()}}},
            {QStringLiteral("complaint"), QJsonObject{{QStringLiteral("rect"), rectangle(m_window.detail())},
                                                      {QStringLiteral("id"), m_window.detail().complaint().id.toString()},
                                                      {QStringLiteral("timeline"), m_window.detail().timelineEntries()}}}};
}

// That the map is at rest is known some time after it came to rest.
void ScreenReport::noteUsable()
{
    if (m_usableAtMs != 0)
        return;
    const qint64 now = SystemClock().nowMs();
    const QStringList left = missingForWork();
    const bool isMapAlone = left.isEmpty() || left == QStringList{QStringLiteral("map tiles")};
    m_restAtMs = !isMapAlone ? 0 : m_restAtMs == 0 ? now : m_restAtMs;
    if (left.isEmpty())
        m_usableAtMs = std::max(m_restAtMs, now - m_window.mapPane().map().status().idleForMs);
}

void ScreenReport::look()
{
    const bool late = SystemClock().monotonicMs() > m_deadlineMs;
    RecordTableWidget &queue = m_window.queue().table();
    noteUsable();
    if (!m_chosen && missing().isEmpty()) { // one complaint is chosen, as an operator's screen has it
        m_chosen = true;
        m_completeAtMs = SystemClock().nowMs();
        m_residentBytes = residentBytes(); // before the picture is taken
        queue.table().selectRow(0);
        return;
    }
    if ((!m_chosen || !missing().isEmpty()) && !late)
        return;
    m_look.stop();
    save();
}

void ScreenReport::save()
{
    const QRect frame = m_window.frameGeometry();
    const QPixmap picture = m_window.screen()->grabWindow(0, frame.x(), frame.y(), frame.width(), frame.height());
    const QFileInfo beside(m_picture);
    QFile json(beside.path() + u'/' + beside.completeBaseName() + QStringLiteral(".json"));
    const bool saved = picture.save(m_picture) && json.open(QIODevice::WriteOnly)
                       && json.write(QJsonDocument(panes()).toJson(QJsonDocument::Indented)) > 0;
    if (!saved)
        qCritical("The picture could not be saved to %s", qUtf8Printable(m_picture));
    Q_EMIT finished(saved && missing().isEmpty());
}

} // namespace ioc
