// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <records/localtext.h>

#include <QJsonObject>
#include <QSet>
#include <QStringList>

#include <optional>

namespace ioc {

/// Reads one JSON object of a declaration and remembers what was asked for, so that a key nobody asked for, a missing
/// one or one of the wrong kind is reported with its path. The first problem wins; later reads return defaults.
class JsonReader
{
public:
    JsonReader(const QJsonObject &object, QString path);

    QString text(const QString &key, const QString &otherwise = {});
    QString requiredText(const QString &key);
    bool boolean(const QString &key, bool otherwise = false);
    std::optional<double> number(const QString &key);
    LocalText localText(const QString &key, bool required = false);
    QStringList texts(const QString &key);
    /// One reader for each object of the array \a key.
    QList<JsonReader> objects(const QString &key);
    /// Looks \a key's text up in \a names; its position, or \a otherwise when the key is absent.
    int oneOf(const QString &key, const QStringList &names, int otherwise);

    void fail(const QString &why);
    /// Finishes \a other and takes over its first problem.
    void join(JsonReader &other);
    /// Reports keys that were never asked for; then the first problem, if any.
    [[nodiscard]] std::optional<Error> finish();

private:
    QJsonValue take(const QString &key);

    QJsonObject m_object;
    QString m_path;
    QSet<QString> m_asked;
    QString m_problem;
};

} // namespace ioc
