// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/centralstorage.h>

#include <QElapsedTimer>
#include <QTimer>

namespace ioc {

/// Numbers what has been committed, by this process or another, within some 50 ms, and tells who waits for it.
class Sequencer : public QObject
{
    Q_OBJECT

public:
    explicit Sequencer(CentralStorage &storage, QObject *parent = nullptr);

    /// Something was committed here: do not wait for the next look.
    void soon();
    /// The newest number known.
    [[nodiscard]] qint64 sequence() const { return m_sequence; }

Q_SIGNALS:
    void advanced(qint64 sequence);

private:
    void look();

    CentralStorage &m_storage;
    QTimer m_timer;
    QElapsedTimer m_sinceAnchor; ///< since the audit journal's anchor was last put into the log
    qint64 m_sequence = 0;
    bool m_busy = false;
    bool m_again = false;
};

} // namespace ioc
