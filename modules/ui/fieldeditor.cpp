// SPDX-License-Identifier: GPL-3.0-or-later
#include <records/fieldtext.h>
#include <ui/fieldeditor.h>
#include <ui/referenceedit.h>

#include <QCborArray>
#include <QCborMap>
#include <QCalendarWidget>
#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QToolButton>
#include <QWidgetAction>

namespace ioc {

FieldEditor::FieldEditor(UiContext &context, const Field &field, QWidget *parent) : QWidget(parent), m_context(context), m_field(field)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
}

void FieldEditor::setEditor(QWidget *editor)
{
    layout()->addWidget(editor);
    if (!focusProxy())
        setFocusProxy(editor);
    editor->setAccessibleName(m_field.label.in(m_context.language));
    editor->setToolTip(m_field.help.in(m_context.language));
}

namespace {

/// Text, numbers, dates, places: whatever parsedText() can read.
class LineEditor : public FieldEditor
{
public:
    LineEditor(UiContext &context, const Field &field, QWidget *parent) : FieldEditor(context, field, parent), m_line(new QLineEdit(this))
    {
        setEditor(m_line);
        m_line->setPlaceholderText(example());
        if (field.kind == FieldKind::Date)
            addCalendar();
        connect(m_line, &QLineEdit::textEdited, this, &FieldEditor::edited);
    }

    void setValue(const QCborValue &value) override
    {
        m_line->setText(m_field.kind == FieldKind::Translated ? value.toMap()[m_context.language].toString()
                                                              : displayText(m_field, value, m_context.language));
        m_value = value;
        m_shown = m_line->text();
    }

    [[nodiscard]] Result<QCborValue> value() const override
    {
        if (m_line->text() == m_shown)
            return m_value; // untouched: nothing is lost by showing fewer digits
        if (m_field.kind != FieldKind::Translated)
            return parsedText(m_field, m_line->text(), m_context.language);
        QCborMap map = m_value.toMap();
        map[m_context.language] = m_line->text();
        return QCborValue(map);
    }

private:
    [[nodiscard]] QString example() const
    {
        switch (m_field.kind) {
        case FieldKind::Date: return QStringLiteral("31/12/2026");
        case FieldKind::DateTime: return QStringLiteral("31/12/2026 14:30");
        case FieldKind::Place: return QStringLiteral("10.7769, 106.7009");
        case FieldKind::Phone: return QStringLiteral("0901 234 567");
        default: return m_field.help.in(m_context.language);
        }
    }

    void addCalendar()
    {
        auto *button = new QToolButton(this);
        button->setIcon(m_context.theme.icon(QStringLiteral("event")));
        button->setToolTip(FieldEditor::tr("Choose a day"));
        button->setAccessibleName(button->toolTip());
        button->setFocusPolicy(Qt::TabFocus);
        button->setPopupMode(QToolButton::InstantPopup);
        auto *menu = new QMenu(button);
        auto *calendar = new QCalendarWidget(menu);
        calendar->setLocale(m_context.format.locale());
        auto *action = new QWidgetAction(menu);
        action->setDefaultWidget(calendar);
        menu->addAction(action);
        button->setMenu(menu);
        layout()->addWidget(button);
        connect(menu, &QMenu::aboutToShow, this, [this, calendar] {
            const QDate day = QDate::fromString(m_line->text().trimmed(), QStringLiteral("d/M/yyyy"));
            calendar->setSelectedDate(day.isValid() ? day : Format::dayOf(m_context.clock.nowMs()));
        });
        connect(calendar, &QCalendarWidget::activated, calendar, &QCalendarWidget::clicked); // by the keyboard
        connect(calendar, &QCalendarWidget::clicked, this, [this, menu](QDate day) {
            m_line->setText(day.toString(QStringLiteral("dd/MM/yyyy")));
            menu->hide();
            Q_EMIT edited();
        });
    }

    QLineEdit *m_line;
    QCborValue m_value;
    QString m_shown;
};

class NoteEditor : public FieldEditor
{
public:
    NoteEditor(UiContext &context, const Field &field, QWidget *parent) : FieldEditor(context, field, parent), m_text(new QPlainTextEdit(this))
    {
        setEditor(m_text);
        m_text->setTabChangesFocus(true);
        m_text->setPlaceholderText(field.help.in(context.language));
        m_text->setMinimumHeight(72);
        m_text->setMaximumHeight(120);
        connect(m_text, &QPlainTextEdit::textChanged, this, &FieldEditor::edited);
    }
    void setValue(const QCborValue &value) override
    {
        const QSignalBlocker quiet(m_text);
        m_text->setPlainText(value.toString());
    }
    [[nodiscard]] Result<QCborValue> value() const override { return parsedText(m_field, m_text->toPlainText(), m_context.language); }

private:
    QPlainTextEdit *m_text;
};

class ChoiceEditor : public FieldEditor
{
public:
    ChoiceEditor(UiContext &context, const Field &field, QWidget *parent) : FieldEditor(context, field, parent), m_box(new QComboBox(this))
    {
        setEditor(m_box);
        m_box->addItem(FieldEditor::tr("Choose…"));
        for (const Choice &choice : field.choices)
            m_box->addItem(choice.label.in(context.language), choice.code);
        connect(m_box, &QComboBox::activated, this, &FieldEditor::edited);
    }
    void setValue(const QCborValue &value) override
    {
        const QString code = value.toString();
        if (!code.isEmpty() && m_box->findData(code) < 0)
            m_box->addItem(code, code); // of a newer or older catalogue: shown as it is, and kept
        m_box->setCurrentIndex(code.isEmpty() ? 0 : m_box->findData(code));
    }
    [[nodiscard]] Result<QCborValue> value() const override
    {
        const QString code = m_box->currentData().toString();
        return code.isEmpty() ? QCborValue() : QCborValue(code);
    }

private:
    QComboBox *m_box;
};

class ChoicesEditor : public FieldEditor
{
public:
    ChoicesEditor(UiContext &context, const Field &field, QWidget *parent) : FieldEditor(context, field, parent), m_button(new QToolButton(this))
    {
        setEditor(m_button);
        m_button->setPopupMode(QToolButton::InstantPopup);
        m_button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        m_button->setFocusPolicy(Qt::StrongFocus);
        auto *menu = new QMenu(m_button);
        for (const Choice &choice : field.choices) {
            auto *box = new QCheckBox(choice.label.in(context.language), menu);
            auto *action = new QWidgetAction(menu);
            action->setDefaultWidget(box);
            menu->addAction(action);
            m_boxes += {choice.code, box};
            connect(box, &QCheckBox::clicked, this, [this] { show(); Q_EMIT edited(); });
        }
        m_button->setMenu(menu);
        show();
    }
    void setValue(const QCborValue &value) override
    {
        const QCborArray codes = value.toArray();
        for (const auto &[code, box] : std::as_const(m_boxes))
            box->setChecked(codes.contains(QCborValue(code)));
        show();
    }
    [[nodiscard]] Result<QCborValue> value() const override
    {
        QStringList codes;
        for (const auto &[code, box] : m_boxes) {
            if (box->isChecked())
                codes += code;
        }
        codes.sort();
        return codes.isEmpty() ? QCborValue() : QCborValue(QCborArray::fromStringList(codes));
    }

private:
    void show()
    {
        QStringList labels;
        for (const auto &[code, box] : std::as_const(m_boxes)) {
            if (box->isChecked())
                labels += box->text();
        }
        m_button->setText(labels.isEmpty() ? FieldEditor::tr("Choose…") : labels.join(QStringLiteral(", ")));
    }

    QToolButton *m_button;
    QList<std::pair<QString, QCheckBox *>> m_boxes;
};

/// Yes, no, or not said.
class BooleanEditor : public FieldEditor
{
public:
    BooleanEditor(UiContext &context, const Field &field, QWidget *parent) : FieldEditor(context, field, parent), m_box(new QComboBox(this))
    {
        setEditor(m_box);
        m_box->addItem(FieldEditor::tr("Choose…"));
        for (const bool said : {true, false})
            m_box->addItem(displayText(field, said, context.language), said);
        connect(m_box, &QComboBox::activated, this, &FieldEditor::edited);
    }
    void setValue(const QCborValue &value) override { m_box->setCurrentIndex(value.isBool() ? m_box->findData(value.toBool()) : 0); }
    [[nodiscard]] Result<QCborValue> value() const override { return QCborValue::fromVariant(m_box->currentData()); }

private:
    QComboBox *m_box;
};

class ReferenceEditor : public FieldEditor
{
public:
    ReferenceEditor(UiContext &context, const Field &field, QWidget *parent)
        : FieldEditor(context, field, parent), m_edit(new ReferenceEdit(context, field.referenceType, this))
    {
        setEditor(m_edit);
        connect(m_edit, &ReferenceEdit::edited, this, &FieldEditor::edited);
    }
    void setValue(const QCborValue &value) override { m_edit->setReference(Id::fromString(value.toString()).value_or(Id())); }
    [[nodiscard]] Result<QCborValue> value() const override
    {
        return m_edit->reference().transform([](const Id &id) { return id.isNull() ? QCborValue() : QCborValue(id.toString()); });
    }

private:
    ReferenceEdit *m_edit;
};

} // namespace

FieldEditor *FieldEditor::create(UiContext &context, const Field &field, QWidget *parent)
{
    switch (field.kind) {
    case FieldKind::Note: return new NoteEditor(context, field, parent);
    case FieldKind::Boolean: return new BooleanEditor(context, field, parent);
    case FieldKind::Choice: return new ChoiceEditor(context, field, parent);
    case FieldKind::Choices: return new ChoicesEditor(context, field, parent);
    case FieldKind::Reference:
    case FieldKind::Unit: return new ReferenceEditor(context, field, parent);
    default: return new LineEditor(context, field, parent);
    }
}

} // namespace ioc
