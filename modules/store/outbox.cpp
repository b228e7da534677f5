// SPDX-License-Identifier: GPL-3.0-or-later
#include <access/vault.h>
#include <store/outbox.h>
#include <store/searchtext.h>
#include <wire/codec.h>

#include <QSet>

#include <algorithm>

namespace ioc {

using State = LiveOperation::State;

namespace {

constexpr qint64 unseenForMs = 60'000;
constexpr int sentAlwaysKept = 10'000; // however old: the clock may be wrong

QString isUnseen() { return QStringLiteral("state=? AND abs(?-held_until)>?"); } // the clock may have been set back

QString states(std::initializer_list<State> list)
{
    QStringList numbers;
    for (const State state : list)
        numbers += QString::number(static_cast<int>(state));
    return numbers.join(u',');
}

} // namespace

Result<void> Outbox::append(const Operation &operation, const Id &record, Place place)
{
    const QString seq = place == Place::Last ? QStringLiteral("NULL") : QStringLiteral("(SELECT min(0, coalesce(min(seq), 0))-1 FROM _outbox)");
    const auto done = change(QStringLiteral("INSERT INTO _outbox (seq, op, type, record, kind, state, packed) VALUES (%1,?,?,?,?,?,?)").arg(seq),
                             {operation.op.toBytes(), operation.type, record.toBytes(), static_cast<int>(operation.kind),
                              static_cast<int>(State::Waiting), wire::packed(operation)});
    if (!done)
        return done;
    for (const Id &needed : operation.after) {
        if (const auto noted = change(QStringLiteral("INSERT OR IGNORE INTO _outbox_needs (op, needs) VALUES (?,?)"), {operation.op.toBytes(), needed.toBytes()}); !noted)
            return noted;
    }
    return {};
}

Result<QList<LiveOperation>> Outbox::select(const QString &where, const QVariantList &parameters)
{
    QList<LiveOperation> out;
    Result<void> unreadable;
    const auto done = m_connection.each(
        QStringLiteral("SELECT seq, record, state, version, message, tries, packed FROM _outbox WHERE ") + where + QStringLiteral(" ORDER BY seq"), parameters,
        [&](const db::Row &row) {
            auto operation = wire::unpackedOperation(row.bytes(6));
            if (!operation) {
                unreadable = failure(ErrorCode::Damaged, operation.error().message, operation.error().detail);
                return false;
            }
            out += {.seq = row.integer(0),
                    .operation = std::move(*operation),
                    .state = static_cast<State>(row.integer(2)),
                    .record = Id::fromBytes(row.bytes(1)).value_or(Id()),
                    .version = row.integer(3),
                    .message = row.text(4),
                    .tries = static_cast<int>(row.integer(5))};
            return true;
        });
    if (!unreadable)
        return std::unexpected(unreadable.error());
    return done.transform([&] { return out; });
}

Result<std::optional<LiveOperation>> Outbox::find(const Id &op)
{
    return select(QStringLiteral("op=?"), {op.toBytes()}).transform([](const QList<LiveOperation> &found) {
        return found.isEmpty() ? std::optional<LiveOperation>() : found.first();
    });
}

Result<QList<LiveOperation>> Outbox::live(const Id &record)
{
    return select(QStringLiteral("record=? AND state<%1").arg(static_cast<int>(State::Quarantined)), {record.toBytes()});
}

Result<Id> Outbox::idOf(const QString &sql, const QVariantList &parameters)
{
    Id found;
    return m_connection
        .each(sql, parameters,
              [&](const db::Row &row) {
                  found = Id::fromBytes(row.bytes(0)).value_or(Id());
                  return false;
              })
        .transform([&] { return found; });
}

Result<Id> Outbox::newest(const Id &record)
{
    return idOf(QStringLiteral("SELECT op FROM _outbox WHERE record=? AND state<%1 ORDER BY seq DESC LIMIT 1").arg(static_cast<int>(State::Quarantined)), {record.toBytes()});
}

Result<Id> Outbox::creation(const Id &record)
{
    return idOf(QStringLiteral("SELECT op FROM _outbox WHERE record=? AND kind=%1 AND state<%2")
                    .arg(static_cast<int>(OperationKind::Create)).arg(static_cast<int>(State::Quarantined)), {record.toBytes()});
}

Result<QList<LiveOperation>> Outbox::inState(State state)
{
    return select(QStringLiteral("state=?"), {static_cast<int>(state)});
}

Result<QList<LiveOperation>> Outbox::all()
{
    return select(QStringLiteral("1"), {});
}

Result<QList<LiveOperation>> Outbox::of(const Id &record)
{
    return select(QStringLiteral("record=?"), {record.toBytes()});
}

Result<QList<Operation>> Outbox::sent()
{
    QList<Operation> out;
    return m_connection.each(QStringLiteral("SELECT packed FROM _sent ORDER BY op"), {}, [&](const db::Row &row) {
        if (auto operation = wire::unpackedOperation(row.bytes(0)))
            out += std::move(*operation);
        return true;
    }).transform([&] { return std::move(out); });
}

Result<void> Outbox::repack(const Operation &operation)
{
    return change(QStringLiteral("UPDATE _outbox SET packed=? WHERE op=?"), {wire::packed(operation), operation.op.toBytes()});
}

Result<void> Outbox::repackSent(const Operation &operation)
{
    return change(QStringLiteral("UPDATE _sent SET packed=?, record=? WHERE op=?"), {wire::packed(operation), operation.record.toBytes(), operation.op.toBytes()});
}

Result<void> Outbox::hold(const Id &op, const QString &why, qint64 untilMs)
{
    return change(QStringLiteral("UPDATE _outbox SET state=?, message=?, held_until=? WHERE op=?"), {static_cast<int>(State::Held), why, untilMs, op.toBytes()});
}

Result<void> Outbox::forgetSentKeys(const Id &record, const Id &key)
{
    QList<Operation> about;
    const auto read = m_connection.each(QStringLiteral("SELECT packed FROM _sent WHERE record=?"), {record.toBytes()}, [&](const db::Row &row) {
        if (auto operation = wire::unpackedOperation(row.bytes(0)); operation && Vault::keyIn(operation->sealKey) == key)
            about += std::move(*operation);
        return true;
    });
    if (!read)
        return read;
    for (Operation &operation : about) {
        operation.sealKey.clear();
        if (const auto done = repackSent(operation); !done)
            return done;
    }
    return {};
}

Result<qint64> Outbox::count(std::initializer_list<State> list)
{
    return m_connection.integer(QStringLiteral("SELECT count(*) FROM _outbox WHERE state IN (%1)").arg(states(list)));
}

Result<QList<LiveOperation>> Outbox::dependents(const Id &op)
{
    return select(QStringLiteral("op IN (WITH RECURSIVE d(op) AS (SELECT op FROM _outbox_needs WHERE needs=? "
                                 "UNION SELECT n.op FROM _outbox_needs n JOIN d ON n.needs=d.op) SELECT op FROM d)"), {op.toBytes()})
        .transform([](QList<LiveOperation> &&list) {
            // Ids are made in order; their places in the outbox are not, once something was offered again.
            std::ranges::sort(list, {}, [](const LiveOperation &one) { return one.operation.op; });
            return std::move(list);
        });
}

Result<bool> Outbox::buildsOnQuarantined(const Id &op)
{
    return m_connection
        .integer(QStringLiteral("SELECT count(*) FROM _outbox_needs n JOIN _outbox o ON o.op=n.needs WHERE n.op=? AND o.state=?"),
                 {op.toBytes(), static_cast<int>(State::Quarantined)})
        .transform([](qint64 count) { return count > 0; });
}

Result<void> Outbox::change(const QString &sql, const QVariantList &parameters)
{
    return m_connection.exec(sql, parameters).transform([](qint64) {});
}

Result<void> Outbox::setState(const Id &op, State state, const QString &message)
{
    return change(QStringLiteral("UPDATE _outbox SET state=?, message=? WHERE op=?"), {static_cast<int>(state), message, op.toBytes()});
}

// When it was answered stands where a held one has its time.
Result<void> Outbox::setAnswered(const Id &op, qint64 version, qint64 nowMs)
{
    return change(QStringLiteral("UPDATE _outbox SET state=?, version=?, held_until=?, tries=CASE tries WHEN ? THEN ? ELSE tries END, message=NULL WHERE op=?"),
                  {static_cast<int>(State::Answered), version, nowMs, doubted, askedAgain, op.toBytes()});
}

Result<void> Outbox::setInConflict(const Id &op)
{
    return change(QStringLiteral("UPDATE _outbox SET tries=? WHERE op=?"), {inConflict, op.toBytes()});
}

Result<void> Outbox::setRecalled(const Id &op)
{
    return change(QStringLiteral("UPDATE _outbox SET tries=? WHERE op=?"), {recalledByCentral, op.toBytes()});
}

Result<Id> Outbox::recalled(const Id &record)
{
    return idOf(QStringLiteral("SELECT op FROM _outbox WHERE record=? AND state=? AND tries=?"), {record.toBytes(), static_cast<int>(State::Quarantined), recalledByCentral});
}

Result<bool> Outbox::hasRecalled()
{
    return m_connection.integer(QStringLiteral("SELECT EXISTS (SELECT 1 FROM _outbox WHERE state=? AND tries=?)"), {static_cast<int>(State::Quarantined), recalledByCentral})
        .transform([](qint64 any) { return any != 0; });
}

Result<bool> Outbox::isOffered(const Id &op)
{
    return m_connection.integer(QStringLiteral("SELECT EXISTS (SELECT 1 FROM _outbox WHERE op=? AND state<>?) OR EXISTS (SELECT 1 FROM _sent WHERE op=?)"),
                                {op.toBytes(), static_cast<int>(State::Buried), op.toBytes()})
        .transform([](qint64 any) { return any != 0; });
}

Result<bool> Outbox::hasUnseen(qint64 nowMs)
{
    return m_connection.integer(QStringLiteral("SELECT EXISTS (SELECT 1 FROM _outbox WHERE %1)").arg(isUnseen()), {static_cast<int>(State::Answered), nowMs, unseenForMs})
        .transform([](qint64 any) { return any != 0; });
}

Result<QList<LiveOperation>> Outbox::unseen(qint64 nowMs)
{
    return select(isUnseen(), {static_cast<int>(State::Answered), nowMs, unseenForMs});
}

Result<void> Outbox::askAgain(const Id &op, int why)
{
    return change(QStringLiteral("UPDATE _outbox SET state=?, held_until=0, tries=? WHERE op=?"), {static_cast<int>(State::Waiting), why, op.toBytes()});
}

Result<void> Outbox::setHeld(const Id &op, const QString &message, qint64 untilMs)
{
    return change(QStringLiteral("UPDATE _outbox SET state=?, message=?, held_until=?, tries=tries+1 WHERE op=?"),
                  {static_cast<int>(State::Held), message, untilMs, op.toBytes()});
}

Result<QList<Operation>> Outbox::nextPush(int limit, qint64 nowMs)
{
    // What builds on an operation still held waits with it, however long the chain.
    const auto ready = select(QStringLiteral("state IN (%1) AND op NOT IN (WITH RECURSIVE h(op) AS (SELECT op FROM _outbox WHERE state=%2 AND held_until>? AND held_until<=? "
                                             "UNION SELECT n.op FROM _outbox_needs n JOIN h ON n.needs=h.op) SELECT op FROM h) AND seq<=(SELECT max(seq) FROM "
                                             "(SELECT seq FROM _outbox WHERE state IN (%1) ORDER BY seq LIMIT ?))")
                                  .arg(states({State::Waiting, State::Held})).arg(static_cast<int>(State::Held)),
                              {nowMs, nowMs + longestHoldMs, std::max(limit, 1)}); // later than that: the clock has been set back
    if (!ready || !ready->isEmpty()) {
        return ready.transform([&](const QList<LiveOperation> &list) {
            QList<Operation> out;
            for (const LiveOperation &live : list)
                out += live.operation;
            return out;
        });
    }
    // Everything at the front is held: look past it.
    return select(QStringLiteral("seq IN (SELECT seq FROM _outbox WHERE state=%1 AND op NOT IN (WITH RECURSIVE h(op) AS (SELECT op FROM _outbox WHERE state=%2 "
                                 "UNION SELECT n.op FROM _outbox_needs n JOIN h ON n.needs=h.op) SELECT op FROM h) ORDER BY seq LIMIT ?)")
                      .arg(static_cast<int>(State::Waiting)).arg(static_cast<int>(State::Held)), {limit})
        .transform([](const QList<LiveOperation> &list) {
            QList<Operation> out;
            for (const LiveOperation &live : list)
                out += live.operation;
            return out;
        });
}

Result<void> Outbox::bury(const Id &op)
{
    return change(QStringLiteral("UPDATE _outbox SET state=? WHERE op=?"), {static_cast<int>(State::Buried), op.toBytes()});
}

Result<void> Outbox::exhume(const Id &op)
{
    return change(QStringLiteral("UPDATE _outbox SET state=? WHERE op=? AND state=?"), {static_cast<int>(State::Quarantined), op.toBytes(), static_cast<int>(State::Buried)});
}

Result<void> Outbox::release(const Id &op)
{
    return change(QStringLiteral("UPDATE _outbox SET state=%1, held_until=0, message=NULL WHERE op=? AND state=%2").arg(static_cast<int>(State::Waiting)).arg(static_cast<int>(State::Held)),
                  {op.toBytes()});
}

Result<void> Outbox::setTitle(const Id &op, const QString &title)
{
    const QString text = title.isNull() ? QStringLiteral("") : title; // a null string would be bound as NULL
    const QString words = searchtext::words(text);
    return change(QStringLiteral("UPDATE _outbox SET title=?, words=? WHERE op=?"), {text, words.isNull() ? QStringLiteral("") : words, op.toBytes()});
}

Result<void> Outbox::setFollows(const Id &op, const Id &step)
{
    return change(QStringLiteral("UPDATE _outbox SET follows=? WHERE op=?"), {step.toBytes(), op.toBytes()});
}

Result<QList<LiveOperation>> Outbox::followers(const Id &step)
{
    return select(QStringLiteral("op IN (SELECT op FROM _outbox_needs WHERE needs=?) AND follows=?"), {step.toBytes(), step.toBytes()});
}

Result<QList<LiveOperation>> Outbox::withKeys(const QList<qint64> &keys)
{
    QStringList numbers;
    for (const qint64 key : keys)
        numbers += QString::number(key);
    return select(QStringLiteral("seq IN (SELECT value FROM json_each(?))"), {QString(u'[' + numbers.join(u',') + u']')});
}

Result<QList<LiveOperation>> Outbox::untitled(int limit)
{
    return select(QStringLiteral("title IS NULL AND seq<=(SELECT max(seq) FROM (SELECT seq FROM _outbox WHERE title IS NULL ORDER BY seq LIMIT ?))"), {limit});
}

Result<void> Outbox::forgetBuried()
{
    return change(QStringLiteral("DELETE FROM _outbox_needs WHERE op IN (SELECT op FROM _outbox WHERE state=?)"), {static_cast<int>(State::Buried)})
        .and_then([&] { return change(QStringLiteral("DELETE FROM _outbox WHERE state=?"), {static_cast<int>(State::Buried)}); });
}

Result<void> Outbox::remove(const Id &op)
{
    return change(QStringLiteral("DELETE FROM _outbox WHERE op=?"), {op.toBytes()}).and_then([&] {
        return change(QStringLiteral("DELETE FROM _outbox_needs WHERE op=?"), {op.toBytes()});
    });
}

Result<void> Outbox::finish(const LiveOperation &done, qint64 nowMs)
{
    return change(QStringLiteral("INSERT OR REPLACE INTO _sent (op, at, version, packed, record) VALUES (?,?,?,?,?)"),
                  {done.operation.op.toBytes(), nowMs, done.version, wire::packed(done.operation), done.operation.record.toBytes()})
        .and_then([&] { return remove(done.operation.op); });
}

Result<void> Outbox::forgetSent(qint64 beforeMs)
{
    return change(QStringLiteral("DELETE FROM _sent WHERE at<? AND op<=(SELECT op FROM _sent ORDER BY op DESC LIMIT 1 OFFSET ?)"), {beforeMs, sentAlwaysKept});
}

Result<Id> Outbox::newestOp()
{
    return idOf(QStringLiteral("SELECT max(op) FROM (SELECT max(op) AS op FROM _outbox UNION ALL SELECT max(op) FROM _sent)"), {});
}

Result<void> Outbox::addAlias(const QString &type, const Id &alias, const Id &target)
{
    return change(QStringLiteral("INSERT OR REPLACE INTO _alias (alias, type, target) VALUES (?,?,?)"), {alias.toBytes(), type, target.toBytes()})
        .and_then([&] { return change(QStringLiteral("UPDATE _alias SET target=? WHERE target=?"), {target.toBytes(), alias.toBytes()}); })
        .and_then([&] { return change(QStringLiteral("UPDATE _outbox SET record=? WHERE record=? AND state<>?"), {target.toBytes(), alias.toBytes(), static_cast<int>(State::Answered)}); });
}

Result<void> Outbox::forgetAlias(const Id &alias)
{
    return change(QStringLiteral("DELETE FROM _alias WHERE alias=?"), {alias.toBytes()});
}

Result<Id> Outbox::resolved(const Id &id)
{
    return idOf(QStringLiteral("SELECT target FROM _alias WHERE alias=?"), {id.toBytes()}).transform([&](const Id &target) {
        return target.isNull() ? id : target;
    });
}

} // namespace ioc
