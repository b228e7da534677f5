// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/boundedanswer.h>
#include <central/lookjournal.h>
#include <central/routes.h>

#include <wire/codec.h>

#include <QCoreApplication>

namespace ioc {

namespace {

constexpr QLatin1StringView snapshotFolder("/v1/snapshot/");
constexpr QLatin1StringView accountFolder("/v1/accounts/");
constexpr QLatin1StringView deviceFolder("/v1/devices/");
constexpr QLatin1StringView filesFolder("/v1/files/");
constexpr int healthMs = 2'000;

QString token(const QHttpServerRequest &request)
{
    return bearerToken(request.value("authorization"));
}

} // namespace

Routes::Routes(CentralStorage &storage, Sequencer &sequencer, GuardedServer &server, const SnapshotLimits &snapshots, const FileLimits &files, const std::optional<ProviderSettings> &provider, QObject *parent)
    : QAbstractHttpServer(parent), m_storage(storage), m_sequencer(sequencer), m_server(server), m_sessions(storage), m_provider(storage, m_sessions, provider), m_administration(storage, sequencer, m_sessions), m_changes(storage, sequencer), m_snapshots(storage, snapshots), m_files(storage, files), m_operations(storage, sequencer, m_metrics)
{
    m_routes = {
        {QStringLiteral("/v1/health"), Method::Get, [this](const auto &, const HttpReplyPointer &reply) { health(reply); }},
        {QStringLiteral("/v1/session"), Method::Post, [this](const QHttpServerRequest &request, const HttpReplyPointer &reply) { m_sessions.open(reply, request.body(), desktopVersion(request.value("user-agent"))); }},
        {QStringLiteral("/v1/session"), Method::Delete, [this](const QHttpServerRequest &request, const HttpReplyPointer &reply) { m_sessions.close(reply, token(request)); }},
        {QStringLiteral("/v1/sign-in/provider"), Method::Get, [this](const auto &, const HttpReplyPointer &reply) { m_provider.offer(reply); }},
        {QStringLiteral("/v1/sign-in/provider"), Method::Post, [this](const QHttpServerRequest &request, const HttpReplyPointer &reply) { m_provider.open(reply, request.body(), desktopVersion(request.value("user-agent"))); }},
        {QStringLiteral("/v1/password"), Method::Post, [this](const QHttpServerRequest &request, const HttpReplyPointer &reply) { m_sessions.changePassword(reply, token(request), request.body()); }},
        {QStringLiteral("/v1/operations"), Method::Post, [this](const QHttpServerRequest &request, const HttpReplyPointer &reply) {
             if (const auto answered = parsedAnswered(request.value(wire::answeredHeader)))
                 m_operations.take(reply, token(request), request.body(), *answered);
             else
                 reply->send(answered.error());
         }},
        {QStringLiteral("/v1/looks"), Method::Post, [this](const QHttpServerRequest &request, const HttpReplyPointer &reply) { takeReported(reply, token(request), request.body()); }},
        {QStringLiteral("/v1/changes"), Method::Get, [this](const QHttpServerRequest &request, const HttpReplyPointer &reply) {
             const auto query = parsedChangesQuery(request.url().query(QUrl::FullyEncoded).toLatin1()).and_then([&](ChangesQuery asked) {
                 return parsedAnswered(request.value(wire::answeredHeader)).transform([&](const Id &answered) {
                     asked.answered = answered;
                     return asked;
                 });
             });
             if (query)
                 m_changes.serve(reply, token(request), *query);
             else
                 reply->send(query.error());
         }},
        {QStringLiteral("/v1/snapshot"), Method::Get, [this](const QHttpServerRequest &request, const HttpReplyPointer &reply) {
             if (const auto answered = parsedAnswered(request.value(wire::answeredHeader)))
                 m_snapshots.offer(reply, token(request), *answered);
             else
                 reply->send(answered.error());
         }},
        {QString(snapshotFolder), Method::Get, [this](const QHttpServerRequest &request, const HttpReplyPointer &reply) {
             m_snapshots.send(reply, token(request), request.url().path().sliced(snapshotFolder.size()), request.value("range"));
         }},
        {QStringLiteral("/v1/files"), Method::Post, [this](const QHttpServerRequest &request, const HttpReplyPointer &reply) { m_files.tellStates(reply, token(request), request.body()); }},
        {QString(filesFolder), Method::Put, [this](const QHttpServerRequest &request, const HttpReplyPointer &reply) {
             m_files.take(reply, token(request), request.url().path().sliced(filesFolder.size()), request.url().query(QUrl::FullyEncoded).toLatin1(), request.body());
         }},
        {QString(filesFolder), Method::Get, [this](const QHttpServerRequest &request, const HttpReplyPointer &reply) {
             m_files.send(reply, token(request), request.url().path().sliced(filesFolder.size()), request.value("range"));
         }}};
    addAdministration();
}

void Routes::addAdministration()
{
    const auto query = [](const QHttpServerRequest &request) { return request.url().query(QUrl::FullyEncoded).toLatin1(); };
    m_routes += {
        {QStringLiteral("/v1/accounts"), Method::Get, [this, query](const QHttpServerRequest &request, const HttpReplyPointer &reply) { m_administration.listAccounts(reply, token(request), query(request)); }},
        {QStringLiteral("/v1/devices"), Method::Get, [this, query](const QHttpServerRequest &request, const HttpReplyPointer &reply) { m_administration.listDevices(reply, token(request), query(request)); }},
        {QString(accountFolder), Method::Post, [this](const QHttpServerRequest &request, const HttpReplyPointer &reply) {
             m_administration.changeAccount(reply, token(request), request.url().path().sliced(accountFolder.size()));
         }},
        {QString(deviceFolder), Method::Post, [this](const QHttpServerRequest &request, const HttpReplyPointer &reply) {
             m_administration.changeDevice(reply, token(request), request.url().path().sliced(deviceFolder.size()));
         }}};
}

bool Routes::handleRequest(const QHttpServerRequest &request, QHttpServerResponder &responder)
{
    const QString path = request.url().path();
    const auto serves = [&](const Route &route) { return route.path.endsWith(u'/') ? path.startsWith(route.path) : route.path == path; };
    const auto known = std::ranges::find_if(m_routes, serves);
    const auto route = std::ranges::find_if(m_routes, [&](const Route &one) { return serves(one) && one.method == request.method(); });
    const auto reply = std::make_shared<HttpReply>(request, std::move(responder), m_server, known == m_routes.end() ? QByteArray("other") : known->path.toLatin1(), m_metrics);
    const LanguageScope language(reply->language());
    // Balancers and doctor look at its health without one.
    if (m_server.asksForCertificates() && path != u"/v1/health" && request.sslConfiguration().peerCertificate().isNull())
        reply->send(Error{ErrorCode::Denied, QCoreApplication::translate("Central", "Central serves only devices with a certificate of its own. Ask the administrator for device.pem and device.key and put them beside ca.pem."), {}});
    else if (route != m_routes.end())
        route->handler(request, reply);
    else if (known != m_routes.end())
        reply->send(Error{ErrorCode::Unsupported, QCoreApplication::translate("Central", "Central does not offer this. Update the older of the two programs."), {}});
    else
        reply->send(Error{ErrorCode::NotFound, QCoreApplication::translate("Central", "There is nothing at this address. Check the address of central."), {}});
    return true;
}

void Routes::missingHandler(const QHttpServerRequest &request, QHttpServerResponder &responder)
{
    (void)handleRequest(request, responder); // never asked: every request is handled above
}

void Routes::stop()
{
    m_isStopping = true;
    m_changes.stop();
}

// For balancers and whoever watches: whether it is of use to send devices here.
void Routes::health(const HttpReplyPointer &reply)
{
    const auto notReady = [reply](const QByteArray &why) { reply->sendPlain("not ready: " + why + '\n', QHttpServerResponder::StatusCode::ServiceUnavailable); };
    if (m_isStopping)
        return notReady("stopping");
    answeredWithin<void>(m_storage.ready(), healthMs, this, [reply, notReady](const Result<void> &ready) {
        if (ready)
            reply->sendPlain("ok\n");
        else
            notReady(ready.error().code == ErrorCode::ReadOnly ? "the database takes no changes" : "the database does not answer");
    });
}

void Routes::takeReported(const HttpReplyPointer &reply, const QString &token, const QByteArray &body)
{
    m_storage.write([storage = &m_storage, token, body, language = reply->language()](db::Connection &connection) -> Result<qsizetype> {
        const LanguageScope scope(language);
        const auto who = Sessions(connection, storage->clock()).identify(token);
        if (!who)
            return std::unexpected(who.error());
        const auto looks = wire::decodeLooks(body);
        if (!looks)
            return std::unexpected(looks.error());
        return takeLooks(connection, storage->clock(), *looks, *who).transform([&] { return looks->size(); });
    }).then(this, [reply](const Result<qsizetype> &taken) {
        if (!taken)
            return reply->send(taken.error());
        reply->note("looks=" + QByteArray::number(*taken));
        reply->send(QByteArray());
    });
}

} // namespace ioc
