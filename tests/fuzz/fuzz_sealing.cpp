// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/sealing.h>

#include <QJsonDocument>

#include <cstdlib>

using namespace ioc;

namespace {

constexpr char good[] = "tourism-ioc sealing key 1\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw==\n";

void must(bool holds)
{
    if (!holds)
        std::abort();
}

} // namespace

/// The input as central's key file, as a wrapped key, as a sealed text and as former values. What is read as a key file works; nothing else opens.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const auto sealing = Sealing::parse(good);
    static const Id record = Id::fromBytes(QByteArray(16, 'r')).value();
    static const SealKey key{Id::fromBytes(QByteArray(16, 'k')).value(), QByteArray(32, 's')};
    const QByteArray input(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    if (const auto read = Sealing::parse(input)) {
        const auto wrapped = read->wrapped(key, record);
        must(wrapped && read->unwrapped(*wrapped, record)->secret == key.secret && read->mark().size() == 32);
    }
    must(!sealing->unwrapped(input, record));
    const QString text = QString::fromUtf8(input);
    must(!openedText(text, key, {QStringLiteral("complaint"), record, QStringLiteral("reporter_phone")}));
    RecordType root;
    root.fields = {Field{.name = QStringLiteral("reporter_phone"), .sensitive = true}};
    const Field former{.name = QStringLiteral("before"), .holdsFormerValues = true};
    const bool names = text.contains(u"reporter_phone") || text.contains(u'\\'); // an escaped name
    const bool isObject = QJsonDocument::fromJson(text.toUtf8()).isObject();
    if (!isPersonal(root, former, text))
        must(isObject);
    else if (isObject)
        must(names);
    return 0;
}
