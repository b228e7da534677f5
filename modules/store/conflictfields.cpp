// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/conflictfields.h>

#include <QCborArray>

namespace ioc {

QByteArray packedConflicts(const QList<FieldConflict> &fields)
{
    QCborArray out;
    for (const FieldConflict &conflict : fields)
        out.append(QCborArray{conflict.field, conflict.base, conflict.mine, conflict.theirs});
    return out.toCborValue().toCbor();
}

QList<FieldConflict> unpackedConflicts(const QByteArray &bytes)
{
    QList<FieldConflict> out;
    QCborParserError error;
    const QCborArray list = QCborValue::fromCbor(bytes, &error).toArray();
    if (error.error != QCborError::NoError)
        return out; // what Qt made until then may not be touched
    for (const auto &item : list) {
        const QCborArray parts = item.toArray();
        if (parts.size() == 4)
            out += {parts[0].toString(), parts[1], parts[2], parts[3]};
    }
    return out;
}

} // namespace ioc
