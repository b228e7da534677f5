// SPDX-License-Identifier: GPL-3.0-or-later
#include <access/sessions.h>
#include <central/journal.h>

#include <wire/codec.h>

namespace ioc {

namespace {

QString orEmpty(const QString &text)
{
    return text.isNull() ? QStringLiteral("") : text; // a null string would be bound as NULL
}

} // namespace

Result<Journal::Known> Journal::known(const Id &op) const
{
    Known out;
    const auto stored = m_connection.one<QByteArray>(QStringLiteral("SELECT answer, author, record, kind, version FROM central_operation WHERE op = ?"), {op.toBytes()},
                                                     [&](const db::Row &row) {
                                                         out.author = Id::fromBytes(row.bytes(1)).value_or(Id());
                                                         out.record = Id::fromBytes(row.bytes(2)).value_or(Id());
                                                         out.kind = static_cast<OperationKind>(row.integer(3));
                                                         out.version = row.integer(4);
                                                         return row.bytes(0);
                                                     });
    if (!stored)
        return std::unexpected(stored.error());
    return wire::decodeAnswers(*stored).and_then([&](const QList<Answer> &answers) -> Result<Known> {
        if (answers.size() != 1)
            return failure(ErrorCode::Damaged, {}, QStringLiteral("stored answer of ") + op.toString());
        out.answer = answers.first();
        return out;
    });
}

Result<void> Journal::remember(const Operation &operation, const Answer &answer, const OperationNote &note)
{
    return m_connection.exec(QStringLiteral("INSERT INTO central_operation (op, record, kind, outcome, version, author, device, transition, from_state, to_state, "
                                            "received_ms, acted_ms, time_note, operation, answer) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
                             {operation.op.toBytes(), note.record.toBytes(), static_cast<int>(operation.kind), static_cast<int>(answer.outcome), note.version,
                              note.author.toBytes(), note.device.toBytes(), orEmpty(operation.transition), orEmpty(note.fromState), orEmpty(note.toState),
                              note.receivedMs, note.actedMs, orEmpty(note.timeNote), wire::packed(operation), wire::encode(QList<Answer>{answer})})
        .transform([](qint64) {});
}

Result<Journal::Step> Journal::lastStep(const Id &record) const
{
    return m_connection.one<Step>(QStringLiteral("SELECT author, transition, from_state, to_state FROM central_operation "
                                                 "WHERE record = ? AND kind = ? AND version > 0 ORDER BY version DESC LIMIT 1"),
                                  {record.toBytes(), static_cast<int>(OperationKind::Transition)}, [](const db::Row &row) {
                                      return Step{Id::fromBytes(row.bytes(0)).value_or(Id()), row.text(1), row.text(2), row.text(3)};
                                  });
}

Result<qint64> Journal::versionsBy(const Id &device, const Id &record, qint64 after, qint64 upTo) const
{
    return m_connection.integer(QStringLiteral("SELECT count(DISTINCT version) FROM central_operation WHERE record = ? AND version > ? AND version <= ? AND device = ?"),
                                {record.toBytes(), after, upTo, device.toBytes()});
}

Result<void> Journal::commit(const RecordType &type, const Record &record, qint64 atMs, const QList<Id> &left)
{
    static const QStringList ruling{QStringLiteral("role"), QStringLiteral("role_grant"), QStringLiteral("unit")};
    if (ruling.contains(type.name)) {
        if (const auto told = Sessions::rightsChanged(m_connection); !told)
            return told;
    }
    QByteArray units;
    for (const Id &unit : left)
        units += unit.toBytes();
    return m_connection.exec(QStringLiteral("INSERT INTO central_commit (type, id, version, kind, left_units, changed_ms) VALUES (?, ?, ?, ?, ?, ?)"),
                             {type.name, record.id.toBytes(), record.version, static_cast<int>(record.deleted ? Change::Kind::Deleted : Change::Kind::State),
                              units.isEmpty() ? QVariant() : QVariant(units), atMs}).transform([](qint64) {});
}

Result<void> Journal::commitMoved(const RecordTables &tables, const RecordType &type, const Record &record, qint64 atMs, const QList<Id> &before)
{
    const auto now = tables.unitsOf(m_connection, type, record.id, record.values);
    if (!now)
        return std::unexpected(now.error());
    if (*now == before)
        return commit(type, record, atMs);
    return commit(type, record, atMs, before).and_then([&] { return commitChildren(tables, type, record.id, atMs, before); });
}

Result<void> Journal::commitChildren(const RecordTables &tables, const RecordType &type, const Id &parent, qint64 atMs, const QList<Id> &left)
{
    const auto types = tables.catalog().childrenOf(type);
    for (const RecordType *childType : types) {
        const auto children = tables.children(m_connection, *childType, parent);
        if (!children)
            return std::unexpected(children.error());
        for (const RecordTables::Child &child : *children) {
            const auto noted = commit(*childType, {.type = childType->name, .id = child.id, .version = child.version}, atMs, left)
                                   .and_then([&] { return commitChildren(tables, *childType, child.id, atMs, left); });
            if (!noted)
                return noted;
        }
    }
    return {};
}

} // namespace ioc
