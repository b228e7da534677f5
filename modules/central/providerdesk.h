// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/providerdirectory.h>
#include <central/sessiondesk.h>
#include <wire/provider.h>

namespace ioc {

/// Signs in whom a city's single sign-on knows: the ID token that it gave the person's device is checked whole, and its login belongs to an
/// account here. Makes no accounts. Lives on the HTTP thread.
class ProviderDesk : public QObject
{
    Q_OBJECT

public:
    /// \a sessions has to outlive it. No settings: everything is answered NotFound.
    ProviderDesk(CentralStorage &storage, SessionDesk &sessions, const std::optional<ProviderSettings> &settings, QObject *parent = nullptr);

    /// What a desktop needs to know of it.
    void offer(const HttpReplyPointer &reply);
    /// \a version is that of the device's program, as it tells.
    void open(const HttpReplyPointer &reply, const QByteArray &body, const QString &version);

private:
    struct Asked : ProviderSignIn
    {
        QString version;
        Jwt token;
    };
    void check(const HttpReplyPointer &reply, const Asked &request, const Result<ProviderDirectory::Published> &published);
    /// The login that proved \a claims are good for.
    [[nodiscard]] Result<QString> loginIn(const QJsonObject &claims) const;
    void admit(const HttpReplyPointer &reply, const Asked &request, const QString &login);
    void refuse(const HttpReplyPointer &reply, const Id &device, const Error &why);
    [[nodiscard]] Error unavailable(const Error &why) const;
    [[nodiscard]] static Error none();

    CentralStorage &m_storage;
    SessionDesk &m_sessions;
    std::unique_ptr<ProviderDirectory> m_directory;
    int m_checking = 0;
};

} // namespace ioc
