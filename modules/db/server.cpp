// SPDX-License-Identifier: GPL-3.0-or-later
#include <db/server.h>

namespace ioc::db {

namespace {

ServerOpener &opener() // set before there are threads that read it
{
    static ServerOpener set = nullptr;
    return set;
}

} // namespace

void setServerOpener(ServerOpener given)
{
    opener() = given;
}

Result<std::unique_ptr<ServerSession>> openServer(const ServerAddress &address, bool readOnly)
{
    Q_ASSERT(opener()); // a program that has servers says so first
    return opener()(address, readOnly);
}

} // namespace ioc::db
