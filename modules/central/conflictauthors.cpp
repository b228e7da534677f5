// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/conflictauthors.h>

#include <wire/codec.h>

#include <algorithm>

namespace ioc {

namespace {

// A step sets its workflow's field without naming it.
QCborValue openedIfSealed(const QCborValue &value, const SealKey &key, const SealPlace &place)
{
    const auto text = value.isString() && isSealedText(value.toString()) ? openedText(value.toString(), key, place) : Result<QString>(value.toString());
    return value.isString() && text ? QCborValue(*text) : value;
}

bool wrote(const Operation &operation, const QString &toState, const QString &stateField, const FieldConflict &conflict, const SealKey &key, const Id &record)
{
    if (operation.kind == OperationKind::Transition && conflict.field == stateField)
        return sameValue(conflict.theirs, toState);
    return std::ranges::any_of(operation.changes, [&](const FieldChange &change) { 
        return change.field == conflict.field && sameValue(openedIfSealed(change.newValue, key, {operation.type, record, change.field}), conflict.theirs);
    });
}

} // namespace

Result<QString> ConflictAuthors::displayName(const Id &account)
{
    const RecordType *type = m_tables.catalog().type(u"account");
    if (account.isNull() || !type)
        return QString();
    auto found = m_tables.find(m_connection, *type, account);
    if (!found && found.error().code == ErrorCode::NotFound)
        return QString();
    return found.transform([](const CentralRecord &state) { return state.record.text(QStringLiteral("display_name")); });
}

Result<void> ConflictAuthors::fillIn(QList<FieldConflict> &conflicts, const Operation &operation, const Id &record, const SealKey &key)
{
    const RecordType *type = m_tables.catalog().type(operation.type);
    if (conflicts.isEmpty() || !type)
        return {};
    const Workflow *workflow = m_tables.catalog().workflowOf(*type);
    const QString stateField = workflow ? workflow->stateField : QString();
    struct Author { qsizetype conflict; Id account; };
    QList<Author> authors;
    const auto read = m_connection.each(QStringLiteral("SELECT author, acted_ms, to_state, operation FROM central_operation WHERE record = ? AND version > ? ORDER BY version DESC"),
                                        {record.toBytes(), operation.baseVersion}, [&](const db::Row &row) {
        const auto taken = wire::unpackedOperation(row.bytes(3));
        if (!taken)
            return true;
        for (qsizetype i = 0; i < conflicts.size(); ++i) {
            if (conflicts[i].theirsMs != 0 || !wrote(*taken, row.text(2), stateField, conflicts[i], key, record))
                continue;
            conflicts[i].theirsMs = row.integer(1);
            authors += {i, Id::fromBytes(row.bytes(0)).value_or(Id())};
        }
        return authors.size() < conflicts.size();
    });
    if (!read)
        return read;
    for (const Author &author : std::as_const(authors)) {
        auto name = displayName(author.account);
        if (!name)
            return std::unexpected(name.error());
        conflicts[author.conflict].theirsBy = *name;
    }
    return authors.size() < conflicts.size() ? fillInLastTouch(conflicts, *type, record) : Result<void>();
}

Result<void> ConflictAuthors::fillInLastTouch(QList<FieldConflict> &conflicts, const RecordType &type, const Id &record)
{
    Id account;
    qint64 atMs = 0;
    const auto read = m_connection.each(QStringLiteral("SELECT changed_by, changed_at FROM %1 WHERE shard = ? AND id = ?").arg(db::quoted(type.name)), {m_tables.shard(), record.toBytes()},
                                        [&](const db::Row &row) {
                                            account = Id::fromBytes(row.bytes(0)).value_or(Id());
                                            atMs = row.integer(1);
                                            return false;
                                        });
    if (!read)
        return read;
    const auto name = displayName(account);
    if (!name)
        return std::unexpected(name.error());
    for (FieldConflict &conflict : conflicts) {
        if (conflict.theirsMs != 0)
            continue;
        conflict.theirsBy = *name;
        conflict.theirsMs = atMs;
    }
    return {};
}

} // namespace ioc
