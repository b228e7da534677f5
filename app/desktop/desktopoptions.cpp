// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/desktopoptions.h>

#include <QCommandLineParser>
#include <QRegularExpression>
#include <QStandardPaths>

namespace ioc {

namespace {
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Desktop)
};

QString key(const char *name) { return QString::fromLatin1(name); }

std::unexpected<Error> wrong(const QString &message)
{
    return failure(ErrorCode::InvalidInput, message);
}
} // namespace

Result<DesktopOptions> readOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(Words::tr("Tourism IOC: the desktop of a tourism operations center."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions({
        {key("profile"), Words::tr("Folder of the local data."), key("DIR")},
        {key("server"), Words::tr("Address of central, https://host:port."), key("URL")},
        {key("ca"), Words::tr("Certificate of your center's authority (ca.pem)."), key("FILE")},
        {key("account"), Words::tr("Account to sign in with."), key("LOGIN")},
        {key("password-file"), Words::tr("File whose first line is the password."), key("FILE")},
        {key("map-pack"), Words::tr("Street map pack; may be given several times."), key("FILE")},
        {key("screenshot"), Words::tr("Save a picture of the complete screen, its contents beside it as JSON, and quit."), key("FILE.png")},
        {key("theme"), Words::tr("light or dark."), key("NAME")},
        {key("language"), Words::tr("vi or en."), key("CODE")},
        {key("size"), Words::tr("Size of the window, such as 1920x1080."), key("WxH")},
        {key("self-test"), Words::tr("Load every workspace and quit.")},
    });
    parser.process(arguments);
    DesktopOptions options{.profile = parser.value(key("profile")),
                           .server = QUrl(parser.value(key("server")), QUrl::StrictMode),
                           .authorityFile = parser.value(key("ca")),
                           .account = parser.value(key("account")),
                           .passwordFile = parser.value(key("password-file")),
                           .mapPacks = parser.values(key("map-pack")),
                           .screenshot = parser.value(key("screenshot")),
                           .theme = parser.value(key("theme")),
                           .language = parser.value(key("language")),
                           .selfTest = parser.isSet(key("self-test"))};
    if (options.profile.isEmpty())
        options.profile = QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation);
    if (!options.server.isEmpty() && (!options.server.isValid() || options.server.scheme() != u"https" || options.server.host().isEmpty()))
        return wrong(Words::tr("The address of central must look like https://host:port."));
    if (!options.theme.isEmpty() && options.theme != u"light" && options.theme != u"dark")
        return wrong(Words::tr("The theme is light or dark."));
    if (!options.language.isEmpty() && options.language != u"vi" && options.language != u"en")
        return wrong(Words::tr("The language is vi or en."));
    if (const QString size = parser.value(key("size")); !size.isEmpty()) {
        static const QRegularExpression pattern(QStringLiteral(R"(^(\d{3,5})x(\d{3,5})$)"));
        const auto match = pattern.match(size);
        if (!match.hasMatch())
            return wrong(Words::tr("The size must look like 1920x1080."));
        options.size = QSize(match.captured(1).toInt(), match.captured(2).toInt());
    }
    return options;
}

} // namespace ioc
