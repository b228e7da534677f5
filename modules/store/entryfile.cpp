// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/entryfile.h>

#include <QCoreApplication>
#include <QFile>
#include <QSaveFile>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Store)
};

} // namespace

Result<qint64> writeEntryFile(const OperationFile &file, const QString &path)
{
    QSaveFile out(path);
    if (!out.open(QIODevice::WriteOnly))
        return failure(ErrorCode::ReadOnly, Words::tr("The file cannot be written there. Choose another folder."), path + QStringLiteral(": ") + out.errorString());
    const QByteArray bytes = wire::encode(file);
    if (bytes.size() > wire::operationFileLimit)
        return failure(ErrorCode::TooLarge, Words::tr("That is too much for one file. Export fewer changes at a time."));
    if (out.write(bytes) != bytes.size() || !out.commit())
        return failure(ErrorCode::Full, Words::tr("The file was not written: the disk is full or was taken out. Nothing was changed."), path + QStringLiteral(": ") + out.errorString());
    return file.entries.size();
}

Result<OperationFile> readEntryFile(const QString &path)
{
    QFile in(path);
    if (!in.open(QIODevice::ReadOnly))
        return failure(ErrorCode::NotFound, Words::tr("The file cannot be read. Check that it is still there and that you may open it."), path + QStringLiteral(": ") + in.errorString());
    if (in.size() > wire::operationFileLimit)
        return failure(ErrorCode::TooLarge, Words::tr("The file is too large. Export fewer changes at a time."), path);
    return wire::decodeOperationFile(in.readAll());
}

} // namespace ioc
