// SPDX-License-Identifier: GPL-3.0-or-later
#include <synchronisation/actionrow.h>
#include <synchronisation/entrydialog.h>
#include <synchronisation/entrypane.h>
#include <synchronisation/workbar.h>
#include <ui/workspace.h>
#include <wire/operationfile.h>

#include <QAction>
#include <QFileDialog>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStandardPaths>
#include <QTableView>
#include <QVBoxLayout>

namespace ioc {

EntryPane::EntryPane(UiContext &context, EntryQuery::List list, QWidget *parent)
    : QWidget(parent), m_context(context), m_text(context), m_model(new OutboxModel(context, list, this)), m_detail(new QPlainTextEdit(this)),
      m_table(new EntryTable(context, *m_model, m_detail, this)), m_actions(new ActionRow(context.theme, this)), m_working(new WorkBar(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_actions);
    layout->addWidget(m_working);
    layout->addWidget(m_table, 1);
    m_detail->setReadOnly(true);
    m_detail->setTabChangesFocus(true);
    m_detail->setAccessibleName(tr("The change in full"));
    m_detail->setMinimumHeight(80);
    m_table->setWidths({190, 260, 300, 150, 140, 290});
    m_table->view().setAccessibleName(isQuarantine() ? tr("Quarantine") : tr("Outbox"));
    m_table->setEmptyState(isQuarantine() ? tr("Nothing was refused. A change that central refuses is kept here until you send it again or discard it.")
                                          : tr("Everything was sent. What you change with no network waits here."));
    buildActions();
    connect(m_table, &EntryTable::activated, this, &EntryPane::openRecord);
    connect(m_table, &EntryTable::chosenChanged, this, &EntryPane::offer);
    connect(m_table, &EntryTable::currentChanged, this, &EntryPane::showDetail);
    connect(m_model, &EntryModel::failed, this, [this](const QString &why) { m_context.workspace.tell(why); });
    offer();
}

void EntryPane::buildActions()
{
    m_retry = m_actions->add(QStringLiteral("refresh"), isQuarantine() ? tr("Send again") : tr("Send now"), Qt::Key_F5);
    m_edit = m_actions->add(QStringLiteral("edit"), isQuarantine() ? tr("Change and send again…") : tr("Edit the record…"), Qt::Key_F2);
    connect(m_retry, &QAction::triggered, this, &EntryPane::retry);
    connect(m_edit, &QAction::triggered, this, &EntryPane::edit);
    if (isQuarantine()) {
        m_discard = m_actions->add(QStringLiteral("close"), tr("Discard"), QKeySequence::Delete);
        m_undo = m_actions->add(QStringLiteral("undo"), tr("Undo discarding"), QKeySequence::Undo);
        connect(m_discard, &QAction::triggered, this, &EntryPane::discard);
        connect(m_undo, &QAction::triggered, this, &EntryPane::undoDiscard);
    }
    m_actions->addStretch();
    m_export = m_actions->add(QStringLiteral("export"), tr("Export chosen…"), Qt::CTRL | Qt::Key_S);
    m_exportAll = m_actions->add(QStringLiteral("export"), tr("Export all…"), Qt::CTRL | Qt::SHIFT | Qt::Key_S);
    QAction *import = m_actions->add(QStringLiteral("import"), tr("Import…"), Qt::CTRL | Qt::Key_I);
    connect(m_export, &QAction::triggered, this, [this] { askWhereTo(false); });
    connect(m_exportAll, &QAction::triggered, this, [this] { askWhereTo(true); });
    connect(import, &QAction::triggered, this, &EntryPane::askWhatFrom);
    auto *find = new QAction(this);
    find->setShortcut(QKeySequence::Find);
    find->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(find);
    connect(find, &QAction::triggered, m_table, &EntryTable::focusSearch);
}

void EntryPane::retry()
{
    if (const QList<qint64> keys = m_table->chosen(); !keys.isEmpty())
        m_context.store.retry(keys).then(this, [this](const Result<EntriesDone> &done) {
            tellDone(done, tr("%n sent again", nullptr, done ? static_cast<int>(done->done) : 0));
        });
}

void EntryPane::edit()
{
    const OutboxEntry *entry = m_model->entry(m_table->currentRow());
    if (!entry)
        return;
    if (isQuarantine())
        editQuarantined(*entry);
    else
        m_context.workspace.editRecord(entry->operation.type, entry->operation.record, {});
}

void EntryPane::editQuarantined(const OutboxEntry &entry)
{
    const OperationKind kind = entry.operation.kind;
    const RecordType *type = m_context.catalog().type(entry.operation.type);
    if (!type || (kind != OperationKind::Create && kind != OperationKind::Edit)) {
        m_context.workspace.tell(tr("Only a new record or an edit can be changed. Take the step again instead."));
        return;
    }
    m_context.store.record(entry.operation.type, entry.operation.record).then(this, [this, type, entry, kind](const Result<std::optional<StoredRecord>> &found) {
        if (!found || findChild<EntryDialog *>())
            return;
        if (!*found && kind == OperationKind::Edit) {
            m_context.workspace.tell(tr("The record of this change is not here any more. Discard the change, or export it for the record's unit."));
            return;
        }
        Record now{.type = type->name, .id = entry.operation.record};
        if (*found && kind == OperationKind::Edit)
            now = (*found)->record;
        auto *dialog = new EntryDialog(m_context, *type, entry, now, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &QDialog::accepted, this, [this] { m_context.workspace.tell(tr("Sent again as changed")); });
        dialog->open();
    });
}

void EntryPane::discard()
{
    const QList<qint64> keys = m_table->chosen();
    if (keys.isEmpty())
        return;
    m_context.store.discard(keys).then(this, [this, keys](const Result<EntriesDone> &done) {
        if (!done || done->done == 0) {
            tellDone(done, {});
            return;
        }
        m_discarded = keys;
        offer();
        m_context.workspace.tell(tr("%n discarded; until the program ends they can be brought back", nullptr, static_cast<int>(done->done)), tr("Undo"), [this] { undoDiscard(); });
    });
}

void EntryPane::undoDiscard()
{
    if (m_discarded.isEmpty())
        return;
    m_context.store.restoreDiscarded(std::exchange(m_discarded, {})).then(this, [this](const Result<EntriesDone> &done) {
        offer();
        tellDone(done, tr("%n brought back", nullptr, done ? static_cast<int>(done->done) : 0));
    });
}

void EntryPane::tellDone(const Result<EntriesDone> &done, const QString &said)
{
    if (!done)
        m_context.workspace.tell(done.error().message);
    else if (done->left > 0)
        m_context.workspace.tell(tr("%1; %n left as they are: %2", nullptr, static_cast<int>(done->left)).arg(said, done->why));
    else
        m_context.workspace.tell(said);
}

void EntryPane::askWhereTo(bool all)
{
    auto *dialog = new QFileDialog(this, tr("Export changes"), QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QLatin1StringView(wire::operationFileSuffix));
    dialog->setNameFilter(tr("Changes of Tourism IOC (*.%1)").arg(QLatin1StringView(wire::operationFileSuffix)));
    connect(dialog, &QFileDialog::fileSelected, this, [this, all](const QString &path) { exportTo(path, all); });
    dialog->open();
}

void EntryPane::exportTo(const QString &path, bool all)
{
    const QList<qint64> keys = all ? m_model->keys() : m_table->chosen();
    const auto work = m_context.store.exportEntries(keys, path);
    m_working->follow(QFuture<void>(work), tr("Exporting…"));
    QFuture<Result<qint64>>(work).then(this, [this, path](const Result<qint64> &written) {
        m_context.workspace.tell(written ? tr("%n changes written to %1. They stay here as well.", nullptr, static_cast<int>(*written)).arg(path) : written.error().message);
    });
}

void EntryPane::askWhatFrom()
{
    auto *dialog = new QFileDialog(this, tr("Import changes"), QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Changes of Tourism IOC (*.%1)").arg(QLatin1StringView(wire::operationFileSuffix)), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) { importFrom(path); });
    dialog->open();
}

void EntryPane::importFrom(const QString &path, bool anyCentral)
{
    const auto work = m_context.store.importEntries(path, anyCentral);
    m_working->follow(QFuture<void>(work), tr("Importing…"));
    QFuture<Result<EntriesImported>>(work)
        .then(this, [this, path](const Result<EntriesImported> &imported) { tellImported(imported, path); })
        .onCanceled(this, [this] { m_context.workspace.tell(tr("Stopped: a part was imported. Import the file again for the rest; nothing is taken twice.")); });
}

void EntryPane::tellImported(const Result<EntriesImported> &imported, const QString &path)
{
    if (!imported && imported.error().code == ErrorCode::Conflict) {
        auto *box = new QMessageBox(QMessageBox::Question, tr("Import changes"), imported.error().message + u'\n' + tr("Import it all the same? Changes that central cannot take come to quarantine."), QMessageBox::NoButton, this);
        box->setTextFormat(Qt::PlainText);
        box->setAttribute(Qt::WA_DeleteOnClose);
        const auto *yes = box->addButton(tr("Import"), QMessageBox::AcceptRole);
        box->addButton(tr("Cancel"), QMessageBox::RejectRole);
        connect(box, &QMessageBox::buttonClicked, this, [this, path, yes](const QAbstractButton *clicked) {
            if (clicked == yes)
                importFrom(path, true);
        });
        box->open();
        return;
    }
    if (!imported) {
        m_context.workspace.tell(imported.error().message);
        return;
    }
    QStringList said{tr("%n imported", nullptr, static_cast<int>(imported->taken))};
    if (imported->ofOthers > 0)
        said += tr("%n of them made by %1: they wait until that account signs in here", nullptr, static_cast<int>(imported->ofOthers)).arg(imported->authors.join(QStringLiteral(", ")));
    if (imported->quarantined > 0)
        said += tr("%n in quarantine", nullptr, static_cast<int>(imported->quarantined));
    if (imported->known > 0)
        said += tr("%n known already", nullptr, static_cast<int>(imported->known));
    m_context.workspace.tell(said.join(QStringLiteral("; ")));
}

void EntryPane::openRecord(int row)
{
    if (const OutboxEntry *entry = m_model->entry(row))
        m_context.workspace.editRecord(entry->operation.type, entry->operation.record, {});
}

void EntryPane::showDetail(int row)
{
    const OutboxEntry *entry = m_model->entry(row);
    QStringList lines;
    if (entry) {
        lines += m_model->state(*entry);
        lines += QString();
        lines += QStringLiteral("%1 — %2").arg(m_text.what(entry->operation), entry->title);
        lines += m_text.whoAndWhen(m_text.who(entry->operation.author), entry->operation.deviceTimeMs);
        lines += m_text.changesInFull(entry->operation);
    }
    const QString text = lines.join(u'\n');
    if (m_detail->toPlainText() != text)
        m_detail->setPlainText(text);
    m_edit->setEnabled(entry);
}

void EntryPane::offer()
{
    const bool some = m_table->view().selectionModel()->hasSelection();
    const bool any = m_model->rowCount() > 0;
    m_retry->setEnabled(some);
    m_edit->setEnabled(m_table->currentRow() >= 0);
    m_export->setEnabled(some);
    m_exportAll->setEnabled(any);
    if (m_discard) {
        m_discard->setEnabled(some);
        m_undo->setEnabled(!m_discarded.isEmpty());
    }
}

} // namespace ioc
