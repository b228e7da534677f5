// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/entries.h>
#include <synchronisation/entrytext.h>
#include <ui/uicontext.h>

#include <QAbstractTableModel>
#include <QSet>
#include <QTimer>

#include <optional>

namespace ioc {

/// A list of entries, however many: it holds their keys and reads those looked at. What comes and goes is put in and taken out
/// in place; only a list that became quite another one is reset.
class EntryModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    EntryModel(UiContext &context, EntryQuery::List list, QObject *parent);

    void setQuery(const EntryQuery &query);
    [[nodiscard]] const EntryQuery &query() const { return m_query; }
    /// Asks the store again, one question at a time.
    void refresh();
    [[nodiscard]] const QList<qint64> &keys() const { return m_keys; }
    [[nodiscard]] qint64 keyAt(int row) const { return m_keys.value(row); }
    [[nodiscard]] int rowOf(qint64 key) const { return static_cast<int>(m_keys.indexOf(key)); }
    /// By what a click on the head of \a column sorts, if by anything.
    [[nodiscard]] virtual std::optional<EntryQuery::Sort> sortOf(int column) const = 0;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;

Q_SIGNALS:
    /// The keys are those of the newest question.
    void completed();
    void failed(const QString &message);

protected:
    /// Reads the rows of \a keys into memory; calls rowsRead() when they are there.
    virtual void readRows(const QList<qint64> &keys) = 0;
    void rowsRead(const QList<qint64> &keys);
    /// The row of \a key is looked at but not in memory, or may have changed since it was read.
    void want(qint64 key) const;
    [[nodiscard]] bool isStale(qint64 key) const { return !m_fresh.contains(key); }

    UiContext &m_context;
    EntryText m_text;

private:
    void takeKeys(const QList<qint64> &keys);
    bool takeInPlace(const QList<qint64> &keys);
    void readWanted();

    EntryQuery m_query;
    QList<qint64> m_keys;
    mutable QSet<qint64> m_wanted;
    QSet<qint64> m_fresh; ///< read since the last refresh
    mutable QTimer m_readTimer;
    quint64 m_generation = 0;
    bool m_asking = false;
    bool m_askAgain = false;
};

} // namespace ioc
