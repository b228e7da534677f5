// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/clock.h>
#include <store/draft.h>
#include <store/outbox.h>
#include <store/typetable.h>

namespace ioc {

/// The moment a call was made: what a clock said then, for work done later on another thread.
class Moment final : public Clock
{
public:
    explicit Moment(const Clock &clock) : m_nowMs(clock.nowMs()), m_monotonicMs(clock.monotonicMs()), m_bootId(clock.bootId()) {}
    [[nodiscard]] qint64 nowMs() const override { return m_nowMs; }
    [[nodiscard]] qint64 monotonicMs() const override { return m_monotonicMs; }
    [[nodiscard]] QString bootId() const override { return m_bootId; }

private:
    qint64 m_nowMs;
    qint64 m_monotonicMs;
    QString m_bootId;
};

/// Makes operations of drafts, their personal data sealed: validates them against the record as it is now, and says what they build on.
class OperationBuilder
{
public:
    OperationBuilder(db::Connection &connection, const TypeTables &tables, const Author &author, const Moment &moment)
        : m_connection(connection), m_tables(tables), m_outbox(connection), m_author(author), m_moment(moment) {}

    /// The operation for \a draft; nothing when it changes nothing. Operations built before by this object belong to the
    /// same save: what refers to their records builds on them.
    Result<std::optional<Operation>> build(const Draft &draft);

private:
    Result<QList<FieldChange>> newValues(const RecordType &type, const Draft &draft) const;
    Result<QList<FieldChange>> editedValues(const RecordType &type, const Record &now, const Draft &draft) const;
    Result<void> checkStep(const RecordType &type, const Record &now, const Draft &draft) const;
    Result<QList<Id>> needs(const RecordType &type, const Operation &operation);

    db::Connection &m_connection;
    const TypeTables &m_tables;
    Outbox m_outbox;
    const Author &m_author;
    const Moment &m_moment;
    QHash<Id, Id> m_saved; ///< newest operation of this save, by record
};

} // namespace ioc
