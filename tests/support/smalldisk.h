// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QString>

#include <sys/mount.h>

namespace ioc::test {

/// A disk of a few megabytes that a test can fill, and give more room: a file system in memory on \a path, a folder. Only who
/// may mount gets one. It is taken away with the object.
class SmallDisk
{
public:
    SmallDisk(const QString &path, int megabytes, uint owner = 0) : m_path(QFile::encodeName(path)), m_owner(owner)
    {
        m_isValid = QDir().mkpath(path) && ::mount("tmpfs", m_path.constData(), "tmpfs", 0, options(megabytes).constData()) == 0;
    }
    ~SmallDisk()
    {
        if (m_isValid)
            ::umount2(m_path.constData(), MNT_DETACH);
    }
    Q_DISABLE_COPY_MOVE(SmallDisk)

    [[nodiscard]] bool isValid() const { return m_isValid; }
    [[nodiscard]] bool resize(int megabytes) const { return ::mount("tmpfs", m_path.constData(), "tmpfs", MS_REMOUNT, options(megabytes).constData()) == 0; }

private:
    [[nodiscard]] QByteArray options(int megabytes) const { return "size=" + QByteArray::number(megabytes) + "m,mode=0700,uid=" + QByteArray::number(m_owner); }

    QByteArray m_path;
    uint m_owner;
    bool m_isValid = false;
};

} // namespace ioc::test
