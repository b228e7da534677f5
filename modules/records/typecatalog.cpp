// SPDX-License-Identifier: GPL-3.0-or-later
#include <records/typecatalog.h>
#include <records/typereader.h>

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QtEndian>

#include <algorithm>

namespace ioc {

namespace {

template <typename Item>
void place(std::vector<std::unique_ptr<Item>> &items, Item item)
{
    const auto existing = std::ranges::find(items, item.name, [](const auto &known) { return known->name; });
    if (existing != items.end())
        **existing = std::move(item);
    else
        items.push_back(std::make_unique<Item>(std::move(item)));
}

template <typename Item>
const Item *named(const std::vector<std::unique_ptr<Item>> &items, QStringView name)
{
    const auto found = std::ranges::find(items, name, [](const auto &item) { return QStringView(item->name); });
    return found == items.end() ? nullptr : found->get();
}

template <typename Item>
std::optional<Error> readFolder(const QString &folder, Result<Item> (*read)(const QByteArray &),
                                std::vector<std::unique_ptr<Item>> &items, QCryptographicHash &digest)
{
    const QDir dir(folder);
    if (!dir.exists())
        return Error{ErrorCode::NotFound, QCoreApplication::translate("Records", "There is no folder %1 to read record types from.").arg(folder), {}};
    const QStringList files = dir.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name);
    for (const QString &name : files) {
        QFile file(dir.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            return Error{ErrorCode::NotFound, QCoreApplication::translate("Records", "The file %1 cannot be read.").arg(file.fileName()), file.errorString()};
        const QByteArray json = file.read(2LL * 1024 * 1024); // more than a declaration may have
        auto item = read(json);
        if (!item)
            return Error{item.error().code, file.fileName() + QStringLiteral(": ") + item.error().message, item.error().detail};
        digest.addData(json);
        place(items, std::move(*item));
    }
    return {};
}

QString workflowProblem(const TypeCatalog &catalog, const RecordType &type)
{
    const Workflow *workflow = catalog.workflowOf(type);
    for (const Field &field : type.fields) {
        const QString clock = field.derived.section(u' ', 1);
        if (!clock.isEmpty() && !(workflow && workflow->clock(clock)))
            return QStringLiteral("%1.%2 is derived from an unknown clock %3").arg(type.name, field.name, clock);
    }
    if (type.workflow.isEmpty())
        return {};
    const Field *state = workflow ? type.field(workflow->stateField) : nullptr;
    if (!state || state->kind != FieldKind::Choice)
        return QStringLiteral("%1 has no workflow %2 or no choice field for its state").arg(type.name, type.workflow);
    for (const WorkflowState &known : workflow->states) {
        if (!state->choice(known.code))
            return QStringLiteral("%1.%2 lacks the state %3").arg(type.name, state->name, known.code);
    }
    for (const Transition &transition : workflow->transitions) {
        for (const QString &needed : transition.requiresFields) {
            if (!type.field(needed))
                return QStringLiteral("%1 has no field %2, which %3 requires").arg(type.name, needed, transition.code);
        }
    }
    return {};
}

// What one declaration says of another can be checked only when all are read.
std::optional<Error> checkReferences(const TypeCatalog &catalog)
{
    const auto refuse = [](const QString &what) {
        return Error{ErrorCode::InvalidInput, QCoreApplication::translate("Records", "A declaration of record types cannot be read: %1").arg(what), what};
    };
    const auto types = catalog.types();
    for (const RecordType *type : types) {
        for (const Field &field : type->fields) {
            if (!field.referenceType.isEmpty() && !catalog.type(field.referenceType))
                return refuse(QStringLiteral("%1.%2 refers to an unknown type %3").arg(type->name, field.name, field.referenceType));
        }
        if (const QString problem = workflowProblem(catalog, *type); !problem.isEmpty())
            return refuse(problem);
    }
    return {};
}

} // namespace

Result<std::shared_ptr<const TypeCatalog>> TypeCatalog::load(const QStringList &extraFolders)
{
    auto catalog = std::make_shared<TypeCatalog>();
    QCryptographicHash digest(QCryptographicHash::Sha256);
    auto error = readFolder<Workflow>(QStringLiteral(":/workflows"), readWorkflow, catalog->m_workflows, digest);
    for (const QString &folder : QStringList{QStringLiteral(":/types")} + extraFolders) {
        if (!error)
            error = readFolder<RecordType>(folder, readRecordType, catalog->m_types, digest);
    }
    if (!error)
        error = checkReferences(*catalog);
    if (error)
        return std::unexpected(*error);
    std::ranges::sort(catalog->m_types, {}, [](const auto &type) { return type->name; });
    catalog->m_schemaVersion = qFromBigEndian<qint64>(digest.result().constData()) & 0x7fffffffffff;
    return catalog;
}

QList<const RecordType *> TypeCatalog::types() const
{
    QList<const RecordType *> out;
    for (const auto &type : m_types)
        out += type.get();
    return out;
}

const RecordType *TypeCatalog::type(QStringView name) const { return named(m_types, name); }
const Workflow *TypeCatalog::workflow(QStringView name) const { return name.isEmpty() ? nullptr : named(m_workflows, name); }

QList<const RecordType *> TypeCatalog::childrenOf(const RecordType &parent) const
{
    QList<const RecordType *> out;
    for (const auto &type : m_types) {
        const Field *field = type->parentField.isEmpty() ? nullptr : type->field(type->parentField);
        if (field && field->referenceType == parent.name)
            out += type.get();
    }
    return out;
}

const RecordType &TypeCatalog::rootOf(const RecordType &type) const
{
    const RecordType *at = &type;
    for (size_t hop = 0; hop < m_types.size(); ++hop) { // a circle of parents ends as well
        const Field *field = at->parentField.isEmpty() ? nullptr : at->field(at->parentField);
        const RecordType *parent = field ? this->type(field->referenceType) : nullptr;
        if (!parent)
            break;
        at = parent;
    }
    return *at;
}

} // namespace ioc
