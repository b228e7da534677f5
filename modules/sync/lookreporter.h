// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/localstore.h>
#include <sync/centralclient.h>

#include <QTimer>

namespace ioc {

class SyncEngine;

/// Tells central of the looks at personal data that were noted here, as soon as it can be reached and until it has taken them.
class LookReporter : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it.
    LookReporter(LocalStore &store, CentralClient &client, SyncEngine &engine, QObject *parent = nullptr);

private:
    void report();
    void send(const QList<Look> &looks);

    LocalStore &m_store;
    CentralClient &m_client;
    SyncEngine &m_engine;
    QTimer m_again;
    bool m_isReporting = false;
};

} // namespace ioc
