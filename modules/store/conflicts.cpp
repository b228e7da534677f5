// SPDX-License-Identifier: GPL-3.0-or-later
#include <access/sealedtext.h>
#include <store/conflicts.h>
#include <store/searchtext.h>

#include <QCborArray>
#include <QStringList>

namespace ioc {

namespace {

QByteArray packedValues(const FieldConflict &values)
{
    return QCborArray{values.base, values.mine, values.theirs}.toCborValue().toCbor();
}

QCborArray unpackedArray(const QByteArray &bytes)
{
    QCborParserError error;
    const QCborValue value = QCborValue::fromCbor(bytes, &error);
    return error.error == QCborError::NoError ? value.toArray() : QCborArray(); // what Qt made until an error may not be touched
}

QString listed(const QList<qint64> &keys)
{
    QStringList numbers;
    for (const qint64 key : keys)
        numbers += QString::number(key);
    return u'[' + numbers.join(u',') + u']';
}

QString orEmpty(const QString &text)
{
    return text.isNull() ? QStringLiteral("") : text; // a null string would be bound as NULL
}

// What it is found by; sealed texts tell nothing.
QString wordsOf(const QString &title, const FieldConflict &values)
{
    QString text = title;
    for (const QCborValue &value : {values.mine, values.theirs})
        text += isSealed(value) ? QString() : u' ' + value.toString();
    return orEmpty(searchtext::words(text));
}

} // namespace

Conflict conflictFrom(const db::Row &row)
{
    const QCborArray values = unpackedArray(row.bytes(13));
    return {.key = row.integer(0),
            .op = Id::fromBytes(row.bytes(1)).value_or(Id()),
            .kind = static_cast<OperationKind>(row.integer(3)),
            .type = row.text(4),
            .record = Id::fromBytes(row.bytes(5)).value_or(Id()),
            .title = row.text(6),
            .values = {row.text(2), values.at(0), values.at(1), values.at(2), row.text(9), row.integer(10)},
            .isState = row.integer(8) != 0,
            .mineBy = Id::fromBytes(row.bytes(11)).value_or(Id()),
            .mineMs = row.integer(12),
            .notedMs = row.integer(7)};
}

Result<void> Conflicts::change(const QString &sql, const QVariantList &parameters)
{
    return m_connection.exec(sql, parameters).transform([](qint64) {});
}

Result<void> Conflicts::note(const Conflict &conflict)
{
    const FieldConflict &values = conflict.values;
    return change(QStringLiteral("INSERT INTO _conflict (op, field, kind, type, record, title, words, noted, is_state, theirs_by, theirs_ms, mine_by, mine_ms, packed) "
                                 "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (op, field) DO UPDATE SET theirs_by=excluded.theirs_by, theirs_ms=excluded.theirs_ms, "
                                 "packed=excluded.packed, words=excluded.words, batch=NULL, settled_op=NULL"),
                  {conflict.op.toBytes(), orEmpty(values.field), static_cast<int>(conflict.kind), conflict.type, conflict.record.toBytes(), orEmpty(conflict.title), wordsOf(conflict.title, values),
                   conflict.notedMs, conflict.isState ? 1 : 0, orEmpty(values.theirsBy), values.theirsMs, conflict.mineBy.toBytes(), conflict.mineMs, packedValues(values)});
}

Result<QList<Conflict>> Conflicts::open(const QList<qint64> &keys)
{
    QList<Conflict> out;
    return m_connection
        .each(QStringLiteral("SELECT %1 FROM _conflict WHERE batch IS NULL AND key IN (SELECT value FROM json_each(?)) ORDER BY op, is_state, key").arg(QLatin1StringView(conflictColumns)),
              {listed(keys)},
              [&](const db::Row &row) {
                  out += conflictFrom(row);
                  return true;
              })
        .transform([&] { return std::move(out); });
}

Result<QList<Conflict>> Conflicts::all()
{
    QList<Conflict> out;
    return m_connection.each(QStringLiteral("SELECT %1 FROM _conflict").arg(QLatin1StringView(conflictColumns)), {}, [&](const db::Row &row) {
        out += conflictFrom(row);
        return true;
    }).transform([&] { return std::move(out); });
}

Result<void> Conflicts::rewrite(const Conflict &conflict, const FieldConflict &values)
{
    return change(QStringLiteral("UPDATE _conflict SET packed=?, words=? WHERE key=?"), {packedValues(values), wordsOf(conflict.title, values), conflict.key});
}

Result<qint64> Conflicts::countOperations()
{
    return m_connection.integer(QStringLiteral("SELECT count(DISTINCT op) FROM _conflict WHERE batch IS NULL"));
}

Result<bool> Conflicts::isOpen(const Id &op)
{
    return m_connection.integer(QStringLiteral("SELECT EXISTS (SELECT 1 FROM _conflict WHERE op=? AND batch IS NULL)"), {op.toBytes()}).transform([](qint64 any) { return any != 0; });
}

Result<Id> Conflicts::stepBefore(const Id &op)
{
    Id found;
    return m_connection
        .each(QStringLiteral("SELECT n.needs FROM _outbox_needs n JOIN _conflict c ON c.op=n.needs WHERE n.op=? AND c.kind=? AND c.batch IS NULL"),
              {op.toBytes(), static_cast<int>(OperationKind::Transition)},
              [&](const db::Row &row) {
                  found = Id::fromBytes(row.bytes(0)).value_or(Id());
                  return false;
              })
        .transform([&] { return found; });
}

Result<void> Conflicts::close(qint64 key, qint64 batch, const Id &made)
{
    return change(QStringLiteral("UPDATE _conflict SET batch=?, settled_op=? WHERE key=?"), {batch, made.isNull() ? QVariant() : QVariant(made.toBytes()), key});
}

Result<void> Conflicts::closeState(const Id &op, qint64 batch)
{
    return change(QStringLiteral("UPDATE _conflict SET batch=? WHERE op=? AND batch IS NULL AND is_state=1 "
                                 "AND NOT EXISTS (SELECT 1 FROM _conflict o WHERE o.op=_conflict.op AND o.batch IS NULL AND o.is_state=0)"),
                  {batch, op.toBytes()});
}

Result<QList<Conflicts::Closed>> Conflicts::closed(qint64 batch, int limit)
{
    QList<Closed> out;
    return m_connection
        .each(QStringLiteral("SELECT %1, settled_op FROM _conflict WHERE batch=? AND op IN (SELECT DISTINCT op FROM _conflict WHERE batch=? ORDER BY op LIMIT ?) ORDER BY op, key")
                  .arg(QLatin1StringView(conflictColumns)),
              {batch, batch, limit},
              [&](const db::Row &row) {
                  out += {conflictFrom(row), Id::fromBytes(row.bytes(14)).value_or(Id())};
                  return true;
              })
        .transform([&] { return std::move(out); });
}

Result<void> Conflicts::reopen(qint64 key)
{
    return change(QStringLiteral("UPDATE _conflict SET batch=NULL, settled_op=NULL WHERE key=?"), {key});
}

Result<void> Conflicts::remove(qint64 key)
{
    return change(QStringLiteral("DELETE FROM _conflict WHERE key=?"), {key});
}

Result<void> Conflicts::forgetClosed()
{
    return change(QStringLiteral("DELETE FROM _conflict WHERE batch IS NOT NULL"), {});
}

Result<void> Conflicts::takeOver(const std::function<bool(const QString &, const QString &)> &isState)
{
    QList<Conflict> found;
    const auto read = m_connection.each(QStringLiteral("SELECT op, type, record, at, title, fields FROM _conflicts ORDER BY at, op"), {}, [&](const db::Row &row) {
        Conflict one{.op = Id::fromBytes(row.bytes(0)).value_or(Id()), .type = row.text(1), .record = Id::fromBytes(row.bytes(2)).value_or(Id()), .title = row.text(4), .notedMs = row.integer(3)};
        one.mineMs = one.op.createdMs();
        const QCborArray fields = unpackedArray(row.bytes(5));
        if (fields.isEmpty())
            found += one;
        for (const auto &item : fields) {
            const QCborArray parts = item.toArray();
            one.values = {parts.at(0).toString(), parts.at(1), parts.at(2), parts.at(3)};
            one.isState = isState(one.type, one.values.field);
            one.kind = one.isState ? OperationKind::Transition : OperationKind::Edit;
            found += one;
        }
        return true;
    });
    if (!read)
        return read;
    for (const Conflict &one : std::as_const(found)) {
        if (const auto done = note(one); !done)
            return done;
    }
    return change(QStringLiteral("DELETE FROM _conflicts"), {});
}

} // namespace ioc
