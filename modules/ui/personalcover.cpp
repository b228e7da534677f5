// SPDX-License-Identifier: GPL-3.0-or-later
#include <ui/personalcover.h>

#include <access/sealedtext.h>
#include <records/fieldtext.h>

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace ioc {

bool isLockedAway(const Field &field, const QCborValue &value)
{
    return (field.sensitive || field.holdsFormerValues) && isSealed(value);
}

bool isCovered(const UiContext &context, const RecordType &type, const Field &field, const QCborValue &value)
{
    return isLockedAway(field, value) || ((field.sensitive || field.holdsFormerValues) && !displayText(field, value, context.language).isEmpty() && context.store.author().rights.of(type).sensitive == Disclosure::Open);
}

QString coveredText(const UiContext &context, const RecordType &type, const Field &field, const QCborValue &value)
{
    if (!isCovered(context, type, field, value)) {
        // What another account had left here is shown as this one would be sent it.
        const Disclosure may = context.store.author().rights.of(type).sensitive;
        const bool asSent = !field.sensitive || may == Disclosure::Open || value.toString().startsWith(u"•••"); // masked already
        const QCborValue shown = asSent ? value : may == Disclosure::Masked ? masked(field, value) : QCborValue();
        return displayText(field, shown, context.language);
    }
    const QCborValue hint = field.holdsFormerValues || isLockedAway(field, value) ? QCborValue() : masked(field, value);
    return hint.isString() ? hint.toString() : QStringLiteral("•••");
}

PersonalCover::PersonalCover(UiContext &context, const RecordType &type, const Field &field, QWidget *parent)
    : QWidget(parent), m_context(context), m_type(type), m_field(field), m_text(new QLabel(this)), m_show(new QPushButton(tr("Show"), this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_show->setProperty("look", QStringLiteral("inline"));
    m_show->setObjectName(QStringLiteral("show_") + field.name);
    m_show->setAccessibleName(tr("Show: %1").arg(field.label.in(context.language)));
    m_show->setToolTip(tr("Personal data. Who looks at them, and when, is kept in the audit journal."));
    row->addWidget(m_text);
    row->addWidget(m_show);
    row->addStretch(1);
    setFocusProxy(m_show);
    connect(m_show, &QPushButton::clicked, this, &PersonalCover::reveal);
}

void PersonalCover::setValue(const Id &record, const QCborValue &value)
{
    m_record = record;
    m_locked = isLockedAway(m_field, value);
    m_text->setText(coveredText(m_context, m_type, m_field, value));
    m_show->setEnabled(true);
}

void PersonalCover::reveal()
{
    if (m_locked) {
        m_text->setText(tr("Personal data are locked: lock the screen and sign in to open them."));
        return;
    }
    m_show->setEnabled(false);
    m_context.store.noteLook(m_type.name, m_record, {m_field.name}).then(this, [this](const Result<void> &noted) {
        if (noted) {
            Q_EMIT revealed();
            return;
        }
        m_show->setEnabled(true);
        m_text->setText(noted.error().message);
    });
}

} // namespace ioc
