// SPDX-License-Identifier: GPL-3.0-or-later
#include <access/sealedtext.h>

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace ioc {

namespace {

const QString textHead = QStringLiteral("sealed:");

// Empty when it is none.
QByteArray sealedBytes(QStringView text)
{
    return *QByteArray::fromBase64Encoding(text.sliced(isSealedText(text) ? textHead.size() : 0).toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
}

} // namespace

bool isPersonal(const RecordType &root, const Field &field, const QCborValue &value)
{
    if (!value.isString())
        return false;
    if (field.sensitive || !field.holdsFormerValues)
        return field.sensitive;
    const QJsonDocument document = QJsonDocument::fromJson(value.toString().toUtf8());
    if (!document.isObject()) // who knows what is in it
        return true;
    const QJsonObject former = document.object();
    return std::ranges::any_of(root.fields, [&](const Field &one) { return one.sensitive && former.contains(one.name); });
}

Result<QString> sealedText(const QString &plain, const SealKey &key, const SealPlace &place)
{
    return sealedValue(plain.toUtf8(), key, place).transform([](const QByteArray &bytes) { return QString(textHead + QLatin1StringView(bytes.toBase64())); });
}

bool isSealedText(QStringView text)
{
    return text.startsWith(textHead);
}

bool isSealed(const QCborValue &value)
{
    return value.isString() && !sealedBy(value.toString()).isNull();
}

bool holdsSealed(const Values &values)
{
    return std::ranges::any_of(values, [](const QCborValue &value) { return isSealed(value); });
}

Id sealedBy(QStringView text)
{
    if (!isSealedText(text))
        return {};
    const auto parts = SealedParts::of(sealedBytes(text));
    return parts ? parts->key : Id();
}

Result<QString> openedText(QStringView sealed, const SealKey &key, const SealPlace &place)
{
    return openedValue(sealedBytes(sealed), key, place).transform([](const QByteArray &plain) { return QString::fromUtf8(plain); });
}

} // namespace ioc
