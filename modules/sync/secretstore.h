// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>

#include <QByteArray>
#include <QString>

#include <optional>

namespace ioc {

/// Keeps small secrets between two starts of the program.
class SecretStore
{
public:
    virtual ~SecretStore() = default;
    [[nodiscard]] virtual std::optional<QByteArray> read(const QString &name) = 0;
    virtual Result<void> write(const QString &name, const QByteArray &secret) = 0;
    virtual void remove(const QString &name) = 0;
};

/// Files in one folder, readable by their owner alone; written whole or not at all.
class FileSecretStore final : public SecretStore
{
public:
    explicit FileSecretStore(QString folder);
    [[nodiscard]] std::optional<QByteArray> read(const QString &name) override;
    Result<void> write(const QString &name, const QByteArray &secret) override;
    void remove(const QString &name) override;

private:
    [[nodiscard]] QString path(const QString &name) const;
    QString m_folder;
};

} // namespace ioc
