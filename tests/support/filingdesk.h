// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "teststore.h"

#include <records/filetype.h>
#include <store/filestore.h>
#include <store/workflowsteps.h>
#include <sync/filetransfer.h>
#include <sync/syncengine.h>

#include <QCryptographicHash>
#include <QFile>
#include <QRandomGenerator>

namespace ioc::test {

const QString attachmentType = QStringLiteral("attachment");

/// Bytes that look like a picture and are like no other's with another \a seed.
inline QByteArray picture(qint64 size, quint32 seed)
{
    QByteArray out = QByteArray::fromHex("89504e470d0a1a0a0000000d49484452");
    QRandomGenerator random(seed);
    out.resize(size);
    for (qint64 i = 16; i < size; ++i)
        out[i] = static_cast<char>(random.bounded(256));
    return out;
}

inline QString digestOf(const QByteArray &bytes)
{
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

/// A desktop without a screen that has files: what HeadlessDesk is for records.
struct FilingDesk
{
    FilingDesk(const QString &folder, const QUrl &url, const QString &authorityFile, qint64 cacheBytes = 1024LL * 1024 * 1024)
        : local(folder), options{.server = url, .authorities = CentralClient::authoritiesFrom(authorityFile).value_or(QList<QSslCertificate>())},
          files({.folder = local.folder + QStringLiteral("/files"), .clock = &clock, .cacheBytes = cacheBytes}), client(options), secrets(local.folder + QStringLiteral("/secrets"))
    {
        if (!local.open() || !answered(files.open()))
            qFatal("cannot open");
    }
    Result<Session> connect(const QString &login, const QString &password)
    {
        engine = std::make_unique<SyncEngine>(*local.store, client, secrets, clock);
        transfer = std::make_unique<FileTransfer>(files, *local.store, options, clock);
        transfer->follow(*engine);
        return engine->resume() ? Result<Session>(engine->session()) : answered(engine->signIn(login, password));
    }
    void disconnect()
    {
        transfer.reset();
        engine.reset();
    }

    Id makeComplaint()
    {
        const Id id = Id::create(clock);
        const auto drafts = WorkflowSteps(*local.catalog, local.store->author(), clock).create(QStringLiteral("complaint"), id,
            {{QStringLiteral("title"), QStringLiteral("Có ảnh kèm theo")}, {QStringLiteral("category"), QStringLiteral("price")}, {QStringLiteral("priority"), QStringLiteral("3_normal")}, {QStringLiteral("received_at"), clock.nowMs()}});
        return drafts && answered(local.store->save(*drafts)) ? id : Id();
    }
    Result<AddedFile> add(const Id &complaint, const QByteArray &bytes, const QString &name = QStringLiteral("ảnh.png"))
    {
        const auto added = answered(files.add({.path = {}, .bytes = bytes, .name = name}, *local.catalog->type(attachmentType)));
        return added ? attach(complaint, *added) : added;
    }
    /// Keeps the record that names \a file.
    Result<AddedFile> attach(const Id &complaint, const AddedFile &file)
    {
        const auto saved = local.create(attachmentType, Id::create(clock), {{QStringLiteral("complaint"), complaint.toString()}, {QStringLiteral("name"), file.name}, {QStringLiteral("media_type"), file.mediaType},
                                                                            {QStringLiteral("size"), file.size}, {QStringLiteral("digest"), file.digest}, {QStringLiteral("added_at"), clock.nowMs()}});
        return saved.transform([&](const Saved &) { return file; });
    }
    HeldFile state(const QString &digest) { return answered(files.states({digest})).value_or(QList<HeldFile>()).value(0); }
    bool sent(const QString &digest) { return !state(digest).confirmed.isNull(); }
    QByteArray bytes(const QString &digest)
    {
        QFile file(files.path(digest));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    bool names(const QString &digest)
    {
        const Query query{.type = attachmentType, .filters = {Filter{.field = QStringLiteral("digest"), .op = Filter::Op::OneOf, .values = {QCborValue(digest)}}}, .text = {}, .sortField = {}};
        return answered(local.store->count(query)).value_or(0) > 0;
    }

    SystemClock clock;
    TestStore local;
    CentralClient::Options options;
    FileStore files;
    CentralClient client;
    FileSecretStore secrets;
    std::unique_ptr<SyncEngine> engine;
    std::unique_ptr<FileTransfer> transfer;
};

} // namespace ioc::test
