// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/cbor.h>
#include <wire/codec.h>
#include <wire/partedpage.h>

#include <QString>
#include <QUtf8StringView>
#include <QVarLengthArray>

#include <algorithm>

namespace ioc::wire {

namespace {

// Keys of a page and of a change.
constexpr quint64 changesKey = 2;
constexpr quint64 valuesKey = 6;
constexpr qsizetype nameLimit = 64;

bool isKey(QByteArrayView item, quint64 key)
{
    const auto found = cbor::take(item);
    return found && found->kind == cbor::Kind::Unsigned && found->value == key;
}

cbor::Item headOf(QByteArrayView item)
{
    return cbor::take(item).value_or(cbor::Item());
}

bool isLong(QByteArrayView name)
{
    return name.size() > nameLimit && QString::fromUtf8(name).size() > nameLimit;
}

// Whether the texts in it are UTF-8.
bool isReadable(QByteArrayView item)
{
    while (const auto one = cbor::take(item)) {
        if (one->kind == cbor::Kind::Text && !QUtf8StringView(one->bytes).isValidUtf8())
            return false;
    }
    return true;
}

} // namespace

PartedPage::PartedPage(QByteArrayView page)
{
    const QByteArrayView whole = page;
    const auto top = cbor::take(page);
    if (!top || top->kind != cbor::Kind::Map) {
        m_rest = whole.toByteArray();
        return;
    }
    cbor::Writer out(m_rest);
    out.map(static_cast<qsizetype>(top->value));
    for (quint64 i = 0; i < top->value; ++i) {
        const QByteArrayView key = cbor::takeWhole(page);
        out.item(key);
        const cbor::Item head = headOf(page);
        if (!isKey(key, changesKey) || head.kind != cbor::Kind::Array || head.value > changesLimit || !m_values.isEmpty()) {
            out.item(cbor::takeWhole(page));
            continue;
        }
        (void)cbor::take(page);
        out.array(static_cast<qsizetype>(head.value));
        for (quint64 change = 0; change < head.value; ++change)
            takeChange(page);
    }
}

void PartedPage::takeChange(QByteArrayView &page)
{
    cbor::Writer out(m_rest);
    const cbor::Item head = headOf(page);
    QByteArrayView values;
    if (head.kind != cbor::Kind::Map) {
        out.item(cbor::takeWhole(page));
        m_values += QByteArray();
        return;
    }
    (void)cbor::take(page);
    QByteArray pairs;
    qsizetype left = 0;
    for (quint64 i = 0; i < head.value; ++i) {
        const QByteArrayView key = cbor::takeWhole(page);
        if (values.isEmpty() && isKey(key, valuesKey) && headOf(page).kind == cbor::Kind::Map) {
            values = cbor::takeWhole(page);
            continue;
        }
        pairs += key;
        pairs += cbor::takeWhole(page);
        ++left;
    }
    out.map(left);
    out.item(pairs);
    m_values += headOf(values).value > 0 ? values.toByteArray() : QByteArray();
}

const char *PartedPage::problemIn(QByteArrayView values)
{
    constexpr const char *badName = "has a field without a proper name, or one twice";
    if (values.isEmpty())
        return nullptr;
    if (!isReadable(values))
        return "has a text that is none";
    const auto head = cbor::take(values);
    QByteArrayView before;
    bool inOrder = true; // as central writes them
    QVarLengthArray<QByteArrayView, 64> names;
    for (quint64 i = 0; head && i < head->value; ++i) {
        const auto name = cbor::take(values);
        if (!name || name->kind != cbor::Kind::Text || name->bytes.isEmpty() || isLong(name->bytes))
            return badName;
        inOrder = inOrder && (i == 0 || before < name->bytes);
        before = name->bytes;
        names.append(before);
        (void)cbor::takeWhole(values);
    }
    if (inOrder)
        return nullptr;
    std::ranges::sort(names);
    return std::ranges::adjacent_find(names) == names.end() ? nullptr : badName;
}

} // namespace ioc::wire
