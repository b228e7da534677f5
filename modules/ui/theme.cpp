// SPDX-License-Identifier: GPL-3.0-or-later
#include <ui/theme.h>

#include <ui/rowdelegate.h>
#include <ui/themecolours.h>

#include <QApplication>
#include <QFile>
#include <QHeaderView>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QStyleFactory>
#include <QStyleHints>
#include <QTableView>

namespace ioc {

using namespace Qt::StringLiterals;

namespace {

/// Looks the colour up at the moment of drawing, so that an icon once set follows the theme.
class ThemedIconEngine final : public QIconEngine
{
public:
    ThemedIconEngine(QString name, Tone tone, bool onAccent, std::shared_ptr<ThemeColours> colours)
        : m_name(std::move(name)), m_tone(tone), m_onAccent(onAccent), m_colours(std::move(colours))
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const int side = std::min(rect.width(), rect.height());
        const QPoint corner = rect.topLeft() + QPoint((rect.width() - side) / 2, (rect.height() - side) / 2);
        painter->drawPixmap(corner, drawn(side, painter->device()->devicePixelRatio(), mode, state));
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return drawn(std::min(size.width(), size.height()), 1.0, mode, state);
    }
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, qreal scale) override
    {
        return drawn(std::min(size.width(), size.height()), scale, mode, state);
    }
    QSize actualSize(const QSize &size, QIcon::Mode, QIcon::State) override
    {
        const int side = std::min(size.width(), size.height());
        return {side, side};
    }
    QIconEngine *clone() const override { return new ThemedIconEngine(*this); }
    QString key() const override { return u"ioc-themed"_s; }
    QString iconName() override { return m_name; }
    bool isNull() override { return false; }

private:
    QPixmap drawn(int side, qreal scale, QIcon::Mode mode, QIcon::State state) const
    {
        QColor colour = m_colours->tones[size_t(m_tone)].text;
        if (mode == QIcon::Disabled)
            colour = m_colours->surfaces[size_t(Surface::DisabledText)];
        else if (m_onAccent)
            colour = m_colours->surfaces[size_t(Surface::OnAccent)];
        else if (state == QIcon::On && m_tone == Tone::Neutral)
            colour = m_colours->tones[size_t(Tone::Accent)].text;
        return m_colours->icons.pixmap(m_name, side, scale, colour);
    }

    QString m_name;
    Tone m_tone;
    bool m_onAccent;
    std::shared_ptr<ThemeColours> m_colours;
};

QPalette paletteOf(const ThemeColours &colours)
{
    const auto colour = [&colours](Surface surface) { return colours.surfaces[size_t(surface)]; };
    QPalette palette;
    palette.setColor(QPalette::Window, colour(Surface::Window));
    palette.setColor(QPalette::WindowText, colour(Surface::Text));
    palette.setColor(QPalette::Base, colour(Surface::Surface));
    palette.setColor(QPalette::AlternateBase, colour(Surface::Sunken));
    palette.setColor(QPalette::Text, colour(Surface::Text));
    palette.setColor(QPalette::PlaceholderText, colour(Surface::MutedText));
    palette.setColor(QPalette::Button, colour(Surface::Raised));
    palette.setColor(QPalette::ButtonText, colour(Surface::Text));
    palette.setColor(QPalette::BrightText, colours.tones[size_t(Tone::Danger)].text);
    palette.setColor(QPalette::Light, colour(Surface::Raised));
    palette.setColor(QPalette::Midlight, colour(Surface::Hover));
    palette.setColor(QPalette::Mid, colour(Surface::Border));
    palette.setColor(QPalette::Dark, colour(Surface::BorderStrong));
    palette.setColor(QPalette::Shadow, colour(Surface::BorderStrong));
    palette.setColor(QPalette::Highlight, colour(Surface::Selection));
    palette.setColor(QPalette::HighlightedText, colour(Surface::SelectionText));
    palette.setColor(QPalette::Accent, colour(Surface::Accent));
    palette.setColor(QPalette::Link, colours.tones[size_t(Tone::Accent)].text);
    palette.setColor(QPalette::LinkVisited, colours.tones[size_t(Tone::Accent)].text);
    palette.setColor(QPalette::ToolTipBase, colour(Surface::Tooltip));
    palette.setColor(QPalette::ToolTipText, colour(Surface::TooltipText));
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, colour(Surface::DisabledText));
    return palette;
}

} // namespace

Theme::Theme(QApplication &app, QObject *parent)
    : QObject(parent), m_app(app), m_colours(std::make_shared<ThemeColours>())
{
    m_app.setStyle(QStyleFactory::create(u"Fusion"_s));
    connect(m_app.styleHints(), &QStyleHints::colorSchemeChanged, this, &Theme::followSystem);
    apply(m_app.styleHints()->colorScheme() == Qt::ColorScheme::Dark);
    m_app.setFont(font(FontRole::Body));
    m_app.setWindowIcon(appIcon());
}

Theme::~Theme() = default;

void Theme::setMode(Mode mode)
{
    m_mode = mode;
    // Tells the platform too, so that window frames and native dialogs match.
    if (mode == Mode::System) {
        m_app.styleHints()->unsetColorScheme();
        followSystem();
        return;
    }
    m_app.styleHints()->setColorScheme(mode == Mode::Dark ? Qt::ColorScheme::Dark : Qt::ColorScheme::Light);
    if (m_dark != (mode == Mode::Dark))
        apply(mode == Mode::Dark);
}

void Theme::followSystem()
{
    const bool dark = m_app.styleHints()->colorScheme() == Qt::ColorScheme::Dark;
    if (m_mode == Mode::System && dark != m_dark)
        apply(dark);
}

void Theme::apply(bool dark)
{
    m_dark = dark;
    m_colours->load(dark ? u":/ioc/themes/dark.json"_s : u":/ioc/themes/light.json"_s);
    m_app.setPalette(paletteOf(*m_colours));
    m_app.setStyleSheet(styleSheet());
    Q_EMIT changed();
}

QColor Theme::colour(Tone tone) const
{
    return m_colours->tones[size_t(tone)].text;
}

QColor Theme::background(Tone tone) const
{
    return m_colours->tones[size_t(tone)].background;
}

QColor Theme::colour(Surface surface) const
{
    return m_colours->surfaces[size_t(surface)];
}

QColor Theme::category(int index) const
{
    return m_colours->categories.at(index % m_colours->categories.size());
}

QFont Theme::font(FontRole role) const
{
    QFont font(QStringList{u"Noto Sans"_s, u"Segoe UI"_s, u"sans-serif"_s});
    font.setFeature("tnum", 1);
    font.setPixelSize(13);
    switch (role) {
    case FontRole::Body:
        break;
    case FontRole::Strong:
        font.setWeight(QFont::DemiBold);
        break;
    case FontRole::Small:
        font.setPixelSize(11);
        break;
    case FontRole::Heading:
        font.setPixelSize(14);
        font.setWeight(QFont::DemiBold);
        break;
    case FontRole::Title:
        font.setPixelSize(17);
        font.setWeight(QFont::DemiBold);
        break;
    case FontRole::Figure:
        font.setPixelSize(26);
        font.setWeight(QFont::DemiBold);
        break;
    }
    return font;
}

QIcon Theme::icon(const QString &name, Tone tone) const
{
    return QIcon(new ThemedIconEngine(name, tone, false, m_colours));
}

QIcon Theme::iconOnAccent(const QString &name) const
{
    return QIcon(new ThemedIconEngine(name, Tone::Neutral, true, m_colours));
}

QPixmap Theme::pixmap(const QString &name, int side, qreal devicePixelRatio, const QColor &colour) const
{
    return m_colours->icons.pixmap(name, side, devicePixelRatio, colour);
}

QIcon Theme::appIcon()
{
    return QIcon(u":/ioc/icons/app.svg"_s);
}

void Theme::dress(QTableView &table) const
{
    table.setShowGrid(false);
    table.setWordWrap(false);
    table.setItemDelegate(new RowDelegate(*this, &table));
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    table.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table.verticalHeader()->hide();
    table.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table.verticalHeader()->setDefaultSectionSize(rowHeight);
    table.horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table.horizontalHeader()->setHighlightSections(false);
    table.horizontalHeader()->setFixedHeight(rowHeight);
}

QString Theme::styleSheet(QStringList *undefined) const
{
    QFile file(u":/ioc/themes/controlroom.qss"_s);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("the style sheet is not built in");
    const QString text = QString::fromUtf8(file.readAll());
    QString sheet;
    sheet.reserve(text.size());
    for (qsizetype at = 0; at < text.size();) {
        const qsizetype token = text.indexOf(u'@', at);
        sheet += QStringView(text).mid(at, token < 0 ? -1 : token - at);
        if (token < 0)
            break;
        at = token + 1;
        while (at < text.size() && text.at(at).isLetter())
            ++at;
        const QString name = text.mid(token + 1, at - token - 1);
        if (name == u"modeName")
            sheet += m_dark ? u"dark" : u"light";
        else if (m_colours->named.contains(name))
            sheet += m_colours->named.value(name).name();
        else if (undefined && name != u"name") // "@name" stands in the sheet's own comment
            undefined->append(name);
    }
    return sheet;
}

} // namespace ioc
