// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/backupshelf.h>

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QRegularExpression>

#include <algorithm>
#include <tuple>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Central)
};

const QString unreadyEnding = QStringLiteral(".part");
constexpr auto onlyOwner = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;

Result<void> makeShelf(const QString &folder)
{
    if (QDir(folder).exists())
        return {};
    if (!QDir().mkpath(folder) || !QFile::setPermissions(folder, onlyOwner))
        return failure(ErrorCode::ReadOnly, Words::tr("The folder %1 cannot be made. Check the rights of the folder above it.").arg(folder));
    return {};
}

void warn(const char *event, const QString &folder)
{
    qWarning("event=%s folder=\"%s\"", event, qUtf8Printable(folder));
}

// Of what is removed the name goes first: a removal that is cut off leaves nothing that looks whole.
bool removed(const QString &folder)
{
    const QString unready = folder.endsWith(unreadyEnding) ? folder : folder + unreadyEnding;
    return (unready == folder || QFile::rename(folder, unready)) && QDir(unready).removeRecursively();
}

// The rename, on the disk.
void settle(const QString &folder)
{
    const int handle = ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (handle < 0)
        return;
    ::fsync(handle);
    ::close(handle);
}

} // namespace

Result<BackupShelf::Added> BackupShelf::add(const Backup::Place &central, int keep)
{
    if (const auto there = makeShelf(m_folder); !there)
        return std::unexpected(there.error());
    QFile lock(QDir(m_folder).filePath(QStringLiteral(".lock"))); // stays: the system lets go of it with the process, however that ends
    if (!lock.open(QFile::ReadWrite) || !lock.setPermissions(QFile::ReadOwner | QFile::WriteOwner))
        return failure(ErrorCode::ReadOnly, Words::tr("The folder %1 cannot be written to. Check its rights and the space on the disk.").arg(m_folder), lock.errorString());
    if (::flock(lock.handle(), LOCK_EX | LOCK_NB) != 0)
        return failure(ErrorCode::Busy, Words::tr("Another backup is being made in %1. Wait until it is done.").arg(m_folder));
    removeCutOff();
    const qint64 now = central.clock->nowMs();
    const QString folder = QDir(m_folder).filePath(freeName(now));
    const QString unready = folder + unreadyEnding;
    auto made = Backup::make(central, unready).and_then([&](const Backup &) { return Backup::check(unready); });
    if (!made) {
        removed(unready); // room for the next
        return std::unexpected(made.error());
    }
    if (!QFile::rename(unready, folder))
        return failure(ErrorCode::ReadOnly, Words::tr("The folder %1 cannot be written to. Check its rights and the space on the disk.").arg(m_folder), unready);
    settle(m_folder);
    Added out{.backup = std::move(*made), .folder = folder, .noted = {}};
    out.noted = out.backup.note(central);
    if (out.noted) // a database that is in trouble may need the older ones
        out.removed = removeOlder(out, keep - 1, now);
    return out;
}

QStringList BackupShelf::dated(const QString &ending) const
{
    static const QRegularExpression form(QStringLiteral(R"(\A\d{4}-\d\d-\d\d_\d{6}(_\d+)?\z)"));
    QStringList names = QDir(m_folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks);
    names.removeIf([&](const QString &name) { return !name.endsWith(ending) || !form.match(name.chopped(ending.size())).hasMatch(); });
    return names;
}

QString BackupShelf::freeName(qint64 nowMs) const
{
    const QString name = QDateTime::fromMSecsSinceEpoch(nowMs).toString(QStringLiteral("yyyy-MM-dd_HHmmss"));
    QString out = name;
    for (int more = 2; QFileInfo::exists(QDir(m_folder).filePath(out)); ++more)
        out = name + u'_' + QString::number(more);
    return out;
}

void BackupShelf::removeCutOff() const
{
    const QStringList names = dated(unreadyEnding);
    for (const QString &name : names) {
        const QString folder = QDir(m_folder).filePath(name);
        if (!removed(folder))
            warn("backup_left_over", folder);
    }
}

// All but the newest \a keep; \a added is not counted and stays. What is said to be of a time to come was made while a clock was ahead, and before \a added.
int BackupShelf::removeOlder(const Added &added, int keep, qint64 nowMs) const
{
    struct One
    {
        qint64 madeMs = 0;
        QString path;
    };
    QList<One> whole;
    const QStringList names = dated({});
    for (const QString &name : names) {
        const QString path = QDir(m_folder).filePath(name);
        if (path == added.folder)
            continue;
        const auto backup = Backup::read(path);
        if (!backup && backup.error().code != ErrorCode::Unsupported) // that one is of a newer version
            warn("backup_not_whole", path);
        else if (backup && backup->origin == added.backup.origin)
            whole += One{backup->madeMs > nowMs ? 0 : backup->madeMs, path};
    }
    std::ranges::sort(whole, [](const One &a, const One &b) { return std::tie(a.madeMs, a.path) > std::tie(b.madeMs, b.path); });
    int out = 0;
    for (const One &one : whole.mid(keep)) {
        if (removed(one.path))
            ++out;
        else
            warn("backup_left_over", one.path);
    }
    return out;
}

} // namespace ioc
