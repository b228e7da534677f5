// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <postgres/postgresanswer.h>

#include <unordered_map>

namespace ioc {

/// A session on a PostgreSQL server through its own client library. Statements are prepared there and given their values in binary form: Qt's
/// driver writes the values into the text of a statement, which the server takes apart again each time.
class PostgresSession : public db::ServerSession
{
public:
    /// Makes the session as the program expects it. Busy when the server does not answer or lets us not in, Unsupported when its database is
    /// not UTF-8 or it is too old.
    static Result<std::unique_ptr<db::ServerSession>> open(const db::ServerAddress &address, bool readOnly);
    Answer run(const QString &sql, const QVariantList &parameters) override;
    /// By COPY: no statement with thousands of values is read and planned, and rows are written to the log page by page.
    Answer insert(const QString &table, const QString &columns, const QVariantList &values) override;
    void forgetStatements() override;

private:
    struct Finish
    {
        void operator()(PGconn *connection) const { PQfinish(connection); }
    };
    /// As the server understood it.
    struct Statement
    {
        QByteArray name;
        QList<Oid> parameters;
        QList<Oid> columns;    ///< of its answer
        bool isBinary = false; ///< all of its answer
    };
    explicit PostgresSession(PGconn *connection) : m_connection(connection) {}
    Result<void> begin(bool readOnly);
    std::expected<const Statement *, db::ServerFailure> prepared(const QString &sql);
    Answer copied(const QString &sql, const QByteArray &data);
    [[nodiscard]] Answer answered(PGresult *result, const QString &sql) const;
    [[nodiscard]] db::ServerFailure failed(const PGresult *result, const QString &sql) const;

    std::unique_ptr<PGconn, Finish> m_connection;
    std::unordered_map<QString, Statement> m_statements;
    qint64 m_named = 0; ///< statements so far
};

/// Connections to servers are opened by this from now on: see db::setServerOpener().
void usePostgres();

} // namespace ioc
