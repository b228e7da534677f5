// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <functional>

namespace ioc::searchtext {

/// The words of \a text as the index keeps them, one blank between: folded, letters and digits only; each Han character
/// is a word.
QString words(QStringView text);

/// What a word of personal data is indexed as; empty where it cannot be told.
using Coder = std::function<QString(const QString &word)>;
/// \a text's words, each as \a coder has it.
QString codedWords(QStringView text, const Coder &coder);

/// What FTS5 is asked for \a text: every word, of the last one and of numbers the start is enough. Nothing in \a text is taken as syntax.
/// \a column limits it to one column when not empty. With \a coder, whole words of personal data are found as well. Empty when \a text has
/// no word.
QString match(QStringView text, const QString &column = {}, const Coder &coder = {});

/// Tells of one record what FTS5 would tell of all: whether match(text) finds it.
class Pattern
{
public:
    explicit Pattern(QStringView text, const Coder &coder = {});
    /// \a words: all the record's words, as words() gives them.
    [[nodiscard]] bool finds(const QString &words) const;

private:
    QStringList m_parts; // a blank before each, and one behind those that are whole
    QStringList m_codes; // of the same words; empty ones find nothing
};

} // namespace ioc::searchtext
