// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/filestore.h>
#include <ui/uicontext.h>

#include <QHash>
#include <QImage>

namespace ioc {

/// What people do with files of records: adding, opening, saving, pinning, removing. Nothing blocks; what came of it is told.
class AttachmentController : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive it.
    AttachmentController(UiContext &context, FileStore &files, QObject *parent = nullptr);

    /// Where a file came from, when it was no file chosen by hand.
    struct Origin
    {
        qint64 takenMs = 0;
        Id camera;
    };
    [[nodiscard]] static Origin byHand() { return {}; }
    /// Adds files to \a parent, a record of \a parentType, one after another.
    void add(const RecordType &parentType, const Id &parent, const QList<FileSource> &sources, const Origin &origin);
    /// The same with a picture that is no file yet: \a exactly as it is (PNG), or as a photograph (JPEG). \a stem: its name without ending.
    void addImage(const RecordType &parentType, const Id &parent, const QImage &image, const QString &stem, bool exactly, const Origin &origin);
    /// Stops what is being added and what waits behind it.
    void cancel();
    void open(const Record &attachment);
    void saveAs(const Record &attachment, const QString &target);
    void setPinned(const Record &attachment, bool pinned);
    /// Can be undone for a while.
    void remove(const Record &attachment);

    [[nodiscard]] FileStore &files() { return m_files; }
    [[nodiscard]] bool isAdding() const { return m_current.isValid() && !m_current.isFinished(); }

Q_SIGNALS:
    /// \a total 0: nothing is being added any more.
    void progressed(const QString &name, qint64 done, qint64 total);
    void added(const ioc::Id &parent, const ioc::Record &attachment);
    void failed(const QString &message);

private:
    struct Wanted
    {
        const RecordType *type = nullptr;
        Id parent;
        FileSource source;
        Origin origin;
    };
    void next();
    void named(const Wanted &wanted, const AddedFile &file, const QString &thumbnail);
    void save(const Record &attachment, const std::function<void()> &then);
    void opened(const Record &attachment, const Result<QString> &path);
    [[nodiscard]] static QString digest(const Record &attachment) { return attachment.text(QStringLiteral("digest")); }
    [[nodiscard]] static qint64 size(const Record &attachment) { return attachment.integer(QStringLiteral("size")); }

    UiContext &m_context;
    FileStore &m_files;
    QList<Wanted> m_wanted;
    QFuture<Result<AddedFile>> m_current;
    QHash<QString, Record> m_toOpen; ///< by digest: opened as soon as they are here
};

} // namespace ioc
