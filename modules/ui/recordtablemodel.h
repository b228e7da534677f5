// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/localstore.h>

#include <QAbstractTableModel>
#include <QCache>
#include <QSet>
#include <QTimer>

namespace ioc {

struct UiContext;

/// A table of every record that a query finds, however many: it holds their keys (8 bytes a row) and reads the rows that are
/// looked at. Changes in the store appear in place; nothing else is reset.
class RecordTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Role {
        KeyRole = Qt::UserRole, ///< qint64
        ToneRole,               ///< tone of a choice, as declared; empty for plain text
        RecordRole,             ///< StoredRecord; invalid while it is read
        FieldRole,              ///< the field's name
    };

    RecordTableModel(UiContext &context, const RecordType &type, QObject *parent = nullptr);

    [[nodiscard]] const RecordType &type() const { return m_type; }
    /// Fields shown, in order.
    void setFields(const QStringList &fields);
    [[nodiscard]] const QList<const Field *> &fields() const { return m_fields; }
    void setQuery(const Query &query);
    [[nodiscard]] const Query &query() const { return m_query; }
    [[nodiscard]] qint64 keyAt(int row) const { return m_keys.value(row); }
    [[nodiscard]] int rowOf(qint64 key) const { return static_cast<int>(m_keys.indexOf(key)); }
    /// Whether the answer to the newest query is shown whole.
    [[nodiscard]] bool isComplete() const { return m_complete; }
    /// Number of rows with contents in memory.
    [[nodiscard]] int readRows() const { return static_cast<int>(m_rows.size()); }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

Q_SIGNALS:
    /// The keys of the newest query are all here.
    void completed();
    void failed(const QString &message);

private:
    void ask(bool fromTheStart);
    void takeFirstPage(const QList<StoredRecord> &page);
    void takeKeys(const QList<qint64> &keys);
    void want(qint64 key) const;
    void readWanted();
    void storeChanged(const StoreChange &change);
    [[nodiscard]] QVariant text(const StoredRecord &row, const Field &field) const;

    UiContext &m_context;
    const RecordType &m_type;
    QList<const Field *> m_fields;
    Query m_query;
    QList<qint64> m_keys;
    mutable QCache<qint64, StoredRecord> m_rows{4000};
    mutable QSet<qint64> m_wanted;
    mutable QTimer m_readTimer;
    QTimer m_askTimer;
    quint64 m_generation = 0;
    bool m_complete = false;
    bool m_asking = false;
    bool m_askAgain = false;
};

} // namespace ioc
