// SPDX-License-Identifier: GPL-3.0-or-later
#include <ui/attachmentcontroller.h>
#include <ui/thumbnail.h>
#include <ui/workspace.h>

#include <records/filetype.h>

#include <QDesktopServices>
#include <QFileInfo>
#include <QFutureWatcher>
#include <QUrl>

namespace ioc {

namespace {

constexpr qsizetype longestName = 200;

Draft creation(const Record &record)
{
    Draft draft{.kind = OperationKind::Create, .type = record.type, .record = record.id, .changes = {}, .transition = {}, .into = {}};
    for (const auto &[field, value] : record.values.asKeyValueRange()) {
        if (!value.isUndefined())
            draft.changes += {field, {}, value};
    }
    return draft;
}

} // namespace

AttachmentController::AttachmentController(UiContext &context, FileStore &files, QObject *parent) : QObject(parent), m_context(context), m_files(files)
{
    connect(&files, &FileStore::changed, this, [this](const QString &digest) {
        if (!m_toOpen.contains(digest))
            return;
        m_files.states({digest}).then(this, [this, digest](const Result<QList<HeldFile>> &states) {
            if (states && states->value(0).here && m_toOpen.contains(digest))
                open(m_toOpen.take(digest));
        });
    });
}

void AttachmentController::add(const RecordType &parentType, const Id &parent, const QList<FileSource> &sources, const Origin &origin)
{
    const RecordType *type = fileTypeOf(m_context.catalog(), parentType);
    if (!type)
        return;
    const bool idle = !isAdding() && m_wanted.isEmpty();
    for (const FileSource &source : sources)
        m_wanted += Wanted{type, parent, source, origin};
    if (idle)
        next();
}

void AttachmentController::addImage(const RecordType &parentType, const Id &parent, const QImage &image, const QString &stem, bool exactly, const Origin &origin)
{
    encoded(image, exactly).then(this, [this, type = &parentType, parent, name = stem + (exactly ? QStringLiteral(".png") : QStringLiteral(".jpg")), origin](const QByteArray &bytes) {
        if (bytes.isEmpty())
            Q_EMIT failed(tr("The picture could not be read."));
        else
            add(*type, parent, {FileSource{.path = {}, .bytes = bytes, .name = name}}, origin);
    });
}

void AttachmentController::next()
{
    if (m_wanted.isEmpty()) {
        Q_EMIT progressed({}, 0, 0);
        return;
    }
    const Wanted wanted = m_wanted.takeFirst();
    const QString name = wanted.source.name.isEmpty() ? QFileInfo(wanted.source.path).fileName() : wanted.source.name;
    Q_EMIT progressed(name, 0, 1);
    m_current = m_files.add(wanted.source, *wanted.type);
    auto *watcher = new QFutureWatcher<Result<AddedFile>>(this);
    connect(watcher, &QFutureWatcherBase::progressValueChanged, this, [this, watcher, name](int value) { Q_EMIT progressed(name, value, watcher->progressMaximum()); });
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, wanted] {
        watcher->deleteLater();
        if (watcher->isCanceled() || watcher->future().resultCount() == 0)
            return next();
        const Result<AddedFile> file = watcher->result();
        if (!file) {
            Q_EMIT failed(file.error().message);
            return next();
        }
        if (!file->mediaType.startsWith(QStringLiteral("image/")))
            return named(wanted, *file, {});
        thumbnailOf(m_files.path(file->digest)).then(this, [this, wanted, file = *file](const QString &thumbnail) { named(wanted, file, thumbnail); });
    });
    watcher->setFuture(m_current);
}

// The bytes are safe; now the record that others get to see.
void AttachmentController::named(const Wanted &wanted, const AddedFile &file, const QString &thumbnail)
{
    Record record{.type = wanted.type->name, .id = Id::create(m_context.clock)};
    record.values = {{wanted.type->parentField, wanted.parent.toString()}, {QStringLiteral("name"), file.name.right(longestName)}, {QStringLiteral("media_type"), file.mediaType},
                     {QStringLiteral("size"), file.size}, {QStringLiteral("digest"), file.digest}};
    const auto put = [&](const QString &name, const QCborValue &value, bool isThere) {
        if (isThere && wanted.type->field(name))
            record.values.insert(name, value);
    };
    put(QStringLiteral("added_at"), m_context.clock.nowMs(), true);
    put(QStringLiteral("thumbnail"), thumbnail, !thumbnail.isEmpty());
    put(QStringLiteral("author_name"), m_context.store.author().displayName, !m_context.store.author().displayName.isEmpty());
    put(QStringLiteral("taken_at"), wanted.origin.takenMs, wanted.origin.takenMs > 0);
    put(QStringLiteral("camera"), wanted.origin.camera.toString(), !wanted.origin.camera.isNull());
    save(record, [this, parent = wanted.parent, record] { Q_EMIT added(parent, record); });
    next();
}

void AttachmentController::save(const Record &attachment, const std::function<void()> &then)
{
    m_context.store.save({creation(attachment)}).then(this, [this, then](const Result<Saved> &saved) {
        if (saved)
            then();
        else
            Q_EMIT failed(saved.error().message);
    });
}

void AttachmentController::cancel()
{
    m_wanted.clear();
    m_current.cancel();
}

void AttachmentController::open(const Record &attachment)
{
    m_files.copyToOpen(digest(attachment), size(attachment), attachment.text(QStringLiteral("name")), attachment.text(QStringLiteral("media_type")))
        .then(this, [this, attachment](const Result<QString> &path) { opened(attachment, path); });
}

void AttachmentController::opened(const Record &attachment, const Result<QString> &path)
{
    if (!path && (path.error().code == ErrorCode::NotFound || path.error().code == ErrorCode::Damaged))
        m_toOpen.insert(digest(attachment), attachment);
    if (!path)
        m_context.workspace.tell(path.error().message);
    else if (!QDesktopServices::openUrl(QUrl::fromLocalFile(*path)))
        Q_EMIT failed(tr("No program on this computer opens this kind of file. Save it and open it elsewhere."));
}

void AttachmentController::saveAs(const Record &attachment, const QString &target)
{
    m_files.saveAs(digest(attachment), size(attachment), target).then(this, [this, target](const Result<void> &saved) {
        m_context.workspace.tell(saved ? tr("Saved as %1").arg(target) : saved.error().message);
    });
}

void AttachmentController::setPinned(const Record &attachment, bool pinned)
{
    m_files.setPinned(digest(attachment), size(attachment), pinned).then(this, [this](const Result<void> &done) {
        if (!done)
            Q_EMIT failed(done.error().message);
    });
}

void AttachmentController::remove(const Record &attachment)
{
    const Draft draft{.kind = OperationKind::Delete, .type = attachment.type, .record = attachment.id, .changes = {}, .transition = {}, .into = {}};
    m_context.store.save({draft}).then(this, [this, attachment](const Result<Saved> &saved) {
        if (!saved) {
            Q_EMIT failed(saved.error().message);
            return;
        }
        m_context.workspace.tell(tr("“%1” was removed").arg(attachment.text(QStringLiteral("name"))), tr("Undo"), [this, attachment] {
            Record again = attachment; // a record of its own: history is never rewritten
            again.id = Id::create(m_context.clock);
            save(again, [] {});
        });
    });
}

} // namespace ioc
