// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/auditchain.h>

#include <QHash>

namespace ioc {

/// Entries of the audit journal as lines of a file. Times are UTC as ISO 8601 says, bytes in hexadecimal digits, details as JSON.
class AuditLines
{
public:
    enum class Format { Csv, JsonLines };
    /// \a logins: what accounts are called now.
    AuditLines(Format format, QHash<QByteArray, QString> logins) : m_format(format), m_logins(std::move(logins)) {}

    /// The names of the columns; empty for JSON.
    [[nodiscard]] QByteArray head() const;
    [[nodiscard]] QByteArray line(const AuditLink &link) const;

private:
    Format m_format;
    QHash<QByteArray, QString> m_logins;
};

} // namespace ioc
