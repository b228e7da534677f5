// SPDX-License-Identifier: GPL-3.0-or-later
#include "quietterminal.h"

#include <cstdio>

#include <termios.h>
#include <unistd.h>

namespace ioc {

struct QuietTerminal::Before
{
    termios settings{};
};

QuietTerminal::QuietTerminal(const QString &prompt)
{
    auto before = std::make_unique<Before>();
    if (::isatty(STDIN_FILENO) == 0 || ::tcgetattr(STDIN_FILENO, &before->settings) != 0)
        return;
    termios quiet = before->settings;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    if (::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet) != 0)
        return;
    m_before = std::move(before);
    std::fprintf(stderr, "%s", qUtf8Printable(prompt));
    std::fflush(stderr);
}

QuietTerminal::~QuietTerminal()
{
    if (!m_before)
        return;
    (void)::tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before->settings);
    std::fputc('\n', stderr); // the one typed was not shown either
}

} // namespace ioc
