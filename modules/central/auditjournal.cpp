// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/auditjournal.h>

#include <QCborArray>
#include <QCborStreamWriter>

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

void writeCanonical(QCborStreamWriter &writer, const QCborValue &value);

void writeCanonical(QCborStreamWriter &writer, const QCborMap &map)
{
    QList<std::pair<QByteArray, QCborValue>> members;
    members.reserve(map.size());
    for (const auto &[key, value] : map)
        members.emplace_back(QCborValue(key).toCbor(), QCborValue(value));
    std::ranges::sort(members, {}, [](const auto &member) -> const QByteArray & { return member.first; });
    writer.startMap(static_cast<quint64>(members.size()));
    for (const auto &[key, value] : std::as_const(members)) {
        QCborValue::fromCbor(key).toCbor(writer);
        writeCanonical(writer, value);
    }
    writer.endMap();
}

void writeCanonical(QCborStreamWriter &writer, const QCborValue &value)
{
    if (value.isMap())
        return writeCanonical(writer, value.toMap());
    if (!value.isArray())
        return value.toCbor(writer);
    const QCborArray items = value.toArray();
    writer.startArray(static_cast<quint64>(items.size()));
    for (const QCborValue item : items)
        writeCanonical(writer, item);
    writer.endArray();
}

} // namespace

QByteArray canonicalCbor(const QCborMap &map)
{
    QByteArray out;
    QCborStreamWriter writer(&out);
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
