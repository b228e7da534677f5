// SPDX-License-Identifier: GPL-3.0-or-later
#include <records/jsonreader.h>

#include <QCoreApplication>
#include <QJsonArray>

namespace ioc {

JsonReader::JsonReader(const QJsonObject &object, QString path) : m_object(object), m_path(std::move(path)) {}

QJsonValue JsonReader::take(const QString &key)
{
    m_asked.insert(key);
    return m_object.value(key);
}

void JsonReader::fail(const QString &why)
{
    if (m_problem.isEmpty())
        m_problem = m_path + QStringLiteral(": ") + why;
}

void JsonReader::join(JsonReader &other)
{
    (void)other.finish(); // its verdict is taken from m_problem
    if (m_problem.isEmpty())
        m_problem = other.m_problem;
}

QString JsonReader::text(const QString &key, const QString &otherwise)
{
    const QJsonValue value = take(key);
    if (value.isUndefined())
        return otherwise;
    if (!value.isString())
        fail(key + QStringLiteral(" must be a text"));
    return value.toString();
}

QString JsonReader::requiredText(const QString &key)
{
    const QString value = text(key);
    if (value.isEmpty())
        fail(key + QStringLiteral(" is missing"));
    return value;
}

bool JsonReader::boolean(const QString &key, bool otherwise)
{
    const QJsonValue value = take(key);
    if (!value.isUndefined() && !value.isBool())
        fail(key + QStringLiteral(" must be true or false"));
    return value.toBool(otherwise);
}

std::optional<double> JsonReader::number(const QString &key)
{
    const QJsonValue value = take(key);
    if (value.isUndefined())
        return {};
    if (!value.isDouble())
        fail(key + QStringLiteral(" must be a number"));
    return value.toDouble();
}

LocalText JsonReader::localText(const QString &key, bool required)
{
    const QJsonValue value = take(key);
    if (value.isUndefined()) {
        if (required)
            fail(key + QStringLiteral(" is missing"));
        return {};
    }
    JsonReader reader(value.toObject(), m_path + u'.' + key);
    LocalText out{reader.text(QStringLiteral("vi")), reader.text(QStringLiteral("en")), reader.text(QStringLiteral("zh"))};
    if (!value.isObject() || out.vi.isEmpty() || out.en.isEmpty())
        fail(key + QStringLiteral(" must hold a text in vi and en"));
    join(reader);
    return out;
}

QStringList JsonReader::texts(const QString &key)
{
    const QJsonValue value = take(key);
    if (!value.isUndefined() && !value.isArray())
        fail(key + QStringLiteral(" must be a list"));
    QStringList out;
    const QJsonArray array = value.toArray();
    for (const auto &member : array) {
        if (!member.isString())
            fail(key + QStringLiteral(" must be a list of texts"));
        out += member.toString();
    }
    return out;
}

QList<JsonReader> JsonReader::objects(const QString &key)
{
    const QJsonValue value = take(key);
    if (!value.isUndefined() && !value.isArray())
        fail(key + QStringLiteral(" must be a list"));
    QList<JsonReader> out;
    const QJsonArray array = value.toArray();
    for (qsizetype i = 0; i < array.size(); ++i) {
        if (!array[i].isObject())
            fail(key + QStringLiteral(" must be a list of objects"));
        out += JsonReader(array[i].toObject(), QStringLiteral("%1.%2[%3]").arg(m_path, key).arg(i));
    }
    return out;
}

int JsonReader::oneOf(const QString &key, const QStringList &names, int otherwise)
{
    const QJsonValue value = take(key);
    if (value.isUndefined())
        return otherwise;
    const qsizetype found = names.indexOf(value.toString());
    if (found < 0)
        fail(QStringLiteral("%1 must be one of %2").arg(key, names.join(u' ')));
    return static_cast<int>(found < 0 ? otherwise : found);
}

std::optional<Error> JsonReader::finish()
{
    const QStringList keys = m_object.keys();
    for (const QString &key : keys) {
        if (!m_asked.contains(key))
            fail(QStringLiteral("unknown key ") + key);
    }
    if (m_problem.isEmpty())
        return {};
    return Error{ErrorCode::InvalidInput,
                 QCoreApplication::translate("Records", "A declaration of record types cannot be read: %1").arg(m_problem), m_problem};
}

} // namespace ioc
