// SPDX-License-Identifier: GPL-3.0-or-later
#include <records/derived.h>
#include <records/typereader.h>
#include <records/validation.h>

#include <cstdlib>

using namespace ioc;

/// A declaration is refused with a reason, or gives a type that can be worked with.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray json(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    if (const auto type = readRecordType(json)) {
        Values values;
        for (const Field &field : type->fields)
            values.insert(field.name, QStringLiteral("1"));
        (void)validate(*type, values);
        (void)type->title(values, u"vi");
        (void)derivedValues(*type, {{.clock = QStringLiteral("a"), .atMs = 1, .dueMs = 2}});
    } else if (type.error().message.isEmpty()) {
        std::abort();
    }
    if (const auto workflow = readWorkflow(json)) {
        (void)clockEntries(*workflow, workflow->initialClocks, 1'700'000'000'000);
        if (!workflow->state(workflow->initialState))
            std::abort();
    }
    return 0;
}
