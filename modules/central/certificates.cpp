// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/certificates.h>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QHostAddress>
#include <QRegularExpression>

#include <memory>

#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

namespace ioc {

namespace {

template <auto Free>
struct Freed
{
    template <typename T>
    void operator()(T *object) const
    {
        Free(object);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>>;
using Memory = std::unique_ptr<BIO, Freed<BIO_free_all>>;

constexpr qint64 dayS = 24LL * 3600;
constexpr qint64 authorityDays = 20LL * 365;
constexpr qint64 serverDays = 2LL * 365;
constexpr long version3 = 2;

struct Request
{
    const char *name;
    qint64 days;
    QList<std::pair<int, QByteArray>> extensions;
};

bool addExtension(X509 *certificate, X509 *issuer, int nid, const QByteArray &value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.constData()));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool setSerial(X509 *certificate)
{
    std::array<unsigned char, 16> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
        return false;
    bytes[0] &= 0x7f; // a serial number is positive
    const std::unique_ptr<BIGNUM, Freed<BN_free>> number(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
    return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

// Signed by \a issuer's key; by its own when there is no issuer.
Certificate signedCertificate(const Request &request, EVP_PKEY *key, X509 *issuer, EVP_PKEY *issuerKey, qint64 nowS)
{
    Certificate certificate(X509_new());
    X509 *raw = certificate.get();
    if (!raw || X509_set_version(raw, version3) != 1 || !setSerial(raw))
        return {};
    const time_t from = nowS - dayS; // clocks of devices may be behind
    const time_t until = nowS + request.days * dayS;
    X509_NAME *name = X509_get_subject_name(raw);
    const auto entry = [name](const char *field, const char *value) {
        return X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, reinterpret_cast<const unsigned char *>(value), -1, -1, 0) == 1;
    };
    bool fine = ASN1_TIME_set(X509_getm_notBefore(raw), from) && ASN1_TIME_set(X509_getm_notAfter(raw), until)
                && X509_set_pubkey(raw, key) == 1 && entry("O", "Tourism IOC") && entry("CN", request.name)
                && X509_set_issuer_name(raw, X509_get_subject_name(issuer ? issuer : raw)) == 1;
    for (const auto &[nid, value] : request.extensions)
        fine = fine && addExtension(raw, issuer ? issuer : raw, nid, value);
    fine = fine && X509_sign(raw, issuerKey ? issuerKey : key, EVP_sha256()) > 0;
    return fine ? std::move(certificate) : Certificate();
}

QByteArray bytesOf(BIO *memory)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(memory, &data);
    return QByteArray(data, size);
}

QByteArray pem(EVP_PKEY *key)
{
    const Memory memory(BIO_new(BIO_s_mem()));
    return memory && PEM_write_bio_PrivateKey(memory.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1 ? bytesOf(memory.get()) : QByteArray();
}

QByteArray pem(X509 *certificate)
{
    const Memory memory(BIO_new(BIO_s_mem()));
    return memory && PEM_write_bio_X509(memory.get(), certificate) == 1 ? bytesOf(memory.get()) : QByteArray();
}

QByteArray alternativeNames(const QStringList &hosts)
{
    QByteArrayList names;
    for (const QString &host : hosts)
        names += (QHostAddress(host).isNull() ? QByteArray("DNS:") : QByteArray("IP:")) + host.toLatin1();
    return names.join(',');
}

Result<void> checkHosts(const QStringList &hosts)
{
    static const QRegularExpression form(QStringLiteral("^[A-Za-z0-9.:-]{1,253}$"));
    for (const QString &host : hosts) {
        if (!form.match(host).hasMatch())
            return failure(ErrorCode::InvalidInput, QCoreApplication::translate("Central", "“%1” is not the name or address of a host.").arg(host.left(60)));
    }
    return {};
}

Result<void> writeNew(const QString &path, const QByteArray &content, bool secret)
{
    QFile file(path);
    const auto rights = secret ? QFile::ReadOwner | QFile::WriteOwner : QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther;
    if (content.isEmpty())
        return failure(ErrorCode::Internal, QCoreApplication::translate("Central", "The certificates could not be made. Please report it to the administrator."));
    if (!file.open(QFile::WriteOnly | QFile::NewOnly, rights) || file.write(content) != content.size() || !file.flush())
        return failure(ErrorCode::ReadOnly, QCoreApplication::translate("Central", "The file %1 cannot be written. Check the rights of its folder and the space on the disk.").arg(path), file.errorString());
    return {};
}

} // namespace

CertificateFiles::CertificateFiles(const QString &dataFolder)
    : folder(QDir(dataFolder).filePath(QStringLiteral("tls"))), authorityKey(folder + QStringLiteral("/ca.key")), authorityCertificate(folder + QStringLiteral("/ca.pem")),
      serverKey(folder + QStringLiteral("/server.key")), serverCertificate(folder + QStringLiteral("/server.pem"))
{
}

Result<void> createCertificates(const CertificateFiles &files, const QStringList &hosts, const Clock &clock)
{
    for (const QString &path : {files.authorityKey, files.authorityCertificate, files.serverKey, files.serverCertificate}) {
        if (QFile::exists(path))
            return failure(ErrorCode::Conflict, QCoreApplication::translate("Central", "The file %1 is there already and is not overwritten.").arg(path));
    }
    if (auto fine = checkHosts(hosts); !fine)
        return fine;
    if (!QDir().mkpath(files.folder))
        return failure(ErrorCode::ReadOnly, QCoreApplication::translate("Central", "The folder %1 cannot be made. Check the rights of the folder above it.").arg(files.folder));
    const qint64 nowS = clock.nowMs() / 1000;
    const Key authorityKey(EVP_EC_gen("P-256"));
    const Key serverKey(EVP_EC_gen("P-256"));
    const Request authorityRequest{"Tourism IOC CA", authorityDays,
                                   {{NID_basic_constraints, "critical,CA:TRUE,pathlen:0"}, {NID_key_usage, "critical,keyCertSign,cRLSign"}, {NID_subject_key_identifier, "hash"}}};
    const Certificate authority = authorityKey ? signedCertificate(authorityRequest, authorityKey.get(), nullptr, nullptr, nowS) : Certificate();
    const Request serverRequest{"Tourism IOC Central", serverDays,
                                {{NID_basic_constraints, "critical,CA:FALSE"}, {NID_key_usage, "critical,digitalSignature"}, {NID_ext_key_usage, "serverAuth"},
                                 {NID_subject_key_identifier, "hash"}, {NID_authority_key_identifier, "keyid:always"}, {NID_subject_alt_name, alternativeNames(hosts)}}};
    const Certificate server = authority && serverKey ? signedCertificate(serverRequest, serverKey.get(), authority.get(), authorityKey.get(), nowS) : Certificate();
    if (!server)
        return failure(ErrorCode::Internal, QCoreApplication::translate("Central", "The certificates could not be made. Please report it to the administrator."));
    return writeNew(files.authorityKey, pem(authorityKey.get()), true)
        .and_then([&] { return writeNew(files.authorityCertificate, pem(authority.get()), false); })
        .and_then([&] { return writeNew(files.serverKey, pem(serverKey.get()), true); })
        .and_then([&] { return writeNew(files.serverCertificate, pem(server.get()), false); });
}

} // namespace ioc
