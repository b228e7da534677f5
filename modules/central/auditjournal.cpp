// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/cbor.h>
#include <central/auditjournal.h>

#include <QCborArray>

#include <algorithm>
#include <array>

#ifdef Q_OS_UNIX
#include <pwd.h>
#include <unistd.h>
#endif

namespace ioc {

namespace {

QVariant auditId(const Id &id)
{
    return id.isNull() ? QVariant() : QVariant(id.toBytes());
}

void writeCanonical(cbor::Writer &out, const QCborValue &value);

void writeCanonical(cbor::Writer &out, const QCborMap &map)
{
    QList<std::pair<QByteArray, QCborValue>> members;
    members.reserve(map.size());
    for (const auto &[key, value] : map) {
        QByteArray bytes;
        cbor::Writer(bytes).value(key);
        members.emplace_back(std::move(bytes), QCborValue(value));
    }
    std::ranges::sort(members, {}, [](const auto &member) -> const QByteArray & { return member.first; });
    out.map(members.size());
    for (const auto &[key, value] : std::as_const(members)) {
        out.item(key);
        writeCanonical(out, value);
    }
}

void writeCanonical(cbor::Writer &out, const QCborValue &value)
{
    if (value.isMap())
        return writeCanonical(out, value.toMap());
    if (!value.isArray())
        return out.value(value);
    const QCborArray items = value.toArray();
    out.array(items.size());
    for (const QCborValue item : items)
        writeCanonical(out, item);
}

} // namespace

QByteArray canonicalCbor(const QCborMap &map)
{
    QByteArray out;
    cbor::Writer writer(out);
    writeCanonical(writer, map);
    return out;
}

AuditActor AuditActor::atConsole()
{
    QString name;
#ifdef Q_OS_UNIX
    std::array<char, 16'384> buffer{};
    passwd entry{};
    passwd *found = nullptr;
    if (::getpwuid_r(::getuid(), &entry, buffer.data(), buffer.size(), &found) == 0 && found)
        name = QString::fromLocal8Bit(found->pw_name);
    else
        name = QString::number(::getuid());
#else
    name = qEnvironmentVariable("USERNAME");
#endif
    return {.account = {}, .device = {}, .console = name};
}

AuditJournal::AuditJournal(db::Connection &connection)
    : m_pending(connection, QStringLiteral("audit_pending"), QStringLiteral("at_ms, account, device, kind, type, record, op, details"))
{
}

Result<void> AuditJournal::add(const AuditEntry &entry)
{
    QCborMap details = entry.details;
    if (!entry.who.console.isEmpty())
        details.insert(QStringLiteral("console"), entry.who.console);
    return m_pending.add({entry.atMs, auditId(entry.who.account), auditId(entry.who.device), QString(auditKindCode(entry.kind)),
                          entry.type.isNull() ? QStringLiteral("") : entry.type, auditId(entry.record), auditId(entry.op), canonicalCbor(details)});
}

} // namespace ioc
