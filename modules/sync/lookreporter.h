// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/localstore.h>
#include <sync/centralclient.h>

#include <QSet>
#include <QTimer>

namespace ioc {

class SyncEngine;

/// Tells central of the looks at personal data that were noted here, as soon as it can be reached and until it has taken them. One that it
/// refuses (it may be older than this program) stays noted, holds up no other, and is offered again when the program starts next.
class LookReporter : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it.
    LookReporter(LocalStore &store, CentralClient &client, SyncEngine &engine, QObject *parent = nullptr);

private:
    void report();
    void send(const QList<Look> &looks);
    void refused(const QList<Look> &looks, const Error &why);

    LocalStore &m_store;
    CentralClient &m_client;
    SyncEngine &m_engine;
    QTimer m_again;
    bool m_isReporting = false;
    qsizetype m_atOnce = 0;
    QSet<Id> m_refused;
};

} // namespace ioc
