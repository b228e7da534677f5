// SPDX-License-Identifier: GPL-3.0-or-later
#include <records/fieldtext.h>
#include <synchronisation/conflictdialog.h>
#include <ui/referencetitles.h>

#include <QComboBox>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace ioc {

ConflictDialog::ConflictDialog(UiContext &context, const Conflict &conflict, QWidget *parent)
    : QDialog(parent), m_context(context), m_conflict(conflict)
{
    setWindowTitle(tr("Settle a conflict"));
    setMinimumWidth(680);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(10);
    const auto label = [this](const QString &text, const char *role = nullptr) {
        auto *made = new QLabel(text, this);
        made->setTextFormat(Qt::PlainText);
        made->setWordWrap(true);
        made->setTextInteractionFlags(Qt::TextSelectableByMouse);
        if (role)
            made->setProperty("role", QString::fromLatin1(role));
        return made;
    };
    layout->addWidget(label(conflict.title, "subject"));
    auto *said = label(tr("Somebody else changed the same fields. Choose which value is kept."));
    layout->addWidget(said);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(2, 1);
    int row = 0;
    for (const QString &head : {tr("Field"), tr("At central"), tr("Mine"), tr("Keep")})
        grid->addWidget(label(head, "muted"), 0, row++);
    row = 1;
    const RecordType *type = context.catalog().type(conflict.type);
    const Workflow *workflow = type ? context.catalog().workflowOf(*type) : nullptr;
    for (const FieldConflict &field : conflict.fields) {
        const Field *declared = type ? type->field(field.field) : nullptr;
        const auto text = [&](const QCborValue &value) {
            if (!declared)
                return value.toString();
            const QString shown = declared->referenceType.isEmpty()
                                      ? displayText(*declared, value, context.language)
                                      : context.titles.title(declared->referenceType, Id::fromString(value.toString()).value_or(Id()));
            return shown.isEmpty() ? tr("(empty)") : shown;
        };
        const QString name = declared ? declared->label.in(context.language) : field.field;
        grid->addWidget(label(name), row, 0);
        grid->addWidget(label(text(field.theirs)), row, 1);
        grid->addWidget(label(text(field.mine)), row, 2);
        if (workflow && workflow->stateField == field.field) { // a state is reached by a step, never chosen
            grid->addWidget(label(tr("Central's"), "muted"), row++, 3);
            said->setText(tr("Somebody else took a step before yours, so yours was not taken. Choose which of the other values are kept; take the step again if it is still needed."));
            continue;
        }
        auto *choice = new QComboBox(this);
        choice->addItems({tr("Central's"), tr("Mine")});
        choice->setAccessibleName(name);
        m_choices.insert(field.field, choice);
        grid->addWidget(choice, row++, 3);
    }
    layout->addLayout(grid);
    layout->addStretch(1);
    auto *buttons = new QDialogButtonBox(this);
    auto *settle = buttons->addButton(tr("Settle"), QDialogButtonBox::AcceptRole);
    settle->setProperty("look", QStringLiteral("primary"));
    auto *mine = buttons->addButton(tr("All mine"), QDialogButtonBox::ActionRole);
    auto *theirs = buttons->addButton(tr("All central's"), QDialogButtonBox::ActionRole);
    mine->setHidden(m_choices.isEmpty());
    theirs->setHidden(m_choices.isEmpty());
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    connect(mine, &QPushButton::clicked, this, [this] { chooseAll(true); });
    connect(theirs, &QPushButton::clicked, this, [this] { chooseAll(false); });
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
}

void ConflictDialog::chooseAll(bool mine)
{
    for (QComboBox *choice : std::as_const(m_choices))
        choice->setCurrentIndex(mine ? 1 : 0);
}

Values ConflictDialog::chosen() const
{
    Values keep;
    for (const FieldConflict &field : m_conflict.fields) {
        if (const QComboBox *choice = m_choices.value(field.field))
            keep.insert(field.field, choice->currentIndex() == 1 ? field.mine : field.theirs);
    }
    return keep;
}

} // namespace ioc
