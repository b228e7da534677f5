// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/centralstorage.h>
#include <exchange/recordimport.h>

namespace ioc {

/// What an import did, seen from the database.
struct CentralImportResult
{
    FileReport file;
    qint64 added = 0;
    qint64 changed = 0;
    qint64 unchanged = 0;
};

/// Puts records from files, or made otherwise, into the central database through its bulk entrance. Blocks.
class CentralImport
{
public:
    explicit CentralImport(CentralStorage &storage) : m_storage(storage) {}

    /// \a mappings empty: the file's header is matched with the fields of \a type.
    Result<CentralImportResult> file(QIODevice &csv, const QList<ImportMapping> &mappings, const RecordType *type);
    /// Takes \a records as they are; what was refused is a fault of the program's own and ends with its reason.
    Result<CentralImportResult> records(const QList<Record> &records);
    /// Whether the database holds the record.
    [[nodiscard]] bool exists(const QString &type, const Id &id) const;
    /// Which of \a records it does not hold yet.
    Result<QList<Record>> missing(const QList<Record> &records) const;

private:
    CentralStorage &m_storage;
    mutable QSet<Id> m_known;
};

} // namespace ioc
