// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ui/attachmentcontroller.h>

#include <QAction>
#include <QWidget>

class QLabel;
class QListView;
class QMimeData;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace ioc {

class AttachmentModel;
class MessageBar;

/// The files of one record: to be added (by button, drag and drop, paste), opened, saved, kept for work without a network, removed.
class AttachmentStrip : public QWidget
{
    Q_OBJECT

public:
    /// \a parentType must carry files (fileTypeOf()).
    AttachmentStrip(UiContext &context, AttachmentController &controller, const RecordType &parentType, QWidget *parent = nullptr);

    /// Whose files are shown; null: nobody's.
    void setRecord(const Id &record);
    [[nodiscard]] AttachmentModel &model() { return *m_model; }
    /// Adds what was dropped or pasted; false when there is nothing to be added in it.
    bool take(const QMimeData &given);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void build();
    QWidget *buildHead();
    QWidget *buildTools();
    QAction *makeAction(const QString &icon, const QString &text, const QKeySequence &keys, const std::function<void()> &work);
    void refresh();
    void chooseFiles();
    void chooseTarget();
    void showProgress(const QString &name, qint64 done, qint64 total);
    [[nodiscard]] bool mayChange() const;
    [[nodiscard]] Record current() const;
    [[nodiscard]] static bool holdsSomething(const QMimeData &given);

    UiContext &m_context;
    AttachmentController &m_controller;
    const RecordType &m_parentType;
    const RecordType &m_type;
    AttachmentModel *m_model;
    QListView *m_list;
    QLabel *m_heading;
    QLabel *m_empty;
    MessageBar *m_message;
    QWidget *m_progress;
    QLabel *m_progressText;
    QProgressBar *m_progressBar;
    QWidget *m_tools;
    QPushButton *m_add;
    QAction *m_open;
    QAction *m_save;
    QAction *m_pin;
    QAction *m_remove;
    QAction *m_paste;
};

} // namespace ioc
