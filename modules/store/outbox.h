// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <db/connection.h>
#include <wire/operation.h>

#include <optional>

namespace ioc {

/// A live operation as the store keeps it.
struct LiveOperation
{
    enum class State {
        Waiting, Held, Answered, Quarantined, ///< in the order of OutboxEntry::State
        Buried, ///< settled or discarded: kept until the program ends, for undo
    };
    qint64 seq = 0;
    Operation operation;
    State state = State::Waiting;
    Id record;          ///< that it acts on, aliases followed
    qint64 version = 0; ///< answered
    QString message;
    int tries = 0;
};

/// The tables _outbox, _outbox_needs, _sent and _alias, on the connection of whoever asks.
class Outbox
{
public:
    explicit Outbox(db::Connection &connection) : m_connection(connection) {}

    enum class Place {
        Last,
        First, ///< made before what is here, and offered again
    };
    Result<void> append(const Operation &operation, const Id &record, Place place = Place::Last);
    Result<std::optional<LiveOperation>> find(const Id &op);
    /// Waiting, held and answered operations on \a record, oldest first: what is applied on top of central's state.
    Result<QList<LiveOperation>> live(const Id &record);
    /// The newest live operation on \a record; null when there is none.
    Result<Id> newest(const Id &record);
    /// The live operation that creates \a record; null when there is none.
    Result<Id> creation(const Id &record);
    Result<QList<LiveOperation>> inState(LiveOperation::State state);
    /// In whatever state, buried ones too, oldest first.
    Result<QList<LiveOperation>> all();
    /// Likewise; \a record with aliases followed.
    Result<QList<LiveOperation>> of(const Id &record);
    /// In the order of ids; what cannot be read is left out.
    Result<QList<Operation>> sent();
    /// The same operation, its personal data sealed otherwise.
    Result<void> repack(const Operation &operation);
    Result<void> repackSent(const Operation &operation);
    /// What was sent about \a record with \a key cannot be opened any more.
    Result<void> forgetSentKeys(const Id &record, const Id &key);
    /// It waits until \a untilMs for what it cannot be sent without; that is no try.
    Result<void> hold(const Id &op, const QString &why, qint64 untilMs);
    Result<qint64> count(std::initializer_list<LiveOperation::State> states);
    /// Live operations that build on \a op, directly or through others, oldest first. \a op itself is not among them.
    Result<QList<LiveOperation>> dependents(const Id &op);
    /// Quarantined operations that \a operation builds on.
    Result<bool> buildsOnQuarantined(const Id &op);

    Result<void> setState(const Id &op, LiveOperation::State state, const QString &message);
    Result<void> setAnswered(const Id &op, qint64 version, qint64 nowMs);
    Result<void> setInConflict(const Id &op);
    Result<void> setRecalled(const Id &op);
    /// The operation in quarantine that would bring \a record back after central lost it; null when there is none.
    Result<Id> recalled(const Id &record);
    Result<bool> hasRecalled();
    /// Whether \a op was sent, or may be yet.
    Result<bool> isOffered(const Id &op);
    /// Values of \c tries of an operation that was answered and is offered again, to hear the same once more: the feed has not shown it;
    /// the feed has shown the record past it, and whether with it cannot be told from the state (it counts as shown until answered).
    static constexpr int askedAgain = -1;
    static constexpr int doubted = -2;
    /// Of one answered with a conflict: it is in the list of those, and never asked about again.
    static constexpr int inConflict = -3;
    /// Of one in quarantine that nobody made: central lost what it would bring back.
    static constexpr int recalledByCentral = -4;
    /// Operations answered a while before \a nowMs: that a feed followed to its end has not shown them means that central went back
    /// behind them, or had told all there is of their records before.
    Result<QList<LiveOperation>> unseen(qint64 nowMs);
    Result<bool> hasUnseen(qint64 nowMs);
    /// An answered one is waiting again, with \a why (askedAgain, doubted) as its \c tries.
    Result<void> askAgain(const Id &op, int why);
    /// \a untilMs is at most longestHoldMs from now.
    Result<void> setHeld(const Id &op, const QString &message, qint64 untilMs);
    static constexpr qint64 longestHoldMs = 60'000;
    /// What is to be pushed now, oldest first: waiting operations and held ones whose time has come, but none that builds on one still held.
    Result<QList<Operation>> nextPush(int limit, qint64 nowMs);
    Result<void> bury(const Id &op);
    /// Back into quarantine; nothing when it is not buried.
    Result<void> exhume(const Id &op);
    /// Held operations are offered again at once.
    Result<void> release(const Id &op);
    /// What it says in the list: the title of its record.
    Result<void> setTitle(const Id &op, const QString &title);
    /// It tells only of step \a step, and stands in no list of its own while that is in conflict.
    Result<void> setFollows(const Id &op, const Id &step);
    Result<QList<LiveOperation>> followers(const Id &step);
    Result<QList<LiveOperation>> withKeys(const QList<qint64> &keys);
    /// Entries without a title yet, of a store of a former version.
    Result<QList<LiveOperation>> untitled(int limit);
    /// Forgets what was buried: it cannot be brought back any more.
    Result<void> forgetBuried();
    Result<void> remove(const Id &op);
    /// Central has taken it and the feed has shown it.
    Result<void> finish(const LiveOperation &done, qint64 nowMs);
    /// Forgets what was sent before \a beforeMs, but for the last 10,000.
    Result<void> forgetSent(qint64 beforeMs);
    /// The operation made last, alive or sent.
    Result<Id> newestOp();

    Result<void> addAlias(const QString &type, const Id &alias, const Id &target);
    /// \a alias is a record of its own.
    Result<void> forgetAlias(const Id &alias);
    /// \a id, or the record it turned out to be.
    Result<Id> resolved(const Id &id);

private:
    Result<QList<LiveOperation>> select(const QString &where, const QVariantList &parameters);
    Result<Id> idOf(const QString &sql, const QVariantList &parameters);
    Result<void> change(const QString &sql, const QVariantList &parameters);

    db::Connection &m_connection;
};

} // namespace ioc
