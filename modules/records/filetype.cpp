// SPDX-License-Identifier: GPL-3.0-or-later
#include <records/filetype.h>

#include <QMimeDatabase>

#include <algorithm>

namespace ioc {

namespace {

constexpr qint64 sizeLimitOtherwise = 50LL * 1024 * 1024;
constexpr qsizetype longestName = 120;

const Field *sizeField(const RecordType &type)
{
    const Field *field = type.field(u"size");
    return field && field->kind == FieldKind::Integer ? field : nullptr;
}

} // namespace

bool holdsFile(const RecordType &type)
{
    const auto isText = [&](QStringView name) {
        const Field *field = type.field(name);
        return field && field->kind == FieldKind::Text;
    };
    return !type.parentField.isEmpty() && isText(u"name") && isText(u"media_type") && isText(u"digest") && sizeField(type);
}

QList<const RecordType *> fileTypes(const TypeCatalog &catalog)
{
    auto types = catalog.types();
    types.removeIf([](const RecordType *type) { return !holdsFile(*type); });
    return types;
}

const RecordType *fileTypeOf(const TypeCatalog &catalog, const RecordType &parent)
{
    const auto children = catalog.childrenOf(parent);
    const auto found = std::ranges::find_if(children, [](const RecordType *type) { return holdsFile(*type); });
    return found == children.end() ? nullptr : *found;
}

qint64 fileSizeLimit(const RecordType &fileType)
{
    const Field *field = sizeField(fileType);
    return field && field->maximum ? static_cast<qint64>(*field->maximum) : sizeLimitOtherwise;
}

bool takesMediaType(const RecordType &fileType, const QString &mediaType)
{
    const Field *field = fileType.field(u"media_type");
    return field && (field->patternText.isEmpty() || field->pattern.match(mediaType).hasMatch());
}

bool isDigest(QStringView text)
{
    return text.size() == 64 && std::ranges::all_of(text, [](QChar letter) { return (letter >= u'0' && letter <= u'9') || (letter >= u'a' && letter <= u'f'); });
}

QString mediaTypeOf(const QString &name, const QByteArray &head)
{
    return QMimeDatabase().mimeTypeForFileNameAndData(name, head.first(std::min<qsizetype>(head.size(), mediaHeadBytes))).name();
}

bool mediaTypeFits(const QString &mediaType, const QByteArray &head)
{
    const QMimeDatabase known;
    const QMimeType declared = known.mimeTypeForName(mediaType);
    const QMimeType found = known.mimeTypeForData(head.first(std::min<qsizetype>(head.size(), mediaHeadBytes)));
    if (!declared.isValid() || found.isDefault())
        return false;
    // A text document is a zip archive inside; a table with commas is text.
    return declared.name() == found.name() || declared.inherits(found.name()) || found.inherits(declared.name());
}

QString safeFileName(const QString &name, const QString &mediaType)
{
    QString out;
    for (const QChar letter : name) {
        const bool plain = letter.isLetterOrNumber() || letter.isMark() || QStringView(u" .,-_()+").contains(letter);
        out += plain ? letter : QChar(u'_');
    }
    out = out.simplified();
    while (out.startsWith(u'.') || out.startsWith(u' ')) // also ". ..": none of it may make a hidden name
        out.remove(0, 1);
    const QMimeType type = QMimeDatabase().mimeTypeForName(mediaType);
    const auto suffixes = type.suffixes();
    const bool ends = std::ranges::any_of(suffixes, [&](const QString &suffix) { return out.endsWith(u'.' + suffix, Qt::CaseInsensitive) && out.size() > suffix.size() + 1; });
    const QString ending = ends ? out.mid(out.lastIndexOf(u'.')) : type.preferredSuffix().isEmpty() ? QStringLiteral(".bin") : u'.' + type.preferredSuffix();
    QString stem = ends ? out.left(out.lastIndexOf(u'.')) : out;
    stem = stem.left(longestName).trimmed();
    return (stem.isEmpty() ? QStringLiteral("file") : stem) + ending;
}

} // namespace ioc
