// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/providersettings.h>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QUrl>

#include <algorithm>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Provider)
};

constexpr qint64 longestFile = 64LL * 1024;
constexpr qsizetype mostScopeNames = 20;
constexpr qsizetype mostAuthorities = 20;
constexpr qsizetype longestText = 200;
constexpr int firstFreePort = 1024;

// The first problem is kept.
struct Reading
{
    QDir folder;
    QJsonObject json;
    QString problem;

    void fail(const QString &what)
    {
        if (problem.isEmpty())
            problem = what;
    }
    QString text(const QString &key, const QString &otherwise = {})
    {
        const QJsonValue value = json.value(key);
        if (value.isUndefined())
            return otherwise;
        if (!value.isString() || value.toString().trimmed().isEmpty() || value.toString().size() > longestText)
            fail(Words::tr("“%1” has to be a text between quotation marks, of at most %2 characters.").arg(key).arg(longestText));
        return value.toString();
    }
};

QString issuerFrom(Reading &reading)
{
    const QString text = reading.text(QStringLiteral("issuer"));
    const QUrl issuer(text, QUrl::StrictMode);
    if (!issuer.isValid() || issuer.scheme() != u"https" || issuer.host().isEmpty() || issuer.hasQuery() || issuer.hasFragment() || !issuer.userInfo().isEmpty())
        reading.fail(Words::tr("“issuer” has to be the https address by which the sign-in service calls itself, for example https://sso.city.example/realms/city."));
    return text;
}

QStringList scopesFrom(Reading &reading, const QStringList &otherwise)
{
    const QJsonValue value = reading.json.value(u"scopes");
    if (value.isUndefined())
        return otherwise;
    const QStringList scopes = value.toVariant().toStringList();
    const auto isOne = [](const QString &scope) { return !scope.isEmpty() && scope.size() <= longestText && !scope.contains(u' '); };
    if (!value.isArray() || scopes.size() > mostScopeNames || !scopes.contains(QStringLiteral("openid")) || !std::ranges::all_of(scopes, isOne))
        reading.fail(Words::tr("“scopes” has to be a list of names that holds “openid”."));
    return scopes;
}

QList<QSslCertificate> authoritiesFrom(Reading &reading)
{
    const QString name = reading.text(QStringLiteral("ca_file"));
    if (name.isEmpty())
        return {};
    QFile file(reading.folder.absoluteFilePath(name));
    const auto certificates = file.open(QFile::ReadOnly) ? QSslCertificate::fromData(file.read(longestFile), QSsl::Pem) : QList<QSslCertificate>();
    qsizetype bytes = 0;
    for (const QSslCertificate &one : certificates)
        bytes += one.toDer().size();
    if (certificates.isEmpty() || certificates.size() > mostAuthorities || bytes > longestFile / 2)
        reading.fail(Words::tr("The file %1 that “ca_file” names cannot be read or holds no certificate (PEM; at most %2 of them).").arg(file.fileName()).arg(mostAuthorities));
    return certificates;
}

int portFrom(Reading &reading)
{
    const QJsonValue value = reading.json.value(u"redirect_port");
    const int port = value.toInt(-1);
    if (value.isUndefined())
        return 0;
    if (port != 0 && (port < firstFreePort || port > 65535))
        reading.fail(Words::tr("“redirect_port” has to be a number from 1024 to 65535; 0 or nothing: any free one."));
    return port;
}

ProviderSettings settingsFrom(Reading &reading)
{
    static const QSet<QString> known{QStringLiteral("issuer"), QStringLiteral("client_id"), QStringLiteral("scopes"), QStringLiteral("login_claim"), QStringLiteral("required_claim"),
                                     QStringLiteral("required_value"), QStringLiteral("ca_file"), QStringLiteral("redirect_port")};
    const QStringList keys = reading.json.keys();
    for (const QString &key : keys) {
        if (!known.contains(key))
            reading.fail(Words::tr("“%1” is not known. There are: %2.").arg(key.left(longestText), known.values().join(QStringLiteral(", "))));
    }
    ProviderSettings out;
    out.issuer = issuerFrom(reading);
    out.clientId = reading.text(QStringLiteral("client_id"));
    if (out.clientId.isEmpty())
        reading.fail(Words::tr("“client_id” is missing: the name under which the sign-in service knows this program."));
    out.scopes = scopesFrom(reading, out.scopes);
    out.loginClaim = reading.text(QStringLiteral("login_claim"), out.loginClaim);
    out.requiredClaim = reading.text(QStringLiteral("required_claim"));
    out.requiredValue = reading.text(QStringLiteral("required_value"));
    if (out.requiredClaim.isEmpty() != out.requiredValue.isEmpty())
        reading.fail(Words::tr("“required_claim” and “required_value” belong together: give both or none."));
    out.authorities = authoritiesFrom(reading);
    out.redirectPort = portFrom(reading);
    return out;
}

} // namespace

QString providerFileName()
{
    return QStringLiteral("oidc.json");
}

Result<std::optional<ProviderSettings>> readProviderSettings(const QString &dataFolder)
{
    QFile file(QDir(dataFolder).filePath(providerFileName()));
    if (!file.exists())
        return std::nullopt;
    const auto wrong = [&](const QString &why) { return failure(ErrorCode::InvalidInput, Words::tr("The file %1 cannot be used. %2").arg(file.fileName(), why)); };
    if (!file.open(QFile::ReadOnly))
        return wrong(Words::tr("It cannot be read: %1").arg(file.errorString()));
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(file.read(longestFile), &error);
    if (!document.isObject())
        return wrong(error.error != QJsonParseError::NoError ? Words::tr("It is not JSON: %1 (character %2).").arg(error.errorString()).arg(error.offset) : Words::tr("It has to be a JSON object: { … }."));
    Reading reading{QDir(dataFolder), document.object(), {}};
    ProviderSettings settings = settingsFrom(reading);
    if (!reading.problem.isEmpty())
        return wrong(reading.problem);
    return settings;
}

} // namespace ioc
