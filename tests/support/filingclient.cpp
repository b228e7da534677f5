// SPDX-License-Identifier: GPL-3.0-or-later
// filing_client FOLDER URL CA LOGIN PASSWORD add COMPLAINT FILE: adds a file and ends with 0 once central has it.
// filing_client FOLDER URL CA LOGIN PASSWORD fetch DIGEST SIZE: ends with 0 once the file is here.
// For tests that let it die on the way (IOC_FAULT, see base/filesteps.h).
#include "filingdesk.h"

using namespace ioc;
using namespace ioc::test;
using namespace Qt::StringLiterals;

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList arguments = app.arguments();
    if (arguments.size() != 9)
        return 2;
    FilingDesk desk(arguments[1], QUrl(arguments[2]), arguments[3]);
    if (!desk.connect(arguments[4], arguments[5]))
        return 4;
    const bool adds = arguments[6] == u"add";
    QString digest = arguments[7];
    if (adds) {
        const auto added = answered(desk.files.add({.path = arguments[8], .bytes = {}, .name = {}}, *desk.local.catalog->type(attachmentType)));
        if (!added || (!desk.names(added->digest) && !desk.attach(Id::fromString(arguments[7]).value_or(Id()), *added)))
            return 5;
        digest = added->digest;
    } else {
        (void)answered(desk.files.look(digest, arguments[8].toLongLong()));
    }
    const auto done = [&] { return adds ? desk.sent(digest) : desk.state(digest).here; };
    return QTest::qWaitFor(done, 60'000) ? 0 : 6;
}
