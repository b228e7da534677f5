// SPDX-License-Identifier: GPL-3.0-or-later
#include <records/fieldtext.h>
#include <records/recordtype.h>

namespace ioc {

const Field *RecordType::field(QStringView fieldName) const
{
    for (const Field &candidate : fields) {
        if (candidate.name == fieldName)
            return &candidate;
    }
    return nullptr;
}

const Field *RecordType::placeField() const
{
    for (const Field &candidate : fields) {
        if (candidate.kind == FieldKind::Place)
            return &candidate;
    }
    return nullptr;
}

QStringList RecordType::searchableFields() const
{
    QStringList names;
    for (const Field &candidate : fields) {
        if (candidate.searchable)
            names += candidate.name;
    }
    return names;
}

QString RecordType::title(const Values &values, QStringView language) const
{
    QString out;
    qsizetype at = 0;
    while (at < titleExpression.size()) {
        const qsizetype open = titleExpression.indexOf(u'{', at);
        const qsizetype close = open < 0 ? -1 : titleExpression.indexOf(u'}', open);
        if (close < 0) {
            out += QStringView(titleExpression).mid(at);
            break;
        }
        out += QStringView(titleExpression).mid(at, open - at);
        const Field *named = field(QStringView(titleExpression).mid(open + 1, close - open - 1));
        if (named)
            out += displayText(*named, values.value(named->name), language);
        at = close + 1;
    }
    return out.trimmed();
}

bool RecordType::mayChange(const QString &role) const
{
    return changeRoles.isEmpty() ? role != u"viewer" : changeRoles.contains(role);
}

} // namespace ioc
