// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <memory>

namespace ioc {

/// While it lives, what is typed on the terminal at the standard input is not shown, and \a prompt has been written to the standard error. Where the
/// standard input is no terminal, nothing of this happens.
class QuietTerminal
{
public:
    explicit QuietTerminal(const QString &prompt);
    ~QuietTerminal();
    QuietTerminal(const QuietTerminal &) = delete;
    QuietTerminal &operator=(const QuietTerminal &) = delete;

private:
    struct Before;
    std::unique_ptr<Before> m_before;
};

} // namespace ioc
