// SPDX-License-Identifier: GPL-3.0-or-later
#include <demo/demoplaces.h>
#include <exchange/csvreader.h>
#include <exchange/importid.h>

#include <QFile>

namespace ioc {

Result<QList<DemoPlace>> demoPlaces()
{
    QFile file(QStringLiteral(":/demo/places.csv"));
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorCode::Internal, {}, file.errorString());
    CsvReader reader(file);
    const auto header = reader.next();
    if (!header || !*header)
        return failure(ErrorCode::Internal, {}, QStringLiteral("places.csv has no header"));
    const QStringList names = (*header)->fields;
    QList<DemoPlace> out;
    for (;;) {
        const auto row = reader.next();
        if (!row)
            return std::unexpected(row.error());
        if (!*row)
            return out;
        const auto cell = [&](const QString &name) { return (*row)->fields.value(names.indexOf(name)); };
        const QString type = cell(QStringLiteral("type"));
        const QString kind = cell(QStringLiteral("kind"));
        // Invented complaints name public places, never a single business.
        if (type != u"attraction" && kind != u"service")
            continue;
        out += DemoPlace{.name = cell(QStringLiteral("name")), .kind = kind, .address = cell(QStringLiteral("address")),
                         .unit = importId(u"unit", {cell(QStringLiteral("unit"))}),
                         .latitude = cell(QStringLiteral("lat")).toDouble(), .longitude = cell(QStringLiteral("lon")).toDouble()};
    }
}

} // namespace ioc
