// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ui/uicontext.h>

#include <QWidget>

class QVBoxLayout;

namespace ioc {

/// What happened to a record, newest first: who, when, what.
class TimelineWidget : public QWidget
{
    Q_OBJECT

public:
    /// \a type: the timeline's record type.
    TimelineWidget(UiContext &context, const RecordType &type, QWidget *parent = nullptr);
    /// Shows \a entries, given oldest first; \a workflow names the states in them.
    void setEntries(const QList<StoredRecord> &entries, const Workflow *workflow);
    [[nodiscard]] int count() const { return m_count; }

private:
    [[nodiscard]] QWidget *line(const Record &entry, bool pending, const Workflow *workflow);

    UiContext &m_context;
    const RecordType &m_type;
    QVBoxLayout *m_layout;
    int m_count = 0;
};

} // namespace ioc
