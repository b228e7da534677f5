// SPDX-License-Identifier: GPL-3.0-or-later
#include "workingdevice.h"

#include <db/connection.h>
#include <store/outbox.h>
#include <store/workflowsteps.h>
#include <wire/codec.h>

#include <QCborArray>
#include <QDir>

namespace ioc::test {

using namespace Qt::StringLiterals;

namespace {

const QStringList plainTypes{u"guide"_s, u"event"_s, u"product"_s};
const QStringList editableTypes{u"complaint"_s, u"guide"_s, u"event"_s, u"product"_s};
constexpr int stateWaitingToQuarantined = 3; // the greatest state of an operation that is still there
constexpr int people = 9;                    // guide cards in circulation: few, so that two desks enter the same one

template <typename List>
auto oneOf(const List &list, QRandomGenerator &random)
{
    return list[random.bounded(static_cast<int>(list.size()))];
}

QCborValue randomValue(const Field &field, QRandomGenerator &random)
{
    switch (field.kind) {
    case FieldKind::Text:
        if (field.name == u"card_number")
            return u"10100000%1"_s.arg(random.bounded(people));
        [[fallthrough]];
    case FieldKind::Note: return u"chữ %1"_s.arg(random.bounded(20));
    case FieldKind::Choice: return oneOf(field.choices, random).code;
    case FieldKind::Choices: {
        QStringList codes;
        for (const Choice &choice : field.choices) {
            if (random.bounded(3) == 0)
                codes += choice.code;
        }
        return codes.isEmpty() ? QCborValue() : QCborValue(QCborArray::fromStringList(codes));
    }
    case FieldKind::Date: return u"2026-01-%1"_s.arg(1 + random.bounded(28), 2, 10, QChar(u'0'));
    case FieldKind::Integer:
    case FieldKind::Money: return field.maximum ? random.bounded(1, 1 + static_cast<int>(*field.maximum)) : random.bounded(1, 50);
    case FieldKind::Phone: return u"+8490123450%1"_s.arg(random.bounded(9));
    case FieldKind::Place: return QCborArray{20.9 + random.bounded(9) * 0.01, 107.0};
    default: return {};
    }
}

bool isRandom(const Field &field)
{
    constexpr std::array kinds{FieldKind::Text, FieldKind::Note, FieldKind::Choice, FieldKind::Choices, FieldKind::Date, FieldKind::Integer, FieldKind::Money, FieldKind::Phone, FieldKind::Place};
    return !field.readOnly && field.derived.isEmpty() && field.assigned.isEmpty() && std::ranges::contains(kinds, field.kind);
}

} // namespace

WorkingDevice::WorkingDevice(QString folder, Identity identity, Id unit, qint64 nowMs, Secrets secrets)
    : clock(nowMs), m_folder(std::move(folder)), m_identity(std::move(identity)), m_unit(unit), m_secrets(std::move(secrets)), m_catalog(TypeCatalog::load().value())
{
    open();
}

void WorkingDevice::open()
{
    m_store.reset();
    m_store = std::make_unique<LocalStore>(LocalStore::Options{.folder = m_folder, .catalog = m_catalog, .clock = &clock});
    const auto report = awaited(m_store->open());
    if (!report || !report->damagedFile.isEmpty())
        qFatal("%s: %s", qUtf8Printable(m_folder), report ? "damaged" : qUtf8Printable(report.error().message + report.error().detail));
    m_identity.device = m_store->device();
    m_author = {m_identity.account, m_identity.displayName, Rights(m_identity.role), {}, m_identity.device, m_offsetMs};
    m_store->setAuthor(m_author);
    if (const auto unlocked = awaited(m_store->setVault(m_secrets(m_identity.device))); !unlocked)
        qFatal("%s: %s", qUtf8Printable(m_folder), qUtf8Printable(unlocked.error().message + unlocked.error().detail));
}

void WorkingDevice::metCentral(qint64 centralMs)
{
    m_offsetMs = clock.nowMs() - centralMs;
    m_author.offsetMs = m_offsetMs;
    m_store->setAuthor(m_author);
}

// The files are copied while the store has them open, as the kernel would leave them, and put back under the closed one.
void WorkingDevice::crash()
{
    const QDir folder(m_folder);
    const QDir aside(m_folder + u".crash"_s);
    QDir(aside.path()).removeRecursively();
    if (!QDir().mkpath(aside.path()))
        qFatal("no folder");
    const auto names = folder.entryList(QDir::Files);
    for (const QString &name : names) {
        if (!name.endsWith(u"-shm") && !name.endsWith(u".lock") && !QFile::copy(folder.filePath(name), aside.filePath(name)))
            qFatal("cannot copy %s", qUtf8Printable(name));
    }
    m_store.reset();
    for (const QString &name : folder.entryList(QDir::Files))
        QFile::remove(folder.filePath(name));
    for (const QString &name : aside.entryList(QDir::Files)) {
        if (!QFile::rename(aside.filePath(name), folder.filePath(name)))
            qFatal("cannot put back %s", qUtf8Printable(name));
    }
    open();
}

void WorkingDevice::loseDatabase()
{
    m_lost = true;
    m_merged.clear();
    m_store.reset();
    for (const auto &name : {u"/store.sqlite"_s, u"/store.sqlite-wal"_s, u"/store.sqlite-shm"_s})
        QFile::remove(m_folder + name);
    open();
}

QString WorkingDevice::saved(const QString &what, const Result<QList<Draft>> &drafts)
{
    if (!drafts)
        return what + u": "_s + drafts.error().message;
    const auto done = awaited(m_store->save(*drafts));
    if (!done)
        return what + u": "_s + done.error().message;
    for (const Id &op : done->operations) {
        if (!op.isNull())
            m_made.insert(op);
    }
    return what + u' ' + drafts->first().record.toString().right(6);
}

std::optional<Record> WorkingDevice::pick(const QString &type, QRandomGenerator &random)
{
    const int place = random.bounded(1 << 20);
    const auto keys = awaited(m_store->keys({.type = type}));
    if (!keys || keys->isEmpty())
        return {};
    auto sorted = *keys;
    std::ranges::sort(sorted);
    const auto rows = awaited(m_store->rows(type, {sorted[place % sorted.size()]}));
    return rows && !rows->isEmpty() ? std::optional(rows->first().record) : std::nullopt;
}

QString WorkingDevice::act(QRandomGenerator &random)
{
    const int chance = random.bounded(100);
    if (chance < 12)
        return createComplaint(random);
    if (chance < 24)
        return createOther(random);
    if (chance < 58)
        return edit(random);
    if (chance < 72)
        return step(random);
    if (chance < 78)
        return comment(random);
    if (chance < 83)
        return remove(random);
    if (chance < 87)
        return merge(random);
    if (chance < 89)
        return unmerge(random);
    if (chance < 93)
        return settle(random);
    if (chance < 94)
        return undoSettling();
    return chance < 98 ? retry(random) : discard(random);
}

QString WorkingDevice::createComplaint(QRandomGenerator &random)
{
    const RecordType &type = *m_catalog->type(u"complaint");
    Values values{{u"title"_s, u"Phản ánh %1"_s.arg(random.bounded(1000))}, {u"received_at"_s, clock.nowMs()}};
    for (const auto &name : {u"category"_s, u"priority"_s, u"description"_s})
        values.insert(name, randomValue(*type.field(name), random));
    return saved(u"create complaint"_s, WorkflowSteps(*m_catalog, m_author, clock).create(u"complaint"_s, Id::create(clock), values));
}

Values WorkingDevice::otherValues(const RecordType &type, QRandomGenerator &random) const
{
    Values values;
    for (const Field &field : type.fields) {
        const bool filled = random.bounded(3) == 0;
        const QCborValue value = isRandom(field) ? randomValue(field, random) : QCborValue();
        if (field.required || (filled && field.name != u"ends_on"))
            values.insert(field.name, value);
    }
    return values;
}

QString WorkingDevice::createOther(QRandomGenerator &random)
{
    const RecordType &type = *m_catalog->type(oneOf(plainTypes, random));
    Draft draft{.kind = OperationKind::Create, .type = type.name, .record = Id::create(clock)};
    const Values values = otherValues(type, random);
    for (const auto &[field, value] : values.asKeyValueRange())
        draft.changes += {field, {}, value};
    return saved(u"create "_s + type.name, QList<Draft>{draft});
}

QString WorkingDevice::edit(QRandomGenerator &random)
{
    const auto now = pick(oneOf(editableTypes, random), random);
    if (!now)
        return {};
    QList<const Field *> fields;
    for (const Field &field : m_catalog->type(now->type)->fields) {
        if (isRandom(field))
            fields += &field;
    }
    Draft draft{.type = now->type, .record = now->id};
    const int count = 1 + random.bounded(2);
    for (int i = 0; i < count; ++i) {
        const Field &field = *oneOf(std::min<qsizetype>(4, fields.size()) == 4 && random.bounded(2) ? fields.first(4) : fields, random);
        const QCborValue value = !field.required && random.bounded(6) == 0 ? QCborValue() : randomValue(field, random);
        if (std::ranges::none_of(draft.changes, [&](const FieldChange &change) { return change.field == field.name; }))
            draft.changes += {field.name, now->value(field.name), value};
    }
    return saved(u"edit %1 %2"_s.arg(now->type, draft.changes.first().field), QList<Draft>{draft});
}

QString WorkingDevice::step(QRandomGenerator &random)
{
    const auto now = pick(u"complaint"_s, random);
    const auto transitions = m_catalog->workflow(u"complaint")->transitions;
    const int from = random.bounded(100);
    if (!now)
        return {};
    for (qsizetype i = 0; i < transitions.size(); ++i) {
        const Transition &one = transitions[(from + i) % transitions.size()];
        if (!one.from.contains(now->text(u"status"_s)))
            continue;
        Values values;
        if (one.code == u"forward")
            values.insert(u"assigned_unit"_s, m_unit.toString());
        if (one.code == u"answer")
            values.insert(u"answer"_s, u"Trả lời %1"_s.arg(random.bounded(9)));
        const QString why = one.needsComment || random.bounded(4) == 0 ? u"vì %1"_s.arg(random.bounded(9)) : QString();
        return saved(u"step "_s + one.code, WorkflowSteps(*m_catalog, m_author, clock).step(*now, one.code, values, why));
    }
    return {};
}

QString WorkingDevice::comment(QRandomGenerator &random)
{
    const auto now = pick(u"complaint"_s, random);
    return now ? saved(u"comment"_s, WorkflowSteps(*m_catalog, m_author, clock).comment(*now, u"ghi chú %1"_s.arg(random.bounded(99)))) : QString();
}

QString WorkingDevice::remove(QRandomGenerator &random)
{
    const auto now = pick(oneOf(editableTypes, random), random);
    return now ? saved(u"delete "_s + now->type, QList<Draft>{Draft{.kind = OperationKind::Delete, .type = now->type, .record = now->id}}) : QString();
}

QString WorkingDevice::merge(QRandomGenerator &random)
{
    const QString type = oneOf(editableTypes, random);
    const auto one = pick(type, random);
    const auto other = pick(type, random);
    if (!one || !other || one->id == other->id)
        return {};
    m_merged += {type, one->id};
    return saved(u"merge %1 into %2"_s.arg(type, other->id.toString().right(6)), QList<Draft>{Draft{.kind = OperationKind::Merge, .type = type, .record = one->id, .into = other->id}});
}

QString WorkingDevice::unmerge(QRandomGenerator &random)
{
    if (m_merged.isEmpty())
        return {};
    const auto [type, record] = m_merged.takeAt(random.bounded(static_cast<int>(m_merged.size())));
    return saved(u"unmerge "_s + type, QList<Draft>{Draft{.kind = OperationKind::Unmerge, .type = type, .record = record}});
}

// What the person decides may take operations away and make others.
template <typename Work>
QString WorkingDevice::decided(const QString &what, Work work)
{
    const auto alive = [this] {
        QSet<Id> out;
        const auto all = kept();
        for (const Kept &one : all) {
            if (one.state <= stateWaitingToQuarantined)
                out.insert(one.op);
        }
        return out;
    };
    const QSet<Id> before = alive();
    const QSet<Id> undecided = openConflicts();
    const QString how = work();
    const QSet<Id> after = alive();
    m_givenUp += before - after;
    m_made += after - before;
    m_settled += undecided - openConflicts();
    return what + u": "_s + how;
}

QString WorkingDevice::settle(QRandomGenerator &random)
{
    const auto keys = awaited(m_store->entryKeys({.list = EntryQuery::List::Conflicts}));
    const auto keep = oneOf(QList{Keep::Mine, Keep::Central, Keep::Newer, Keep::Edited}, random);
    const bool whole = random.bounded(2) == 0;
    const int place = random.bounded(1 << 20);
    if (!keys || keys->isEmpty())
        return {};
    const auto chosen = whole && keep != Keep::Edited ? *keys : QList<qint64>{keys->at(place % keys->size())};
    const auto conflicts = awaited(m_store->conflicts(chosen)).value_or(QList<Conflict>());
    if (conflicts.isEmpty())
        return {};
    const RecordType *type = m_catalog->type(conflicts.first().type);
    const Field *field = type->field(conflicts.first().values.field);
    const QCborValue value = keep == Keep::Edited && field ? randomValue(*field, random) : QCborValue();
    if (keep == Keep::Edited && (!field || !isRandom(*field)))
        return {};
    return decided(u"settle %1 of %2 as %3"_s.arg(chosen.size()).arg(keys->size()).arg(static_cast<int>(keep)), [&] {
        const auto done = awaited(m_store->settle(chosen, keep, value));
        return done ? u"%1 done, %2 left %3"_s.arg(done->done).arg(done->left).arg(done->why) : done.error().message;
    });
}

QString WorkingDevice::undoSettling()
{
    return decided(u"undo settling"_s, [&] {
        const auto done = awaited(m_store->undoSettling());
        return done ? u"%1 done, %2 left"_s.arg(done->done).arg(done->left) : done.error().message;
    });
}

QString WorkingDevice::retry(QRandomGenerator &random)
{
    const auto keys = awaited(m_store->entryKeys({.list = EntryQuery::List::Quarantine}));
    const int place = random.bounded(1 << 20);
    if (!keys || keys->isEmpty())
        return {};
    const auto chosen = place % 2 ? *keys : QList<qint64>{keys->at(place / 2 % keys->size())};
    return decided(u"retry %1"_s.arg(chosen.size()), [&] {
        const QSet<Id> before = recalled();
        const auto done = awaited(m_store->retry(chosen));
        m_triedAgain.unite(QSet<Id>(before).subtract(recalled()));
        const auto made = look(u"SELECT op, state, lower(hex(record)) FROM _outbox WHERE kind=%1"_s.arg(static_cast<int>(OperationKind::Create)));
        for (const QVariantList &row : made) {
            if (row[1].toInt() < stateWaitingToQuarantined)
                m_broughtBack.insert(Id::fromBytes(row[0].toByteArray()).value_or(Id()), Id::fromBytes(QByteArray::fromHex(row[2].toByteArray())).value_or(Id()));
        }
        return done ? u"%1 done, %2 left %3"_s.arg(done->done).arg(done->left).arg(done->why) : done.error().message;
    });
}

QString WorkingDevice::discard(QRandomGenerator &random)
{
    const auto keys = awaited(m_store->entryKeys({.list = EntryQuery::List::Quarantine}));
    const int place = random.bounded(1 << 20);
    if (!keys || keys->isEmpty())
        return {};
    return decided(u"discard"_s, [&] {
        const auto done = awaited(m_store->discard({keys->at(place % keys->size())}));
        return done ? u"%1 done"_s.arg(done->done) : done.error().message;
    });
}

QList<QVariantList> WorkingDevice::look(const QString &query)
{
    const auto connection = db::Connection::open({.path = m_folder + u"/store.sqlite"_s, .mayCreate = false});
    if (!connection)
        qFatal("%s", qUtf8Printable(connection.error().detail));
    QList<QVariantList> out;
    const auto read = (*connection)->each(query, {}, [&](const db::Row &row) {
        QVariantList values;
        for (int i = 0; i < 3; ++i)
            values += i == 0 ? QVariant(row.bytes(0)) : i == 1 ? QVariant(row.integer(1)) : QVariant(row.text(2));
        out += values;
        return true;
    });
    if (!read)
        qFatal("%s: %s", qUtf8Printable(query), qUtf8Printable(read.error().detail));
    return out;
}

QList<WorkingDevice::Kept> WorkingDevice::kept()
{
    QList<Kept> out;
    const auto rows = look(u"SELECT o.op, o.state, coalesce(o.message, '') || ' ' || o.type || ' ' || lower(substr(hex(o.record), 27)) || ', kind ' || o.kind || ', answered ' || o.version || "
                           "coalesce(', base ' || b.present || ' version ' || b.version, '') FROM _outbox o LEFT JOIN _base_state b ON b.record = o.record ORDER BY o.seq"_s);
    for (const QVariantList &row : rows)
        out += Kept{Id::fromBytes(row[0].toByteArray()).value_or(Id()), row[1].toInt(), row[2].toString()};
    return out;
}

QString WorkingDevice::needsOf(const Id &op)
{
    QString out;
    const auto rows = look(u"SELECT n.needs, coalesce(o.state, -1), CASE WHEN s.op IS NULL THEN '' ELSE 'sent' END FROM _outbox_needs n LEFT JOIN _outbox o ON o.op=n.needs LEFT JOIN _sent s ON s.op=n.needs "
                           "WHERE n.op=x'%1'"_s.arg(QString::fromLatin1(op.toBytes().toHex())));
    for (const QVariantList &row : rows)
        out += u"; needs %1 in state %2 %3"_s.arg(Id::fromBytes(row[0].toByteArray()).value_or(Id()).toString().right(6)).arg(row[1].toInt()).arg(row[2].toString());
    return out;
}

QString WorkingDevice::tracesOf(const Id &record)
{
    QString out;
    const auto rows = look(u"SELECT x'00', 0, 'base ' || present || ' version ' || version || ' reading ' || feed FROM _base_state WHERE record=x'%1' "
                           "UNION ALL SELECT x'00', 0, 'alias of ' || lower(substr(hex(target), 27)) FROM _alias WHERE alias=x'%1' "
                           "UNION ALL SELECT x'00', 0, 'sent kind unknown, version ' || version FROM _sent WHERE record=x'%1' "
                           "UNION ALL SELECT x'00', 0, 'operation kind ' || kind || ' state ' || state || ' tries ' || tries || ' version ' || version FROM _outbox WHERE record=x'%1' "
                           "UNION ALL SELECT x'00', 0, 'conflict' || coalesce(' settled ' || batch, '') FROM _conflict WHERE record=x'%1'"_s.arg(QString::fromLatin1(record.toBytes().toHex())));
    for (const QVariantList &row : rows)
        out += u"; "_s + row[2].toString();
    return out;
}

QSet<Id> WorkingDevice::recalled()
{
    QSet<Id> out;
    const auto rows = look(u"SELECT record, 0, '' FROM _outbox WHERE state=%1 AND tries=%2"_s.arg(stateWaitingToQuarantined).arg(Outbox::recalledByCentral));
    for (const QVariantList &row : rows)
        out.insert(Id::fromBytes(row[0].toByteArray()).value_or(Id()));
    return out;
}

QHash<Id, Id> WorkingDevice::sent(bool deletions)
{
    QHash<Id, Id> out;
    const auto rows = look(u"SELECT packed, 0, '' FROM _sent"_s);
    for (const QVariantList &row : rows) {
        const auto operation = wire::unpackedOperation(row[0].toByteArray());
        if (operation && (operation->kind == OperationKind::Delete) == deletions)
            out.insert(operation->op, operation->record);
    }
    return out;
}

std::optional<std::pair<Operation, qint64>> WorkingDevice::sentOperation(const Id &op)
{
    const auto rows = look(u"SELECT packed, version, '' FROM _sent WHERE op=x'%1'"_s.arg(QString::fromLatin1(op.toBytes().toHex())));
    const auto operation = rows.isEmpty() ? Result<Operation>(failure(ErrorCode::NotFound, {})) : wire::unpackedOperation(rows.first()[0].toByteArray());
    return operation ? std::optional(std::pair(*operation, rows.first()[1].toLongLong())) : std::nullopt;
}

QSet<Id> WorkingDevice::openConflicts()
{
    QSet<Id> out;
    const auto rows = look(u"SELECT op, 0, '' FROM _conflict WHERE batch IS NULL"_s);
    for (const QVariantList &row : rows)
        out.insert(Id::fromBytes(row[0].toByteArray()).value_or(Id()));
    return out;
}

} // namespace ioc::test
