// SPDX-License-Identifier: GPL-3.0-or-later
#include <access/token.h>

#include <QCoreApplication>
#include <QCryptographicHash>

#include <unistd.h>

namespace ioc {

// From the kernel, whatever thread asks: OpenSSL would keep a generator for each thread, and may be too late to free that of one that ends with
// the program.
Result<QByteArray> secretBytes(int count)
{
    QByteArray bytes(count, Qt::Uninitialized);
    if (::getentropy(bytes.data(), static_cast<size_t>(count)) != 0) // up to 256 bytes
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
