// SPDX-License-Identifier: GPL-3.0-or-later
#include <access/token.h>

#include <QCoreApplication>
#include <QCryptographicHash>

#include <openssl/rand.h>

namespace ioc {

Result<QByteArray> secretBytes(int count)
{
    QByteArray bytes(count, Qt::Uninitialized);
    if (RAND_bytes(reinterpret_cast<unsigned char *>(bytes.data()), count) != 1)
        return failure(ErrorCode::Internal, QCoreApplication::translate("Access", "The system gives no random numbers. Please report it to the administrator."));
    return bytes;
}

Result<QString> newToken()
{
    return secretBytes(32).transform([](const QByteArray &bytes) {
        return QString::fromLatin1(bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
    });
}

QByteArray tokenHash(QStringView token)
{
    return QCryptographicHash::hash(token.toUtf8(), QCryptographicHash::Sha256);
}

} // namespace ioc
