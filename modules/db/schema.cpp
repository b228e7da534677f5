// SPDX-License-Identifier: GPL-3.0-or-later
#include <db/schema.h>

#include <QCborArray>
#include <QCborMap>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

namespace ioc::db {

namespace {

ColumnType columnType(FieldKind kind)
{
    switch (kind) {
    case FieldKind::Integer:
    case FieldKind::Money:
    case FieldKind::DateTime:
    case FieldKind::Boolean: return ColumnType::Integer;
    case FieldKind::Decimal:
    case FieldKind::Place: return ColumnType::Real;
    case FieldKind::Reference:
    case FieldKind::Unit: return ColumnType::Bytes;
    default: return ColumnType::Text;
    }
}

QString json(const QCborValue &value)
{
    return QString::fromUtf8(value.isArray() ? QJsonDocument(value.toArray().toJsonArray()).toJson(QJsonDocument::Compact)
                                             : QJsonDocument(value.toMap().toJsonObject()).toJson(QJsonDocument::Compact));
}

QCborValue fromJson(const QString &text)
{
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8());
    if (document.isNull())
        return {}; // written by somebody else
    return document.isArray() ? QCborValue(QCborArray::fromJsonArray(document.array())) : QCborValue(QCborMap::fromJsonObject(document.object()));
}

QVariant boundTo(const Field &field, const QCborValue &value)
{
    if (value.isUndefined() || value.isNull())
        return QVariant();
    switch (field.kind) {
    case FieldKind::Integer:
    case FieldKind::Money:
    case FieldKind::DateTime: return value.toInteger();
    case FieldKind::Boolean: return value.toBool() ? 1 : 0;
    case FieldKind::Decimal: return value.toDouble();
    case FieldKind::Reference:
    case FieldKind::Unit: {
        const auto id = Id::fromString(value.toString());
        return id ? QVariant(id->toBytes()) : QVariant();
    }
    case FieldKind::Choices:
    case FieldKind::Files:
    case FieldKind::Translated: return json(value);
    default: return value.toString();
    }
}

} // namespace

QList<Column> columns(const RecordType &type)
{
    QList<Column> out;
    for (const Field &field : type.fields) {
        if (field.kind == FieldKind::Place)
            out << Column{field.name + QStringLiteral("_lat"), ColumnType::Real} << Column{field.name + QStringLiteral("_lon"), ColumnType::Real};
        else
            out << Column{field.name, columnType(field.kind)};
    }
    return out;
}

QVariantList boundValue(const Field &field, const QCborValue &value)
{
    if (field.kind != FieldKind::Place)
        return {boundTo(field, value)};
    const QCborArray pair = value.toArray();
    return pair.size() == 2 ? QVariantList{pair[0].toDouble(), pair[1].toDouble()} : QVariantList{QVariant(), QVariant()};
}

QVariantList bound(const RecordType &type, const Values &values)
{
    QVariantList out;
    out.reserve(type.fields.size() + 1);
    for (const Field &field : type.fields) {
        const QCborValue value = values.value(field.name);
        if (field.kind == FieldKind::Place)
            out += boundValue(field, value);
        else
            out << boundTo(field, value);
    }
    return out;
}

QCborValue readValue(const Field &field, const Row &row, int column)
{
    switch (field.kind) {
    case FieldKind::Place: return QCborArray{row.real(column), row.real(column + 1)};
    case FieldKind::Integer:
    case FieldKind::Money:
    case FieldKind::DateTime: return row.integer(column);
    case FieldKind::Boolean: return row.integer(column) != 0;
    case FieldKind::Decimal: return row.real(column);
    case FieldKind::Reference:
    case FieldKind::Unit: {
        const auto id = Id::fromBytes(row.bytes(column));
        return id && !id->isNull() ? QCborValue(id->toString()) : QCborValue();
    }
    case FieldKind::Choices:
    case FieldKind::Files:
    case FieldKind::Translated: return fromJson(row.text(column));
    default: return row.text(column);
    }
}

Values readValues(const RecordType &type, const Row &row, int firstColumn)
{
    Values out;
    int column = firstColumn;
    for (const Field &field : type.fields) {
        if (!row.isNull(column)) {
            const QCborValue value = readValue(field, row, column);
            if (!value.isUndefined())
                out.insert(field.name, value);
        }
        column += field.kind == FieldKind::Place ? 2 : 1;
    }
    return out;
}

QString columnTypeName(ColumnType type, Dialect dialect)
{
    const bool sqlite = dialect == Dialect::Sqlite;
    switch (type) {
    case ColumnType::Integer: return sqlite ? QStringLiteral("INTEGER") : QStringLiteral("bigint");
    case ColumnType::Real: return sqlite ? QStringLiteral("REAL") : QStringLiteral("double precision");
    case ColumnType::Text: return sqlite ? QStringLiteral("TEXT") : QStringLiteral("text");
    case ColumnType::Bytes: return sqlite ? QStringLiteral("BLOB") : QStringLiteral("bytea");
    }
    return {};
}

QString inDialect(const QString &sql, Dialect dialect)
{
    static const QRegularExpression part(QStringLiteral("^--(sqlite|postgresql)\\n(.*?)^--end\\n"), QRegularExpression::MultilineOption | QRegularExpression::DotMatchesEverythingOption);
    const QString own = dialect == Dialect::Sqlite ? QStringLiteral("sqlite") : QStringLiteral("postgresql");
    QString out;
    qsizetype done = 0;
    for (auto parts = part.globalMatch(sql); parts.hasNext();) {
        const auto match = parts.next();
        out += QStringView(sql).sliced(done, match.capturedStart() - done);
        if (match.captured(1) == own)
            out += match.capturedView(2);
        done = match.capturedEnd();
    }
    out += QStringView(sql).sliced(done);
    if (dialect == Dialect::Sqlite)
        return out;
    static const QList<std::pair<QRegularExpression, QString>> words{
        {QRegularExpression(QStringLiteral("\\bINTEGER PRIMARY KEY AUTOINCREMENT\\b")), QStringLiteral("bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY")},
        {QRegularExpression(QStringLiteral("\\bINTEGER\\b")), columnTypeName(ColumnType::Integer, dialect)},
        {QRegularExpression(QStringLiteral("\\bREAL\\b")), columnTypeName(ColumnType::Real, dialect)},
        {QRegularExpression(QStringLiteral("\\bBLOB\\b")), columnTypeName(ColumnType::Bytes, dialect)},
        {QRegularExpression(QStringLiteral("\\)\\s*(STRICT|WITHOUT ROWID)(\\s*,\\s*(STRICT|WITHOUT ROWID))?\\s*;")), QStringLiteral(");")}};
    for (const auto &[word, instead] : words)
        out.replace(word, instead);
    return out;
}

QString quoted(const QString &name)
{
    return u'"' + QString(name).replace(u'"', QStringLiteral("\"\"")) + u'"';
}

} // namespace ioc::db
