// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/workflowsteps.h>
#include <ui/uicontext.h>

#include <QObject>

namespace ioc {

/// Takes the steps of a complaint: builds the drafts, saves them, says what came of it and offers to take it back.
class ComplaintSteps : public QObject
{
    Q_OBJECT

public:
    ComplaintSteps(UiContext &context, QObject *parent = nullptr);

    void take(const Record &complaint, const QString &transition, const Values &values = {}, const QString &comment = {});
    void comment(const Record &complaint, const QString &text);
    /// Keeps a still image's name and camera in the timeline.
    void noteStill(const Record &complaint, const QString &text);
    /// Takes back the newest step, if this author took it.
    void undoLast(const Record &complaint);
    /// The newest step in \a timeline (oldest first) that undoLast() would take back; none when there is none of the author's own.
    [[nodiscard]] std::optional<Record> undoable(const QList<StoredRecord> &timeline) const;

Q_SIGNALS:
    void saved(const ioc::Id &complaint);
    void failed(const QString &message);

private:
    void save(const Result<QList<Draft>> &drafts, const Id &complaint, const QString &told);
    void takeBack(const Record &complaint, const QList<StoredRecord> &timeline, const QList<StoredRecord> &ledger);

    UiContext &m_context;
    WorkflowSteps m_steps;
};

} // namespace ioc
