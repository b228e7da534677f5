// SPDX-License-Identifier: GPL-3.0-or-later
#include <complaints/complaintdetailwidget.h>
#include <complaints/complaintsteps.h>
#include <complaints/nearbywidget.h>
#include <complaints/stepdialog.h>

#include <records/derived.h>
#include <records/fieldtext.h>
#include <ui/attachmentstrip.h>
#include <ui/emptystatewidget.h>
#include <ui/flowlayout.h>
#include <ui/messagebar.h>
#include <ui/personalcover.h>
#include <ui/recorddelegate.h>
#include <ui/referencetitles.h>
#include <ui/statuschip.h>
#include <ui/timelinewidget.h>
#include <ui/workspace.h>

#include <QCborArray>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace ioc {

namespace {

void empty(QLayout &layout)
{
    while (QLayoutItem *item = layout.takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

QLabel *heading(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setProperty("role", QStringLiteral("section"));
    return label;
}

QString shortcutOf(const QString &transition)
{
    if (transition == u"accept")
        return QStringLiteral("Ctrl+Shift+A");
    if (transition == u"forward")
        return QStringLiteral("Ctrl+Shift+F");
    if (transition == u"answer")
        return QStringLiteral("Ctrl+Shift+R");
    if (transition == u"close")
        return QStringLiteral("Ctrl+Shift+D");
    return {};
}

} // namespace

ComplaintDetailWidget::ComplaintDetailWidget(UiContext &context, QWidget *parent)
    : QWidget(parent), m_context(context), m_type(*context.catalog().type(u"complaint")),
      m_workflow(*context.catalog().workflowOf(m_type)), m_steps(new ComplaintSteps(context, this))
{
    build();
    connect(m_steps, &ComplaintSteps::failed, this, [this](const QString &why) { m_message->say(Tone::Danger, why); });
    connect(m_steps, &ComplaintSteps::saved, this, [this] { m_message->dismiss(); });
    connect(&context.store, &LocalStore::changed, this, [this](const StoreChange &change) {
        const bool own = change.everything || change.changed.contains(QStringLiteral("complaint")) || change.changed.contains(QStringLiteral("timeline_entry"))
                         || change.changed.contains(QStringLiteral("clock_entry")) || change.removed.contains(QStringLiteral("complaint"));
        if (own && !m_complaint.id.isNull())
            refresh();
    });
    connect(&context.store, &LocalStore::authorChanged, this, [this, account = context.store.author().account]() mutable {
        if (std::exchange(account, m_context.store.author().account) == m_context.store.author().account)
            return;
        m_revealed.clear(); // who comes after has seen nothing yet
        if (!m_complaint.id.isNull())
            showFields();
    });
    connect(&context.titles, &ReferenceTitles::titlesRead, this, [this] {
        if (!m_complaint.id.isNull())
            showFields();
    });
    m_tick.setInterval(30'000); // what is left of the clocks
    connect(&m_tick, &QTimer::timeout, this, [this] {
        if (!m_complaint.id.isNull())
            showHead();
    });
    connect(&m_context.theme, &Theme::changed, this, [this] { // the clocks' colours and the steps' icons are of one theme
        if (!m_complaint.id.isNull())
            refresh();
    });
    m_tick.start();
}

void ComplaintDetailWidget::build()
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_stack = new QStackedWidget(this);
    outer->addWidget(m_stack);
    m_empty = new EmptyStateWidget(m_context.theme, this);
    m_empty->setContent(QStringLiteral("complaint"), tr("Choose a complaint in the queue to see it here."));
    m_stack->addWidget(m_empty);

    auto *page = new QWidget(this);
    auto *pageLayout = new QVBoxLayout(page);
    pageLayout->setContentsMargins(0, 0, 0, 0);
    pageLayout->setSpacing(0);
    auto *scroll = new QScrollArea(page);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto *body = new QWidget(scroll);
    auto *layout = new QVBoxLayout(body);
    m_body = layout;
    layout->setContentsMargins(12, 10, 12, 10);
    layout->setSpacing(8);
    m_message = new MessageBar(m_context.theme, body);
    m_message->dismiss();
    m_title = new QLabel(body);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    m_title->setProperty("role", QStringLiteral("subject"));
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_sub = new QLabel(body);
    m_sub->setTextFormat(Qt::PlainText);
    m_sub->setWordWrap(true);
    m_sub->setProperty("role", QStringLiteral("muted"));
    m_sub->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_status = new StatusChip(m_context.theme, body);
    m_priority = new StatusChip(m_context.theme, body);
    m_due = new StatusChip(m_context.theme, body);
    auto *chips = new QWidget(body);
    auto *chipLayout = new FlowLayout(chips, 6);
    for (QWidget *chip : {static_cast<QWidget *>(m_status), static_cast<QWidget *>(m_priority), static_cast<QWidget *>(m_due)})
        chipLayout->addWidget(chip);
    m_buttons = new QWidget(body);
    m_buttonLayout = new FlowLayout(m_buttons, 6);
    m_description = new QLabel(body);
    m_description->setTextFormat(Qt::PlainText);
    m_description->setWordWrap(true);
    m_description->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_fields = new QGridLayout;
    m_fields->setHorizontalSpacing(12);
    m_fields->setVerticalSpacing(4);
    m_fields->setColumnStretch(1, 1);
    m_clocks = new QGridLayout;
    m_clocks->setHorizontalSpacing(12);
    m_clocks->setVerticalSpacing(4);
    m_clocks->setColumnStretch(1, 1);
    m_nearby = new NearbyWidget(m_context, body);
    m_timelineWidget = new TimelineWidget(m_context, *m_context.catalog().type(u"timeline_entry"), body);
    layout->addWidget(m_message);
    layout->addWidget(m_title);
    layout->addWidget(m_sub);
    layout->addWidget(chips);
    layout->addWidget(m_buttons);
    layout->addWidget(m_description);
    layout->addLayout(m_fields);
    layout->addWidget(heading(tr("Deadlines"), body));
    layout->addLayout(m_clocks);
    layout->addWidget(heading(tr("Nearby"), body));
    layout->addWidget(m_nearby);
    layout->addWidget(heading(tr("Timeline"), body));
    layout->addWidget(m_timelineWidget);
    layout->addStretch(1);
    scroll->setWidget(body);
    pageLayout->addWidget(scroll, 1);

    auto *foot = new QWidget(page);
    auto *footLayout = new QHBoxLayout(foot);
    footLayout->setContentsMargins(8, 6, 8, 8);
    m_comment = new QLineEdit(foot);
    m_comment->setPlaceholderText(tr("Write a note…"));
    m_comment->setAccessibleName(tr("Note for the timeline"));
    auto *send = new QPushButton(tr("Add"), foot);
    footLayout->addWidget(m_comment, 1);
    footLayout->addWidget(send);
    connect(m_comment, &QLineEdit::returnPressed, this, &ComplaintDetailWidget::sendComment);
    connect(send, &QPushButton::clicked, this, &ComplaintDetailWidget::sendComment);
    pageLayout->addWidget(foot);
    m_stack->addWidget(page);
}

void ComplaintDetailWidget::setFiles(AttachmentController &files)
{
    m_attachments = new AttachmentStrip(m_context, files, m_type, this);
    m_body->insertWidget(m_body->indexOf(m_nearby) - 1, m_attachments); // before the heading of what is near
    m_attachments->setRecord(m_complaint.id);
}

void ComplaintDetailWidget::clear()
{
    m_complaint = {};
    if (m_attachments)
        m_attachments->setRecord({});
    m_stack->setCurrentWidget(m_empty);
}

void ComplaintDetailWidget::show(const StoredRecord &complaint)
{
    const bool other = complaint.record.id != m_complaint.id;
    m_complaint = complaint.record;
    m_pending = complaint.pending;
    m_stack->setCurrentIndex(1);
    if (other)
        m_revealed.clear();
    showHead();
    showFields();
    if (other) {
        m_message->dismiss();
        m_comment->clear();
        m_timeline.clear();
        m_timelineRead = false;
        const Field *place = m_type.placeField();
        const QCborArray pair = m_complaint.value(place->name).toArray();
        if (pair.size() == 2)
            m_nearby->setPoint(pair[0].toDouble(), pair[1].toDouble());
        else
            m_nearby->clear();
    }
    if (m_attachments)
        m_attachments->setRecord(m_complaint.id);
    showSteps();
    readChildren();
}

void ComplaintDetailWidget::refresh()
{
    m_context.store.record(m_type.name, m_complaint.id).then(this, [this, id = m_complaint.id](const Result<std::optional<StoredRecord>> &found) {
        if (id != m_complaint.id || !found)
            return;
        if (*found)
            show(**found);
        else
            clear();
    });
}

void ComplaintDetailWidget::readChildren()
{
    const Id id = m_complaint.id;
    m_context.store.children(QStringLiteral("timeline_entry"), id).then(this, [this, id](const Result<QList<StoredRecord>> &entries) {
        if (id != m_complaint.id || !entries)
            return;
        const bool same = m_timeline == *entries;
        m_timeline = *entries;
        m_timelineRead = true;
        if (!same || m_timelineWidget->count() != m_timeline.size())
            m_timelineWidget->setEntries(m_timeline, &m_workflow);
        showSteps();
    });
    m_context.store.children(QStringLiteral("clock_entry"), id).then(this, [this, id](const Result<QList<StoredRecord>> &ledger) {
        if (id == m_complaint.id && ledger)
            showClocks(*ledger);
    });
}

void ComplaintDetailWidget::showHead()
{
    const qint64 now = m_context.clock.nowMs();
    m_title->setText(m_complaint.text(QStringLiteral("title")));
    const QString number = m_complaint.text(QStringLiteral("number"));
    QStringList sub{number.isEmpty() ? tr("(provisional number)") : number, m_context.format.dateTime(m_complaint.integer(QStringLiteral("received_at")))};
    if (m_pending)
        sub += tr("not sent yet");
    m_sub->setText(sub.join(QStringLiteral(" · ")));
    const auto chip = [this](StatusChip &widget, const char *name) {
        const Field &field = *m_type.field(QString::fromLatin1(name));
        const Choice *choice = field.choice(m_complaint.text(field.name));
        widget.setVisible(choice);
        if (choice)
            widget.setStatus(toneNamed(choice->tone), choice->label.in(m_context.language));
    };
    chip(*m_status, "status");
    chip(*m_priority, "priority");
    const qint64 due = m_complaint.integer(QStringLiteral("due_at"));
    m_due->setVisible(due > 0);
    if (due > 0)
        m_due->setStatus(dueTone(due, now), m_context.format.remaining(due, now), QStringLiteral("clock"));
}

QLabel *ComplaintDetailWidget::value(const QString &text)
{
    auto *label = new QLabel(text, this);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

void ComplaintDetailWidget::showFields()
{
    static const QStringList shown{QStringLiteral("category"), QStringLiteral("channel"), QStringLiteral("assigned_unit"), QStringLiteral("address"),
                                   QStringLiteral("unit"), QStringLiteral("reporter_name"), QStringLiteral("reporter_phone"),
                                   QStringLiteral("reporter_country"), QStringLiteral("answer")};
    m_description->setText(m_complaint.text(QStringLiteral("description")));
    m_description->setVisible(!m_description->text().isEmpty());
    struct Line
    {
        const Field *field;
        QString text;
        bool covered;
    };
    QList<Line> lines;
    QStringList now{m_complaint.id.toString()};
    for (const QString &name : shown) {
        const Field &field = *m_type.field(name);
        const QCborValue own = m_complaint.value(name);
        const QString text = field.referenceType.isEmpty() ? displayText(field, own, m_context.language) : m_context.titles.title(field.referenceType, m_complaint.reference(name));
        if (text.isEmpty())
            continue;
        const bool covered = (!m_revealed.contains(name) || isLockedAway(field, own)) && isCovered(m_context, m_type, field, own);
        lines.push_back({&field, text, covered});
        now += name + (covered ? u'-' : u'+') + text;
    }
    if (std::exchange(m_shownFields, now) == now)
        return; // the button that somebody is about to press stays
    empty(*m_fields);
    int row = 0;
    for (const Line &line : std::as_const(lines)) {
        auto *label = value(line.field->label.in(m_context.language));
        label->setProperty("role", QStringLiteral("muted"));
        label->setMinimumWidth(96);
        label->setMaximumWidth(140);
        label->setAlignment(Qt::AlignTop);
        m_fields->addWidget(label, row, 0);
        m_fields->addWidget(line.covered ? cover(*line.field) : value(line.text), row++, 1);
    }
}

QWidget *ComplaintDetailWidget::cover(const Field &field)
{
    auto *cover = new PersonalCover(m_context, m_type, field, this);
    cover->setValue(m_complaint.id, m_complaint.value(field.name));
    // Afterwards: the cover is taken away.
    connect(cover, &PersonalCover::revealed, this, [this, id = m_complaint.id, name = field.name] {
        if (id != m_complaint.id)
            return;
        m_revealed.insert(name);
        showFields();
    }, Qt::QueuedConnection);
    return cover;
}

void ComplaintDetailWidget::showClocks(const QList<StoredRecord> &ledger)
{
    QList<ClockEntry> entries;
    for (const StoredRecord &row : ledger)
        entries += clockEntry(row.record);
    empty(*m_clocks);
    const qint64 now = m_context.clock.nowMs();
    int row = 0;
    for (const WorkflowClock &clock : m_workflow.clocks) {
        const ClockState state = clockState(entries, clock.code);
        if (state.phase == ClockState::Phase::NotStarted)
            continue;
        auto *label = value(clock.label.in(m_context.language));
        label->setProperty("role", QStringLiteral("muted"));
        label->setMinimumWidth(96);
        QString text;
        if (state.phase == ClockState::Phase::Running)
            text = tr("%1 (due %2)").arg(m_context.format.remaining(state.dueMs, now), m_context.format.dateTime(state.dueMs));
        else if (state.phase == ClockState::Phase::Paused)
            text = tr("paused");
        else
            text = state.overdue(now) ? tr("done late, %1").arg(m_context.format.dateTime(state.stoppedMs))
                                      : tr("done in time, %1").arg(m_context.format.dateTime(state.stoppedMs));
        if (state.extended)
            text += tr(" · extended");
        m_clocks->addWidget(label, row, 0);
        auto *shown = value(text);
        QPalette palette = shown->palette();
        const Tone tone = state.phase == ClockState::Phase::Running ? dueTone(state.dueMs, now) : state.overdue(now) ? Tone::Warning : Tone::Good;
        palette.setColor(QPalette::WindowText, m_context.theme.colour(tone));
        shown->setPalette(palette);
        m_clocks->addWidget(shown, row++, 1);
    }
}

QStringList ComplaintDetailWidget::availableSteps() const
{
    QStringList codes;
    if (!m_context.store.author().rights.mayCapture(m_type))
        return codes;
    for (const Transition *transition : m_workflow.transitionsFrom(m_complaint.text(m_workflow.stateField)))
        codes += transition->code;
    return codes;
}

int ComplaintDetailWidget::timelineEntries() const
{
    return m_timelineWidget->count();
}

void ComplaintDetailWidget::showSteps()
{
    const QWidget *focus = m_buttons->isAncestorOf(focusWidget()) ? focusWidget() : nullptr;
    const QString focused = focus ? focus->objectName() : QString();
    empty(*m_buttonLayout);
    bool first = true;
    for (const QString &code : availableSteps()) {
        const Transition &transition = *m_workflow.transition(code);
        auto *button = new QPushButton(m_context.theme.icon(code == u"reopen" ? QStringLiteral("refresh") : code), transition.label.in(m_context.language), m_buttons);
        button->setObjectName(code);
        button->setProperty("look", first ? QStringLiteral("primary") : QString());
        if (first)
            button->setIcon(QIcon());
        const QString keys = shortcutOf(code);
        button->setShortcut(QKeySequence(keys));
        button->setToolTip(keys.isEmpty() ? transition.label.in(m_context.language) : QStringLiteral("%1 (%2)").arg(transition.label.in(m_context.language), keys));
        connect(button, &QPushButton::clicked, this, [this, code] { take(code); });
        m_buttonLayout->addWidget(button);
        if (code == focused)
            button->setFocus();
        first = false;
    }
    if (m_steps->undoable(m_timeline)) {
        auto *button = new QPushButton(m_context.theme.icon(QStringLiteral("undo")), tr("Undo"), m_buttons);
        button->setObjectName(QStringLiteral("undo"));
        button->setShortcut(QKeySequence(QStringLiteral("Ctrl+Shift+Z")));
        button->setToolTip(tr("Take back the last step (Ctrl+Shift+Z)"));
        connect(button, &QPushButton::clicked, this, &ComplaintDetailWidget::undo);
        m_buttonLayout->addWidget(button);
    }
    auto *edit = new QPushButton(m_context.theme.icon(QStringLiteral("edit")), tr("Edit"), m_buttons);
    edit->setObjectName(QStringLiteral("edit"));
    connect(edit, &QPushButton::clicked, this, [this] { m_context.workspace.editRecord(m_type.name, m_complaint.id, {}); });
    m_buttonLayout->addWidget(edit);
    for (QObject *child : m_buttons->children()) {
        if (auto *button = qobject_cast<QPushButton *>(child))
            button->show();
    }
    m_buttons->updateGeometry();
}

void ComplaintDetailWidget::take(const QString &code)
{
    const Transition *transition = m_workflow.transition(code);
    if (!transition || !transition->from.contains(m_complaint.text(m_workflow.stateField)))
        return;
    if (transition->requiresFields.isEmpty() && !transition->needsComment) {
        m_steps->take(m_complaint, code);
        return;
    }
    auto *dialog = new StepDialog(m_context, m_complaint, *transition, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, code, complaint = m_complaint] {
        m_steps->take(complaint, code, dialog->values(), dialog->comment());
    });
    dialog->open();
}

void ComplaintDetailWidget::undo()
{
    m_steps->undoLast(m_complaint);
}

void ComplaintDetailWidget::focusComment()
{
    m_comment->setFocus(Qt::ShortcutFocusReason);
}

void ComplaintDetailWidget::noteStill(const Record &complaint, const QString &text)
{
    m_steps->noteStill(complaint, text);
}

void ComplaintDetailWidget::sendComment()
{
    const QString text = m_comment->text().trimmed();
    if (text.isEmpty() || m_complaint.id.isNull())
        return;
    m_steps->comment(m_complaint, text);
    m_comment->clear();
}

} // namespace ioc
