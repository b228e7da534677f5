// SPDX-License-Identifier: GPL-3.0-or-later
#include <support/desk.h>

#include <catalogue/cataloguepage.h>
#include <complaints/complaintqueuewidget.h>
#include <desktop/signindialog.h>
#include <ui/fieldeditor.h>
#include <ui/filterbar.h>
#include <ui/messagebar.h>
#include <ui/recorddialog.h>
#include <ui/recordform.h>
#include <ui/recordtablewidget.h>

#include <QCborArray>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QToolButton>

using namespace ioc;
using namespace Qt::StringLiterals;

/// Dialogs as people use them: what was typed is read as it is meant there, what is wrong is said beside it, and a saved edit
/// can be taken back. No central is needed.
class TestDialogs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QCoreApplication::setOrganizationName(u"tourism-ioc-tests"_s);
        QCoreApplication::setApplicationName(u"dialogs"_s);
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_settings.path());
        m_theme = std::make_unique<Theme>(*qApp);
        const auto catalog = TypeCatalog::load();
        QVERIFY(catalog);
        m_desk = std::make_unique<Desk>(*m_theme, QUrl(u"https://127.0.0.1:9"_s), QString(), *catalog);
        QVERIFY(m_desk->open());
        LocalStore &store = m_desk->store();
        store.setAuthor({.account = Id::derived(Id(), u"operator"), .displayName = u"Lan"_s, .rights = Rights(u"operator"_s), .device = store.device()});
        m_desk->show({1366, 768});
        QVERIFY(QTest::qWaitForWindowExposed(&m_desk->window()));
    }

    void signInSaysWhatIsMissingAndWrong()
    {
        SignInDialog dialog(*m_theme, u"central.example:8443"_s, QString());
        QSignalSpy requested(&dialog, &SignInDialog::signInRequested);
        const QList<QLineEdit *> fields = dialog.findChildren<QLineEdit *>();
        QCOMPARE(fields.size(), 2);
        auto *enter = dialog.findChild<QPushButton *>(QString(), Qt::FindDirectChildrenOnly);
        auto *message = dialog.findChild<MessageBar *>();
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
        enter->click();
        QVERIFY(message->isVisible());
        QCOMPARE(requested.size(), 0);
        fields[0]->setText(u"  nguyễn.lan "_s);
        fields[1]->setText(u"mật khẩu sai"_s);
        enter->click();
        QCOMPARE(requested.size(), 1);
        QCOMPARE(requested.first(), (QVariantList{u"nguyễn.lan"_s, u"mật khẩu sai"_s}));
        QVERIFY(!enter->isEnabled());
        const Error offline{ErrorCode::Offline, u"Vẫn làm việc được"_s, {}};
        dialog.showProblem(SignInDialog::problemText(offline));
        QVERIFY(enter->isEnabled());
        QVERIFY(!message->text().isEmpty() && message->text() != offline.message); // nobody works before signing in
        QCOMPARE(fields[0]->text(), u"  nguyễn.lan "_s);
        QCOMPARE(fields[1]->text(), u"mật khẩu sai"_s);
        QVERIFY(dialog.rect().contains(enter->geometry()));
        dialog.accept();
        QVERIFY(fields[1]->text().isEmpty()); // nobody reads it there later
    }

    void decimalsAreReadInTheLanguageOfTheScreen()
    {
        RecordDialog *dialog = open(u"unit"_s, {}, {});
        QVERIFY(dialog);
        FieldEditor *area = dialog->form().editor(decimalField(u"unit"_s));
        QVERIFY(area);
        type(*area, u"1.250"_s);
        QCOMPARE(area->value().value_or(QCborValue()).toDouble(), 1250.0);
        type(*area, u"1.250,5"_s);
        QCOMPARE(area->value().value_or(QCborValue()).toDouble(), 1250.5);
        dialog->done(QDialog::Rejected);
    }

    void whatIsWrongStandsBesideItsField()
    {
        RecordDialog *dialog = open(u"attraction"_s, {}, {});
        QVERIFY(dialog);
        FieldEditor *place = dialog->form().editor(u"place"_s);
        type(*place, u"ở gần chợ"_s);
        dialog->accept();
        QVERIFY(dialog->isVisible());
        int problems = 0;
        const QList<QLabel *> labels = dialog->findChildren<QLabel *>();
        for (const QLabel *label : labels)
            problems += label->isVisible() && label->property("role").toString() == u"problem";
        QVERIFY(problems >= 2); // the name is missing as well
        QVERIFY(place->focusProxy()->property("invalid").toBool());
        type(*place, u"10.7769, 106.7009"_s);
        QVERIFY(!place->focusProxy()->property("invalid").toBool());
        QCOMPARE(place->value().value_or(QCborValue()), QCborValue(QCborArray{10.7769, 106.7009}));
        dialog->done(QDialog::Rejected);
    }

    void newComplaintAsksNothingThatComesLater()
    {
        RecordDialog *dialog = open(u"complaint"_s, {}, {});
        QVERIFY(dialog);
        QVERIFY(dialog->form().editor(u"title"_s));
        QVERIFY(!dialog->form().editor(u"answer"_s));
        QVERIFY(!dialog->form().editor(u"assigned_unit"_s));
        dialog->done(QDialog::Rejected);
    }

    void aSavedEditIsTakenBack()
    {
        const Id id = Id::create(m_clock);
        const RecordType &type = *m_desk->store().catalog().type(u"attraction");
        Values values{{u"name"_s, u"Dinh Độc Lập"_s}};
        for (const Field &field : type.fields) {
            if (field.required && field.kind == FieldKind::Choice)
                values.insert(field.name, field.choices.first().code);
        }
        QList<FieldChange> changes;
        for (const auto &[name, value] : values.asKeyValueRange())
            changes += {name, {}, value};
        QVERIFY(Desk::wait(m_desk->store().save({Draft{OperationKind::Create, type.name, id, changes, {}, {}}})));
        RecordDialog *dialog = open(type.name, id, {});
        QVERIFY(dialog);
        this->type(*dialog->form().editor(u"name"_s), u"Hội trường Thống Nhất"_s);
        this->type(*dialog->form().editor(u"address"_s), u"135 Nam Kỳ Khởi Nghĩa"_s);
        dialog->accept();
        QTRY_COMPARE(text(type.name, id, u"name"_s), u"Hội trường Thống Nhất"_s);
        QPushButton *undo = nullptr;
        QTRY_VERIFY((undo = undoButton()));
        undo->click();
        QTRY_COMPARE(text(type.name, id, u"name"_s), u"Dinh Độc Lập"_s);
        QVERIFY(text(type.name, id, u"address"_s).isEmpty());
        QTRY_VERIFY(!undoButton()); // once
    }

    void filtersWithoutRoomStandInAMenu()
    {
        FilterBar &bar = m_desk->window().queue().table().filterBar();
        QTRY_VERIFY(bar.isVisible() && bar.width() > 100);
        qsizetype inMenu = 0;
        qsizetype beside = 0;
        const auto buttons = bar.findChildren<QToolButton *>(QString(), Qt::FindDirectChildrenOnly);
        for (const QToolButton *button : buttons) {
            if (!button->menu() || !button->isVisible())
                continue;
            beside += button->icon().isNull();
            inMenu += button->icon().isNull() ? 0 : button->menu()->actions().size();
        }
        QCOMPARE(beside + inMenu, 4); // every choice of a complaint that is indexed, whatever the width
        const auto children = bar.findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly);
        for (const QWidget *child : children)
            QVERIFY2(!child->isVisible() || bar.rect().contains(child->geometry()), child->metaObject()->className());
        QVERIFY(bar.findChild<QLineEdit *>()->width() >= 150);
    }

    void whatARoleMayNotSeeIsNotOffered()
    {
        auto *page = m_desk->window().findChild<CataloguePage *>();
        QVERIFY(page);
        auto *kinds = page->findChild<QListWidget *>();
        const auto offered = [&] {
            QStringList out;
            for (int row = 0; row < kinds->count(); ++row) {
                if (!kinds->item(row)->isHidden())
                    out += kinds->item(row)->data(Qt::UserRole).toString();
            }
            return out;
        };
        LocalStore &store = m_desk->store();
        const Author before = store.author();
        QVERIFY(offered().contains(u"complaint"_s));
        QVERIFY(offered().contains(u"unit"_s));
        QVERIFY(!offered().contains(u"role"_s)); // an administrator's
        Author blind = before;
        blind.rights = Rights(store.catalog(), u"operator"_s, {{.recordType = u"complaint"_s, .view = Reach::None, .capture = Reach::None}});
        page->showType(u"complaint"_s);
        store.setAuthor(blind);
        QVERIFY(!offered().contains(u"complaint"_s));
        QVERIFY(!kinds->currentItem()->isHidden());
        QVERIFY(offered().contains(u"event"_s));
        Author administrator = before;
        administrator.rights = Rights(u"administrator"_s);
        store.setAuthor(administrator);
        QVERIFY(offered().contains(u"role"_s) && offered().contains(u"role_grant"_s) && offered().contains(u"complaint"_s));
        store.setAuthor(before);
    }

    void cleanupTestCase() { m_desk.reset(); }

private:
    RecordDialog *open(const QString &type, const Id &id, const Values &values)
    {
        m_desk->window().editRecord(type, id, values);
        RecordDialog *found = nullptr;
        (void)QTest::qWaitFor([&] {
            const auto dialogs = m_desk->window().findChildren<RecordDialog *>();
            for (RecordDialog *dialog : dialogs)
                found = dialog->isVisible() ? dialog : found;
            return found != nullptr;
        });
        return found;
    }

    static void type(FieldEditor &editor, const QString &text)
    {
        auto *line = qobject_cast<QLineEdit *>(editor.focusProxy());
        QVERIFY(line);
        line->setText(text);
        Q_EMIT line->textEdited(text);
    }

    QString decimalField(const QString &type) const
    {
        const RecordType &declared = *m_desk->store().catalog().type(type);
        const auto found = std::ranges::find(declared.fields, FieldKind::Decimal, &Field::kind);
        return found == declared.fields.end() ? QString() : found->name;
    }

    QString text(const QString &type, const Id &id, const QString &field)
    {
        const auto found = Desk::wait(m_desk->store().record(type, id));
        return found && *found ? (*found)->record.text(field) : QString();
    }

    QPushButton *undoButton() const
    {
        const auto bars = m_desk->window().findChildren<MessageBar *>();
        for (const MessageBar *bar : bars) {
            auto *button = bar->findChild<QPushButton *>();
            if (bar->isVisible() && button->isVisible() && button->text() == MainWindow::tr("Undo"))
                return button;
        }
        return nullptr;
    }

    SystemClock m_clock;
    QTemporaryDir m_settings;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<Desk> m_desk;
};

QTEST_MAIN(TestDialogs)
#include "tst_dialogs.moc"
