// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/textfold.h>
#include <exchange/csvreader.h>
#include <exchange/lettercheck.h>
#include <exchange/recordimport.h>
#include <exchange/startedrecord.h>
#include <records/validation.h>

#include <QCoreApplication>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Exchange)
};

} // namespace

/// One import on its way.
class RecordImport::Run
{
public:
    Run(const TypeCatalog &catalog, const Options &options, const Sink &sink) : m_catalog(catalog), m_options(options), m_sink(sink) {}

    Result<void> prepare(const QList<ImportMapping> &mappings, const QStringList &header)
    {
        m_header = header;
        const auto exists = [this](const QString &type, const Id &id) {
            return m_seen.contains({type, id}) || !m_options.exists || m_options.exists(type, id);
        };
        QStringList used;
        for (const ImportMapping &mapping : mappings) {
            const RecordType *type = m_catalog.type(mapping.type);
            if (!type)
                return failure(ErrorCode::InvalidInput, Words::tr("There is no kind of record named “%1”.").arg(mapping.type.left(60)));
            auto reader = RowReader::create(*type, mapping, header, exists);
            if (!reader)
                return std::unexpected(reader.error());
            for (const QString &column : reader->columns())
                used += folded(column);
            m_readers += std::move(*reader);
        }
        for (const QString &column : header) {
            if (!used.contains(folded(column)))
                report.unusedColumns += column;
        }
        return {};
    }

    Result<void> take(const CsvRow &row)
    {
        ++report.rows;
        if (const QString problem = rowProblem(row); !problem.isEmpty()) {
            wrong(row.line, {}, problem);
            return {};
        }
        const auto reader = std::ranges::find_if(m_readers, [&](const RowReader &candidate) { return candidate.takes(row.fields); });
        if (reader == m_readers.end()) {
            if (m_readers.size() > 1)
                wrong(row.line, {}, Words::tr("No mapping takes this row."));
            else
                ++report.passedOver;
            return {};
        }
        auto record = reader->read(row.fields, row.line, report.problems);
        if (!record) {
            ++report.wrong;
            return {};
        }
        return keep(std::move(*record), row.line);
    }

    Result<void> flush()
    {
        if (m_batch.isEmpty())
            return {};
        const auto refused = m_sink(m_batch);
        if (!refused)
            return std::unexpected(refused.error());
        QSet<qint64> lines;
        for (const Refusal &refusal : *refused) {
            const qint64 line = m_batchLines.value(refusal.index);
            report.problems += {.line = line, .reason = refusal.reason};
            if (!lines.contains(line)) {
                lines.insert(line);
                ++report.wrong;
                --report.imported;
                --report.importedByType[m_batch.value(refusal.index).type];
            }
        }
        m_batch.clear();
        m_batchLines.clear();
        return {};
    }

    FileReport report;

private:
    void wrong(qint64 line, const QString &column, const QString &reason)
    {
        ++report.wrong;
        report.problems += {.line = line, .column = column, .reason = reason};
    }

    QString rowProblem(const CsvRow &row) const
    {
        if (!row.problem.isEmpty())
            return row.problem;
        if (row.cutOff && row.fields.size() < m_header.size())
            return Words::tr("The file ends within this line: it was probably cut off. Export it again.");
        if (row.fields.size() != m_header.size())
            return Words::tr("The row has %1 fields, the header has %2: a delimiter or a quote is missing.").arg(row.fields.size()).arg(m_header.size());
        return garbledMessage(garbled(row.fields.join(u' ')), row.line);
    }

    Result<void> keep(Record record, qint64 line)
    {
        const auto earlier = m_seen.constFind({record.type, record.id});
        if (earlier != m_seen.constEnd()) {
            wrong(line, {}, Words::tr("Line %1 has the same key: only that one is imported.").arg(*earlier));
            return {};
        }
        const Workflow *workflow = m_catalog.workflowOf(*m_catalog.type(record.type));
        const bool stateless = workflow && record.text(workflow->stateField).isEmpty();
        QList<Record> ledger = start(m_catalog, record, record.integer(QStringLiteral("received_at"), m_options.nowMs), {});
        const auto problems = validate(*m_catalog.type(record.type), record.values);
        for (const Problem &problem : problems)
            report.problems += {.line = line, .column = heading(problem.field, record.type), .reason = problem.message};
        if (!problems.isEmpty()) {
            ++report.wrong;
            return {};
        }
        if (stateless) { // central gives a new record its first state and leaves a known one's alone
            record.values.remove(workflow->stateField);
            if (m_options.exists && m_options.exists(record.type, record.id))
                ledger.clear(); // its clocks run already
        }
        m_seen.insert({record.type, record.id}, line);
        ++report.imported;
        ++report.importedByType[record.type];
        m_batch += std::move(record);
        m_batch += ledger;
        m_batchLines.resize(m_batch.size(), line);
        return m_batch.size() >= m_options.batch ? flush() : Result<void>();
    }

    QString heading(const QString &fieldName, const QString &typeName) const
    {
        const Field *field = m_catalog.type(typeName)->field(fieldName);
        return field ? field->label.in(m_options.language) : fieldName;
    }

    const TypeCatalog &m_catalog;
    const Options &m_options;
    const Sink &m_sink;
    QStringList m_header;
    QList<RowReader> m_readers;
    QHash<std::pair<QString, Id>, qint64> m_seen; // and the line that brought it
    QList<Record> m_batch;
    QList<qint64> m_batchLines;
};

RecordImport::RecordImport(const TypeCatalog &catalog, Options options) : m_catalog(catalog), m_options(std::move(options)) {}

Result<FileReport> RecordImport::run(QIODevice &file, const QList<ImportMapping> &mappings, const Sink &sink)
{
    const auto inspection = inspectCsv(file);
    if (!inspection)
        return std::unexpected(inspection.error());
    if (!file.seek(0))
        return failure(ErrorCode::InvalidInput, Words::tr("The file cannot be read again from its beginning. Save it on this machine first."), file.errorString());
    CsvReader reader(file);
    const auto header = reader.next();
    if (!header)
        return std::unexpected(header.error());
    if (!*header)
        return failure(ErrorCode::InvalidInput, Words::tr("The file is empty."));
    if (!(*header)->problem.isEmpty())
        return failure(ErrorCode::InvalidInput, Words::tr("The header cannot be read: %1").arg((*header)->problem));
    Run run(m_catalog, m_options, sink);
    if (const auto ready = run.prepare(mappings, (*header)->fields); !ready)
        return std::unexpected(ready.error());
    for (;;) {
        const auto row = reader.next();
        if (!row)
            return std::unexpected(row.error());
        if (!*row)
            break;
        if (const auto taken = run.take(**row); !taken)
            return std::unexpected(taken.error());
    }
    if (const auto flushed = run.flush(); !flushed)
        return std::unexpected(flushed.error());
    return std::move(run.report);
}

Result<FileReport> RecordImport::run(QIODevice &file, const RecordType &type, const Sink &sink)
{
    CsvReader reader(file);
    const auto header = reader.next();
    if (!header)
        return std::unexpected(header.error());
    if (!*header)
        return failure(ErrorCode::InvalidInput, Words::tr("The file is empty."));
    const auto mapping = ImportMapping::fromHeader(type, (*header)->fields);
    const bool rewound = file.seek(0);
    if (!mapping || !rewound) {
        // Garbled letters explain a header that matches nothing better than the header does.
        if (const auto inspection = inspectCsv(file); !inspection)
            return std::unexpected(inspection.error());
        return std::unexpected(mapping ? Error{ErrorCode::InvalidInput, Words::tr("The file cannot be read again from its beginning. Save it on this machine first."), file.errorString()} : mapping.error());
    }
    return run(file, QList{*mapping}, sink);
}

} // namespace ioc
