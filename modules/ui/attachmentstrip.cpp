// SPDX-License-Identifier: GPL-3.0-or-later
#include <ui/attachmentdelegate.h>
#include <ui/attachmentmodel.h>
#include <ui/attachmentstrip.h>
#include <ui/messagebar.h>

#include <records/filetype.h>

#include <algorithm>

#include <QClipboard>
#include <QContextMenuEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QMimeData>
#include <QProgressBar>
#include <QPushButton>
#include <QStandardPaths>
#include <QToolButton>

namespace ioc {

namespace {
constexpr int rowsShown = 4;
constexpr int barSteps = 1000;
} // namespace

AttachmentStrip::AttachmentStrip(UiContext &context, AttachmentController &controller, const RecordType &parentType, QWidget *parent)
    : QWidget(parent), m_context(context), m_controller(controller), m_parentType(parentType), m_type(*fileTypeOf(context.catalog(), parentType)),
      m_model(new AttachmentModel(context, controller.files(), m_type, this))
{
    build();
    setAcceptDrops(true);
    connect(m_model, &QAbstractItemModel::modelReset, this, &AttachmentStrip::refresh);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &AttachmentStrip::refresh);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &AttachmentStrip::refresh);
    connect(&controller, &AttachmentController::progressed, this, &AttachmentStrip::showProgress);
    connect(&controller, &AttachmentController::failed, this, [this](const QString &why) { m_message->say(Tone::Danger, why); });
    connect(&controller, &AttachmentController::added, this, [this] { m_message->dismiss(); });
    connect(&context.store, &LocalStore::authorChanged, this, &AttachmentStrip::refresh);
    refresh();
}

void AttachmentStrip::build()
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(buildHead());
    m_message = new MessageBar(m_context.theme, this);
    m_message->dismiss();
    layout->addWidget(m_message);
    m_progress = new QWidget(this);
    auto *progressLayout = new QHBoxLayout(m_progress);
    progressLayout->setContentsMargins(0, 0, 0, 0);
    m_progressText = new QLabel(m_progress);
    m_progressText->setTextFormat(Qt::PlainText);
    m_progressBar = new QProgressBar(m_progress);
    m_progressBar->setRange(0, barSteps);
    m_progressBar->setTextVisible(false);
    auto *stop = new QPushButton(tr("Stop"), m_progress);
    connect(stop, &QPushButton::clicked, &m_controller, &AttachmentController::cancel);
    progressLayout->addWidget(m_progressText);
    progressLayout->addWidget(m_progressBar, 1);
    progressLayout->addWidget(stop);
    m_progress->hide();
    layout->addWidget(m_progress);
    m_list = new QListView(this);
    m_list->setObjectName(QStringLiteral("attachments"));
    m_list->setAccessibleName(tr("Attachments"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new AttachmentDelegate(m_context.theme, m_list));
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setContextMenuPolicy(Qt::NoContextMenu);
    layout->addWidget(m_list);
    m_empty = new QLabel(this);
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setWordWrap(true);
    m_empty->setProperty("role", QStringLiteral("muted"));
    layout->addWidget(m_empty);
    layout->addWidget(buildTools());
    connect(m_list, &QListView::activated, this, [this] { m_controller.open(current()); });
}

QWidget *AttachmentStrip::buildHead()
{
    auto *head = new QWidget(this);
    auto *layout = new QHBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    m_heading = new QLabel(head);
    m_heading->setProperty("role", QStringLiteral("section"));
    m_add = new QPushButton(m_context.theme.icon(QStringLiteral("plus")), tr("Add file…"), head);
    m_add->setObjectName(QStringLiteral("addFile"));
    m_add->setShortcut(QKeySequence(QStringLiteral("Ctrl+Shift+O")));
    m_add->setToolTip(tr("Add files to this record (Ctrl+Shift+O)"));
    connect(m_add, &QPushButton::clicked, this, &AttachmentStrip::chooseFiles);
    layout->addWidget(m_heading, 1);
    layout->addWidget(m_add);
    return head;
}

QAction *AttachmentStrip::makeAction(const QString &icon, const QString &text, const QKeySequence &keys, const std::function<void()> &work)
{
    auto *action = new QAction(m_context.theme.icon(icon), text, this);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    action->setToolTip(keys.isEmpty() ? text : QStringLiteral("%1 (%2)").arg(text, keys.toString(QKeySequence::NativeText)));
    connect(action, &QAction::triggered, this, work);
    addAction(action);
    return action;
}

QWidget *AttachmentStrip::buildTools()
{
    m_open = makeAction(QStringLiteral("enlarge"), tr("Open"), QKeySequence(QStringLiteral("Ctrl+Return")), [this] { m_controller.open(current()); });
    m_save = makeAction(QStringLiteral("export"), tr("Save as…"), QKeySequence(QStringLiteral("Ctrl+S")), [this] { chooseTarget(); });
    m_pin = makeAction(QStringLiteral("pin"), tr("Keep for work without a network"), {}, [this] { m_controller.setPinned(current(), m_pin->isChecked()); });
    m_pin->setCheckable(true);
    m_remove = makeAction(QStringLiteral("close"), tr("Remove"), QKeySequence(Qt::Key_Delete), [this] { m_controller.remove(current()); });
    m_paste = makeAction(QStringLiteral("comment"), tr("Paste"), QKeySequence::Paste, [this] {
        if (const QMimeData *pasted = QGuiApplication::clipboard()->mimeData(); !pasted || !take(*pasted))
            m_message->say(Tone::Info, tr("There is no file and no picture to paste."));
    });
    m_paste->setIcon({});
    m_tools = new QWidget(this);
    auto *layout = new QHBoxLayout(m_tools);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    for (QAction *action : {m_open, m_save, m_pin, m_remove}) {
        auto *button = new QToolButton(m_tools);
        button->setDefaultAction(action);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        layout->addWidget(button);
    }
    layout->addStretch(1);
    return m_tools;
}

void AttachmentStrip::setRecord(const Id &record)
{
    if (record != m_model->parentRecord())
        m_message->dismiss();
    m_model->setParentRecord(record);
}

bool AttachmentStrip::mayChange() const
{
    return !m_model->parentRecord().isNull() && m_context.store.author().rights.mayCapture(m_type);
}

Record AttachmentStrip::current() const
{
    return m_model->record(m_list->currentIndex().row());
}

void AttachmentStrip::refresh()
{
    const int rows = m_model->rowCount();
    if (rows > 0 && !m_list->currentIndex().isValid())
        m_list->setCurrentIndex(m_model->index(0));
    m_heading->setText(rows > 0 ? tr("Attachments (%1)").arg(m_context.format.number(rows)) : tr("Attachments"));
    m_list->setVisible(rows > 0);
    m_tools->setVisible(rows > 0);
    m_list->setFixedHeight(std::min(rows, rowsShown) * AttachmentDelegate::rowHeight + 2 * m_list->frameWidth());
    m_empty->setVisible(rows == 0);
    m_empty->setText(mayChange() ? tr("Drop files here, paste a picture (Ctrl+V), or choose “Add file”.") : tr("There are no files."));
    const bool has = !current().id.isNull();
    m_add->setEnabled(mayChange());
    m_paste->setEnabled(mayChange());
    for (QAction *action : {m_open, m_save, m_pin})
        action->setEnabled(has);
    m_remove->setEnabled(has && mayChange());
    m_pin->setChecked(has && m_model->state(m_list->currentIndex().row()).pinned);
}

void AttachmentStrip::showProgress(const QString &name, qint64 done, qint64 total)
{
    m_progress->setVisible(total > 0);
    if (total <= 0)
        return;
    m_progressText->setText(tr("Adding %1").arg(m_progressText->fontMetrics().elidedText(name, Qt::ElideMiddle, width() / 3)));
    m_progressBar->setValue(static_cast<int>(done * barSteps / total));
}

void AttachmentStrip::chooseFiles()
{
    const QStringList paths = QFileDialog::getOpenFileNames(this, tr("Add files"), QStandardPaths::writableLocation(QStandardPaths::PicturesLocation));
    QList<FileSource> sources;
    for (const QString &path : paths)
        sources += FileSource{.path = path, .bytes = {}, .name = {}};
    m_controller.add(m_parentType, m_model->parentRecord(), sources, AttachmentController::byHand());
}

void AttachmentStrip::chooseTarget()
{
    const Record record = current();
    const QString proposed = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation) + u'/' + safeFileName(record.text(QStringLiteral("name")), record.text(QStringLiteral("media_type")));
    const QString target = QFileDialog::getSaveFileName(this, tr("Save as"), proposed);
    if (!target.isEmpty())
        m_controller.saveAs(record, target);
}

bool AttachmentStrip::holdsSomething(const QMimeData &given)
{
    const auto urls = given.urls();
    return given.hasImage() || std::ranges::any_of(urls, [](const QUrl &url) { return url.isLocalFile(); });
}

bool AttachmentStrip::take(const QMimeData &given)
{
    if (!mayChange())
        return false;
    QList<FileSource> sources;
    const auto urls = given.urls();
    for (const QUrl &url : urls) {
        if (url.isLocalFile())
            sources += FileSource{.path = url.toLocalFile(), .bytes = {}, .name = {}};
    }
    const QImage image = sources.isEmpty() && given.hasImage() ? qvariant_cast<QImage>(given.imageData()) : QImage();
    if (!sources.isEmpty())
        m_controller.add(m_parentType, m_model->parentRecord(), sources, AttachmentController::byHand());
    else if (!image.isNull())
        m_controller.addImage(m_parentType, m_model->parentRecord(), image, tr("Picture %1").arg(m_context.format.dateTime(m_context.clock.nowMs()).replace(u'/', u'-').replace(u':', u'.')), true, AttachmentController::byHand());
    return !sources.isEmpty() || !image.isNull();
}

void AttachmentStrip::dragEnterEvent(QDragEnterEvent *event)
{
    if (mayChange() && event->mimeData() && holdsSomething(*event->mimeData()))
        event->acceptProposedAction();
}

void AttachmentStrip::dropEvent(QDropEvent *event)
{
    if (event->mimeData() && take(*event->mimeData()))
        event->acceptProposedAction();
}

void AttachmentStrip::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions({m_open, m_save, m_pin, m_remove});
    menu->addSeparator();
    menu->addAction(m_paste);
    menu->popup(event->globalPos());
}

} // namespace ioc
