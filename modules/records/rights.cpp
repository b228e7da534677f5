// SPDX-License-Identifier: GPL-3.0-or-later
#include <records/rights.h>

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace ioc {

namespace {

void narrow(TypeRights &rights, const Grant &grant)
{
    rights.view = grant.view.value_or(rights.view);
    rights.capture = grant.capture.value_or(rights.capture);
    rights.search = grant.search.value_or(rights.search);
    rights.sensitive = grant.sensitive.value_or(rights.sensitive);
}

// What cannot be seen cannot be changed: central refuses it, so it is not offered either.
TypeRights closed(TypeRights rights)
{
    if (rights.view == Reach::None)
        rights.capture = Reach::None;
    return rights;
}

bool holdsPerson(const Field &field)
{
    return field.kind == FieldKind::Text || field.kind == FieldKind::Note || field.kind == FieldKind::Phone || field.kind == FieldKind::Email;
}

// Former values of another record, as JSON by field name.
QCborValue withoutSensitive(const QCborValue &value, const RecordType &root)
{
    QJsonObject object = QJsonDocument::fromJson(value.toString().toUtf8()).object();
    for (const Field &field : root.fields) {
        if (field.sensitive)
            object.remove(field.name);
    }
    return object.isEmpty() ? QCborValue() : QCborValue(QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact)));
}

} // namespace

Rights::Rights(const TypeCatalog &catalog, QString role, const QList<Grant> &grants) : m_role(std::move(role))
{
    const auto types = catalog.types();
    for (const RecordType *type : types) {
        const RecordType &root = catalog.rootOf(*type);
        const bool isDirectory = root.group == RecordType::Group::System; // units, accounts, roles: what everybody's work refers to
        if (grants.isEmpty() || (isDirectory && m_role == u"administrator"))
            continue;
        TypeRights rights;
        QStringList names{root.name, type->name};
        if (!isDirectory)
            names.prepend(QString());
        names.removeDuplicates();
        for (const QString &name : std::as_const(names)) {
            for (const Grant &grant : grants) {
                if (grant.recordType == name && grant.record.isNull())
                    narrow(rights, grant);
            }
        }
        if (rights != TypeRights())
            m_types.insert(type->name, closed(rights));
        for (const Grant &grant : grants) {
            if (grant.recordType != type->name || grant.record.isNull())
                continue;
            const auto own = m_records.find(grant.record);
            TypeRights &record = own == m_records.end() ? *m_records.insert(grant.record, rights) : *own;
            narrow(record, grant);
        }
    }
    for (TypeRights &record : m_records)
        record = closed(record);
}

TypeRights Rights::of(const RecordType &type) const
{
    return m_types.value(type.name);
}

TypeRights Rights::of(const RecordType &type, const Id &record) const
{
    const auto own = m_records.constFind(record);
    return own != m_records.cend() ? *own : of(type);
}

bool Rights::seesEverything() const
{
    const auto open = [](const TypeRights &rights) { return rights.view == Reach::All && rights.sensitive == Disclosure::Open; };
    return std::ranges::all_of(m_types, open) && std::ranges::all_of(m_records, open);
}

bool Area::contains(Reach reach, const QList<Id> &units) const
{
    switch (reach) {
    case Reach::None: return false;
    case Reach::Unit: return !unit.isNull() && units.contains(unit);
    case Reach::Branch: return std::ranges::any_of(units, [this](const Id &one) { return branch.contains(one); });
    case Reach::All: return true;
    }
    return false;
}

QSet<Id> branchOf(const Id &unit, const QMultiHash<Id, Id> &children)
{
    QSet<Id> out;
    QList<Id> next{unit};
    while (!next.isEmpty()) {
        const Id one = next.takeLast();
        if (one.isNull() || out.contains(one))
            continue;
        out.insert(one);
        next += children.values(one);
    }
    return out;
}

QList<Id> unitsOf(const RecordType &root, const Id &record, const Values &values)
{
    if (root.name == u"unit")
        return {record};
    QList<Id> out;
    for (const Field &field : root.fields) {
        if (field.kind != FieldKind::Unit)
            continue;
        const auto unit = Id::fromString(values.value(field.name).toString());
        if (unit && !unit->isNull() && !out.contains(*unit))
            out += *unit;
    }
    return out;
}

bool belongsToUnits(const RecordType &root)
{
    return std::ranges::contains(root.fields, FieldKind::Unit, &Field::kind);
}

QCborValue masked(const Field &field, const QCborValue &value)
{
    constexpr qsizetype shown = 3;
    if (!holdsPerson(field) || !value.isString())
        return {};
    const QString text = value.toString();
    const QString hidden = QStringLiteral("•••");
    return text.size() > 2 * shown ? hidden + text.last(shown) : hidden;
}

bool mayBePersonal(const RecordType &type)
{
    return std::ranges::any_of(type.fields, [](const Field &field) { return field.sensitive || field.holdsFormerValues; });
}

Values disclosed(const RecordType &type, const RecordType &root, Values values, Disclosure disclosure)
{
    if (disclosure == Disclosure::Open)
        return values;
    for (const Field &field : type.fields) {
        const auto at = values.find(field.name);
        if (at == values.end() || !(field.sensitive || field.holdsFormerValues))
            continue;
        *at = field.holdsFormerValues ? withoutSensitive(*at, root) : disclosure == Disclosure::Masked ? masked(field, *at) : QCborValue();
        if (at->isUndefined())
            values.erase(at);
    }
    return values;
}

} // namespace ioc
