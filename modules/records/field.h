// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <records/localtext.h>

#include <QList>
#include <QRegularExpression>
#include <QString>

#include <optional>

namespace ioc {

/// What a field holds, and how its value is written in a Record (see record.h).
enum class FieldKind {
    Text,       ///< one line; string
    Note,       ///< several lines; string
    Integer,    ///< integer
    Decimal,    ///< double
    Money,      ///< whole đồng; integer
    Boolean,    ///< bool
    Date,       ///< "yyyy-MM-dd"; string
    DateTime,   ///< UTC milliseconds, years 1 to 9999; integer
    Choice,     ///< code of one choice; string
    Choices,    ///< codes, sorted, none twice; array of strings
    Reference,  ///< id of another record; string
    Unit,       ///< id of a unit; string
    Phone,      ///< E.164; string
    Email,      ///< string
    Url,        ///< http, https, rtsp or rtsps, percent-encoded; string
    Place,      ///< WGS84 [latitude, longitude] in degrees; array of two doubles
    Files,      ///< SHA-256 of each attachment, hexadecimal; array of strings
    Translated, ///< map of language to string, in the order en vi zh
};

struct Choice
{
    QString code;
    LocalText label;
    QString tone; ///< neutral, accent, good, warning, danger, info or muted
};

/// One field of a record type, as declared in resources/types/.
struct Field
{
    QString name; ///< lower_case; also the column's name
    FieldKind kind = FieldKind::Text;
    LocalText label;
    LocalText help;
    QString unitOfMeasure;
    QList<Choice> choices;
    QString referenceType; ///< for Reference and Unit: name of the type referred to
    std::optional<double> minimum;
    std::optional<double> maximum;
    int maximumLength = 0; ///< characters; 0: the kind's own limit
    QRegularExpression pattern;
    QString patternText;
    bool required = false;
    bool sensitive = false;  ///< personal data
    bool holdsFormerValues = false; ///< JSON by field name: what fields of the record it belongs to held before
    bool searchable = false; ///< found by full-text search
    bool indexed = false;    ///< filtered and sorted by often
    bool readOnly = false;   ///< set by the workflow or by central, never in a form
    bool inTable = false;    ///< a column of the table as first shown
    QString derived;         ///< computed from the record's clock ledger on both ends, never part of an operation:
                             ///< "next_due", "stopped CLOCK" or "on_time CLOCK" (see derived.h)
    QString assigned;        ///< given by central when the record is made: text with {year} and {sequence} in it

    [[nodiscard]] const Choice *choice(QStringView code) const
    {
        for (const Choice &candidate : choices) {
            if (candidate.code == code)
                return &candidate;
        }
        return nullptr;
    }
};

} // namespace ioc
