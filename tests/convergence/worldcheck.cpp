// SPDX-License-Identifier: GPL-3.0-or-later
// What must hold in a world once it has come to rest.
#include "faultyworld.h"

#include <access/sealedtext.h>
#include <wire/codec.h>

#include <QCborValue>

namespace ioc::test {

using namespace Qt::StringLiterals;

namespace {

constexpr int quarantined = static_cast<int>(OutboxEntry::State::Quarantined);

QString text(const QCborValue &value)
{
    return value.toDiagnosticNotation();
}

QStringList differences(const Record &device, const Record &central)
{
    QStringList out;
    if (device.version != central.version)
        out += u"version %1, central's %2"_s.arg(device.version).arg(central.version);
    QStringList names = device.values.keys() + central.values.keys();
    names.removeDuplicates();
    for (const QString &name : std::as_const(names)) {
        if (!sameValue(device.value(name), central.value(name)))
            out += u"%1 %2, central's %3"_s.arg(name, text(device.value(name)), text(central.value(name)));
    }
    return out;
}

struct Known
{
    QHash<Id, Outcome> operations;
    QSet<Id> made; ///< records that an operation made
    QSet<Id> gone; ///< records that are deleted
};

Result<Known> knownTo(CentralStorage &storage)
{
    const auto types = storage.catalog().types();
    return storage.read([&types](db::Connection &connection) -> Result<Known> {
        Known out;
        for (const RecordType *type : types) {
            const auto deleted = connection.each(u"SELECT id FROM %1 WHERE deleted <> 0"_s.arg(type->name), {}, [&](const db::Row &row) {
                out.gone.insert(Id::fromBytes(row.bytes(0)).value_or(Id()));
                return true;
            });
            if (!deleted)
                return std::unexpected(deleted.error());
        }
        return connection.each(u"SELECT op, outcome, version, record FROM central_operation"_s, {}, [&](const db::Row &row) {
            out.operations.insert(Id::fromBytes(row.bytes(0)).value_or(Id()), static_cast<Outcome>(row.integer(1)));
            if (row.integer(2) > 0)
                out.made.insert(Id::fromBytes(row.bytes(3)).value_or(Id()));
            return true;
        }).transform([&] { return out; });
    }).result();
}

} // namespace

void FaultyWorld::compare(QStringList &out)
{
    const auto types = m_central.storage().catalog().types();
    for (const RecordType *type : types) {
        QHash<Id, Record> live;
        const auto read = m_central.storage().read([&](db::Connection &connection) {
            return m_central.storage().tables().eachLive(connection, *type, RecordTables::Units::Unasked, RecordTables::Personal::Opened, [&](CentralRecord &&state, const QList<Id> &) {
                if (holdsSealed(state.record.values))
                    out += u"central holds what only looks sealed: "_s + state.record.id.toString().right(6);
                live.insert(state.record.id, std::move(state.record));
                return true;
            });
        }).result();
        if (!read)
            qFatal("%s", qUtf8Printable(read.error().detail));
        for (size_t i = 0; i < m_links.size(); ++i)
            compareRows(static_cast<int>(i), *m_links[i].device, *type, live, out);
    }
}

void FaultyWorld::compareRows(int number, WorkingDevice &device, const RecordType &type, const QHash<Id, Record> &central, QStringList &out)
{
    const auto keys = awaited(device.store().keys({.type = type.name}));
    const auto rows = awaited(device.store().rows(type.name, keys.value_or(QList<qint64>())));
    if (!rows)
        qFatal("%s", qUtf8Printable(rows.error().detail));
    QSet<Id> here;
    for (const StoredRecord &row : *rows) {
        here.insert(row.record.id);
        const QString name = u"lan%1: %2 %3: "_s.arg(number).arg(type.name, row.record.id.toString().right(6));
        const auto found = central.constFind(row.record.id);
        if (row.pending)
            out += name + u"still pending"_s;
        if (found == central.cend())
            out += name + u"central does not have it; "_s + device.look(u"SELECT id, 0, 'version ' || r.version || ', reading ' || r.feed || ' of ' || (SELECT value FROM _meta WHERE name='feed') || coalesce(', base ' || b.present || ' version ' || b.version, '') FROM %1 r LEFT JOIN _base_state b ON b.record=r.id WHERE r.key=%2"_s.arg(type.name).arg(row.key)).value(0).value(2).toString();
        else if (const QStringList unlike = differences(row.record, *found); !unlike.isEmpty())
            out += name + unlike.join(u"; "_s);
    }
    for (const Record &record : central) {
        if (!here.contains(record.id))
            out += u"lan%1: %2 %3: is missing, version %4"_s.arg(number).arg(type.name, record.id.toString().right(6)).arg(record.version) + device.tracesOf(record.id);
    }
}

// Everything that a person saved is at central, or in quarantine on the desk where it was saved, or was given up by that person;
// and what central kept its own value of stands in the list of conflicts until it is settled.
void FaultyWorld::findLost(QStringList &out)
{
    const auto known = knownTo(m_central.storage());
    if (!known)
        qFatal("%s", qUtf8Printable(known.error().detail));
    const QHash<Id, Outcome> &taken = known->operations;
    m_sum.operations = taken.size();
    QSet<Id> triedAgain;
    for (const Link &link : m_links)
        triedAgain.unite(link.device->triedAgain());
    for (size_t i = 0; i < m_links.size(); ++i) {
        WorkingDevice &device = *m_links[i].device;
        QSet<Id> here;
        const auto all = device.kept();
        for (const WorkingDevice::Kept &one : all) {
            here.insert(one.op);
            m_sum.quarantined += one.state == quarantined;
            if (one.state < quarantined)
                out += u"lan%1: operation %2 is in state %3: %4"_s.arg(i).arg(one.op.toString().right(6)).arg(one.state).arg(one.message) + device.needsOf(one.op);
        }
        const QSet<Id> conflicts = device.openConflicts();
        const QHash<Id, Id> deletions = device.sentDeletions();
        const QHash<Id, Id> changes = device.sentChanges();
        for (const Id &op : device.made()) {
            const auto found = taken.constFind(op);
            const bool isNoted = conflicts.contains(op) || device.settled().contains(op); // central took nothing of it, and may have forgotten that
            const bool byOther = known->made.contains(device.broughtBack().value(op));    // brought back by another desk as well
            // A deletion of what was deleted already changes nothing and leaves no mark in the feed. A central that went back behind
            // it, and not behind what this desk has read, is not noticed by it; the record stays deleted.
            const bool wasSo = known->gone.contains(deletions.value(op));
            // Another desk brought back what central had lost, before this one came to offer it again: it saw the feed show what it had made.
            const bool isShown = triedAgain.contains(changes.value(op));
            if (found == taken.cend() && !isShown && !here.contains(op) && !device.givenUp().contains(op) && !isNoted && !byOther && !wasSo && !isWrittenByAnother(device, op))
                out += u"lan%1: operation %2 is lost"_s.arg(i).arg(op.toString().right(6));
            if (found == taken.cend() || *found != Outcome::Conflict)
                continue;
            ++m_sum.conflicts;
            if (!device.lostItsDatabase() && !device.givenUp().contains(op) && !here.contains(op) && !isNoted)
                out += u"lan%1: the conflict of operation %2 is in no list"_s.arg(i).arg(op.toString().right(6));
        }
    }
}

// Central went back behind the operation, not behind what its desk had read, and another desk's change, which writes the same, was given the same
// version: what the feed shows is what both wanted, and nothing tells whose it is.
bool FaultyWorld::isWrittenByAnother(WorkingDevice &device, const Id &op)
{
    const auto sent = device.sentOperation(op);
    if (!sent)
        return false;
    bool same = false;
    const auto read = m_central.storage().read([&](db::Connection &connection) {
        return connection.each(u"SELECT operation FROM central_operation WHERE record = ? AND version = ?"_s, {sent->first.record.toBytes(), sent->second}, [&](const db::Row &row) {
            const auto other = wire::unpackedOperation(row.bytes(0));
            same = same || (other && std::ranges::all_of(sent->first.changes, [&](const FieldChange &change) {
                return std::ranges::any_of(other->changes, [&](const FieldChange &theirs) { return theirs.field == change.field && sameValue(theirs.newValue, change.newValue); });
            }));
            return true;
        });
    }).result();
    if (!read)
        qFatal("%s", qUtf8Printable(read.error().detail));
    return same;
}

// Each version of a record was made by one operation, and every operation that changed one made one version.
void FaultyWorld::checkOnce(QStringList &out)
{
    QStringList wrong;
    const auto types = m_central.storage().catalog().types();
    const auto read = m_central.storage().read([&](db::Connection &connection) -> Result<void> {
        const auto twice = connection.each(u"SELECT record, version, count(*) FROM central_operation WHERE version > 0 GROUP BY record, version HAVING count(*) > 1"_s, {}, [&](const db::Row &row) {
            wrong += u"version %1 of %2 was made %3 times"_s.arg(row.integer(1)).arg(Id::fromBytes(row.bytes(0)).value_or(Id()).toString().right(6)).arg(row.integer(2));
            return true;
        });
        if (!twice)
            return twice;
        for (const RecordType *type : types) {
            const auto uneven = connection.each(u"SELECT r.id, r.version, count(o.op) FROM %1 r JOIN central_operation o ON o.record = r.id AND o.version > 0 GROUP BY r.id, r.version HAVING count(o.op) <> r.version"_s.arg(type->name), {}, [&](const db::Row &row) {
                wrong += u"%1 %2 has version %3 after %4 changes"_s.arg(type->name, Id::fromBytes(row.bytes(0)).value_or(Id()).toString().right(6)).arg(row.integer(1)).arg(row.integer(2));
                return true;
            });
            if (!uneven)
                return uneven;
        }
        return {};
    }).result();
    if (!read)
        qFatal("%s", qUtf8Printable(read.error().detail));
    out += wrong;
}

} // namespace ioc::test
