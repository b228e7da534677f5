// SPDX-License-Identifier: GPL-3.0-or-later
#include <access/aead.h>
#include <access/hmac.h>
#include <access/token.h>
#include <central/sealing.h>

#include <QCoreApplication>
#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <unistd.h>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Central)
};

const QByteArray fileHead = QByteArrayLiteral("tourism-ioc sealing key 1\n");

std::unexpected<Error> notWhole(const QString &detail)
{
    return failure(ErrorCode::Damaged, Words::tr("The file with the key of personal data is damaged. Put back the one from a backup."), detail);
}

QString normalised(const Field &field, const QString &value)
{
    return field.kind == FieldKind::Phone ? value : value.simplified().toCaseFolded();
}

// The kind, so that a name is not found by a number; not the field, so that one person is found in whatever record.
QString matchKind(const Field &field)
{
    return field.kind == FieldKind::Phone ? QStringLiteral("phone") : field.kind == FieldKind::Email ? QStringLiteral("email") : QStringLiteral("text");
}

// Undefined where it is left out.
Result<QCborValue> sealedOrLeftOut(const QCborValue &value, const SealKey &key, const SealPlace &place, const FreshSeals &fresh)
{
    if (key.id.isNull())
        return QCborValue();
    if (const QString text = fresh.of(place.field, value.toString()); !text.isNull())
        return QCborValue(text);
    return sealedText(value.toString(), key, place).transform([](const QString &text) { return QCborValue(text); });
}

Result<void> sealEach(const RecordType &type, const RecordType &root, const SealKey &key, const Id &record, const QString &name, const FreshSeals &fresh, std::initializer_list<QCborValue *> values)
{
    const Field *field = type.field(name);
    for (QCborValue *value : values) {
        if (!field || ((field->sensitive || field->holdsFormerValues) && !value->isString())) { // refused; who knows what is in it
            *value = QCborValue();
            continue;
        }
        if (!isPersonal(root, *field, *value))
            continue;
        auto text = sealedOrLeftOut(*value, key, {type.name, record, name}, fresh);
        if (!text)
            return std::unexpected(text.error());
        *value = std::move(*text);
    }
    return {};
}

} // namespace

QString Sealing::fileName()
{
    return QStringLiteral("sealing.key");
}

Result<void> Sealing::create(const QString &folder)
{
    const QString path = QDir(folder).filePath(fileName());
    if (QFile::exists(path))
        return failure(ErrorCode::Conflict, Words::tr("The folder %1 holds a key of personal data already, and it is not overwritten.").arg(folder));
    const auto secrets = secretBytes(2 * aeadKeyBytes);
    if (!secrets)
        return std::unexpected(secrets.error());
    QSaveFile file(path);
    const QByteArray text = fileHead + secrets->toBase64() + '\n';
    if (!file.open(QFile::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) || file.write(text) != text.size() || !file.flush() || ::fsync(file.handle()) != 0 || !file.commit())
        return failure(ErrorCode::ReadOnly, Words::tr("The file %1 cannot be written. Check the rights of its folder and the space on the disk.").arg(path), file.errorString());
    return {};
}

Result<Sealing> Sealing::parse(const QByteArray &text)
{
    if (!text.startsWith(fileHead))
        return notWhole(QStringLiteral("first line"));
    const auto decoded = QByteArray::fromBase64Encoding(text.sliced(fileHead.size()).trimmed(), QByteArray::AbortOnBase64DecodingErrors);
    const QByteArray secrets = decoded ? *decoded : QByteArray();
    if (secrets.size() != 2 * aeadKeyBytes)
        return notWhole(QStringLiteral("length"));
    return Sealing(secrets.first(aeadKeyBytes), secrets.last(aeadKeyBytes));
}

Result<std::shared_ptr<const Sealing>> Sealing::load(const QString &folder)
{
    QFile file(QDir(folder).filePath(fileName()));
    if (!file.exists())
        return failure(ErrorCode::NotFound, Words::tr("The file %1 is missing: without it the personal data in the database cannot be read. Put it back from a backup, or from another central of this database.").arg(file.fileName()));
    constexpr qint64 longest = 4096;
    if (!file.open(QFile::ReadOnly))
        return failure(ErrorCode::NotFound, Words::tr("The file %1 cannot be read. Check its rights.").arg(file.fileName()), file.errorString());
    return parse(file.read(longest)).transform([](Sealing &&all) { return std::make_shared<const Sealing>(std::move(all)); });
}

Result<std::shared_ptr<const Sealing>> Sealing::of(db::Connection &central, const QString &folder)
{
    const auto mark = central.one<QByteArray>(QStringLiteral("SELECT value FROM central_meta WHERE name = 'sealing'"), {}, [](const db::Row &row) { return row.bytes(0); });
    if (!mark)
        return mark.error().code == ErrorCode::NotFound ? Result<std::shared_ptr<const Sealing>>() : std::unexpected(mark.error());
    return load(folder).and_then([&](std::shared_ptr<const Sealing> &&sealing) -> Result<std::shared_ptr<const Sealing>> {
        if (*mark != sealing->mark())
            return failure(ErrorCode::Conflict, Words::tr("The file %1 is not the one that this database's personal data are sealed with. Put back the right one from a backup, or from another central of this database.").arg(QDir(folder).filePath(fileName())));
        return sealing;
    });
}

QByteArray Sealing::mark() const
{
    return hmacSha256(m_wrapping + m_matching, "tourism-ioc sealing mark");
}

Result<QByteArray> Sealing::wrapped(const SealKey &key, const Id &record) const
{
    return key.wrapped(record, m_wrapping);
}

Result<SealKey> Sealing::unwrapped(const QByteArray &wrapped, const Id &record) const
{
    return SealKey::unwrapped(wrapped, record, m_wrapping);
}

QByteArray Sealing::secrets(const QByteArray &purpose) const
{
    // One for wrapping, of this purpose alone; one for the codes of words, the same for all: a snapshot is made for many devices.
    return hmacSha256(m_wrapping, "tourism-ioc vault " + purpose) + hmacSha256(m_matching, "tourism-ioc words");
}

QByteArray Sealing::deviceSecrets(const Id &device) const
{
    return secrets("of device " + device.toBytes());
}

QByteArray Sealing::snapshotSecrets(const QString &scope, const QString &cursor) const
{
    return secrets("of snapshot " + scope.toUtf8() + '\n' + cursor.toUtf8());
}

Result<QByteArray> Sealing::match(const Field &field, const QString &value) const
{
    return matchCode(normalised(field, value), matchKind(field), m_matching);
}

QString FreshSeals::of(const QString &field, const QString &plain) const
{
    const auto found = byField.constFind(field);
    return found != byField.cend() && found->plain == plain ? found->sealed : QString();
}

Result<Operation> sealed(const TypeCatalog &catalog, Operation operation, const SealKey &key, const Id &record, const FreshSeals &fresh)
{
    const RecordType *type = catalog.type(operation.type);
    for (FieldChange &change : operation.changes) {
        if (!type) {
            change.oldValue = change.newValue = QCborValue();
            continue;
        }
        if (const auto done = sealEach(*type, catalog.rootOf(*type), key, record, change.field, fresh, {&change.oldValue, &change.newValue}); !done)
            return std::unexpected(done.error());
    }
    return operation;
}

Result<Answer> sealed(const TypeCatalog &catalog, const QString &typeName, Answer answer, const SealKey &key, const Id &record)
{
    const RecordType *type = catalog.type(typeName);
    if (!type)
        return answer;
    for (FieldConflict &conflict : answer.conflicts) {
        if (const auto done = sealEach(*type, catalog.rootOf(*type), key, record, conflict.field, {}, {&conflict.base, &conflict.mine, &conflict.theirs}); !done)
            return std::unexpected(done.error());
    }
    return answer;
}

Result<Answer> opened(const TypeCatalog &catalog, const QString &typeName, Answer answer, const SealKey &key, const Id &record)
{
    const RecordType *type = catalog.type(typeName);
    for (FieldConflict &conflict : answer.conflicts) {
        const Field *field = type ? type->field(conflict.field) : nullptr;
        if (!field || !(field->sensitive || field->holdsFormerValues))
            continue;
        for (QCborValue *value : {&conflict.base, &conflict.mine, &conflict.theirs}) {
            if (!value->isString() || !isSealedText(value->toString()))
                continue;
            const auto text = openedText(value->toString(), key, {typeName, record, conflict.field});
            if (!text && text.error().code != ErrorCode::NotFound)
                return std::unexpected(text.error());
            *value = text ? QCborValue(*text) : QCborValue();
        }
    }
    return answer;
}

bool isKeptOtherwise(const RecordType &root, const Field &field, const QCborValue &value)
{
    return field.sensitive || (field.holdsFormerValues && !value.isUndefined() && (!value.isString() || isPersonal(root, field, value)));
}

} // namespace ioc
