// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/localstore.h>
#include <ui/referencetitles.h>

#include <QTimer>

namespace ioc {

ReferenceTitles::ReferenceTitles(LocalStore &store, QString language, QObject *parent)
    : QObject(parent), m_store(store), m_language(std::move(language))
{
    connect(&store, &LocalStore::changed, this, &ReferenceTitles::storeChanged);
}

QString ReferenceTitles::title(const QString &type, const Id &id)
{
    if (id.isNull())
        return {};
    const auto known = m_titles.constFind(id);
    if (known != m_titles.cend())
        return *known;
    if (!m_wanted.contains(id)) {
        m_wanted.insert(id, type);
        if (!m_reading) {
            m_reading = true;
            QTimer::singleShot(0, this, &ReferenceTitles::read); // all that one repaint asks for goes in one round
        }
    }
    return {};
}

void ReferenceTitles::read()
{
    const auto wanted = std::exchange(m_wanted, {});
    auto left = std::make_shared<qsizetype>(wanted.size());
    for (const auto &[id, type] : wanted.asKeyValueRange()) {
        m_types.insert(type);
        m_titles.insert(id, {});
        m_store.record(type, id).then(this, [this, id, type, left](const Result<std::optional<StoredRecord>> &found) {
            const RecordType *declared = m_store.catalog().type(type);
            if (found && *found && declared)
                m_titles.insert(id, declared->title((*found)->record.values, m_language));
            if (--*left > 0)
                return;
            m_reading = false;
            Q_EMIT titlesRead();
            if (!m_wanted.isEmpty()) {
                m_reading = true;
                read();
            }
        });
    }
}

void ReferenceTitles::storeChanged(const StoreChange &change)
{
    bool stale = change.everything;
    for (const QString &type : std::as_const(m_types))
        stale = stale || change.changed.contains(type) || change.removed.contains(type);
    if (!stale)
        return;
    m_titles.clear(); // asked for again by what is on the screen
    Q_EMIT titlesRead();
}

} // namespace ioc
