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
    const QCborArray list = QCborValue::fromCbor(bytes).toArray();
    for (const auto &item : list) {
        const QCborArray parts = item.toArray();
        if (parts.size() == 4)
            out += {parts[0].toString(), parts[1], parts[2], parts[3]};
    }
    return out;
}

} // namespace ioc
