// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/auditchain.h>

#include <functional>
#include <optional>

namespace ioc {

/// The first thing in the audit journal that is not as it was entered.
struct AuditFault
{
    enum class Kind {
        Changed,               ///< a link's content or digest is another
        Removed,               ///< a link lacks, within the chain
        Inserted,              ///< a link stands where none was
        Reordered,             ///< a link stands in another place
        CutOff,                ///< the end lacks: an anchor is beyond it
        Rewritten,             ///< the chain is whole, but is not the one that an anchor was taken of
        OperationChanged,      ///< central keeps another operation than the one that was entered
        OperationGone,         ///< an operation was entered that central does not have
        OperationWithoutEntry, ///< central keeps an operation that was never entered
    };
    Kind kind = Kind::Changed;
    qint64 sequence = 0; ///< of the link; 0 for an operation without one
    QString message;     ///< translated
};

struct AuditReport
{
    AuditAnchor head;
    qint64 links = 0;      ///< looked at
    qint64 operations = 0; ///< compared with their entries
    qint64 waiting = 0;    ///< entries not in the chain yet
    std::optional<AuditFault> fault;
};

/// Checks the audit journal: the chain from a link on, anchors, and that each operation central keeps has its entry and is what
/// was entered. Reads one state of the database; others go on writing.
class AuditCheck
{
public:
    using Progress = std::function<void(qint64 done, qint64 total)>;

    explicit AuditCheck(db::Connection &connection) : m_connection(connection) {}
    /// \a from 1: the whole chain; the one before \a from is believed. InvalidInput when the journal ends before it.
    Result<AuditReport> run(qint64 from, const QList<AuditAnchor> &anchors, const Progress &progress = {});
    /// Of the \a count newest links alone; operations without an entry are not looked for. What is waiting is not counted.
    Result<AuditReport> newest(qint64 count);

private:
    struct Row
    {
        AuditLink link;
        bool hasOperation = false;
        QByteArray operation;
        qint64 outcome = 0;
        qint64 version = 0;
        QByteArray author;
        QByteArray device;
        QByteArray record;
    };
    using Fault = std::optional<AuditFault>;
    Result<QList<Row>> rows(qint64 after, int limit) const;
    Result<AuditAnchor> before(qint64 from, Fault &fault) const;
    Result<void> walk(AuditReport &report, const QList<AuditAnchor> &anchors, const Progress &progress);
    Result<Fault> broken(const AuditLink &link, qint64 expected) const;
    Result<Fault> misplaced(const AuditLink &link, qint64 expected) const;
    Result<std::optional<AuditLink>> linkAfter(qint64 sequence) const;
    Fault operationFault(const Row &row, AuditReport &report) const;
    Result<Fault> anchorFault(const QList<AuditAnchor> &anchors, const AuditReport &report, qint64 from) const;
    Result<Fault> missingEntries() const;
    Result<Fault> startFault(const AuditReport &report) const;

    db::Connection &m_connection;
    AuditAnchor m_last;           // the last link that was found right
    QByteArray m_digestBeforeLast;
};

} // namespace ioc
