// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace ioc {

/// What a line of well-formed Unicode shows when its letters are nevertheless wrong.
enum class Garbled {
    No,
    Lost,       ///< holds U+FFFD: letters were lost in an earlier conversion
    Mojibake,   ///< UTF-8 that was once read as windows-1252
    OldFont,    ///< text for a TCVN3 or VNI font, taken letter for letter into Unicode
    TypedMarks, ///< VIQR: marks typed after their letters
};

/// Judges one line. Looks only for sequences that proper Vietnamese, and names in other languages, do not have.
Garbled garbled(QStringView line);

/// What is wrong with line \a number and what to do, translated.
QString garbledMessage(Garbled kind, qint64 number);

} // namespace ioc
