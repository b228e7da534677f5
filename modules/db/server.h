// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <db/serveraddress.h>

#include <QVariantList>

#include <expected>
#include <memory>

namespace ioc::db {

/// What a database server answered to one statement. Rows and columns are counted from 0; what is NULL reads as 0 and as empty.
class ServerAnswer
{
public:
    ServerAnswer() = default;
    ServerAnswer(const ServerAnswer &) = delete;
    ServerAnswer &operator=(const ServerAnswer &) = delete;
    virtual ~ServerAnswer() = default;
    [[nodiscard]] virtual qint64 touched() const = 0; ///< rows changed
    [[nodiscard]] virtual int rows() const = 0;
    [[nodiscard]] virtual bool isNull(int row, int column) const = 0;
    [[nodiscard]] virtual qint64 integer(int row, int column) const = 0;
    [[nodiscard]] virtual double real(int row, int column) const = 0;
    [[nodiscard]] virtual QString text(int row, int column) const = 0;
    [[nodiscard]] virtual QByteArray bytes(int row, int column) const = 0;
    [[nodiscard]] virtual QVariant value(int row, int column) const = 0;
};

/// Why a statement failed, and what that means for the session.
struct ServerFailure
{
    Error error;
    bool isLost = false;   ///< the connection is gone; whatever was begun on it as well
    bool isStale = false;  ///< the tables are others than when it was prepared
    bool collided = false; ///< another transaction was in the way: the same work done again may succeed
};

/// One session on a database server, used by one thread.
class ServerSession
{
public:
    using Answer = std::expected<std::unique_ptr<ServerAnswer>, ServerFailure>;
    ServerSession() = default;
    ServerSession(const ServerSession &) = delete;
    ServerSession &operator=(const ServerSession &) = delete;
    virtual ~ServerSession() = default;
    /// Runs a statement with its parameters ("?", as many as there are), prepared once; without any, also several of them, separated by ";".
    virtual Answer run(const QString &sql, const QVariantList &parameters) = 0;
    /// Puts rows into a table: all of them in their order, or none, one that is there already being a failure that collided. \a columns with commas between them,
    /// \a values one row behind the other. A null answer: a value does not fit its column as it is, and nothing was done.
    virtual Answer insert(const QString &table, const QString &columns, const QVariantList &values) = 0;
    /// The tables have changed: what was prepared may be of no use.
    virtual void forgetStatements() = 0;
};

using ServerOpener = Result<std::unique_ptr<ServerSession>> (*)(const ServerAddress &address, bool readOnly);
/// How connections to servers are opened from now on: once, before there are any. So that a desktop, which has none, carries no server's library.
void setServerOpener(ServerOpener opener);
/// Opens a session that way.
Result<std::unique_ptr<ServerSession>> openServer(const ServerAddress &address, bool readOnly);

} // namespace ioc::db
