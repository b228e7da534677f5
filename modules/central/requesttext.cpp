// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/feedreader.h>
#include <central/requesttext.h>
#include <wire/filestate.h>

#include <wire/administration.h>

#include <QCoreApplication>
#include <QRegularExpression>
#include <QUrlQuery>

#include <algorithm>

namespace ioc {

namespace {

constexpr int longestWaitSeconds = 25;
constexpr qsizetype longestQuery = 1000;

thread_local QString threadLanguage; // set by LanguageScope only

std::unexpected<Error> notUnderstood(const QString &detail)
{
    return failure(ErrorCode::InvalidInput, QCoreApplication::translate("Central", "The request cannot be understood. Update the older of the two programs."), detail);
}

Result<int> number(const QString &text, int lowest, int highest)
{
    bool isNumber = false;
    const int value = text.toInt(&isNumber);
    return isNumber && value >= lowest && value <= highest ? Result<int>(value) : notUnderstood(QStringLiteral("a number out of range"));
}

} // namespace

QString acceptedLanguage(QByteArrayView header)
{
    QString best = QStringLiteral("vi");
    double bestQuality = 0;
    const QString text = QString::fromLatin1(header.first(std::min<qsizetype>(header.size(), 200)));
    const auto parts = QStringView(text).split(u',');
    for (QStringView part : parts) {
        const auto fields = part.trimmed().split(u';');
        const QStringView language = fields.first().split(u'-').first();
        double quality = 1;
        for (qsizetype i = 1; i < fields.size(); ++i) {
            if (fields[i].trimmed().startsWith(u"q="))
                quality = fields[i].trimmed().mid(2).toDouble();
        }
        const bool known = language == u"vi" || language == u"en" || language == u"zh";
        if (known && quality > bestQuality) {
            best = language.toString();
            bestQuality = quality;
        }
    }
    return best;
}

Result<ChangesQuery> parsedChangesQuery(QByteArrayView query)
{
    if (query.size() > longestQuery)
        return notUnderstood(QStringLiteral("query too long"));
    ChangesQuery out{.limit = FeedReader::rowLimit};
    QStringList seen;
    const auto items = QUrlQuery(QString::fromUtf8(query)).queryItems(QUrl::FullyDecoded);
    for (const auto &[key, value] : items) {
        if (seen.contains(key))
            return notUnderstood(QStringLiteral("a key twice"));
        seen += key;
        if (key == u"after") {
            const auto cursor = Cursor::fromString(value);
            if (!cursor || cursor->isNull())
                return cursor ? notUnderstood(QStringLiteral("null cursor")) : std::unexpected(cursor.error());
            out.after = *cursor;
            continue;
        }
        const bool isWait = key == u"wait";
        if (!isWait && key != u"limit")
            return notUnderstood(QStringLiteral("unknown key"));
        const auto count = isWait ? number(value, 0, longestWaitSeconds) : number(value, 1, FeedReader::rowLimit);
        if (!count)
            return std::unexpected(count.error());
        (isWait ? out.waitSeconds : out.limit) = *count;
    }
    return out;
}

Result<Id> parsedAnswered(QByteArrayView header)
{
    constexpr qsizetype longest = 64;
    if (header.isEmpty())
        return Id();
    const auto id = Id::fromString(QString::fromLatin1(header.first(std::min(header.size(), longest))));
    return id ? Result<Id>(*id) : notUnderstood(QStringLiteral("no proper id"));
}

Result<ListQuery> parsedListQuery(QByteArrayView query)
{
    if (query.size() > longestQuery)
        return notUnderstood(QStringLiteral("query too long"));
    ListQuery out{.after = {}, .limit = wire::rowsLimit};
    QStringList seen;
    const auto items = QUrlQuery(QString::fromUtf8(query)).queryItems(QUrl::FullyDecoded);
    for (const auto &[key, value] : items) {
        if (seen.contains(key))
            return notUnderstood(QStringLiteral("a key twice"));
        seen += key;
        if (key == u"after") {
            const auto id = Id::fromString(value);
            if (!id)
                return notUnderstood(QStringLiteral("no proper id"));
            out.after = *id;
        } else if (key == u"limit") {
            const auto count = number(value, 1, wire::rowsLimit);
            if (!count)
                return std::unexpected(count.error());
            out.limit = *count;
        } else {
            return notUnderstood(QStringLiteral("unknown key"));
        }
    }
    return out;
}

Result<RowTarget> parsedRowTarget(QStringView path)
{
    const auto parts = path.split(u'/');
    const auto id = parts.size() == 2 && path.size() < 100 ? Id::fromString(parts[0]) : Result<Id>();
    if (!id || id->isNull() || parts[1].isEmpty())
        return failure(ErrorCode::NotFound, QCoreApplication::translate("Central", "There is nothing at this address. Check the address of central."));
    return RowTarget{*id, parts[1].toString()};
}

QString desktopVersion(QByteArrayView header)
{
    static const QRegularExpression form(QStringLiteral("^tourism-ioc/([A-Za-z0-9.+~-]{1,40})(?: .*)?$"));
    const auto match = header.size() <= 200 ? form.match(QString::fromLatin1(header)) : QRegularExpressionMatch();
    return match.captured(1);
}

Result<ByteRange> parsedRange(QByteArrayView header, qint64 limit)
{
    constexpr QByteArrayView unit("bytes=");
    const qsizetype dash = header.indexOf('-');
    if (!header.startsWith(unit) || header.size() > 60 || dash <= unit.size())
        return notUnderstood(QStringLiteral("no range of bytes"));
    const auto digits = [](QByteArrayView text) {
        return std::ranges::all_of(text, [](char byte) { return byte >= '0' && byte <= '9'; }) ? text.toLongLong() : -1;
    };
    const qint64 from = digits(header.sliced(unit.size(), dash - unit.size()));
    const QByteArrayView end = header.sliced(dash + 1);
    const qint64 last = end.isEmpty() ? std::numeric_limits<qint64>::max() : digits(end);
    if (from < 0 || last < from || (last == 0 && end != "0") || (from == 0 && header[unit.size()] != '0'))
        return notUnderstood(QStringLiteral("no range of bytes"));
    return ByteRange{from, std::min(limit - 1, last - from) + 1};
}

Result<qint64> parsedPieceQuery(QByteArrayView query)
{
    constexpr QByteArrayView key("offset=");
    const QByteArrayView digits = query.startsWith(key) ? query.sliced(key.size()) : QByteArrayView();
    if (digits.isEmpty() || digits.size() > 15 || !std::ranges::all_of(digits, [](char byte) { return byte >= '0' && byte <= '9'; }))
        return notUnderstood(QStringLiteral("no offset"));
    const qint64 offset = digits.toLongLong();
    if (offset % wire::filePieceBytes != 0)
        return notUnderstood(QStringLiteral("not where a piece begins"));
    return offset;
}

QString bearerToken(QByteArrayView header)
{
    constexpr QByteArrayView scheme("Bearer ");
    const bool proper = header.size() > scheme.size() && header.size() < 200 && qstrnicmp(header.data(), scheme.data(), static_cast<size_t>(scheme.size())) == 0;
    return proper ? QString::fromLatin1(header.sliced(scheme.size()).trimmed()) : QString();
}

LanguageScope::LanguageScope(const QString &language) : m_before(std::exchange(threadLanguage, language))
{
}

LanguageScope::~LanguageScope()
{
    threadLanguage = m_before;
}

RequestTranslator::RequestTranslator(QObject *parent) : QTranslator(parent)
{
    // Without these (a build with no translations) messages come in English.
    (void)m_vietnamese.load(QStringLiteral(":/i18n/tourism-ioc_vi.qm"));
    (void)m_chinese.load(QStringLiteral(":/i18n/tourism-ioc_zh.qm"));
}

QString RequestTranslator::translate(const char *context, const char *source, const char *disambiguation, int n) const
{
    if (threadLanguage == u"vi")
        return m_vietnamese.translate(context, source, disambiguation, n);
    if (threadLanguage == u"zh")
        return m_chinese.translate(context, source, disambiguation, n);
    return {};
}

} // namespace ioc
