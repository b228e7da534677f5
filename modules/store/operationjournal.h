// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <wire/operation.h>

#include <QFile>

namespace ioc {

/// What was read from an operation journal.
struct JournalContent
{
    Id device;                   ///< whose it is; null when that could not be read
    QList<Operation> operations; ///< in the order of writing, none twice
    bool whole = true;           ///< false: a torn end or a damaged entry was passed over
};

/// Reads the bytes of a journal. Never fails: what cannot be read is left out.
JournalContent readJournal(QByteArrayView bytes);

/// The append-only file beside the store that keeps operations central has not taken, for the day the database is damaged.
/// Entries are length, CRC-32 and CBOR; an entry is on the disk when append() returns.
class OperationJournal
{
public:
    explicit OperationJournal(const QString &path) : m_file(path) {}

    /// What the file holds now. An absent file is empty.
    [[nodiscard]] Result<JournalContent> read() const;
    /// Puts a new file with \a operations in the place of the old one, in one step, and opens it for appending.
    Result<void> replace(const Id &device, const QList<Operation> &operations);
    /// Adds entries. When it fails, the file is as before.
    Result<void> append(const QList<Operation> &operations);
    /// Takes back what append() added since \a size.
    void takeBack(qint64 size);
    [[nodiscard]] qint64 size() const { return m_file.size(); }

private:
    Result<void> flushed();
    QFile m_file;
};

} // namespace ioc
