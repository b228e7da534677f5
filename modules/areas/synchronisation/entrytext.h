// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/entries.h>
#include <ui/uicontext.h>

#include <QCoreApplication>

namespace ioc {

/// What entries of the outbox, the quarantine and the conflicts are called on the screen.
class EntryText
{
    Q_DECLARE_TR_FUNCTIONS(EntryText)

public:
    explicit EntryText(UiContext &context) : m_context(context) {}

    [[nodiscard]] QString typeLabel(const QString &type) const;
    [[nodiscard]] QString fieldLabel(const QString &type, const QString &field) const;
    /// As people read it; "(empty)" for nothing.
    [[nodiscard]] QString value(const QString &type, const QString &field, const QCborValue &value) const;
    /// "Edit: Complaint"; a step by its name.
    [[nodiscard]] QString what(const Operation &operation) const;
    /// "Field: value; field: value".
    [[nodiscard]] QString changes(const Operation &operation) const;
    /// One line for each field, with its value before and after.
    [[nodiscard]] QString changesInFull(const Operation &operation) const;
    /// Name of an account; \a known: told by central, if it was.
    [[nodiscard]] QString who(const Id &account, const QString &known = {}) const;
    /// "Name, 31/12/2025 23:59", as far as known.
    [[nodiscard]] QString whoAndWhen(const QString &name, qint64 ms) const;

private:
    UiContext &m_context;
};

} // namespace ioc
