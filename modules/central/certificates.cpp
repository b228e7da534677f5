// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/certificates.h>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QHostAddress>
#include <QRegularExpression>
#include <QSaveFile>

#include <ctime>
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
constexpr qint64 deviceDays = 2LL * 365;
constexpr qsizetype longestName = 64; // of a common name, RFC 5280
constexpr long version3 = 2;

struct Request
{
    QByteArray name;
    qint64 days;
    QList<std::pair<int, QByteArray>> extensions;
    X509_EXTENSION *names = nullptr; ///< further names, as another certificate has them
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
                && X509_set_pubkey(raw, key) == 1 && entry("O", "Tourism IOC") && entry("CN", request.name.constData())
                && X509_set_issuer_name(raw, X509_get_subject_name(issuer ? issuer : raw)) == 1;
    for (const auto &[nid, value] : request.extensions)
        fine = fine && addExtension(raw, issuer ? issuer : raw, nid, value);
    fine = fine && (!request.names || X509_add_ext(raw, request.names, -1) == 1);
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

Request serverRequest()
{
    return {"Tourism IOC Central", serverDays,
            {{NID_basic_constraints, "critical,CA:FALSE"}, {NID_key_usage, "critical,digitalSignature"}, {NID_ext_key_usage, "serverAuth"},
             {NID_subject_key_identifier, "hash"}, {NID_authority_key_identifier, "keyid:always"}}};
}

std::unexpected<Error> notMade()
{
    return failure(ErrorCode::Internal, QCoreApplication::translate("Central", "The certificates could not be made. Please report it to the administrator."));
}

Result<QByteArray> pemFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QFile::ReadOnly))
        return failure(ErrorCode::NotFound, QCoreApplication::translate("Central", "The file %1 cannot be read. Make the certificates with “init” or check its rights.").arg(path), path + QStringLiteral(": ") + file.errorString());
    return file.read(1024LL * 1024);
}

std::unexpected<Error> notReadable(const QString &path)
{
    return failure(ErrorCode::Damaged, QCoreApplication::translate("Central", "The file %1 holds no certificate or key that can be used. Put the right file there, from a backup if need be.").arg(path), path);
}

Result<Certificate> readCertificate(const QString &path)
{
    return pemFile(path).and_then([&](const QByteArray &text) -> Result<Certificate> {
        const Memory memory(BIO_new_mem_buf(text.constData(), static_cast<int>(text.size())));
        Certificate certificate(memory ? PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr) : nullptr);
        return certificate ? Result<Certificate>(std::move(certificate)) : notReadable(path);
    });
}

Result<Key> readKey(const QString &path)
{
    return pemFile(path).and_then([&](const QByteArray &text) -> Result<Key> {
        const Memory memory(BIO_new_mem_buf(text.constData(), static_cast<int>(text.size())));
        pem_password_cb *const nobodyToAsk = [](char *, int, int, void *) { return -1; };
        Key key(memory ? PEM_read_bio_PrivateKey(memory.get(), nullptr, nobodyToAsk, nullptr) : nullptr);
        return key ? Result<Key>(std::move(key)) : notReadable(path);
    });
}

qint64 milliseconds(const ASN1_TIME *time)
{
    std::tm parts{};
    return ASN1_TIME_to_tm(time, &parts) == 1 ? static_cast<qint64>(::timegm(&parts)) * 1000 : 0;
}

bool isValidNow(const X509 *certificate, const Clock &clock)
{
    return milliseconds(X509_get0_notBefore(certificate)) <= clock.nowMs() && clock.nowMs() < milliseconds(X509_get0_notAfter(certificate));
}

bool isSignedBy(X509 *certificate, X509 *authority)
{
    return X509_check_issued(authority, certificate) == X509_V_OK && X509_verify(certificate, X509_get0_pubkey(authority)) == 1;
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
    Request request = serverRequest();
    request.extensions += {NID_subject_alt_name, alternativeNames(hosts)};
    const Certificate server = authority && serverKey ? signedCertificate(request, serverKey.get(), authority.get(), authorityKey.get(), nowS) : Certificate();
    if (!server)
        return notMade();
    return writeNew(files.authorityKey, pem(authorityKey.get()), true)
        .and_then([&] { return writeNew(files.authorityCertificate, pem(authority.get()), false); })
        .and_then([&] { return writeNew(files.serverKey, pem(serverKey.get()), true); })
        .and_then([&] { return writeNew(files.serverCertificate, pem(server.get()), false); });
}

Result<void> createDeviceCertificate(const CertificateFiles &files, const QString &name, const QString &folder, const Clock &clock)
{
    const QString called = name.trimmed();
    if (called.isEmpty() || called.size() > longestName || std::ranges::any_of(called, [](QChar one) { return one.category() == QChar::Other_Control; }))
        return failure(ErrorCode::InvalidInput, QCoreApplication::translate("Central", "A device's name has 1 to %1 characters.").arg(longestName));
    const QDir to(folder);
    const QString certificateFile = to.filePath(QStringLiteral("device.pem"));
    const QString keyFile = to.filePath(QStringLiteral("device.key"));
    const QString authorityFile = to.filePath(QStringLiteral("ca.pem"));
    for (const QString &path : {certificateFile, keyFile, authorityFile}) {
        if (QFile::exists(path))
            return failure(ErrorCode::Conflict, QCoreApplication::translate("Central", "The file %1 is there already and is not overwritten.").arg(path));
    }
    const auto authority = readCertificate(files.authorityCertificate);
    if (!authority)
        return std::unexpected(authority.error());
    const auto authorityKey = QFile::exists(files.authorityKey) ? readKey(files.authorityKey) : Result<Key>(notReadable(files.authorityKey));
    if (!authorityKey || X509_check_private_key(authority->get(), authorityKey->get()) != 1)
        return failure(ErrorCode::Denied, QCoreApplication::translate("Central", "No certificate can be made here: the key of the authority is not in %1. Make it where that key is kept.").arg(files.folder));
    const Key key(EVP_EC_gen("P-256"));
    const Request request{called.toUtf8(), deviceDays,
                          {{NID_basic_constraints, "critical,CA:FALSE"}, {NID_key_usage, "critical,digitalSignature"}, {NID_ext_key_usage, "clientAuth"},
                           {NID_subject_key_identifier, "hash"}, {NID_authority_key_identifier, "keyid:always"}}};
    const Certificate device = key ? signedCertificate(request, key.get(), authority->get(), authorityKey->get(), clock.nowMs() / 1000) : Certificate();
    if (!device)
        return notMade();
    if (!QDir().mkpath(folder))
        return failure(ErrorCode::ReadOnly, QCoreApplication::translate("Central", "The folder %1 cannot be made. Check the rights of the folder above it.").arg(folder));
    return writeNew(keyFile, pem(key.get()), true)
        .and_then([&] { return writeNew(authorityFile, pem(authority->get()), false); })
        .and_then([&] { return writeNew(certificateFile, pem(device.get()), false); });
}

Result<CertificateState> certificateState(const CertificateFiles &files, const Clock &clock)
{
    const auto server = readCertificate(files.serverCertificate);
    const auto key = readKey(files.serverKey);
    const auto authority = readCertificate(files.authorityCertificate);
    if (!server || !key || !authority)
        return std::unexpected(!server ? server.error() : !key ? key.error() : authority.error());
    CertificateState state{.fromMs = milliseconds(X509_get0_notBefore(server->get())), .untilMs = milliseconds(X509_get0_notAfter(server->get())),
                           .isOwn = isSignedBy(server->get(), authority->get()), .fitsKey = X509_check_private_key(server->get(), key->get()) == 1};
    if (const auto authorityKey = QFile::exists(files.authorityKey) ? readKey(files.authorityKey) : Result<Key>(notReadable(files.authorityKey)))
        state.isRenewable = state.isOwn && X509_check_private_key(authority->get(), authorityKey->get()) == 1 && isValidNow(authority->get(), clock);
    return state;
}

Result<void> renewServerCertificate(const CertificateFiles &files, const Clock &clock)
{
    const auto state = certificateState(files, clock);
    if (!state)
        return std::unexpected(state.error());
    if (!state->isRenewable || !state->fitsKey)
        return failure(ErrorCode::Denied, QCoreApplication::translate("Central", "The server's certificate cannot be renewed here: the key of its authority is not in %1. Renew it where that key is kept and put the new file there.").arg(files.folder));
    const auto old = readCertificate(files.serverCertificate);
    const auto key = readKey(files.serverKey);
    const auto authority = readCertificate(files.authorityCertificate);
    const auto authorityKey = readKey(files.authorityKey);
    if (!old || !key || !authority || !authorityKey)
        return notReadable(files.folder);
    Request request = serverRequest();
    if (const int names = X509_get_ext_by_NID(old->get(), NID_subject_alt_name, -1); names >= 0)
        request.names = X509_get_ext(old->get(), names);
    const Certificate renewed = signedCertificate(request, key->get(), authority->get(), authorityKey->get(), clock.nowMs() / 1000);
    if (!renewed)
        return notMade();
    const QByteArray text = pem(renewed.get());
    QSaveFile file(files.serverCertificate);
    if (!file.open(QFile::WriteOnly) || file.write(text) != text.size() || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther) || !file.commit())
        return failure(ErrorCode::ReadOnly, QCoreApplication::translate("Central", "The file %1 cannot be written. Check the rights of its folder and the space on the disk.").arg(file.fileName()), file.errorString());
    return {};
}

} // namespace ioc
