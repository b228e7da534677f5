// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/id.h>

namespace ioc {

/// How this device stands with one file.
struct HeldFile
{
    QString digest;
    qint64 size = 0;
    bool here = false;    ///< its bytes are on this device
    bool wanted = false;  ///< they are to be fetched
    bool pinned = false;  ///< they stay here, however long nobody looks at them
    bool damaged = false; ///< what was here is no more what it was, and central does not have it
    Id confirmed;         ///< in which epoch central said that it has it whole; null: not yet
    QString refusal;      ///< central will not have it, and why; empty: no such thing
    qint64 lookedMs = 0;  ///< when somebody looked at it last, or added it

    [[nodiscard]] bool waitsToBeSent() const { return here && confirmed.isNull() && refusal.isEmpty(); }
    friend bool operator==(const HeldFile &, const HeldFile &) = default;
};

/// A file that was put into the store.
struct AddedFile
{
    QString digest;
    QString name;
    QString mediaType;
    qint64 size = 0;
};

/// What is to be added: a file, or bytes that are none yet.
struct FileSource
{
    QString path;     ///< empty: the bytes
    QByteArray bytes;
    QString name;     ///< empty: as the path has it
};

} // namespace ioc
