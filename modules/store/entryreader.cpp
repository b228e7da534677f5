// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/conflicts.h>
#include <store/entryreader.h>
#include <store/outbox.h>
#include <store/searchtext.h>
#include <store/seals.h>

#include <QHash>

namespace ioc {

namespace {

QString fromList(EntryQuery::List list)
{
    switch (list) {
    case EntryQuery::List::Outbox: return QStringLiteral("_outbox WHERE state<3");
    case EntryQuery::List::Quarantine: return QStringLiteral("_outbox WHERE state=3 AND follows IS NULL");
    case EntryQuery::List::Conflicts: break;
    }
    return QStringLiteral("_conflict WHERE batch IS NULL");
}

QString orderOf(const EntryQuery &query)
{
    const bool conflicts = query.list == EntryQuery::List::Conflicts;
    const QString key = conflicts ? QStringLiteral("key") : QStringLiteral("seq");
    QString first;
    switch (query.sort) {
    case EntryQuery::Sort::Saved: break;
    case EntryQuery::Sort::Title: first = QStringLiteral("words"); break;
    case EntryQuery::Sort::Kind: first = conflicts ? QStringLiteral("type %1, field") : QStringLiteral("type %1, kind"); break;
    case EntryQuery::Sort::Theirs: first = conflicts ? QStringLiteral("theirs_ms") : QString(); break;
    case EntryQuery::Sort::Mine: first = conflicts ? QStringLiteral("mine_ms") : QString(); break;
    }
    const QString direction = query.descending ? QStringLiteral("DESC") : QStringLiteral("ASC");
    if (first.contains(u'%'))
        first = first.arg(direction);
    return QStringLiteral(" ORDER BY ") + (first.isEmpty() ? QString() : first + u' ' + direction + QStringLiteral(", ")) + key + u' ' + direction;
}

// Text that LIKE takes as it stands.
QString likeAnywhere(const QString &text)
{
    QString out = text;
    for (const auto &special : {QStringLiteral("\\"), QStringLiteral("%"), QStringLiteral("_")})
        out.replace(special, u'\\' + special);
    return u'%' + out + u'%';
}

} // namespace

Result<QList<qint64>> EntryReader::keys(const EntryQuery &query)
{
    const bool conflicts = query.list == EntryQuery::List::Conflicts;
    QString sql = QStringLiteral("SELECT %1 FROM ").arg(conflicts ? QStringLiteral("key") : QStringLiteral("seq")) + fromList(query.list);
    QVariantList parameters;
    if (!query.type.isEmpty()) {
        sql += QStringLiteral(" AND type=?");
        parameters += query.type;
    }
    if (const QString text = query.text.trimmed(); !text.isEmpty()) {
        sql += conflicts ? QStringLiteral(" AND (words LIKE ? ESCAPE '\\' OR theirs_by LIKE ? ESCAPE '\\')") : QStringLiteral(" AND (words LIKE ? ESCAPE '\\' OR message LIKE ? ESCAPE '\\')");
        const QString words = searchtext::words(text);
        parameters += likeAnywhere(words.isEmpty() ? text : words);
        parameters += likeAnywhere(text);
    }
    QList<qint64> out;
    return m_connection
        .each(sql + orderOf(query), parameters,
              [&](const db::Row &row) {
                  out += row.integer(0);
                  return true;
              })
        .transform([&] { return std::move(out); });
}

Result<QList<std::pair<QString, qint64>>> EntryReader::types(EntryQuery::List list)
{
    QList<std::pair<QString, qint64>> out;
    return m_connection
        .each(QStringLiteral("SELECT type, count(*) FROM %1 GROUP BY type ORDER BY 2 DESC, 1").arg(fromList(list)), {},
              [&](const db::Row &row) {
                  out.emplaceBack(row.text(0), row.integer(1));
                  return true;
              })
        .transform([&] { return std::move(out); });
}

Result<QList<OutboxEntry>> EntryReader::outbox(const QList<qint64> &keys)
{
    QHash<qint64, QString> titles;
    const auto read = Outbox(m_connection).withKeys(keys);
    if (!read)
        return std::unexpected(read.error());
    for (const LiveOperation &live : *read) {
        const auto titled = m_connection.each(QStringLiteral("SELECT title FROM _outbox WHERE seq=?"), {live.seq}, [&](const db::Row &row) {
            titles.insert(live.seq, row.text(0));
            return false;
        });
        if (!titled)
            return std::unexpected(titled.error());
    }
    QHash<qint64, const LiveOperation *> byKey;
    for (const LiveOperation &live : *read)
        byKey.insert(live.seq, &live);
    const Seals seals(m_connection, m_tables);
    QList<OutboxEntry> out;
    for (const qint64 key : keys) {
        const LiveOperation *live = byKey.value(key);
        if (live && live->state <= LiveOperation::State::Quarantined)
            out += {.key = key, .operation = seals.opened(live->operation), .state = static_cast<OutboxEntry::State>(live->state), .title = titles.value(key), .message = live->message};
    }
    return out;
}

Result<QList<Conflict>> EntryReader::conflicts(const QList<qint64> &keys)
{
    const auto read = Conflicts(m_connection).open(keys);
    if (!read)
        return std::unexpected(read.error());
    QHash<qint64, Conflict> byKey;
    const Seals seals(m_connection, m_tables);
    for (Conflict conflict : *read) {
        seals.open(conflict.type, conflict.record, conflict.values);
        if (conflict.kind == OperationKind::Transition) {
            const auto followers = Outbox(m_connection).followers(conflict.op);
            if (!followers)
                return std::unexpected(followers.error());
            for (const LiveOperation &one : *followers)
                conflict.followers += seals.opened(one.operation);
        }
        byKey.insert(conflict.key, conflict);
    }
    QList<Conflict> out;
    for (const qint64 key : keys) {
        if (byKey.contains(key))
            out += byKey.value(key);
    }
    return out;
}

Result<OperationFile> EntryReader::file(const QList<qint64> &keys)
{
    using State = LiveOperation::State;
    Outbox outbox(m_connection);
    auto chosen = outbox.withKeys(keys);
    if (!chosen)
        return std::unexpected(chosen.error());
    QHash<Id, LiveOperation> all;
    QList<LiveOperation> open = std::move(*chosen);
    while (!open.isEmpty()) {
        const LiveOperation one = open.takeLast();
        if (one.state == State::Buried || all.contains(one.operation.op))
            continue;
        all.insert(one.operation.op, one);
        for (const Id &needed : one.operation.after) {
            const auto found = outbox.find(needed);
            if (!found)
                return std::unexpected(found.error());
            if (*found && (*found)->state != State::Answered)
                open += **found;
        }
    }
    QList<LiveOperation> sorted(all.cbegin(), all.cend());
    std::ranges::sort(sorted, {}, &LiveOperation::seq);
    OperationFile out;
    const Seals seals(m_connection, m_tables);
    const TypeTable *accounts = m_tables.table(QStringLiteral("account"));
    for (const LiveOperation &one : std::as_const(sorted)) {
        const bool refused = one.state == State::Quarantined;
        Operation plain = seals.opened(one.operation);
        plain.sealKey.clear();
        if (std::ranges::any_of(plain.changes, [&](const FieldChange &change) { return seals.isSealedAway(plain.type, change.field, change.newValue) || seals.isSealedAway(plain.type, change.field, change.oldValue); }))
            return lockedAway();
        out.entries += {plain, refused, refused ? one.message : QString()};
        const Id author = one.operation.author;
        if (author.isNull() || out.names.contains(author) || !accounts)
            continue;
        const auto account = accounts->find(m_connection, author);
        if (!account)
            return std::unexpected(account.error());
        if (*account)
            out.names.insert(author, (*account)->record.text(QStringLiteral("display_name")));
    }
    const auto epoch = m_connection.each(QStringLiteral("SELECT value FROM _meta WHERE name='epoch'"), {}, [&](const db::Row &row) {
        out.epoch = Id::fromBytes(row.bytes(0)).value_or(Id());
        return false;
    });
    return epoch.transform([&] { return std::move(out); });
}

} // namespace ioc
