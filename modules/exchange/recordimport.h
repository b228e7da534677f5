// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <exchange/rowreader.h>

namespace ioc {

/// Reads one CSV file into records. Good rows are kept, wrong ones reported by line, column and reason; ids are derived
/// from the rows' keys, so a second import updates instead of doubling. Memory does not grow with the file but for its
/// keys and problems.
class RecordImport
{
public:
    struct Options
    {
        RowReader::Exists exists; ///< asked for records that rows of the file itself did not bring
        qsizetype batch = 500;
        qint64 nowMs = 0;         ///< when clocks of records with a workflow start, unless they say when they were received
        QString language = QStringLiteral("vi");
    };
    /// A record that was not taken after all: its place in the batch, and why.
    struct Refusal
    {
        qsizetype index = 0;
        QString reason;
    };
    /// Takes a batch: records in the order of the file, each followed by its clock ledger rows. An error ends the import.
    using Sink = std::function<Result<QList<Refusal>>(const QList<Record> &)>;

    RecordImport(const TypeCatalog &catalog, Options options);

    /// \a mappings: each row goes to the first that takes it; a row that none takes is passed over, or a wrong row when there
    /// are several mappings. \a file can be rewound: it is read once to judge its letters, then again.
    /// InvalidInput when the file as a whole cannot be read; nothing was given to \a sink then.
    Result<FileReport> run(QIODevice &file, const QList<ImportMapping> &mappings, const Sink &sink);
    /// The same, matching the file's header with the fields of \a type.
    Result<FileReport> run(QIODevice &file, const RecordType &type, const Sink &sink);

private:
    class Run;
    const TypeCatalog &m_catalog;
    Options m_options;
};

} // namespace ioc
