// SPDX-License-Identifier: GPL-3.0-or-later
#include <access/sessions.h>
#include <central/journal.h>

#include <db/eachof.h>
#include <wire/codec.h>

#include <QCoreApplication>

namespace ioc {

namespace {

QString orEmpty(const QString &text)
{
    return text.isNull() ? QStringLiteral("") : text; // a null string would be bound as NULL
}

} // namespace

Journal::Journal(db::Connection &connection)
    : m_connection(connection),
      m_operations(connection, QStringLiteral("central_operation"),
                   QStringLiteral("op, record, kind, outcome, version, author, device, transition, from_state, to_state, received_ms, acted_ms, time_note, operation, answer")),
      m_commits(connection, QStringLiteral("central_commit"), QStringLiteral("type, id, version, kind, left_units, changed_ms"))
{
}

void Journal::hold(bool held)
{
    m_operations.hold(held);
    m_commits.hold(held);
}

Result<void> Journal::flush()
{
    return m_operations.flush().and_then([&] { return m_commits.flush(); });
}

Result<Journal::Known> Journal::knownFrom(const db::Row &row, int firstColumn)
{
    const auto answers = wire::decodeAnswers(row.bytes(firstColumn));
    if (!answers)
        return std::unexpected(answers.error());
    if (answers->size() != 1)
        return failure(ErrorCode::Damaged, {}, QStringLiteral("stored answer"));
    return Known{.answer = answers->first(), .author = Id::fromBytes(row.bytes(firstColumn + 1)).value_or(Id()), .record = Id::fromBytes(row.bytes(firstColumn + 2)).value_or(Id()),
                 .kind = static_cast<OperationKind>(row.integer(firstColumn + 3)), .version = row.integer(firstColumn + 4)};
}

Result<Journal::Known> Journal::known(const Id &op) const
{
    if (const auto held = m_known.constFind(op); held != m_known.cend())
        return *held;
    if (m_unknown.contains(op))
        return failure(ErrorCode::NotFound, {}, op.toString());
    auto stored = m_connection.one<Result<Known>>(QStringLiteral("SELECT answer, author, record, kind, version FROM central_operation WHERE op = ?"), {op.toBytes()},
                                                  [](const db::Row &row) { return knownFrom(row, 0); });
    return stored ? std::move(*stored) : std::unexpected(stored.error());
}

Result<void> Journal::stillHas(const Id &op) const
{
    return lacking({op}).and_then([&](const QSet<Id> &gone) { return gone.isEmpty() ? Result<void>() : std::unexpected(wentBack(op)); });
}

Result<QSet<Id>> Journal::lacking(const QList<Id> &ops) const
{
    QSet<Id> out;
    QVariantList parameters;
    for (const Id &op : ops) {
        if (op.isNull())
            continue;
        out.insert(op);
        parameters += op.toBytes();
    }
    return db::eachOf(m_connection, QStringLiteral("SELECT op FROM central_operation WHERE op IN (%1)"), {}, parameters, [&](const db::Row &row) {
               out.remove(Id::fromBytes(row.bytes(0)).value_or(Id()));
               return true;
           })
        .transform([&] { return out; });
}

Error Journal::wentBack(const Id &op)
{
    return {ErrorCode::WentBack, QCoreApplication::translate("Central", "Central went back to an earlier state. What this device sent since is sent again."), op.toString()};
}

Result<void> Journal::lookUp(const QList<Id> &ops)
{
    QVariantList parameters;
    for (const Id &op : ops) {
        parameters += op.toBytes();
        m_unknown.insert(op);
    }
    Result<void> readable;
    const auto read = db::eachOf(m_connection, QStringLiteral("SELECT op, answer, author, record, kind, version FROM central_operation WHERE op IN (%1)"), {}, parameters, [&](const db::Row &row) {
        const Id op = Id::fromBytes(row.bytes(0)).value_or(Id());
        auto one = knownFrom(row, 1);
        if (!one)
            readable = std::unexpected(one.error());
        else if (m_unknown.remove(op))
            m_known.insert(op, *one);
        return one.has_value();
    });
    return read ? readable : read;
}

Result<void> Journal::remember(const Operation &operation, const Answer &answer, const OperationNote &note)
{
    m_unknown.remove(operation.op);
    if (m_operations.isHeld())
        m_known.insert(operation.op, Known{.answer = answer, .author = note.author, .record = note.record, .kind = operation.kind, .version = note.version});
    return m_operations.add({operation.op.toBytes(), note.record.toBytes(), static_cast<int>(operation.kind), static_cast<int>(answer.outcome), note.version,
                             note.author.toBytes(), note.device.toBytes(), orEmpty(operation.transition), orEmpty(note.fromState), orEmpty(note.toState),
                             note.receivedMs, note.actedMs, orEmpty(note.timeNote), wire::packed(operation), wire::encode(QList<Answer>{answer})});
}

Result<Journal::Step> Journal::lastStep(const Id &record)
{
    if (const auto written = flush(); !written)
        return std::unexpected(written.error());
    return m_connection.one<Step>(QStringLiteral("SELECT author, transition, from_state, to_state FROM central_operation "
                                                 "WHERE record = ? AND kind = ? AND version > 0 ORDER BY version DESC LIMIT 1"),
                                  {record.toBytes(), static_cast<int>(OperationKind::Transition)}, [](const db::Row &row) {
                                      return Step{Id::fromBytes(row.bytes(0)).value_or(Id()), row.text(1), row.text(2), row.text(3)};
                                  });
}

Result<qint64> Journal::versionsBy(const Id &device, const Id &record, qint64 after, qint64 upTo)
{
    if (const auto written = flush(); !written)
        return std::unexpected(written.error());
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
    return m_commits.add({type.name, record.id.toBytes(), record.version, static_cast<int>(record.deleted ? Change::Kind::Deleted : Change::Kind::State),
                          units.isEmpty() ? QVariant() : QVariant(units), atMs});
}

Result<void> Journal::empty(const Id &record, const std::function<Result<bool>(const QString &, const QCborValue &)> &isToGo)
{
    struct Kept { QByteArray op; Operation operation; QList<Answer> answers; };
    QList<Kept> all;
    const auto read = m_connection.each(QStringLiteral("SELECT op, operation, answer FROM central_operation WHERE record = ?"), {record.toBytes()}, [&](const db::Row &row) {
        auto operation = wire::unpackedOperation(row.bytes(1));
        auto answers = wire::decodeAnswers(row.bytes(2));
        if (operation && answers)
            all += Kept{row.bytes(0), std::move(*operation), std::move(*answers)};
        return true;
    });
    if (!read)
        return read;
    for (Kept &kept : all) {
        QList<std::pair<QString, QCborValue *>> values;
        for (FieldChange &change : kept.operation.changes)
            values << std::pair(change.field, &change.oldValue) << std::pair(change.field, &change.newValue);
        for (Answer &answer : kept.answers) {
            for (FieldConflict &conflict : answer.conflicts)
                values << std::pair(conflict.field, &conflict.base) << std::pair(conflict.field, &conflict.mine) << std::pair(conflict.field, &conflict.theirs);
        }
        bool isChanged = false;
        for (const auto &[field, value] : std::as_const(values)) {
            const auto goes = isToGo(field, *value);
            if (!goes)
                return std::unexpected(goes.error());
            if (*goes)
                *value = QCborValue();
            isChanged = isChanged || *goes;
        }
        if (!isChanged)
            continue;
        if (const auto written = m_connection.exec(QStringLiteral("UPDATE central_operation SET operation = ?, answer = ? WHERE op = ?"), {wire::packed(kept.operation), wire::encode(kept.answers), kept.op}); !written)
            return std::unexpected(written.error());
    }
    return {};
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
