// SPDX-License-Identifier: GPL-3.0-or-later
#include <ui/iconset.h>
#include <ui/theme.h>

#include <QApplication>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <array>
#include <cmath>

using namespace ioc;
using namespace Qt::StringLiterals;

namespace {

constexpr std::array allTones{Tone::Neutral, Tone::Accent, Tone::Good, Tone::Warning, Tone::Danger, Tone::Info, Tone::Muted};

using Linear = std::array<double, 3>;

Linear linear(const QColor &colour)
{
    const auto one = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return {one(colour.redF()), one(colour.greenF()), one(colour.blueF())};
}

double luminance(const Linear &c)
{
    return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
}

/// WCAG 2 contrast ratio.
double contrast(const QColor &a, const QColor &b)
{
    const double x = luminance(linear(a)) + 0.05;
    const double y = luminance(linear(b)) + 0.05;
    return std::max(x, y) / std::min(x, y);
}

/// CIE L*a*b* of linear sRGB, D65.
Linear lab(const Linear &c)
{
    const auto f = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116; };
    const double x = f((0.4124 * c[0] + 0.3576 * c[1] + 0.1805 * c[2]) / 0.9505);
    const double y = f(luminance(c));
    const double z = f((0.0193 * c[0] + 0.1192 * c[1] + 0.9505 * c[2]) / 1.089);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

/// As a dichromat sees it (Viénot, Brettel and Mollon 1999): red and green fall together.
Linear protanope(const Linear &c)
{
    const double rg = 0.11238 * c[0] + 0.88762 * c[1];
    return {rg, rg, std::clamp(0.00401 * c[0] - 0.00401 * c[1] + c[2], 0.0, 1.0)};
}

Linear deuteranope(const Linear &c)
{
    const double rg = 0.29275 * c[0] + 0.70725 * c[1];
    return {rg, rg, std::clamp(-0.02234 * c[0] + 0.02234 * c[1] + c[2], 0.0, 1.0)};
}

double distance(const Linear &a, const Linear &b)
{
    const Linear x = lab(a);
    const Linear y = lab(b);
    return std::hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]);
}

} // namespace

/// Colours that can be read and told apart, icons that are there, and a switch that reaches everything.
class TestTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void themes_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }

    void textCanBeRead_data() { themes_data(); }
    void textCanBeRead()
    {
        QFETCH(bool, dark);
        Theme theme(*qApp);
        theme.setDark(dark);
        for (const Tone tone : allTones) {
            const QColor text = theme.colour(tone);
            for (const QColor &behind : {theme.background(tone), theme.colour(Surface::Surface), theme.colour(Surface::Window)})
                QVERIFY2(contrast(text, behind) >= 4.5, qPrintable(text.name() + u" on "_s + behind.name()));
        }
        const QList<std::pair<Surface, Surface>> pairs{{Surface::Text, Surface::Surface}, {Surface::Text, Surface::Window},
                               {Surface::Text, Surface::Hover}, {Surface::MutedText, Surface::Surface},
                               {Surface::MutedText, Surface::Window}, {Surface::OnAccent, Surface::Accent},
                               {Surface::SelectionText, Surface::Selection}, {Surface::TooltipText, Surface::Tooltip}};
        for (const auto &[text, behind] : pairs)
            QVERIFY2(contrast(theme.colour(text), theme.colour(behind)) >= 4.5, qPrintable(theme.colour(behind).name()));
        // The focus ring is a graphic: 3:1.
        QVERIFY(contrast(theme.colour(Surface::Focus), theme.colour(Surface::Surface)) >= 3.0);
    }

    void categoriesCanBeToldApart_data() { themes_data(); }
    void categoriesCanBeToldApart()
    {
        QFETCH(bool, dark);
        Theme theme(*qApp);
        theme.setDark(dark);
        for (int i = 0; i < Theme::categoryCount; ++i) {
            const Linear a = linear(theme.category(i));
            QVERIFY2(contrast(theme.category(i), theme.colour(Surface::Surface)) >= 3.0, qPrintable(theme.category(i).name()));
            for (int j = 0; j < i; ++j) {
                const Linear b = linear(theme.category(j));
                const QString pair = theme.category(i).name() + u" and "_s + theme.category(j).name();
                QVERIFY2(distance(a, b) >= 15, qPrintable(pair));
                QVERIFY2(distance(protanope(a), protanope(b)) >= 10, qPrintable(pair));
                QVERIFY2(distance(deuteranope(a), deuteranope(b)) >= 10, qPrintable(pair));
            }
        }
        QCOMPARE(theme.category(Theme::categoryCount), theme.category(0));
    }

    void styleSheetIsWhole_data() { themes_data(); }
    void styleSheetIsWhole()
    {
        QFETCH(bool, dark);
        Theme theme(*qApp);
        theme.setDark(dark);
        QStringList undefined;
        const QString sheet = theme.styleSheet(&undefined);
        QCOMPARE(undefined, QStringList());
        QVERIFY(sheet.contains(theme.colour(Surface::Accent).name()));
        QCOMPARE(sheet.count(u'{'), sheet.count(u'}'));
    }

    void everyIconShowsSomething()
    {
        const QStringList names = IconSet::names();
        for (const char *needed :
             {"lodging", "travel_firm", "guide", "attraction", "certified_facility", "product", "event", "camera",
              "complaint", "unit", "indicator", "account", "timeline", "search", "filter", "sort", "refresh", "sync",
              "offline", "online", "warning", "check", "clock", "undo", "forward", "comment", "answer", "close", "accept",
              "still", "enlarge", "layers", "legend", "plus", "minus", "home", "settings", "theme", "language", "user",
              "outbox", "quarantine", "conflict", "map", "chart", "table", "export", "import"})
            QVERIFY2(names.contains(QLatin1StringView(needed)), needed);
        QSet<QByteArray> pictures;
        for (const QString &name : names) {
            const QImage image = IconSet::draw(name, 24, Qt::red);
            int drawn = 0;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x) {
                    const QColor pixel = image.pixelColor(x, y);
                    drawn += pixel.alpha() > 128 ? 1 : 0;
                    QVERIFY(pixel.alpha() == 0 || (pixel.green() == 0 && pixel.blue() == 0));
                }
            }
            QVERIFY2(drawn >= 8, qPrintable(name));
            QVERIFY2(drawn < 24 * 24 / 2, qPrintable(name));
            pictures.insert(QByteArray(reinterpret_cast<const char *>(image.constBits()), image.sizeInBytes()));
        }
        QCOMPARE(pictures.size(), names.size()); // no two alike
        QVERIFY(IconSet::draw(u"no such icon"_s, 24, Qt::red).isNull());
        QVERIFY(!Theme::appIcon().pixmap(64).isNull());
    }

    void iconsFollowTheTheme()
    {
        Theme theme(*qApp);
        theme.setDark(false);
        const QIcon icon = theme.icon(u"minus"_s, Tone::Danger);
        const auto middle = [&icon](qreal scale) {
            const QPixmap pixmap = icon.pixmap(QSize(24, 24), scale);
            return pixmap.toImage().pixelColor(pixmap.width() / 2, pixmap.height() / 2);
        };
        QCOMPARE(icon.pixmap(QSize(24, 24), 2.0).size(), QSize(48, 48));
        QCOMPARE(middle(2.0), theme.colour(Tone::Danger));
        theme.setDark(true);
        QCOMPARE(middle(2.0), theme.colour(Tone::Danger));
        QCOMPARE(icon.pixmap(QSize(24, 24), 2.0, QIcon::Disabled).toImage().pixelColor(24, 24),
                 theme.colour(Surface::DisabledText));
    }

    void switchingReachesWhatIsShown()
    {
        Theme theme(*qApp);
        theme.setDark(false);
        QPushButton button(u"Tiếp nhận"_s);
        button.setProperty("look", u"primary"_s);
        button.resize(120, 40);
        button.show();
        QVERIFY(QTest::qWaitForWindowExposed(&button));
        QCOMPARE(button.grab().toImage().pixelColor(8, 20), theme.colour(Surface::Accent));
        QSignalSpy changed(&theme, &Theme::changed);
        const QColor before = theme.colour(Surface::Accent);
        theme.setDark(true);
        QCOMPARE(changed.size(), 1);
        QVERIFY(theme.isDark());
        QVERIFY(theme.colour(Surface::Accent) != before);
        QCOMPARE(button.grab().toImage().pixelColor(8, 20), theme.colour(Surface::Accent));
        QCOMPARE(qApp->palette().color(QPalette::Window), theme.colour(Surface::Window));
        theme.setDark(true);
        QCOMPARE(changed.size(), 1); // nothing to do
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
