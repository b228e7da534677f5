// SPDX-License-Identifier: GPL-3.0-or-later
#include <records/merge.h>

#include <QCborArray>
#include <QSet>

#include <algorithm>

namespace ioc {

namespace {

bool isSet(const Field &field)
{
    return field.kind == FieldKind::Choices || field.kind == FieldKind::Files;
}

QSet<QString> members(const QCborValue &value)
{
    QSet<QString> out;
    const QCborArray array = value.toArray();
    for (const auto &member : array)
        out.insert(member.toString());
    return out;
}

QCborValue setValue(const QSet<QString> &set)
{
    if (set.isEmpty())
        return {};
    QStringList sorted(set.begin(), set.end());
    sorted.sort();
    return QCborArray::fromStringList(sorted);
}

QCborValue mergedSet(const QCborValue &current, const FieldChange &change)
{
    const QSet<QString> before = members(change.oldValue);
    const QSet<QString> after = members(change.newValue);
    return setValue((members(current) | (after - before)) - (before - after));
}

} // namespace

MergeResult merged(const RecordType &type, const Values &current, const QList<FieldChange> &changes)
{
    MergeResult result{.values = current};
    for (const FieldChange &change : changes) {
        const Field *field = type.field(change.field);
        if (!field)
            continue; // refused before, by validation
        const QCborValue now = result.values.value(change.field); // a field named twice: one after the other
        QCborValue next = change.newValue;
        if (sameValue(now, change.newValue))
            continue;
        if (!sameValue(now, change.oldValue)) {
            if (!isSet(*field)) {
                result.conflicts += {change.field, change.oldValue, change.newValue, now};
                continue;
            }
            next = mergedSet(now, change);
            result.othersChanged = true;
            if (sameValue(now, next))
                continue;
        }
        if (next.isUndefined() || next.isNull())
            result.values.remove(change.field);
        else
            result.values.insert(change.field, next);
        result.applied += change.field;
    }
    return result;
}

} // namespace ioc
