// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/recordtables.h>

#include <QSet>

namespace ioc {

/// Why one record of an import was left out.
struct ImportProblem
{
    qsizetype index = 0; ///< in the list given
    QString message;
};

struct ImportReport
{
    qint64 added = 0;
    qint64 changed = 0;
    qint64 unchanged = 0;
    QList<ImportProblem> problems;
};

/// Records looked at so far, of how many.
using ImportProgress = std::function<void(qint64 done, qint64 total)>;

/// Takes whole records by id: new ones are added, known ones get the given values (a field not given is emptied; assigned numbers and a workflow's state stay), wrong ones
/// are reported and left out. Derived fields are computed anew for every record whose ledger rows came along, in the transaction that took these. Transactions of
/// some 2000 records that others may work between; goes through the same commits and feed as operations do.
class BulkImport
{
public:
    BulkImport(db::Connection &connection, const RecordTables &tables, const Clock &clock, const Id &epoch)
        : m_connection(connection), m_tables(tables), m_clock(clock), m_epoch(epoch)
    {
    }
    Result<ImportReport> run(const QList<Record> &records, const Id &author, const ImportProgress &onProgress);

private:
    struct Checked
    {
        qsizetype index = 0;
        const RecordType *type = nullptr;
        Record record;
        bool stateGiven = false; ///< else a known record keeps its state
    };
    std::optional<Checked> checked(const Record &record, qsizetype index, ImportReport &report) const;
    Result<void> takeBatch(const QList<Checked> &batch, const Id &author, ImportReport &report);
    Result<void> takeOnce(QList<Checked> &batch, const Id &author, ImportReport &report);
    Result<void> take(Checked &item, const Id &author, ImportReport &report);
    Result<void> change(Checked &item, const Id &author, ImportReport &report);
    Result<void> recomputeParents();
    Result<void> enter(const Id &author);

    db::Connection &m_connection;
    const RecordTables &m_tables;
    const Clock &m_clock;
    Id m_epoch;
    struct Taken
    {
        qint64 added = 0;
        qint64 changed = 0;
        QByteArray records; // their ids
    };
    QHash<const RecordType *, QSet<Id>> m_parents; // whose ledgers grew
    QMap<QString, Taken> m_taken;                  // by type, for the audit journal
};

} // namespace ioc
