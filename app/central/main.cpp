// SPDX-License-Identifier: GPL-3.0-or-later
#include "accountcommands.h"
#include "auditcommands.h"
#include "backupcommands.h"
#include "democommand.h"
#include "devicecommands.h"
#include "doctorcommand.h"
#include "importcommand.h"
#include "initcommand.h"
#include "logline.h"
#include "personcommands.h"
#include "servecommand.h"

#include <central/requesttext.h>
#include <postgres/postgressession.h>

#include <QCoreApplication>
#include <QLocale>
#include <QTextStream>

using namespace ioc;

namespace {

void printHelp(const QList<CentralCommand> &commands)
{
    QTextStream out(stdout);
    out << QStringLiteral("tourism-ioc-central COMMAND …\n\n");
    for (const CentralCommand &command : commands)
        out << QStringLiteral("  %1  %2\n").arg(command.name, -10).arg(command.description);
    out << u'\n' << QCoreApplication::translate("CentralProgram", "Each command explains itself with --help.") << Qt::endl;
}

// Of the person at the terminal; English where the system says nothing.
QString terminalLanguage()
{
    const QLocale locale = QLocale::system();
    return locale.language() == QLocale::Vietnamese ? QStringLiteral("vi") : locale.language() == QLocale::Chinese ? QStringLiteral("zh") : QStringLiteral("en");
}

int report(const Error &error)
{
    QTextStream(stderr) << QStringLiteral("tourism-ioc-central: ") << error.message << Qt::endl;
    if (!error.detail.isEmpty())
        qInfo("event=failed detail=\"%s\"", qUtf8Printable(error.detail));
    return error.code == ErrorCode::InvalidInput ? 2 : 1;
}

} // namespace

int main(int argc, char **argv)
{
    useLogFormat(LogFormat::Text);
    qputenv("QT_NO_GLIB", "1"); // GLib's loop is woken with a system call for each thing that is posted, Qt's own once for all of them
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("tourism-ioc-central"));
    QCoreApplication::setApplicationVersion(QStringLiteral(IOC_VERSION));
    usePostgres();
    RequestTranslator translator;
    QCoreApplication::installTranslator(&translator);
    const LanguageScope language(terminalLanguage());
    const QList<CentralCommand> commands{initCommand(), serveCommand(), accountCommand(), deviceCommand(), settingCommand(), auditCommand(), personCommand(), importCommand(), backupCommand(), restoreCommand(), doctorCommand(), demoCommand()};
    const QStringList arguments = QCoreApplication::arguments();
    const QString name = arguments.value(1);
    if (name == u"--version") {
        QTextStream(stdout) << QStringLiteral("tourism-ioc-central ") << QCoreApplication::applicationVersion() << Qt::endl;
        return 0;
    }
    const SystemClock clock;
    for (const CentralCommand &command : commands) {
        if (command.name != name)
            continue;
        const auto done = command.run({arguments.mid(2), clock});
        return done ? 0 : report(done.error());
    }
    printHelp(commands);
    const bool asked = name == u"--help" || name == u"-h";
    return asked ? 0 : 2;
}
