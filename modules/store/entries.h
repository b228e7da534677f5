// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <records/merge.h>
#include <wire/operation.h>

namespace ioc {

/// An operation waiting, or put aside for good.
struct OutboxEntry
{
    qint64 key = 0;
    Operation operation;
    enum class State { Waiting, Held, Answered, Quarantined } state = State::Waiting; ///< Answered: until the feed shows it
    QString title;   ///< of the record, as this change leaves it
    QString message; ///< why it is held or quarantined
};

/// One thing to decide: a field that somebody else changed too. Kept until settled.
struct Conflict
{
    qint64 key = 0;
    Id op;
    OperationKind kind = OperationKind::Edit;
    QString type;
    Id record;
    QString title;
    FieldConflict values;  ///< an empty field: the record as a whole, which was to be deleted or merged
    bool isState = false;  ///< the state of a workflow: central's always stands
    Id mineBy;             ///< account
    qint64 mineMs = 0;     ///< by central's clock
    qint64 notedMs = 0;
    QList<Operation> followers; ///< entries that tell only of this step: settled with it

    [[nodiscard]] bool isWhole() const { return values.field.isEmpty(); }
    /// 1: mine was written later, -1: central's was, 0: not known.
    [[nodiscard]] int newer() const { return values.theirsMs == 0 || mineMs == 0 ? 0 : mineMs > values.theirsMs ? 1 : -1; }
};

/// Which entries are asked for, and in which order.
struct EntryQuery
{
    enum class List { Outbox, Quarantine, Conflicts };
    enum class Sort { Saved, Title, Kind, Theirs, Mine }; ///< Kind: type and field; Theirs, Mine: times of a conflict's values
    List list = List::Outbox;
    QString type; ///< empty: every one
    QString text; ///< words in the title, or a part of the reason
    Sort sort = Sort::Saved;
    bool descending = false;
    friend bool operator==(const EntryQuery &, const EntryQuery &) = default;
};

/// Which value of a conflict stays.
enum class Keep { Mine, Central, Newer, Edited };

/// What became of several entries at once. Those left are still in their list.
struct EntriesDone
{
    qint64 done = 0;
    qint64 left = 0;
    QString why; ///< the first reason why one was left
};

/// What an imported file brought.
struct EntriesImported
{
    qint64 taken = 0;       ///< into the outbox
    qint64 quarantined = 0; ///< refused at central before, or not understood here
    qint64 known = 0;       ///< were here already
    qint64 ofOthers = 0;    ///< of those taken: made by other accounts, sent when these sign in here
    QStringList authors;    ///< of those of others, by name where known
};

} // namespace ioc
