// SPDX-License-Identifier: GPL-3.0-or-later
#include <synchronisation/entrymodel.h>
#include <ui/referencetitles.h>

namespace ioc {

namespace {
constexpr int mostRuns = 64; // places where rows come or go in one update; with more, the list is another one
} // namespace

EntryModel::EntryModel(UiContext &context, EntryQuery::List list, QObject *parent) : QAbstractTableModel(parent), m_context(context), m_text(context), m_query{.list = list}
{
    m_readTimer.setSingleShot(true);
    m_readTimer.setInterval(0);
    connect(&m_readTimer, &QTimer::timeout, this, &EntryModel::readWanted);
    connect(&context.titles, &ReferenceTitles::titlesRead, this, [this] {
        if (!m_keys.isEmpty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1), {Qt::DisplayRole});
    });
}

void EntryModel::setQuery(const EntryQuery &query)
{
    if (query == m_query)
        return;
    m_query = query;
    m_asking = false; // the answer under way is for another question
    refresh();
}

void EntryModel::refresh()
{
    if (m_asking) {
        m_askAgain = true;
        return;
    }
    m_asking = true;
    m_askAgain = false;
    m_context.store.entryKeys(m_query).then(this, [this, generation = ++m_generation](const Result<QList<qint64>> &keys) {
        if (generation != m_generation)
            return;
        m_asking = false;
        if (keys)
            takeKeys(*keys);
        else
            Q_EMIT failed(keys.error().message);
        if (m_askAgain)
            refresh();
    });
}

void EntryModel::takeKeys(const QList<qint64> &keys)
{
    m_fresh.clear();
    if (!takeInPlace(keys)) {
        beginResetModel();
        m_keys = keys;
        endResetModel();
    }
    if (!m_keys.isEmpty()) // what is on the screen is read again, and shown as it was until then
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    Q_EMIT completed();
}

// Takes out the runs that went and puts in those that came. False, with nothing done, when the order changed or too much did.
bool EntryModel::takeInPlace(const QList<qint64> &keys)
{
    struct Run { qsizetype first; qsizetype count; };
    const auto runsMissing = [](const QList<qint64> &in, const QList<qint64> &from) {
        const QSet<qint64> there(from.begin(), from.end());
        QList<Run> runs;
        for (qsizetype i = 0; i < in.size(); ++i) {
            if (there.contains(in[i]))
                continue;
            if (!runs.isEmpty() && runs.last().first + runs.last().count == i)
                ++runs.last().count;
            else
                runs += {i, 1};
        }
        return runs;
    };
    const QList<Run> gone = runsMissing(m_keys, keys);
    const QList<Run> come = runsMissing(keys, m_keys);
    if (gone.size() + come.size() > mostRuns)
        return false;
    const auto without = [](QList<qint64> list, const QList<Run> &runs) {
        for (auto run = runs.crbegin(); run != runs.crend(); ++run)
            list.remove(run->first, run->count);
        return list;
    };
    if (without(m_keys, gone) != without(keys, come))
        return false;
    for (auto run = gone.crbegin(); run != gone.crend(); ++run) {
        beginRemoveRows({}, static_cast<int>(run->first), static_cast<int>(run->first + run->count - 1));
        m_keys.remove(run->first, run->count);
        endRemoveRows();
    }
    for (const Run &run : come) {
        beginInsertRows({}, static_cast<int>(run.first), static_cast<int>(run.first + run.count - 1));
        m_keys = m_keys.first(run.first) + keys.mid(run.first, run.count) + m_keys.sliced(run.first);
        endInsertRows();
    }
    return true;
}

int EntryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_keys.size());
}

void EntryModel::want(qint64 key) const
{
    m_wanted.insert(key);
    if (!m_readTimer.isActive())
        m_readTimer.start();
}

void EntryModel::readWanted()
{
    const QSet<qint64> wanted = std::exchange(m_wanted, {});
    if (!wanted.isEmpty())
        readRows(QList<qint64>(wanted.begin(), wanted.end()));
}

void EntryModel::rowsRead(const QList<qint64> &keys)
{
    QSet<qint64> read(keys.begin(), keys.end());
    m_fresh.unite(read);
    qsizetype first = -1;
    qsizetype last = -1;
    for (qsizetype i = 0; i < m_keys.size() && !read.isEmpty(); ++i) {
        if (read.remove(m_keys[i])) {
            first = first < 0 ? i : first;
            last = i;
        }
    }
    if (first >= 0)
        Q_EMIT dataChanged(index(static_cast<int>(first), 0), index(static_cast<int>(last), columnCount() - 1));
}

} // namespace ioc
