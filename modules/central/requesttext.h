// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <wire/feed.h>

#include <QTranslator>

#include <memory>

namespace ioc {

/// Language of messages for an Accept-Language header: "vi", "en" or "zh", the first of these that is asked for most; "vi" otherwise.
QString acceptedLanguage(QByteArrayView header);

/// What GET /v1/changes asks for.
struct ChangesQuery
{
    Cursor after; ///< null: from the start
    int waitSeconds = 0;
    int limit = 0;
    Id answered;  ///< of wire::answeredHeader, not of the query; null: none
};
/// Reads the query of GET /v1/changes; InvalidInput when a key is unknown, given twice or out of its range.
Result<ChangesQuery> parsedChangesQuery(QByteArrayView query);

/// What a list asks for: GET …?after=ID&limit=N.
struct ListQuery
{
    Id after; ///< null: from the start
    int limit = 0;
};
/// Reads it; InvalidInput when a key is unknown, given twice or out of its range (1 to wire::rowsLimit, which is the default).
Result<ListQuery> parsedListQuery(QByteArrayView query);

/// What is asked for below a folder of addresses: ID/VERB.
struct RowTarget
{
    Id id;
    QString verb;
};
/// Reads it; NotFound for anything else.
Result<RowTarget> parsedRowTarget(QStringView path);

/// The version that a User-Agent header tells of this product's desktop ("tourism-ioc/1.2.3"); empty for anybody else's.
QString desktopVersion(QByteArrayView header);

/// What a Range header asks for: bytes from \c from on, at most \c length of them.
struct ByteRange
{
    qint64 from = 0;
    qint64 length = 0;
};
/// Reads "bytes=FROM-" or "bytes=FROM-TO"; no more than \a limit bytes are given. InvalidInput for anything else.
Result<ByteRange> parsedRange(QByteArrayView header, qint64 limit);

/// Reads the query of PUT /v1/files/DIGEST, "offset=N": where a piece begins, a multiple of wire::filePieceBytes. InvalidInput for anything else.
Result<qint64> parsedPieceQuery(QByteArrayView query);

/// The id in wire::answeredHeader; null when there is none, InvalidInput when it is not one.
Result<Id> parsedAnswered(QByteArrayView header);

/// The token in an Authorization header; empty when there is none.
QString bearerToken(QByteArrayView header);

/// While it lives, texts translated on this thread come in \a language.
class LanguageScope
{
public:
    explicit LanguageScope(const QString &language);
    ~LanguageScope();
    LanguageScope(const LanguageScope &) = delete;
    LanguageScope &operator=(const LanguageScope &) = delete;

private:
    QString m_before;
};

/// Translates into the language of the LanguageScope of the thread that asks: one program answers several languages at
/// once. Installed once in the application.
class RequestTranslator : public QTranslator
{
    Q_OBJECT

public:
    explicit RequestTranslator(QObject *parent = nullptr);
    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(const char *context, const char *source, const char *disambiguation, int n) const override;

private:
    QTranslator m_vietnamese;
    QTranslator m_chinese;
};

} // namespace ioc
