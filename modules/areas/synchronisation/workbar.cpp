// SPDX-License-Identifier: GPL-3.0-or-later
#include <synchronisation/workbar.h>

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

#include <limits>

namespace ioc {

namespace {
constexpr int patienceMs = 1000; // shorter work needs no bar
} // namespace

WorkBar::WorkBar(QWidget *parent) : QWidget(parent), m_what(new QLabel(this)), m_progress(new QProgressBar(this)), m_stop(new QPushButton(tr("Stop"), this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 2, 8, 2);
    m_what->setTextFormat(Qt::PlainText);
    layout->addWidget(m_what);
    layout->addWidget(m_progress, 1);
    layout->addWidget(m_stop);
    hide();
    m_patience.setSingleShot(true);
    m_patience.setInterval(patienceMs);
    connect(&m_patience, &QTimer::timeout, this, &QWidget::show);
    connect(m_stop, &QPushButton::clicked, &m_watcher, &QFutureWatcher<void>::cancel);
    connect(&m_watcher, &QFutureWatcher<void>::progressRangeChanged, this, [this](int least, int most) {
        const bool known = most < std::numeric_limits<int>::max();
        m_progress->setRange(known ? least : 0, known ? most : 0);
    });
    connect(&m_watcher, &QFutureWatcher<void>::progressValueChanged, m_progress, &QProgressBar::setValue);
    connect(&m_watcher, &QFutureWatcher<void>::finished, this, [this] {
        m_patience.stop();
        hide();
        Q_EMIT finished(m_watcher.isCanceled());
    });
}

void WorkBar::follow(const QFuture<void> &work, const QString &what)
{
    m_what->setText(what);
    m_progress->setRange(0, 0);
    m_patience.start();
    m_watcher.setFuture(work);
}

} // namespace ioc
