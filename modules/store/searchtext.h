// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace ioc::searchtext {

/// The words of \a text as the index keeps them, one blank between: folded, letters and digits only; each Han character
/// is a word.
QString words(QStringView text);

/// What FTS5 is asked for \a text: every word, of the last one and of numbers the start is enough. Nothing in \a text is taken as syntax.
/// \a column limits it to one column when not empty. Empty when \a text has no word.
QString match(QStringView text, const QString &column = {});

} // namespace ioc::searchtext
