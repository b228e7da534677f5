// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/textfold.h>
#include <exchange/importid.h>

namespace ioc {

Id importId(QStringView type, const QStringList &key)
{
    static const Id root = Id::fromString(u"7d0a1c52-3b1e-5e0f-9a54-6c1f0e2b7a10").value_or(Id());
    QStringList parts;
    parts.reserve(key.size());
    for (const QString &part : key)
        parts += normalised(part);
    return Id::derived(Id::derived(root, QStringLiteral("import/") + type.toString()), parts.join(QChar(0x1f)));
}

Id childId(const Id &parent, QStringView name)
{
    return Id::derived(parent, name);
}

} // namespace ioc
