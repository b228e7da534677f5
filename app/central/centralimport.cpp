// SPDX-License-Identifier: GPL-3.0-or-later
#include "centralimport.h"

namespace ioc {

bool CentralImport::exists(const QString &typeName, const Id &id) const
{
    const RecordType *type = m_storage.catalog().type(typeName);
    if (!type)
        return false;
    if (m_known.contains(id))
        return true;
    const auto found = m_storage.read([this, type, id](db::Connection &connection) { return m_storage.tables().exists(connection, *type, id); }).result();
    if (found.value_or(false))
        m_known.insert(id);
    return found.value_or(false);
}

Result<QList<Record>> CentralImport::missing(const QList<Record> &records) const
{
    return m_storage.read([this, records](db::Connection &connection) -> Result<QList<Record>> {
        QList<Record> out;
        for (const Record &record : records) {
            const auto found = m_storage.tables().exists(connection, *m_storage.catalog().type(record.type), record.id);
            if (!found)
                return std::unexpected(found.error());
            if (!*found)
                out += record;
        }
        return out;
    }).result();
}

Result<CentralImportResult> CentralImport::file(QIODevice &csv, const QList<ImportMapping> &mappings, const RecordType *type)
{
    CentralImportResult out;
    const RecordImport::Sink sink = [&](const QList<Record> &batch) -> Result<QList<RecordImport::Refusal>> {
        const auto taken = m_storage.importRecords(batch, {}).result();
        if (!taken)
            return std::unexpected(taken.error());
        out.added += taken->added;
        out.changed += taken->changed;
        out.unchanged += taken->unchanged;
        QList<RecordImport::Refusal> refused;
        for (const ImportProblem &problem : taken->problems)
            refused += RecordImport::Refusal{problem.index, problem.message};
        return refused;
    };
    RecordImport job(m_storage.catalog(), {.exists = [this](const QString &name, const Id &id) { return exists(name, id); },
                                           .batch = 2000, .nowMs = m_storage.clock().nowMs()});
    auto report = mappings.isEmpty() && type ? job.run(csv, *type, sink) : job.run(csv, mappings, sink);
    if (!report)
        return std::unexpected(report.error());
    out.file = std::move(*report);
    return out;
}

Result<CentralImportResult> CentralImport::records(const QList<Record> &records)
{
    const auto taken = m_storage.importRecords(records, {}).result();
    if (!taken)
        return std::unexpected(taken.error());
    if (!taken->problems.isEmpty()) {
        const ImportProblem &first = taken->problems.first();
        return failure(ErrorCode::Internal, first.message, records.value(first.index).type);
    }
    return CentralImportResult{.added = taken->added, .changed = taken->changed, .unchanged = taken->unchanged};
}

} // namespace ioc
