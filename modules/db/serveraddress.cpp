// SPDX-License-Identifier: GPL-3.0-or-later
#include <db/serveraddress.h>

#include <QCoreApplication>
#include <QRegularExpression>
#include <QUrl>
#include <QUrlQuery>

namespace ioc::db {

namespace {

std::unexpected<Error> notAnAddress()
{
    return failure(ErrorCode::InvalidInput, QCoreApplication::translate("Database", "The address of the database is not understood. Write it like postgresql://user@host:5432/database."));
}

// What may follow "?": the rest is set by the program itself.
bool isOption(const QString &name)
{
    static const QRegularExpression known(QStringLiteral("^(ssl[a-z_]{1,40}|target_session_attrs|channel_binding|require_auth|gssencmode|krbsrvname|passfile)$"));
    return known.match(name).hasMatch();
}

// As libpq wants a value; a semicolon would end it for the driver.
bool isOptionValue(const QString &value)
{
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9_./,@:+~-]{1,1000}$"));
    return plain.match(value).hasMatch();
}

} // namespace

Result<ServerAddress> ServerAddress::fromUrl(const QString &text)
{
    // A socket's folder is a host that QUrl would refuse: it is taken out first.
    static const QRegularExpression form(QStringLiteral(R"(^postgres(?:ql)?://(?:([^:/@?#]*)(?::([^/@?#]*))?@)?(\[[0-9A-Fa-f:.]+\]|[^:/?#@\[\]]*)(?::([0-9]{1,5}))?/([^/?#]+)(?:\?([^#]*))?$)"));
    const auto match = form.match(text);
    if (!match.hasMatch())
        return notAnAddress();
    const auto part = [&](int group) { return QUrl::fromPercentEncoding(match.captured(group).toUtf8()); };
    ServerAddress out{.host = part(3), .database = part(5), .user = part(1), .password = part(2)};
    if (out.host.startsWith(u'['))
        out.host = out.host.sliced(1, out.host.size() - 2);
    if (const QString port = match.captured(4); !port.isEmpty()) {
        const uint number = port.toUInt();
        if (number == 0 || number > 65535)
            return notAnAddress();
        out.port = static_cast<quint16>(number);
    }
    QStringList options;
    const auto items = QUrlQuery(match.captured(6)).queryItems(QUrl::FullyDecoded);
    for (const auto &[name, value] : items) {
        if (name == u"host" && out.host.isEmpty())
            out.host = value;
        else if (isOption(name) && isOptionValue(value))
            options += name + u'=' + value;
        else
            return failure(ErrorCode::InvalidInput, QCoreApplication::translate("Database", "The address of the database has an option that is not understood: %1.").arg(name.left(60)));
    }
    out.options = options.join(u' ');
    return out;
}

QString ServerAddress::toString() const
{
    const auto encoded = [](const QString &text) { return QString::fromLatin1(QUrl::toPercentEncoding(text)); };
    const QString at = host.contains(u':') ? u'[' + host + u']' : encoded(host);
    const QString who = user.isEmpty() ? QString() : encoded(user) + u'@';
    return QStringLiteral("postgresql://") + who + at + u':' + QString::number(port) + u'/' + encoded(database);
}

} // namespace ioc::db
