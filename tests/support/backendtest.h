// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <memory>

namespace ioc {

/// A test whose functions run on each of central's databases, skipped where one cannot be had.
class BackendTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void init();
    void cleanup() { end(); }

protected:
    /// Before each function: makes what it needs on \a backend; answers what stands in the way, empty if nothing does.
    virtual QString begin(const QString &backend) = 0;
    /// What is wanted of it besides, with QVERIFY.
    virtual void prepare() {}
    /// After each function, whatever became of it.
    virtual void end() = 0;
};

/// With a \a Central of its own for each function: a class that is made of a backend's name and knows its obstacle().
template <typename Central>
class CentralTest : public BackendTest
{
protected:
    QString begin(const QString &backend) override
    {
        m_central = std::make_unique<Central>(backend);
        return m_central->obstacle();
    }
    void end() override { m_central.reset(); }

    std::unique_ptr<Central> m_central;
};

} // namespace ioc
