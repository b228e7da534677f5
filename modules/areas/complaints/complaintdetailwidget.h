// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ui/uicontext.h>

#include <QSet>
#include <QTimer>
#include <QWidget>

class QGridLayout;
class QLabel;
class QLineEdit;
class QScrollArea;
class QStackedWidget;
class QVBoxLayout;

namespace ioc {

class AttachmentController;
class AttachmentStrip;
class ComplaintSteps;
class EmptyStateWidget;
class FlowLayout;
class MessageBar;
class NearbyWidget;
class StatusChip;
class TimelineWidget;

/// The chosen complaint: what it says, its clocks, the steps that can be taken now, what is near, and what happened so far.
class ComplaintDetailWidget : public QWidget
{
    Q_OBJECT

public:
    ComplaintDetailWidget(UiContext &context, QWidget *parent = nullptr);

    void show(const StoredRecord &complaint);
    void clear();
    [[nodiscard]] const Record &complaint() const { return m_complaint; }
    /// Takes \a transition as its button would.
    void take(const QString &transition);
    void undo();
    void focusComment();
    void noteStill(const Record &complaint, const QString &text);
    /// From now on the complaint's files are shown, and can be added; \a files must outlive the widget.
    void setFiles(AttachmentController &files);
    /// Null before setFiles().
    [[nodiscard]] AttachmentStrip *attachments() const { return m_attachments; }
    [[nodiscard]] QStringList availableSteps() const;
    [[nodiscard]] int timelineEntries() const;
    /// Whether the timeline of the complaint shown has been read.
    [[nodiscard]] bool isTimelineRead() const { return m_timelineRead; }

private:
    void build();
    void refresh();
    void showHead();
    void showFields();
    void showSteps();
    void showClocks(const QList<StoredRecord> &ledger);
    void readChildren();
    void sendComment();
    QLabel *value(const QString &text);
    QWidget *cover(const Field &field);

    UiContext &m_context;
    const RecordType &m_type;
    const Workflow &m_workflow;
    ComplaintSteps *m_steps;
    Record m_complaint;
    bool m_pending = false;
    QList<StoredRecord> m_timeline;
    bool m_timelineRead = false;
    QStringList m_shownFields; ///< what the grid of fields holds
    QSet<QString> m_revealed; ///< personal fields of this complaint that were asked for
    QStackedWidget *m_stack;
    EmptyStateWidget *m_empty;
    MessageBar *m_message;
    QLabel *m_title;
    QLabel *m_sub;
    StatusChip *m_status;
    StatusChip *m_priority;
    StatusChip *m_due;
    QWidget *m_buttons;
    FlowLayout *m_buttonLayout;
    QGridLayout *m_fields;
    QLabel *m_description;
    QGridLayout *m_clocks;
    NearbyWidget *m_nearby;
    TimelineWidget *m_timelineWidget;
    QVBoxLayout *m_body;
    AttachmentStrip *m_attachments = nullptr;
    QLineEdit *m_comment;
    QTimer m_tick;
};

} // namespace ioc
