// SPDX-License-Identifier: GPL-3.0-or-later
#include <ui/elidedlabel.h>
#include <ui/emptystatewidget.h>
#include <ui/flowlayout.h>
#include <ui/messagebar.h>
#include <ui/statuschip.h>
#include <ui/theme.h>

#include <QApplication>
#include <QHelpEvent>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTableView>
#include <QTest>
#include <QToolButton>
#include <QToolTip>

using namespace ioc;
using namespace Qt::StringLiterals;

/// The small shared widgets: nothing is cut, outside text stays text, and each says what was done to it.
class TestUiWidgets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void chipHasRoomForItsText()
    {
        StatusChip chip(m_theme);
        chip.setStatus(Tone::Danger, u"Quá hạn trả lời 12 ngày"_s, u"clock"_s);
        chip.resize(chip.sizeHint());
        QVERIFY(chip.minimumSizeHint().width() >= chip.fontMetrics().horizontalAdvance(chip.text()) + 14);
        QCOMPARE(chip.grab().toImage().pixelColor(4, chip.height() / 2), m_theme.background(Tone::Danger));
        QCOMPARE(chip.accessibleName(), chip.text());
    }

    void elidedTextStandsInTheTooltip()
    {
        ElidedLabel label(u"Uỷ ban nhân dân <b>phường</b> Sài Gòn"_s);
        label.resize(label.sizeHint());
        QVERIFY(!label.isElided());
        label.resize(60, 20);
        label.show();
        QVERIFY(QTest::qWaitForWindowExposed(&label));
        QVERIFY(label.isElided());
        QHelpEvent help(QEvent::ToolTip, {5, 5}, label.mapToGlobal(QPoint(5, 5)));
        QApplication::sendEvent(&label, &help);
        QCOMPARE(QToolTip::text(), label.text().toHtmlEscaped());
        QToolTip::hideText();
    }

    void elidedCellStandsInTheTooltip()
    {
        QStandardItemModel model(1, 1);
        model.setData(model.index(0, 0), u"Khách bị mất hộ chiếu ở phố đi bộ Nguyễn Huệ"_s);
        QTableView table;
        m_theme.dress(table);
        table.setModel(&model);
        table.setColumnWidth(0, 80);
        table.show();
        QVERIFY(QTest::qWaitForWindowExposed(&table));
        QCOMPARE(table.rowHeight(0), Theme::rowHeight);
        QHelpEvent help(QEvent::ToolTip, {10, 10}, table.viewport()->mapToGlobal(QPoint(10, 10)));
        QApplication::sendEvent(table.viewport(), &help);
        QCOMPARE(QToolTip::text(), model.index(0, 0).data().toString());
        QToolTip::hideText();
    }

    void messageBarWrapsAndAnswers()
    {
        QWidget page;
        page.resize(300, 200);
        MessageBar bar(m_theme, &page);
        QVERIFY(!bar.isVisibleTo(&page));
        bar.say(Tone::Warning, u"Mất kết nối <i>với</i> máy chủ. Bạn vẫn làm việc được; thao tác sẽ gửi khi có mạng."_s, u"Thử lại"_s);
        QVERIFY(bar.isVisibleTo(&page));
        bool plain = false;
        const QList<QLabel *> labels = bar.findChildren<QLabel *>();
        for (const QLabel *label : labels)
            plain = plain || (label->text() == bar.text() && label->textFormat() == Qt::PlainText && label->wordWrap());
        QVERIFY(plain);
        QSignalSpy action(&bar, &MessageBar::actionTriggered);
        QSignalSpy dismissed(&bar, &MessageBar::dismissed);
        bar.findChild<QPushButton *>()->click();
        QCOMPARE(action.size(), 1);
        bar.findChild<QToolButton *>()->click();
        QCOMPARE(dismissed.size(), 1);
        QVERIFY(!bar.isVisibleTo(&page));
        bar.say(Tone::Good, u"Đã lưu"_s);
        QVERIFY(!bar.findChild<QPushButton *>()->isVisibleTo(&bar));
        QTest::keyClick(&bar, Qt::Key_Escape);
        QCOMPARE(dismissed.size(), 2);
    }

    void emptyStateOffersItsAction()
    {
        EmptyStateWidget empty(m_theme);
        empty.setContent(u"search"_s, u"Không có kết quả"_s);
        auto *button = empty.findChild<QPushButton *>();
        QVERIFY(!button->isVisibleTo(&empty));
        empty.setContent(u"search"_s, u"Không có kết quả"_s, u"Xoá bộ lọc"_s);
        QVERIFY(button->isVisibleTo(&empty));
        QSignalSpy action(&empty, &EmptyStateWidget::actionTriggered);
        button->click();
        QCOMPARE(action.size(), 1);
    }

    void flowWrapsInsteadOfCutting()
    {
        QWidget page;
        auto *flow = new FlowLayout(&page, 4);
        for (int i = 0; i < 3; ++i) {
            auto *box = new QWidget;
            box->setFixedSize(100, i == 1 ? 40 : 20);
            flow->addWidget(box);
        }
        QCOMPARE(flow->heightForWidth(400), 40);
        QCOMPARE(flow->heightForWidth(210), 40 + 4 + 20);
        QCOMPARE(flow->heightForWidth(50), 20 + 4 + 40 + 4 + 20);
        flow->setGeometry(QRect(0, 0, 210, 100));
        QCOMPARE(flow->itemAt(0)->geometry(), QRect(0, 10, 100, 20)); // on the row's middle line
        QCOMPARE(flow->itemAt(2)->geometry(), QRect(0, 44, 100, 20));
    }

private:
    Theme m_theme{*qApp};
};

QTEST_MAIN(TestUiWidgets)
#include "tst_uiwidgets.moc"
