// SPDX-License-Identifier: GPL-3.0-or-later
// A program to look at: every shared widget and chart in the chosen theme.
//   gallery [--dark] [--tab 1] [--size 1366x768] [--save FILE.png]
#include <base/clock.h>
#include <charts/barchart.h>
#include <charts/indicatorcard.h>
#include <charts/timeserieschart.h>
#include <ui/cardframe.h>
#include <ui/emptystatewidget.h>
#include <ui/flowlayout.h>
#include <ui/iconset.h>
#include <ui/messagebar.h>
#include <ui/statuschip.h>
#include <ui/theme.h>

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QCommandLineParser>
#include <QDockWidget>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMainWindow>
#include <QMenuBar>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QRandomGenerator>
#include <QScrollArea>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QStatusBar>
#include <QTabWidget>
#include <QTableView>
#include <QTimer>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>

using namespace ioc;
using namespace Qt::StringLiterals;

namespace {

TimeSeriesData arrivals()
{
    TimeSeriesData data{ChartStep::Month, {}, {}, u"lượt"_s};
    QRandomGenerator random(7);
    const QStringList names{u"Hàn Quốc"_s, u"Trung Quốc"_s, u"Hoa Kỳ"_s, u"Nhật Bản"_s, u"Khác"_s};
    for (int i = 0; i < 18; ++i)
        data.starts << QDate(2024, 7, 1).addMonths(i);
    for (qsizetype s = 0; s < names.size(); ++s) {
        ChartSeries series{QString::number(s), names.at(s), {}, int(s)};
        for (int i = 0; i < 18; ++i)
            series.values << std::round(60'000.0 / double(s + 1) + 900.0 * i + random.bounded(9'000));
        data.series << series;
    }
    return data;
}

TimeSeriesData complaints()
{
    TimeSeriesData data{ChartStep::Day, {}, {}, {}};
    QRandomGenerator random(3);
    const QStringList names{u"Vệ sinh môi trường"_s, u"Giá cả, chèo kéo"_s, u"An ninh trật tự"_s,
                            u"Chất lượng dịch vụ"_s, u"Hạ tầng"_s};
    for (int i = 0; i < 30; ++i)
        data.starts << QDate(2026, 6, 10).addDays(i);
    for (qsizetype s = 0; s < names.size(); ++s) {
        ChartSeries series{QString::number(s), names.at(s), {}, int(s)};
        for (int i = 0; i < 30; ++i)
            series.values << double(random.bounded(3, 14 - int(s)));
        data.series << series;
    }
    return data;
}

QWidget *cards(const Theme &theme)
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    const qint64 now = SystemClock().nowMs();
    QList<IndicatorFigure> figures(6);
    figures[0] = {.id = u"open"_s, .label = u"Phản ánh đang mở"_s, .value = 1'284, .unit = u"phản ánh"_s,
                  .change = -0.082, .comparedWith = u"so với tuần trước"_s, .moreIsGood = false,
                  .history = {9, 8, 8.5, 7, 6, 6.4, 5}, .definition = u"Phản ánh chưa đóng"_s, .asOfMs = now};
    figures[1] = {.id = u"overdue"_s, .label = u"Quá hạn"_s, .value = 37, .unit = u"phản ánh"_s, .tone = Tone::Danger,
                  .change = 0.125, .comparedWith = u"so với tuần trước"_s, .moreIsGood = false,
                  .history = {3, 2, 4, 5, 4, 6, 7}, .asOfMs = now};
    figures[2] = {.id = u"ontime"_s, .label = u"Trả lời đúng hạn"_s, .kind = FigureKind::Percent, .value = 0.943,
                  .change = 0.021, .comparedWith = u"so với tháng trước"_s, .history = {90, 91, 93, 92, 94, 94.3}};
    figures[3] = {.id = u"arrivals"_s, .label = u"Lượt khách tháng này"_s, .kind = FigureKind::Compact,
                  .value = 1'246'800, .unit = u"lượt"_s, .change = 0.184, .comparedWith = u"so với cùng kỳ năm trước"_s,
                  .history = {5, 6, 7, 8, 8, 9, 11, 12}};
    figures[4] = {.id = u"income"_s, .label = u"Tổng thu từ khách du lịch"_s, .value = {},
                  .missingReason = u"Chưa có số liệu tháng này"_s};
    for (const IndicatorFigure &figure : figures) {
        auto *card = new IndicatorCard(theme, Format());
        if (!figure.id.isEmpty())
            card->setFigure(figure);
        layout->addWidget(card);
    }
    return row;
}

QTableView *queue(const Theme &theme, QWidget *parent)
{
    auto *model = new QStandardItemModel(0, 5, parent);
    model->setHorizontalHeaderLabels({u"Số"_s, u"Nội dung"_s, u"Đơn vị xử lý"_s, u"Thời hạn"_s, u"Trạng thái"_s});
    const QStringList texts{u"Taxi chèo kéo khách trước cổng Chợ Bến Thành"_s, u"Rác thải tại bến Bạch Đằng"_s,
                            u"Khách bị mất hộ chiếu ở phố đi bộ Nguyễn Huệ"_s, u"Thu phí gửi xe quá quy định"_s};
    const QStringList due{u"quá hạn 2 giờ"_s, u"còn 45 phút"_s, u"còn 3 giờ"_s, u"còn 2 ngày"_s};
    const QList<Tone> tones{Tone::Danger, Tone::Warning, Tone::Neutral, Tone::Muted};
    for (int i = 0; i < 40; ++i) {
        auto *clock = new QStandardItem(due.at(i % 4));
        clock->setForeground(theme.colour(tones.at(i % 4)));
        model->appendRow({new QStandardItem(u"PA-%1"_s.arg(20418 - i)), new QStandardItem(texts.at(i % 4)),
                          new QStandardItem(u"UBND phường Sài Gòn"_s), clock, new QStandardItem(u"Đang xử lý"_s)});
    }
    auto *table = new QTableView(parent);
    table->setModel(model);
    theme.dress(*table);
    table->setProperty("framed", false);
    table->horizontalHeader()->setStretchLastSection(true);
    table->setColumnWidth(1, 300);
    table->setColumnWidth(2, 160);
    table->setSortingEnabled(true);
    table->selectRow(1);
    return table;
}

QWidget *controls(const Theme &theme)
{
    auto *card = new CardFrame(theme);
    card->setTitle(u"Điều khiển"_s);
    auto *more = new QToolButton;
    more->setIcon(theme.icon(u"more"_s));
    card->addToTitle(more);
    auto *flow = new FlowLayout(nullptr, 8);
    auto *primary = new QPushButton(u"Tiếp nhận"_s);
    primary->setProperty("look", u"primary"_s);
    auto *flat = new QPushButton(u"Xem tất cả"_s);
    flat->setProperty("look", u"flat"_s);
    auto *danger = new QPushButton(u"Thu hồi"_s);
    danger->setProperty("look", u"danger"_s);
    auto *disabled = new QPushButton(theme.icon(u"forward"_s), u"Chuyển xử lý"_s);
    disabled->setEnabled(false);
    auto *combo = new QComboBox;
    combo->addItems({u"Tất cả trạng thái"_s, u"Đang xử lý"_s});
    auto *edit = new QLineEdit;
    edit->setPlaceholderText(u"Tìm địa điểm, phản ánh…"_s);
    edit->addAction(theme.icon(u"search"_s, Tone::Muted), QLineEdit::LeadingPosition);
    edit->setMinimumWidth(220);
    auto *check = new QCheckBox(u"Chỉ quá hạn"_s);
    check->setChecked(true);
    auto *radio = new QRadioButton(u"Theo tháng"_s);
    radio->setChecked(true);
    auto *bar = new QProgressBar;
    bar->setValue(60);
    bar->setFixedWidth(160);
    for (QWidget *widget : QList<QWidget *>{primary, new QPushButton(theme.icon(u"comment"_s), u"Bình luận"_s), flat,
                                            danger, disabled, combo, edit, new QSpinBox, check, radio, bar})
        flow->addWidget(widget);
    card->content()->addLayout(flow);
    auto *chips = new FlowLayout(nullptr, 6);
    const QList<std::pair<Tone, QString>> states{
        {Tone::Neutral, u"Mới"_s}, {Tone::Accent, u"Đang xử lý"_s}, {Tone::Good, u"Đã trả lời"_s},
        {Tone::Warning, u"Sắp quá hạn"_s}, {Tone::Danger, u"Quá hạn 3 ngày"_s}, {Tone::Info, u"Chờ bổ sung"_s},
        {Tone::Muted, u"Đã đóng"_s}};
    for (const auto &[tone, text] : states) {
        auto *chip = new StatusChip(theme);
        chip->setStatus(tone, text, tone == Tone::Danger ? u"clock"_s : QString());
        chips->addWidget(chip);
    }
    card->content()->addLayout(chips);
    auto *icons = new FlowLayout(nullptr, 2);
    const QStringList names = IconSet::names();
    for (const QString &name : names) {
        auto *button = new QToolButton;
        button->setIcon(theme.icon(name));
        button->setIconSize({20, 20});
        button->setToolTip(name);
        icons->addWidget(button);
    }
    card->content()->addLayout(icons);
    card->content()->addStretch();
    return card;
}

QDockWidget *dock(QMainWindow &window, Qt::DockWidgetArea area, const QString &title, QWidget *content)
{
    auto *dock = new QDockWidget(title, &window);
    auto *frame = new CardFrame(*qobject_cast<Theme *>(window.property("theme").value<QObject *>()));
    frame->setUnderTitleBar(true);
    frame->content()->addWidget(content);
    dock->setWidget(frame);
    window.addDockWidget(area, dock);
    return dock;
}

void fill(QMainWindow &window, const Theme &theme, QStringList &activations, int tab)
{
    auto *bar = window.addToolBar(u"Chính"_s);
    bar->setMovable(false);
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    bar->setIconSize({18, 18});
    bar->addAction(theme.icon(u"home"_s), u"Điều hành"_s)->setCheckable(true);
    bar->actions().constFirst()->setChecked(true);
    bar->addAction(theme.icon(u"complaint"_s), u"Phản ánh"_s);
    bar->addAction(theme.icon(u"table"_s), u"Danh mục"_s);
    bar->addSeparator();
    bar->addAction(theme.icon(u"refresh"_s), u"Làm mới"_s);
    bar->addAction(theme.icon(u"settings"_s), u"Cài đặt"_s)->setEnabled(false);
    window.menuBar()->addMenu(u"Hệ thống"_s)->addAction(u"Thoát"_s);
    window.menuBar()->addMenu(u"Xem"_s);

    auto *centre = new QWidget;
    auto *column = new QVBoxLayout(centre);
    column->setContentsMargins(6, 8, 6, 6);
    column->setSpacing(8);
    auto *message = new MessageBar(theme);
    message->say(Tone::Warning, u"Mất kết nối với máy chủ trung tâm. Bạn vẫn làm việc được; 12 thao tác sẽ được gửi khi có mạng."_s,
                 u"Thử lại"_s);
    column->addWidget(message);
    column->addWidget(cards(theme));
    auto *tabs = new QTabWidget;
    tabs->addTab(queue(theme, tabs), theme.icon(u"complaint"_s), u"Hàng đợi phản ánh"_s);
    auto *empty = new EmptyStateWidget(theme);
    empty->setContent(u"search"_s, u"Không có phản ánh nào khớp bộ lọc. Bỏ bớt điều kiện để xem thêm."_s, u"Xoá bộ lọc"_s);
    auto *split = new QWidget;
    auto *two = new QHBoxLayout(split);
    two->setContentsMargins(0, 0, 0, 0);
    two->addWidget(tabs, 3);
    auto *emptyCard = new CardFrame(theme);
    emptyCard->content()->addWidget(empty);
    two->addWidget(emptyCard, 1);
    column->addWidget(split, 1);
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setWidget(controls(theme));
    tabs->addTab(scroll, theme.icon(u"settings"_s), u"Điều khiển"_s);
    tabs->setCurrentIndex(tab);
    window.setCentralWidget(centre);

    auto *months = new TimeSeriesChart(theme, Format(), TimeSeriesLook::StackedBars);
    months->setData(arrivals());
    QObject::connect(months, &TimeSeriesChart::pointActivated, &window,
                     [&activations](const QString &id, qint64 from, qint64) { activations << id + Format().date(from); });
    dock(window, Qt::RightDockWidgetArea, u"Lượt khách theo tháng và thị trường"_s, months);
    auto *lines = new TimeSeriesChart(theme, Format(), TimeSeriesLook::Lines);
    lines->setData(arrivals());
    dock(window, Qt::RightDockWidgetArea, u"Lượt khách theo tháng (đường)"_s, lines);
    auto *days = new TimeSeriesChart(theme, Format(), TimeSeriesLook::StackedBars);
    days->setData(complaints());
    dock(window, Qt::RightDockWidgetArea, u"Phản ánh theo ngày và lĩnh vực"_s, days);
    auto *bars = new BarChart(theme, Format());
    bars->setData({{u"a"_s, u"Vệ sinh môi trường"_s, 412}, {u"b"_s, u"Giá cả, chèo kéo khách du lịch"_s, 287},
                   {u"c"_s, u"An ninh trật tự"_s, 164}, {u"d"_s, u"Chất lượng dịch vụ"_s, 98},
                   {u"e"_s, u"Hạ tầng giao thông"_s, 31}});
    dock(window, Qt::RightDockWidgetArea, u"Phản ánh theo lĩnh vực"_s, bars);

    auto *chip = new StatusChip(theme);
    chip->setStatus(Tone::Good, u"Đã kết nối"_s, u"online"_s);
    window.statusBar()->addWidget(chip);
    window.statusBar()->addWidget(new QLabel(u"Đồng bộ lần cuối: 5 phút trước"_s));
    window.statusBar()->addPermanentWidget(new QLabel(u"Nguyễn Thị Ánh · 14:32"_s));
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addOptions({{u"dark"_s, u"Dark theme"_s},
                       {u"size"_s, u"Window size"_s, u"WxH"_s, u"1920x1080"_s},
                       {u"tab"_s, u"Page of the middle"_s, u"number"_s, u"0"_s},
                       {u"save"_s, u"Save a picture and quit"_s, u"file"_s}});
    parser.addHelpOption();
    parser.process(app);

    Theme theme(app);
    theme.setDark(parser.isSet(u"dark"_s));
    QMainWindow window;
    window.setProperty("theme", QVariant::fromValue<QObject *>(&theme));
    QStringList activations;
    fill(window, theme, activations, parser.value(u"tab"_s).toInt());
    const QStringList size = parser.value(u"size"_s).split(u'x');
    window.resize(size.value(0).toInt(), size.value(1).toInt());
    window.show();
    if (parser.isSet(u"save"_s)) {
        QTimer::singleShot(500, &window, [&] {
            window.grab().save(parser.value(u"save"_s));
            app.quit();
        });
    }
    return app.exec();
}
