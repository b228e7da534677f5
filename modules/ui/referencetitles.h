// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/id.h>

#include <QHash>
#include <QObject>
#include <QSet>

namespace ioc {

class LocalStore;
struct StoreChange;

/// Titles of records that others refer to, read from the store when first asked for.
class ReferenceTitles : public QObject
{
    Q_OBJECT

public:
    ReferenceTitles(LocalStore &store, QString language, QObject *parent = nullptr);

    /// The title of a record, or an empty text while it is read (titlesRead() follows) or when it is not on this device.
    QString title(const QString &type, const Id &id);

Q_SIGNALS:
    void titlesRead();

private:
    void read();
    void storeChanged(const StoreChange &change);

    LocalStore &m_store;
    QString m_language;
    QHash<Id, QString> m_titles;
    QHash<Id, QString> m_wanted; ///< id and type still to be read
    QSet<QString> m_types;       ///< types with a title held here
    bool m_reading = false;
};

} // namespace ioc
