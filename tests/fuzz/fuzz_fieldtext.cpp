// SPDX-License-Identifier: GPL-3.0-or-later
#include <records/fieldtext.h>
#include <records/validation.h>

#include <array>
#include <cstdio>
#include <cstdlib>

using namespace ioc;

/// First byte: kind of field and language; the rest: what a person typed. What is accepted is canonical, and stays so.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    static constexpr std::array<QStringView, 4> languages{u"", u"vi", u"en", u"zh"};
    Field field{.name = QStringLiteral("f"), .kind = static_cast<FieldKind>(data[0] % (static_cast<int>(FieldKind::Translated) + 1))};
    const QStringView language = languages[data[0] / 32 % 4];
    if (field.kind == FieldKind::Choice || field.kind == FieldKind::Choices)
        field.choices = {{QStringLiteral("a"), {QStringLiteral("Chợ"), QStringLiteral("Market"), {}}, {}},
                         {QStringLiteral("b"), {QStringLiteral("Chó"), QStringLiteral("Dog, cat"), {}}, {}}};
    const auto text = QString::fromUtf8(reinterpret_cast<const char *>(data + 1), static_cast<qsizetype>(size - 1));
    const auto value = parsedText(field, text, language);
    if (!value)
        return 0;
    const auto again = canonical(field, *value);
    if (!again || !sameValue(*again, *value)) {
        std::fprintf(stderr, "not canonical: %s\n", qPrintable(value->toDiagnosticNotation()));
        std::abort();
    }
    const QString shown = displayText(field, *value, language);
    const bool exact = field.kind == FieldKind::Integer || field.kind == FieldKind::Money || field.kind == FieldKind::Decimal
                       || field.kind == FieldKind::Boolean || field.kind == FieldKind::Date || field.kind == FieldKind::Choice;
    if (exact && !language.isEmpty() && !sameValue(parsedText(field, shown, language).value_or(QCborValue(QStringLiteral("refused"))), *value)) {
        std::fprintf(stderr, "shown as %s\n", qPrintable(shown));
        std::abort();
    }
    return 0;
}
