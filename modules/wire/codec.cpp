// SPDX-License-Identifier: GPL-3.0-or-later
#include <wire/cborreader.h>
#include <wire/codec.h>
#include <wire/compression.h>
#include <wire/partedpage.h>
#include <wire/plaincbor.h>

#include <base/cbor.h>
#include <base/refusal.h>

#include <QCborArray>
#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace ioc::wire {

namespace {

// Keys are numbers so that a feed of 100,000 records stays small. Numbers are never used again for something else.

void putId(QCborMap &map, int key, const Id &id)
{
    if (!id.isNull())
        map.insert(key, id.toBytes());
}

void putText(QCborMap &map, int key, const QString &text)
{
    if (!text.isEmpty())
        map.insert(key, text);
}

void putBytes(QCborMap &map, int key, const QByteArray &bytes)
{
    if (!bytes.isEmpty())
        map.insert(key, bytes);
}

QCborMap valuesMap(const Values &values)
{
    QCborMap map;
    for (const auto &[name, value] : values.asKeyValueRange()) {
        if (!value.isUndefined())
            map.insert(name, value);
    }
    return map;
}

// Generous: what they hold is looked at by whom it is for.
constexpr qsizetype sealKeyLimit = 128;
constexpr qsizetype vaultLimit = 256;

// Undefined is how an absent key reads; on the wire "empty" is null.
QCborValue onWire(const QCborValue &value) { return value.isUndefined() ? QCborValue(nullptr) : value; }
QCborValue offWire(const QCborValue &value) { return value.isNull() ? QCborValue() : value; }

void put(cbor::Writer &out, int key, qint64 value)
{
    out.integer(key);
    out.integer(value);
}

void put(cbor::Writer &out, int key, const QString &text)
{
    out.integer(key);
    out.text(text);
}

void put(cbor::Writer &out, int key, const QByteArray &bytes)
{
    out.integer(key);
    out.bytes(bytes);
}

void put(cbor::Writer &out, int key, const QCborValue &value)
{
    out.integer(key);
    out.value(onWire(value));
}

// Those that most messages have no use for.
void putIfAny(cbor::Writer &out, int key, const QString &text)
{
    if (!text.isEmpty())
        put(out, key, text);
}

void putIfAny(cbor::Writer &out, int key, const QByteArray &bytes)
{
    if (!bytes.isEmpty())
        put(out, key, bytes);
}

void putIfAny(cbor::Writer &out, int key, const Id &id)
{
    if (!id.isNull())
        put(out, key, id.toBytes());
}

void put(cbor::Writer &out, const FieldChange &change)
{
    out.map(3);
    put(out, 1, change.field);
    put(out, 2, change.oldValue);
    put(out, 3, change.newValue);
}

FieldChange changeFrom(const QCborValue &value, CborReader &parent)
{
    CborReader reader(value, QStringLiteral("a field change"));
    FieldChange change{reader.text(1, 64), offWire(reader.any(2)), offWire(reader.any(3))};
    (void)reader.finish();
    parent.join(reader);
    return change;
}

// Messages of which there are many are written straight, without a tree of values made first.
void put(cbor::Writer &out, const Operation &operation)
{
    const auto has = [](bool it) { return it ? 1 : 0; };
    out.map(10 + has(!operation.transition.isEmpty()) + has(!operation.into.isNull()) + has(!operation.unit.isNull()) + has(!operation.author.isNull()) + has(!operation.device.isNull())
            + has(!operation.bootId.isEmpty()) + has(!operation.sealKey.isEmpty()));
    put(out, 1, operation.op.toBytes());
    out.integer(2);
    out.array(operation.after.size());
    for (const Id &op : operation.after)
        out.bytes(op.toBytes());
    put(out, 3, static_cast<int>(operation.kind));
    put(out, 4, operation.type);
    put(out, 5, operation.record.toBytes());
    put(out, 6, operation.baseVersion);
    out.integer(7);
    out.array(operation.changes.size());
    for (const FieldChange &change : operation.changes)
        put(out, change);
    put(out, 13, operation.deviceTimeMs);
    put(out, 14, operation.offsetMs);
    put(out, 16, operation.monotonicMs);
    putIfAny(out, 8, operation.transition);
    putIfAny(out, 9, operation.into);
    putIfAny(out, 10, operation.unit);
    putIfAny(out, 11, operation.author);
    putIfAny(out, 12, operation.device);
    putIfAny(out, 15, operation.bootId);
    putIfAny(out, 17, operation.sealKey);
}

Operation operationFrom(const QCborValue &value, CborReader &parent)
{
    CborReader reader(value, QStringLiteral("an operation"));
    Operation operation{.op = reader.id(1, true),
                        .after = reader.ids(2),
                        .kind = static_cast<OperationKind>(reader.integer(3, 0, static_cast<int>(OperationKind::Unmerge))),
                        .type = reader.text(4, 64),
                        .record = reader.id(5, true),
                        .baseVersion = reader.integer(6, 0),
                        .transition = reader.text(8, 64),
                        .into = reader.id(9, false),
                        .unit = reader.id(10, false),
                        .author = reader.id(11, false),
                        .device = reader.id(12, false),
                        .deviceTimeMs = reader.integer(13),
                        .offsetMs = reader.integer(14),
                        .bootId = reader.text(15, 128),
                        .monotonicMs = reader.integer(16),
                        .sealKey = reader.bytes(17, sealKeyLimit)};
    const auto changes = reader.list(7, 1000);
    for (const QCborValue &change : changes)
        operation.changes += changeFrom(change, reader);
    (void)reader.finish();
    parent.join(reader);
    return operation;
}

void put(cbor::Writer &out, const FieldConflict &conflict)
{
    out.map(4 + (conflict.theirsBy.isEmpty() ? 0 : 1) + (conflict.theirsMs == 0 ? 0 : 1));
    put(out, 1, conflict.field);
    put(out, 2, conflict.base);
    put(out, 3, conflict.mine);
    put(out, 4, conflict.theirs);
    putIfAny(out, 5, conflict.theirsBy);
    if (conflict.theirsMs != 0)
        put(out, 6, conflict.theirsMs);
}

// Answers that central stored before it told who and when lack those two.
FieldConflict conflictFrom(const QCborValue &value, CborReader &parent)
{
    CborReader reader(value, QStringLiteral("a conflict"), CborReader::Unknown::PassedOver);
    FieldConflict conflict{reader.text(1, 64), offWire(reader.any(2)), offWire(reader.any(3)), offWire(reader.any(4)), reader.text(5, 200)};
    if (reader.has(6))
        conflict.theirsMs = reader.integer(6);
    (void)reader.finish();
    parent.join(reader);
    return conflict;
}

void put(cbor::Writer &out, const Answer &answer)
{
    out.map(5 + (answer.duplicateOf.isNull() ? 0 : 1) + (answer.message.isEmpty() ? 0 : 1));
    put(out, 1, answer.op.toBytes());
    put(out, 2, static_cast<int>(answer.outcome));
    put(out, 3, answer.version);
    out.integer(5);
    out.array(answer.conflicts.size());
    for (const FieldConflict &conflict : answer.conflicts)
        put(out, conflict);
    put(out, 6, errorCodeName(answer.reason));
    putIfAny(out, 4, answer.duplicateOf);
    putIfAny(out, 7, answer.message);
}

Answer answerFrom(const QCborValue &value, CborReader &parent)
{
    CborReader reader(value, QStringLiteral("an answer"), CborReader::Unknown::PassedOver);
    Answer answer{.op = reader.id(1, true),
                  .outcome = static_cast<Outcome>(reader.integer(2, 0, static_cast<int>(Outcome::Later))),
                  .version = reader.integer(3, 0),
                  .duplicateOf = reader.id(4, false),
                  .reason = errorCodeFromName(reader.text(6, 64)),
                  .message = reader.text(7)};
    const auto conflicts = reader.list(5, 1000);
    for (const QCborValue &item : conflicts)
        answer.conflicts += conflictFrom(item, reader);
    (void)reader.finish();
    parent.join(reader);
    return answer;
}

void put(cbor::Writer &out, const Change &change)
{
    out.map(change.sealKey.isEmpty() ? 7 : 8);
    put(out, 1, change.sequence);
    put(out, 2, static_cast<int>(change.kind));
    put(out, 3, change.record.type);
    put(out, 4, change.record.id.toBytes());
    put(out, 5, change.record.version);
    out.integer(6);
    if (!change.packed.isEmpty()) {
        out.item(change.packed);
    } else {
        const Values &values = change.record.values;
        out.map(std::ranges::count_if(values, [](const QCborValue &value) { return !value.isUndefined(); }));
        for (const auto &[name, value] : values.asKeyValueRange()) {
            if (value.isUndefined())
                continue;
            out.text(name);
            out.value(value);
        }
    }
    put(out, 7, change.changedMs);
    putIfAny(out, 8, change.sealKey);
}

Change feedRowFrom(const QCborValue &value, CborReader &parent)
{
    CborReader reader(value, QStringLiteral("a change"), CborReader::Unknown::PassedOver);
    Change change{.sequence = reader.integer(1, 0), .kind = static_cast<Change::Kind>(reader.integer(2, 0, static_cast<int>(Change::Kind::Withdrawn)))};
    change.record.type = reader.text(3, 64);
    change.record.id = reader.id(4, true);
    change.record.version = reader.integer(5, 0);
    if (reader.has(6)) // they were taken out
        reader.fail(QStringLiteral("has no fields in key 6"));
    change.record.deleted = change.kind == Change::Kind::Deleted;
    change.changedMs = reader.integer(7);
    change.sealKey = reader.bytes(8, sealKeyLimit);
    (void)reader.finish();
    parent.join(reader);
    return change;
}

QByteArray body(const QCborMap &map)
{
    return compressed(map.toCborValue().toCbor());
}

template <typename One>
QByteArray compressedList(const QList<One> &list)
{
    QByteArray plain;
    cbor::Writer out(plain);
    out.map(1);
    out.integer(1);
    out.array(list.size());
    for (const One &one : list)
        put(out, one);
    return compressed(plain);
}

// Items take some 16 bytes each once parsed. A full push or page needs less than half of these.
struct Limits
{
    qsizetype packed = bodyLimit;
    qsizetype plain = unpackedLimit;
    qint64 items = 0;
};
constexpr Limits pushLimits{.items = 1'000'000};
constexpr Limits pageLimits{.items = 10'000'000};
constexpr Limits sessionLimits{.packed = 16 * smallLimit, .plain = 16 * smallLimit, .items = 50'000};
constexpr Limits smallLimits{.packed = smallLimit, .plain = smallLimit, .items = 100};
constexpr qint64 singleLimit = 100'000;

Result<QByteArray> decompressedWithin(const QByteArray &bytes, const Limits &limits)
{
    if (bytes.size() > limits.packed)
        return failure(ErrorCode::TooLarge, QCoreApplication::translate("Wire", "The message is too large. Send less at a time."));
    return decompressed(bytes, limits.plain);
}

Result<QCborValue> opened(const QByteArray &bytes, const Limits &limits)
{
    return decompressedWithin(bytes, limits).and_then([&](const QByteArray &plain) { return parsedPlain(plain, limits.items); });
}

Result<Values> valuesIn(const QByteArray &packed, qint64 itemLimit)
{
    const auto value = parsedPlain(packed, itemLimit);
    if (!value)
        return std::unexpected(value.error());
    CborReader reader(QCborMap{{1, *value}}, QStringLiteral("a record"));
    Values values = reader.values(1);
    return reader.finish().transform([&] { return std::move(values); });
}

} // namespace

QByteArray encode(const QList<Operation> &operations)
{
    return compressedList(operations);
}

Result<QList<Operation>> decodeOperations(const QByteArray &bytes)
{
    const auto value = opened(bytes, pushLimits);
    if (!value)
        return std::unexpected(value.error());
    CborReader reader(*value, QStringLiteral("a push"));
    QList<Operation> out;
    const auto items = reader.list(1, operationsLimit);
    for (const QCborValue &item : items)
        out += operationFrom(item, reader);
    return reader.finish().transform([&] { return std::move(out); });
}

QByteArray encode(const QList<Answer> &answers)
{
    return compressedList(answers);
}

Result<QList<Answer>> decodeAnswers(const QByteArray &bytes)
{
    const auto value = opened(bytes, pushLimits);
    if (!value)
        return std::unexpected(value.error());
    CborReader reader(*value, QStringLiteral("answers"), CborReader::Unknown::PassedOver);
    QList<Answer> out;
    const auto items = reader.list(1, operationsLimit);
    for (const QCborValue &item : items)
        out += answerFrom(item, reader);
    return reader.finish().transform([&] { return std::move(out); });
}

QByteArray encode(const ChangePage &page)
{
    QByteArray plain;
    cbor::Writer out(plain);
    out.map(4);
    out.integer(1);
    out.text(page.next.toString());
    out.integer(2);
    out.array(page.changes.size());
    for (const Change &change : page.changes)
        put(out, change);
    out.integer(3);
    out.boolean(page.more);
    out.integer(4);
    out.integer(page.serverTimeMs);
    return compressed(plain);
}

Result<ChangePage> decodePackedPage(const QByteArray &bytes)
{
    const auto plain = decompressedWithin(bytes, pageLimits).and_then([](const QByteArray &whole) { return checkPlain(whole, pageLimits.items).transform([&] { return whole; }); });
    if (!plain)
        return std::unexpected(plain.error());
    const PartedPage parted(*plain);
    const auto value = parsedPlain(parted.rest(), pageLimits.items);
    if (!value)
        return std::unexpected(value.error());
    CborReader reader(*value, QStringLiteral("a page of changes"), CborReader::Unknown::PassedOver);
    ChangePage page;
    const auto cursor = Cursor::fromString(reader.text(1));
    if (!cursor)
        return std::unexpected(cursor.error());
    page.next = *cursor;
    const auto items = reader.list(2, changesLimit);
    page.changes.reserve(items.size());
    for (const QCborValue &item : items) {
        Change change = feedRowFrom(item, reader);
        change.packed = parted.values().value(page.changes.size());
        if (const char *problem = PartedPage::problemIn(change.packed))
            reader.fail(QString::fromLatin1(problem));
        page.changes += std::move(change);
    }
    page.more = reader.boolean(3);
    page.serverTimeMs = reader.integer(4);
    return reader.finish().transform([&] { return std::move(page); });
}

Result<ChangePage> decodeChangePage(const QByteArray &bytes)
{
    auto page = decodePackedPage(bytes);
    for (qsizetype i = 0; page && i < page->changes.size(); ++i) {
        if (const auto done = unpack(page->changes[i]); !done)
            return std::unexpected(done.error());
    }
    return page;
}

Result<void> unpack(Change &change)
{
    if (change.packed.isEmpty())
        return {};
    return valuesIn(std::exchange(change.packed, {}), pageLimits.items).transform([&](Values &&values) { change.record.values = std::move(values); });
}

QByteArray encode(const SignIn &signIn)
{
    QCborMap map{{4, signIn.device.toBytes()}};
    putText(map, 1, signIn.login);
    putText(map, 2, signIn.password);
    putText(map, 3, signIn.refreshToken);
    putText(map, 5, signIn.deviceName);
    return body(map);
}

Result<SignIn> decodeSignIn(const QByteArray &bytes)
{
    const auto value = opened(bytes, smallLimits);
    if (!value)
        return std::unexpected(value.error());
    CborReader reader(*value, QStringLiteral("a sign-in"));
    SignIn out{reader.text(1, 100), reader.text(2, 1000), reader.text(3, 200), reader.id(4, true), reader.text(5, 200)};
    return reader.finish().transform([&] { return std::move(out); });
}

namespace {

constexpr qsizetype grantsLimit = 5000; // a role may have one for every camera

QCborMap toCbor(const Grant &grant)
{
    QCborMap map{{1, grant.recordType}};
    putId(map, 2, grant.record);
    const auto put = [&map](int key, const auto &right) {
        if (right)
            map.insert(key, static_cast<int>(*right));
    };
    put(3, grant.view);
    put(4, grant.capture);
    put(5, grant.search);
    put(6, grant.sensitive);
    return map;
}

template <typename Right>
std::optional<Right> rightFrom(CborReader &reader, int key, Right last)
{
    return reader.has(key) ? std::optional(static_cast<Right>(reader.integer(key, 0, static_cast<int>(last)))) : std::nullopt;
}

Grant grantFrom(const QCborValue &value, CborReader &parent)
{
    CborReader reader(value, QStringLiteral("a grant"), CborReader::Unknown::PassedOver);
    Grant grant{.recordType = reader.text(1, 64), .record = reader.id(2, false), .view = rightFrom(reader, 3, Reach::All), .capture = rightFrom(reader, 4, Reach::All),
                .search = rightFrom(reader, 5, Reach::All), .sensitive = rightFrom(reader, 6, Disclosure::Open)};
    (void)reader.finish();
    parent.join(reader);
    return grant;
}

} // namespace

QByteArray encode(const Session &session)
{
    QCborMap map{{1, session.accessToken}, {2, session.refreshToken}, {3, session.expiresMs}, {4, session.serverTimeMs},
                 {5, session.account.toBytes()}, {6, session.login}, {7, session.displayName}, {8, session.role}};
    putId(map, 9, session.unit);
    QCborArray grants;
    for (const Grant &grant : session.grants)
        grants.append(toCbor(grant));
    if (!grants.isEmpty())
        map.insert(10, grants);
    if (session.mustChangePassword)
        map.insert(11, true);
    if (session.offlineDays != defaultOfflineDays)
        map.insert(12, session.offlineDays);
    putBytes(map, 13, session.vault);
    return body(map);
}

Result<Session> decodeSession(const QByteArray &bytes)
{
    const auto value = opened(bytes, sessionLimits);
    if (!value)
        return std::unexpected(value.error());
    CborReader reader(*value, QStringLiteral("a session"), CborReader::Unknown::PassedOver);
    Session out{.accessToken = reader.text(1), .refreshToken = reader.text(2), .expiresMs = reader.integer(3), .serverTimeMs = reader.integer(4),
                .account = reader.id(5, true), .login = reader.text(6), .displayName = reader.text(7), .role = reader.text(8), .unit = reader.id(9, false), .grants = {}};
    const auto grants = reader.has(10) ? reader.list(10, grantsLimit) : QList<QCborValue>();
    for (const QCborValue &grant : grants)
        out.grants += grantFrom(grant, reader);
    out.mustChangePassword = reader.has(11) && reader.boolean(11);
    if (reader.has(12))
        out.offlineDays = static_cast<int>(reader.integer(12, 0, longestOfflineDays));
    out.vault = reader.bytes(13, vaultLimit);
    return reader.finish().transform([&] { return std::move(out); });
}

QByteArray encode(const Snapshot &snapshot)
{
    QCborMap map{{1, snapshot.ready}, {2, snapshot.records}, {3, snapshot.done}, {5, snapshot.bytes}, {6, snapshot.unpackedBytes}, {7, snapshot.sha256}};
    putText(map, 4, snapshot.id);
    if (!snapshot.cursor.isNull())
        map.insert(8, snapshot.cursor.toString());
    putBytes(map, 9, snapshot.vault);
    return body(map);
}

Result<Snapshot> decodeSnapshot(const QByteArray &bytes)
{
    const auto value = opened(bytes, smallLimits);
    if (!value)
        return std::unexpected(value.error());
    CborReader reader(*value, QStringLiteral("a snapshot"), CborReader::Unknown::PassedOver);
    Snapshot out{.ready = reader.boolean(1), .records = reader.integer(2, 0), .done = reader.integer(3, 0), .id = reader.text(4, 200),
                 .bytes = reader.integer(5, 0), .unpackedBytes = reader.integer(6, 0), .sha256 = reader.bytes(7, 32)};
    const QString cursor = reader.text(8, 1000);
    out.vault = reader.bytes(9, vaultLimit);
    if (const auto read = reader.finish(); !read)
        return std::unexpected(read.error());
    if (!cursor.isEmpty()) {
        const auto parsed = Cursor::fromString(cursor);
        if (!parsed)
            return std::unexpected(parsed.error());
        out.cursor = *parsed;
    }
    static const QRegularExpression name(QStringLiteral("^[A-Za-z0-9-]+$")); // part of a path, both ways
    if (out.ready && (out.cursor.isNull() || out.bytes == 0 || out.unpackedBytes == 0 || out.sha256.size() != 32 || !name.match(out.id).hasMatch()))
        return failure(ErrorCode::InvalidInput, QCoreApplication::translate("Wire", "The message is damaged. Try again; if it happens again, update the program."), QStringLiteral("a snapshot without name, size or cursor"));
    return out;
}

QByteArray encode(const Error &error)
{
    QCborMap map{{1, errorCodeName(error.code)}, {2, error.message}};
    if (const auto refusal = refusalOf(error)) // of the detail nothing else is anybody's business
        map.insert(3, refusalName(*refusal));
    return body(map);
}

Result<Error> decodeError(const QByteArray &bytes)
{
    const auto value = opened(bytes, smallLimits);
    if (!value)
        return std::unexpected(value.error());
    CborReader reader(*value, QStringLiteral("an error"), CborReader::Unknown::PassedOver);
    Error out{errorCodeFromName(reader.text(1)), reader.text(2), {}};
    if (reader.has(3)) {
        const auto refusal = refusalFromName(reader.text(3, 64));
        out.detail = refusal ? refusalName(*refusal) : QString();
    }
    return reader.finish().transform([&] { return std::move(out); });
}

QByteArray packed(const Operation &operation)
{
    QByteArray bytes;
    cbor::Writer out(bytes);
    put(out, operation);
    return bytes;
}

Result<Operation> unpackedOperation(const QByteArray &bytes)
{
    const auto value = parsedPlain(bytes, singleLimit);
    if (!value)
        return std::unexpected(value.error());
    CborReader whole(QCborMap(), QStringLiteral("an operation"));
    Operation operation = operationFrom(*value, whole);
    return whole.finish().transform([&] { return std::move(operation); });
}

QByteArray packed(const Values &values)
{
    return valuesMap(values).toCborValue().toCbor();
}

Result<Values> unpackedValues(const QByteArray &bytes)
{
    return valuesIn(bytes, singleLimit);
}

} // namespace ioc::wire
