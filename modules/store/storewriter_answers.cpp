// SPDX-License-Identifier: GPL-3.0-or-later
// Central's answers to what was pushed, and when an answered operation ends. The states and events are listed in README.md.
#include <store/storewriter.h>

#include <QCoreApplication>

#include <algorithm>

namespace ioc {

using db::Transaction;
using State = LiveOperation::State;

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Store)
};

} // namespace

// What central takes it never forgets; it may forget what it refused, and knows nothing of what it puts off.
Result<Id> StoreWriter::applyAnswers(db::Connection &connection, const QList<Answer> &answers, const Moment &moment)
{
    auto transaction = Transaction::begin(connection, Transaction::Durability::Normal);
    if (!transaction)
        return std::unexpected(transaction.error());
    Rebaser rebaser(connection, m_tables, m_feed);
    Id last;
    for (const Answer &answer : answers) {
        const bool isTaken = answer.outcome != Outcome::Refused && answer.outcome != Outcome::Later;
        const auto live = isTaken ? Outbox(connection).find(answer.op) : Result<std::optional<LiveOperation>>(std::nullopt);
        if (!live)
            return std::unexpected(live.error());
        if (*live && (*live)->tries >= 0) // one that was asked about again may have been there long before others
            last = answer.op;
        if (const auto done = applyAnswer(connection, rebaser, answer, moment); !done)
            return std::unexpected(done.error());
    }
    const auto noted = last.isNull() ? Result<void>() : setMeta(connection, QStringLiteral("last_answered"), last.toBytes());
    if (const auto done = noted.and_then([&] { return commit(connection, *transaction, rebaser); }); !done)
        return std::unexpected(done.error());
    (void)trimJournal(connection); // an untrimmed journal only offers again what central knows
    return lastAnswered(connection);
}

Result<void> StoreWriter::applyAnswer(db::Connection &connection, Rebaser &rebaser, const Answer &answer, const Moment &moment)
{
    Outbox outbox(connection);
    const auto found = outbox.find(answer.op);
    if (!found || !*found || (*found)->state == State::Buried)
        return found.transform([](const auto &) {}); // answered before, or given up meanwhile
    const LiveOperation &live = **found;
    m_entriesTouched = true;
    switch (answer.outcome) {
    case Outcome::Duplicate: {
        const auto base = BaseStates(connection).find(live.record);
        const auto known = standing(connection, live.operation.type, live.record);
        if (!base || !known)
            return std::unexpected(!base ? base.error() : known.error());
        if (live.operation.kind == OperationKind::Create && !known->present)
            return followDuplicate(connection, rebaser, live, answer, moment);
        if (live.operation.kind == OperationKind::Create) // parted from the other one since, as the feed has told
            return outbox.finish(live, moment.nowMs()).and_then([&] { return rebaser.rebase(live.operation.type, live.record); });
        // An edit that would make two records of one key was not taken: both values wait for somebody to decide.
        Answer refused = answer;
        const Seals seals(connection, m_tables);
        const Operation mine = seals.opened(live.operation); // sealed as another record's, perhaps
        for (const FieldChange &change : mine.changes) {
            const QCborValue theirs = *base ? (*base)->values.value(change.field) : QCborValue();
            refused.conflicts += {change.field, change.oldValue, change.newValue, seals.opened(theirs, {live.operation.type, live.record, change.field})};
        }
        if (const auto noted = noteConflict(connection, live, refused, moment); !noted)
            return noted;
        return outbox.finish(live, moment.nowMs())
            .and_then([&] { return rebaser.rebase(live.operation.type, live.record); });
    }
    case Outcome::Refused:
        return live.state == State::Quarantined ? outbox.setState(answer.op, State::Quarantined, answer.message)
                                                : quarantine(connection, rebaser, live, answer.message);
    case Outcome::Later: {
        if (live.state == State::Quarantined)
            return {}; // an answer that was long on its way
        if (answer.reason == ErrorCode::NotFound) {
            if (const auto done = offerNeeded(connection, rebaser, live.operation); !done)
                return done;
            const auto why = whyNever(connection, live);
            if (!why || !why->isEmpty())
                return why ? quarantine(connection, rebaser, live, *why) : std::unexpected(why.error());
        }
        const qint64 wait = std::min<qint64>(Outbox::longestHoldMs, 2'000LL << std::clamp(live.tries, 0, 5));
        return outbox.setHeld(answer.op, answer.message, moment.nowMs() + wait);
    }
    case Outcome::Conflict:
        if (const auto noted = noteConflict(connection, live, answer, moment).and_then([&] { return outbox.setInConflict(answer.op); }); !noted)
            return noted;
        break;
    case Outcome::Applied:
    case Outcome::Merged: break;
    }
    const OperationKind kind = live.operation.kind;
    const auto known = standing(connection, live.operation.type, live.record);
    if (!known)
        return std::unexpected(known.error());
    const bool isMerging = kind == OperationKind::Merge || kind == OperationKind::Unmerge;
    const bool isOfOther = !isMerging && !answer.duplicateOf.isNull() && answer.duplicateOf != live.record;
    // Of a record that is here the feed alone tells when it became another one and when that was taken back: an answer may be late.
    if (isOfOther && !known->present)
        return followDuplicate(connection, rebaser, live, answer, moment);
    if (const auto done = outbox.setAnswered(answer.op, isOfOther ? 0 : answer.version, moment.nowMs()); !done) // the other one's version counts for nothing here
        return done;
    if (kind == OperationKind::Unmerge) { // it is a record of its own again
        if (const auto done = outbox.forgetAlias(live.operation.record); !done)
            return done;
    }
    // The feed was faster. Of a merging, or its undoing, that changed nothing it never tells: central is asked once more (endUnseen).
    if (!isOfOther && !isMerging && known->version >= answer.version) {
        LiveOperation shown = live;
        shown.version = answer.version;
        if (const auto done = outbox.finish(shown, moment.nowMs()); !done)
            return done;
    }
    return m_tables.table(live.operation.type) ? rebaser.rebase(live.operation.type, live.record) : Result<void>();
}

// Why what \a live builds on, which central lacks, is never going to reach it from here; empty when it may.
Result<QString> StoreWriter::whyNever(db::Connection &connection, const LiveOperation &live)
{
    constexpr int enoughTries = 5; // about a minute: another desk may have it, and send it just now
    const bool isOwn = live.operation.device == m_device; // else the desk that it comes from has what it needs
    bool isLive = false;
    bool isGivenUp = false;
    for (const Id &needed : live.operation.after) {
        const auto other = Outbox(connection).find(needed);
        if (!other)
            return std::unexpected(other.error());
        if (*other && (*other)->state == State::Quarantined) // refused while this one was sent and shown, and was no part of what went there
            return Words::tr("It builds on a change that was refused: %1").arg((*other)->message);
        isGivenUp = isGivenUp || (*other && (*other)->state == State::Buried);
        isLive = isLive || (*other && (*other)->state != State::Buried);
    }
    if (!isOwn || live.tries < enoughTries || live.operation.after.isEmpty() || (isLive && !isGivenUp))
        return QString();
    // Given up here, and this one with it, until the journal brought this one back after a loss of the database.
    return Words::tr("It builds on a change that never reached central and is not on this device any more. Look at it, then try again.");
}

// Central's state of a record as far as it is known here: kept aside while operations live, in the row otherwise.
Result<StoreWriter::Standing> StoreWriter::standing(db::Connection &connection, const QString &type, const Id &record) const
{
    const auto base = BaseStates(connection).find(record);
    if (!base)
        return std::unexpected(base.error());
    if (*base)
        return Standing{(*base)->present, (*base)->version};
    const TypeTable *table = m_tables.table(type);
    const auto row = table ? table->find(connection, record) : Result<std::optional<StoredRecord>>(std::nullopt);
    return row.transform([](const auto &found) { return found ? Standing{true, found->record.version} : Standing(); });
}

// Whether \a change shows what \a answered made of the record: its version is theirs and holds what they wrote last.
bool StoreWriter::shows(const Change &change, const QList<LiveOperation> &answered)
{
    qint64 version = 0;
    Values written;
    for (const LiveOperation &one : answered) {
        // A record that was recalled is brought back by any desk that had it: not even its making is one desk's alone.
        const OperationKind kind = one.operation.kind;
        if (kind != OperationKind::Create && kind != OperationKind::Edit && kind != OperationKind::Transition)
            return false;
        version = std::max(version, one.version);
        for (const FieldChange &field : one.operation.changes)
            written.insert(field.field, field.newValue);
    }
    if (change.kind != Change::Kind::State || change.record.version != version)
        return false;
    return std::ranges::all_of(written.asKeyValueRange(), [&](const auto &field) { return sameValue(change.record.values.value(field.first), field.second); });
}

// The feed has come past what was answered. A central that went back may have given the same version to somebody else's change:
// where that cannot be excluded it is asked once more.
Result<void> StoreWriter::confirm(db::Connection &connection, const Change &change, const Moment &moment)
{
    Outbox outbox(connection);
    const auto live = outbox.live(change.record.id);
    if (!live)
        return std::unexpected(live.error());
    QList<LiveOperation> answered;
    for (const LiveOperation &one : *live) {
        if (one.state == State::Answered && (one.version <= change.record.version || change.kind != Change::Kind::State))
            answered += one;
    }
    if (answered.isEmpty())
        return {};
    m_entriesTouched = true;
    const bool certain = shows(change, answered);
    for (const LiveOperation &one : std::as_const(answered)) {
        const bool asked = one.tries == Outbox::askedAgain || one.tries == Outbox::inConflict; // central has said it again since
        if (const auto done = certain || asked ? outbox.finish(one, moment.nowMs()) : outbox.askAgain(one.operation.op, Outbox::doubted); !done)
            return done;
    }
    return {};
}

Result<void> StoreWriter::noteConflict(db::Connection &connection, const LiveOperation &live, const Answer &answer, const Moment &moment)
{
    const Operation &operation = live.operation;
    const auto title = titleOf(connection, operation, live.record); // kept here, since the record may be gone
    if (!title)
        return std::unexpected(title.error());
    Conflict conflict{.op = answer.op, .kind = operation.kind, .type = operation.type, .record = live.record, .title = *title,
                      .mineBy = operation.author, .mineMs = operation.deviceTimeMs - operation.offsetMs, .notedMs = moment.nowMs()};
    Conflicts conflicts(connection);
    if (answer.conflicts.isEmpty()) // it was about the record as a whole
        return conflicts.note(conflict);
    for (const FieldConflict &field : answer.conflicts) {
        auto kept = Seals(connection, m_tables).sealed(operation.type, live.record, field);
        if (!kept)
            return std::unexpected(kept.error());
        conflict.values = std::move(*kept);
        conflict.isState = isStateField(operation.type, field.field);
        if (const auto done = conflicts.note(conflict); !done)
            return done;
    }
    return {};
}

Result<void> StoreWriter::followDuplicate(db::Connection &connection, Rebaser &rebaser, const LiveOperation &live, const Answer &answer, const Moment &moment)
{
    Outbox outbox(connection);
    const QString &type = live.operation.type;
    const Id target = answer.duplicateOf;
    if (target.isNull() || target == live.record || !m_tables.table(type))
        return outbox.setAnswered(answer.op, answer.version, moment.nowMs());
    // What central took is kept until the feed shows it: should central go back before, it is offered again.
    if (live.record != live.operation.record) { // known here as another record's, of which central thinks differently now
        return outbox.setAnswered(answer.op, answer.version, moment.nowMs())
            .and_then([&] { return outbox.addAlias(type, live.operation.record, target); })
            .and_then([&] { return rebaser.rebase(type, live.record); });
    }
    return rebaser.keepBase(type, target)
        .and_then([&] { return outbox.setAnswered(answer.op, answer.version, moment.nowMs()); })
        .and_then([&] { return BaseStates(connection).remove(live.record); })
        .and_then([&] { return rebaser.removeRow(type, live.record); })
        .and_then([&] { return outbox.addAlias(type, live.record, target); })
        .and_then([&] { return rebaser.replaceReferences(type, live.record, target); })
        .and_then([&] { return rebaser.rebase(type, target); });
}

Result<void> StoreWriter::quarantine(db::Connection &connection, Rebaser &rebaser, const LiveOperation &live, const QString &message)
{
    m_entriesTouched = true;
    Outbox outbox(connection);
    auto list = outbox.dependents(live.operation.op);
    if (!list)
        return std::unexpected(list.error());
    list->removeIf([](const LiveOperation &one) { return one.state >= State::Answered; });
    list->prepend(live);
    QHash<Id, QString> records;
    for (const LiveOperation &one : std::as_const(*list)) {
        const QString why = one.operation.op == live.operation.op ? message : Words::tr("It builds on a change that was refused: %1").arg(message);
        const auto done = outbox.setState(one.operation.op, State::Quarantined, why).and_then([&] { return noteFollower(connection, one.operation); });
        if (!done)
            return done;
        records.insert(one.record, one.operation.type);
    }
    for (const auto &[record, type] : records.asKeyValueRange()) {
        if (!m_tables.table(type))
            continue;
        if (const auto done = rebaser.rebase(type, record); !done)
            return done;
    }
    return {};
}

// Entries that only tell of the step they were saved with stand under its conflict; what a person wrote into one stands for itself.
Result<void> StoreWriter::noteFollower(db::Connection &connection, const Operation &operation)
{
    const TypeTable *table = m_tables.table(operation.type);
    if (!table || !tellsOnlyOfStep(operation, table->type()))
        return {};
    return Conflicts(connection).stepBefore(operation.op).and_then([&](const Id &step) {
        return step.isNull() ? Result<void>() : Outbox(connection).setFollows(operation.op, step);
    });
}

} // namespace ioc
