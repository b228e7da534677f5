// SPDX-License-Identifier: GPL-3.0-or-later
#include <synchronisation/actionrow.h>
#include <synchronisation/conflictpane.h>
#include <synchronisation/entrydialog.h>
#include <synchronisation/workbar.h>
#include <ui/workspace.h>

#include <QAction>
#include <QGridLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTableView>

namespace ioc {

ConflictPane::ConflictPane(UiContext &context, QWidget *parent)
    : QWidget(parent), m_context(context), m_text(context), m_model(new ConflictModel(context, this)), m_table(new EntryTable(context, *m_model, buildDetail(), this)),
      m_actions(new ActionRow(context.theme, this)), m_working(new WorkBar(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_actions);
    layout->addWidget(m_working);
    layout->addWidget(m_table, 1);
    m_table->setEmptyState(tr("No conflicts: nobody else changed what you changed."));
    m_table->setWidths({200, 120, 195, 235, 195, 235, 110});
    m_table->view().setAccessibleName(tr("Conflicts"));

    const auto keep = [this](const QString &icon, const QString &text, const QKeySequence &keys, Keep which) {
        QAction *action = m_actions->add(icon, text, keys);
        connect(action, &QAction::triggered, this, [this, which] { settle(which); });
        m_settling += action;
    };
    keep(QStringLiteral("user"), tr("Keep mine"), Qt::CTRL | Qt::Key_M, Keep::Mine);
    keep(QStringLiteral("sync"), tr("Keep central's"), Qt::CTRL | Qt::Key_T, Keep::Central);
    keep(QStringLiteral("clock"), tr("Keep the newer"), Qt::CTRL | Qt::Key_E, Keep::Newer);
    m_edit = m_actions->add(QStringLiteral("edit"), tr("Another value…"), Qt::Key_F2);
    m_open = m_actions->add(QStringLiteral("forward"), tr("Open the record"), Qt::CTRL | Qt::Key_O);
    m_undo = m_actions->add(QStringLiteral("undo"), tr("Undo the last settling"), QKeySequence::Undo);
    m_actions->addStretch();
    connect(m_edit, &QAction::triggered, this, &ConflictPane::editValue);
    connect(m_open, &QAction::triggered, this, [this] { openRecord(m_table->currentRow()); });
    connect(m_undo, &QAction::triggered, this, &ConflictPane::undo);
    auto *find = new QAction(this);
    find->setShortcut(QKeySequence::Find);
    find->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(find);
    connect(find, &QAction::triggered, m_table, &EntryTable::focusSearch);

    connect(m_table, &EntryTable::activated, this, &ConflictPane::openRecord);
    connect(m_table, &EntryTable::chosenChanged, this, &ConflictPane::offer);
    connect(m_table, &EntryTable::currentChanged, this, &ConflictPane::showDetail);
    connect(m_model, &EntryModel::failed, this, [this](const QString &why) { m_context.workspace.tell(why); });
    offer();
}

QWidget *ConflictPane::buildDetail()
{
    auto *detail = new QWidget(this);
    auto *grid = new QGridLayout(detail);
    grid->setContentsMargins(8, 6, 8, 8);
    grid->setHorizontalSpacing(12);
    const auto head = [&](int column) {
        auto *label = new QLabel(detail);
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        grid->addWidget(label, 0, column);
        return label;
    };
    const auto text = [&](int column, const QString &name) {
        auto *edit = new QPlainTextEdit(detail);
        edit->setReadOnly(true);
        edit->setTabChangesFocus(true);
        edit->setAccessibleName(name);
        edit->setMinimumHeight(60);
        grid->addWidget(edit, 1, column);
        return edit;
    };
    m_theirsHead = head(0);
    m_mineHead = head(1);
    m_theirs = text(0, tr("Central's value"));
    m_mine = text(1, tr("My value"));
    m_note = new QLabel(detail);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_note->setProperty("role", QStringLiteral("muted"));
    grid->addWidget(m_note, 2, 0, 1, 2);
    grid->setRowStretch(1, 1);
    return detail;
}

void ConflictPane::settle(Keep keep)
{
    const QList<qint64> keys = m_table->chosen();
    if (!keys.isEmpty() && !m_isWorking)
        work(m_context.store.settle(keys, keep), tr("Settling…"), false);
}

void ConflictPane::undo()
{
    if (m_canUndo && !m_isWorking)
        work(m_context.store.undoSettling(), tr("Taking back…"), true);
}

void ConflictPane::work(const QFuture<Result<EntriesDone>> &work, const QString &what, bool isUndo)
{
    m_isWorking = true;
    offer();
    m_working->follow(QFuture<void>(work), what);
    QFuture<Result<EntriesDone>>(work)
        .then(this, [this, isUndo](const Result<EntriesDone> &done) { tellDone(done, isUndo); })
        .onCanceled(this, [this, isUndo] {
            m_isWorking = false;
            m_canUndo = true; // what was done by then can be taken back, or the rest of it
            offer();
            m_context.workspace.tell(isUndo ? tr("Stopped: a part was taken back.") : tr("Stopped: what was settled by then can be undone."));
        });
}

void ConflictPane::tellDone(const Result<EntriesDone> &done, bool isUndo)
{
    m_isWorking = false;
    m_canUndo = !isUndo && (!done || done->done > 0);
    offer();
    if (!done) {
        m_context.workspace.tell(done.error().message);
        return;
    }
    QString said = isUndo ? tr("%n taken back", nullptr, static_cast<int>(done->done)) : tr("%n settled", nullptr, static_cast<int>(done->done));
    if (done->left > 0)
        said = tr("%1; %n left as they are: %2", nullptr, static_cast<int>(done->left)).arg(said, done->why);
    if (m_canUndo)
        m_context.workspace.tell(said, tr("Undo"), [this] { undo(); });
    else
        m_context.workspace.tell(said);
}

void ConflictPane::editValue()
{
    const Conflict *at = m_model->conflict(m_table->currentRow());
    const QList<qint64> keys = m_table->chosen();
    if (!at || keys.isEmpty() || m_isWorking || at->isState || at->isWhole())
        return;
    // Those chosen may not all be in memory; the value is for rows of the same field only.
    m_context.store.conflicts(keys).then(this, [this, at = *at](const Result<QList<Conflict>> &conflicts) {
        if (!conflicts)
            return;
        QList<qint64> same;
        for (const Conflict &one : *conflicts) {
            if (one.type == at.type && one.values.field == at.values.field)
                same += one.key;
        }
        if (!same.isEmpty())
            editFor(at, same);
    });
}

void ConflictPane::editFor(const Conflict &conflict, const QList<qint64> &keys)
{
    const RecordType *type = m_context.catalog().type(conflict.type);
    const Field *field = type ? type->field(conflict.values.field) : nullptr;
    if (!field || findChild<ConflictValueDialog *>())
        return;
    auto *dialog = new ConflictValueDialog(m_context, *field, conflict, static_cast<int>(keys.size()), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, keys] { work(m_context.store.settle(keys, Keep::Edited, dialog->chosen()), tr("Settling…"), false); });
    dialog->open();
}

void ConflictPane::openRecord(int row)
{
    if (const Conflict *conflict = m_model->conflict(row))
        m_context.workspace.editRecord(conflict->type, conflict->record, {});
}

void ConflictPane::showDetail(int row)
{
    const Conflict *conflict = m_model->conflict(row);
    const auto put = [](QPlainTextEdit *edit, const QString &text) {
        if (edit->toPlainText() != text)
            edit->setPlainText(text);
    };
    put(m_theirs, conflict ? m_model->theirs(*conflict) : QString());
    put(m_mine, conflict ? m_model->mine(*conflict) : QString());
    if (!conflict) {
        m_theirsHead->setText(tr("At central"));
        m_mineHead->setText(tr("Mine"));
        m_note->hide();
        return;
    }
    m_theirsHead->setText(tr("At central: %1").arg(m_text.whoAndWhen(conflict->values.theirsBy, conflict->values.theirsMs)));
    m_mineHead->setText(tr("Mine: %1").arg(m_text.whoAndWhen(m_text.who(conflict->mineBy), conflict->mineMs)));
    QStringList notes;
    if (conflict->isState)
        notes += tr("Somebody else took a step before yours, so yours was not taken. Central's state stands; take the step again if it is still needed.");
    if (!conflict->followers.isEmpty()) {
        QStringList names;
        for (const Operation &one : conflict->followers)
            names += m_text.typeLabel(one.type);
        names.removeDuplicates();
        notes += tr("%n entries that tell of the step go with it: %1", nullptr, static_cast<int>(conflict->followers.size())).arg(names.join(QStringLiteral(", ")));
    }
    m_note->setText(notes.join(u'\n'));
    m_note->setVisible(!notes.isEmpty());
}

void ConflictPane::offer()
{
    const bool some = m_table->view().selectionModel()->hasSelection() && !m_isWorking;
    for (QAction *action : std::as_const(m_settling))
        action->setEnabled(some);
    m_edit->setEnabled(some);
    m_open->setEnabled(m_table->currentRow() >= 0);
    m_undo->setEnabled(m_canUndo && !m_isWorking);
    m_actions->setVisible(m_model->rowCount() > 0 || m_canUndo);
}

} // namespace ioc
