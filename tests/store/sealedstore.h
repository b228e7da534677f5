// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "../support/teststore.h"

#include <access/sealedtext.h>
#include <access/vault.h>
#include <db/connection.h>
#include <store/outbox.h>
#include <store/snapshotwriter.h>

#include <QDirIterator>

namespace ioc::test {

using namespace Qt::StringLiterals;

inline const QString complaint = u"complaint"_s;
inline const QString guide = u"guide"_s;
inline const QString timeline = u"timeline_entry"_s;
inline const QString nameOf = u"reporter_name"_s;
inline const QString phoneOf = u"reporter_phone"_s;
inline const QString lanh = u"Nguyễn Thị Lành"_s;
inline const QString phone = u"+84901234567"_s;
inline const QString otherPhone = u"+84907654321"_s;
inline const QByteArray secrets(64, 'v');

/// A complaint with what is personal in it.
inline Values reported(const QString &number = phone)
{
    return {{u"title"_s, u"Chặt chém khách"_s}, {u"category"_s, u"price"_s}, {u"priority"_s, u"3_normal"_s}, {u"status"_s, u"new"_s}, {u"received_at"_s, qint64(1'760'000'000'000)}, {nameOf, lanh}, {phoneOf, number}};
}

inline Values reportedByNobody()
{
    Values out = reported();
    out.remove(nameOf);
    out.remove(phoneOf);
    return out;
}

/// Central, as far as keys are concerned.
struct Keys
{
    Change state(const QString &type, const Id &id, qint64 version, Values values, const SealKey &key)
    {
        for (auto at = values.begin(); at != values.end(); ++at) {
            const bool personal = at.key() == nameOf || at.key() == phoneOf || (type == guide && at.key() == u"phone") || at.key() == u"before";
            if (personal && !key.id.isNull())
                at.value() = sealedText(at.value().toString(), key, {type, id, at.key()}).value();
        }
        Change change = stateOf(type, id, version, values);
        change.sealKey = key.packed();
        return change;
    }
    SealKey make() { return SealKey::create(clock).value(); }
    ManualClock clock{1'760'000'000'000};
};

/// A store whose vault is open.
struct SealedStore : TestStore
{
    SealedStore() { QVERIFY(open() && unlock()); }
    Result<void> unlock(const QByteArray &with = secrets) { return answered(store->setVault(with)); }
    [[nodiscard]] QString text(const Id &id, const QString &field, const QString &type = complaint)
    {
        const auto row = record(type, id);
        return row ? row->record.text(field) : u"–"_s;
    }
    qint64 found(const QString &words) { return answered(store->count({.type = complaint, .text = words})).value_or(-1); }
    qint64 number(const QString &sql)
    {
        const auto connection = db::Connection::open({.path = folder + u"/store.sqlite"_s, .readOnly = true, .mayCreate = false});
        return connection ? (*connection)->integer(sql).value_or(-1) : -1;
    }
    /// What central has taken and the feed has shown.
    QList<Operation> sent()
    {
        const auto connection = db::Connection::open({.path = folder + u"/store.sqlite"_s, .readOnly = true, .mayCreate = false});
        return connection ? Outbox(**connection).sent().value_or(QList<Operation>()) : QList<Operation>();
    }
    /// Only the operation journal is left.
    Result<OpenReport> loseDatabase()
    {
        store.reset();
        for (const auto &name : {u"/store.sqlite"_s, u"/store.sqlite-wal"_s, u"/store.sqlite-shm"_s})
            QFile::remove(folder + name);
        return reopen();
    }
    /// Central's snapshot of these, and the secrets that open it.
    QByteArray offer(const QList<Change> &changes, const Cursor &cursor)
    {
        const VaultSecrets ofFile{QByteArray(32, 's'), secrets.last(32)};
        const auto vault = std::make_shared<Vault>();
        vault->open(ofFile);
        const TypeTables tables(catalog, vault);
        SnapshotWriter writer(tables);
        if (!writer.begin(store->incomingSnapshot()))
            return {};
        for (const Change &change : changes) {
            if (!writer.add(change.record, SealKey::unpacked(change.sealKey).value_or(SealKey())))
                return {};
        }
        return writer.finish(cursor) ? ofFile.packed() : QByteArray();
    }
    /// All bytes of all files in the folder.
    [[nodiscard]] QByteArray disk() const
    {
        QByteArray out;
        QDirIterator files(folder, QDir::Files);
        while (files.hasNext()) {
            QFile file(files.next());
            if (file.open(QFile::ReadOnly))
                out += file.readAll();
        }
        return out;
    }
    [[nodiscard]] bool isOnDisk() const
    {
        const QByteArray all = disk();
        return std::ranges::any_of(std::initializer_list<QByteArray>{"Lành", "lanh", "901234567", "907654321"}, [&](const QByteArray &secret) { return all.contains(secret); });
    }
};

} // namespace ioc::test
