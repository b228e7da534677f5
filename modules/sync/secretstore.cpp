// SPDX-License-Identifier: GPL-3.0-or-later
#include <sync/secretstore.h>

#include <QCoreApplication>
#include <QDir>
#include <QSaveFile>

namespace ioc {

FileSecretStore::FileSecretStore(QString folder) : m_folder(std::move(folder)) {}

QString FileSecretStore::path(const QString &name) const
{
    return m_folder + u'/' + name + QStringLiteral(".secret");
}

std::optional<QByteArray> FileSecretStore::read(const QString &name)
{
    QFile file(path(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return file.readAll();
}

Result<void> FileSecretStore::write(const QString &name, const QByteArray &secret)
{
    QSaveFile file(path(name));
    const bool written = QDir().mkpath(m_folder) && file.open(QIODevice::WriteOnly)
                         && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) && file.write(secret) == secret.size()
                         && file.commit();
    if (written)
        return {};
    return failure(ErrorCode::ReadOnly,
                   QCoreApplication::translate("Sync", "The sign-in cannot be kept on this device: you will be asked again at the next start. Check the rights of %1.").arg(m_folder),
                   file.errorString());
}

void FileSecretStore::remove(const QString &name)
{
    QFile::remove(path(name));
}

} // namespace ioc
