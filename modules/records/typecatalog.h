// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <records/recordtype.h>
#include <records/workflow.h>

#include <memory>
#include <vector>

namespace ioc {

/// All record types and workflows of a deployment. Immutable once read; shared by every thread.
class TypeCatalog
{
public:
    /// The types built into the product (resources/types, resources/workflows), and those in \a extraFolders:
    /// each a folder of <type>.json files. A later type replaces an earlier one of the same name. A folder that is not there
    /// and a declaration that cannot be read are errors, which name the file and the place in it.
    static Result<std::shared_ptr<const TypeCatalog>> load(const QStringList &extraFolders = {});

    /// Types in the order of their names. Pointers stay valid as long as the catalogue.
    [[nodiscard]] QList<const RecordType *> types() const;
    [[nodiscard]] const RecordType *type(QStringView name) const;
    [[nodiscard]] const Workflow *workflow(QStringView name) const;
    /// The workflow of \a type; null when it has none.
    [[nodiscard]] const Workflow *workflowOf(const RecordType &type) const { return workflow(type.workflow); }
    /// Types whose parentField refers to \a parent.
    [[nodiscard]] QList<const RecordType *> childrenOf(const RecordType &parent) const;
    /// The type at the head of \a type's chain of parents; \a type itself when it has none.
    [[nodiscard]] const RecordType &rootOf(const RecordType &type) const;
    /// A number that changes whenever a declaration does: the schema version of the cursor.
    [[nodiscard]] qint64 schemaVersion() const { return m_schemaVersion; }

private:
    std::vector<std::unique_ptr<RecordType>> m_types;
    std::vector<std::unique_ptr<Workflow>> m_workflows;
    qint64 m_schemaVersion = 0;
};

} // namespace ioc
