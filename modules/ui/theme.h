// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QObject>
#include <QPixmap>

#include <memory>

class QAbstractItemView;
class QApplication;
class QTableView;

namespace ioc {

class IconSet;
struct ThemeColours;

/// What a colour means. Text and background of a tone meet WCAG AA (4.5:1) with each other, and the
/// text also on window and surface.
enum class Tone { Neutral, Accent, Good, Warning, Danger, Info, Muted };

/// The parts of the screen that have a colour of their own.
enum class Surface { Window, Surface, Raised, Sunken, Hover, Border, BorderStrong, Text, MutedText, DisabledText,
                     Accent, OnAccent, Selection, SelectionText, Focus, Tooltip, TooltipText };

enum class Space { Tiny = 2, Small = 4, Medium = 8, Large = 12, Huge = 16 };

enum class FontRole { Body, Strong, Small, Heading, Title, Figure };

/// The look of the whole program: style, palette, style sheet, fonts, icons and the colours that widgets
/// paint with. One object, made in main and handed on; it must outlive the widgets that hold it.
class Theme : public QObject
{
    Q_OBJECT

public:
    enum class Mode { System, Light, Dark };
    Q_ENUM(Mode)

    /// Dresses \a app, following the system's light or dark at first.
    explicit Theme(QApplication &app, QObject *parent = nullptr);
    ~Theme() override;

    /// Follows the system or keeps to one; remembering the choice is the caller's.
    void setMode(Mode mode);
    void setDark(bool dark) { setMode(dark ? Mode::Dark : Mode::Light); }
    [[nodiscard]] Mode mode() const { return m_mode; }
    [[nodiscard]] bool isDark() const { return m_dark; }

    /// Colour of text and icons in \a tone, readable on window, surface and background(tone).
    [[nodiscard]] QColor colour(Tone tone) const;
    [[nodiscard]] QColor background(Tone tone) const;
    [[nodiscard]] QColor colour(Surface surface) const;
    /// One of categoryCount colours that people with colour vision deficiencies can tell apart; wraps around.
    [[nodiscard]] QColor category(int index) const;
    static constexpr int categoryCount = 8;

    /// The product's font; digits are of equal width.
    [[nodiscard]] QFont font(FontRole role) const;
    [[nodiscard]] static constexpr int spacing(Space space) { return int(space); }
    /// Height of a table's row in logical pixels.
    static constexpr int rowHeight = 30;

    /// The icon called \a name (resources/icons). It follows the theme by itself: no need to set it again.
    [[nodiscard]] QIcon icon(const QString &name, Tone tone = Tone::Neutral) const;
    /// As icon(), for a button whose look is "primary".
    [[nodiscard]] QIcon iconOnAccent(const QString &name) const;
    [[nodiscard]] QPixmap pixmap(const QString &name, int side, qreal devicePixelRatio, const QColor &colour) const;
    [[nodiscard]] static QIcon appIcon();

    /// Gives \a table the product's rows: height, thin lines, no row numbers.
    void dress(QTableView &table) const;

    /// The style sheet as applied, and the tokens in it that no theme file defines (a fault).
    [[nodiscard]] QString styleSheet(QStringList *undefined = nullptr) const;

Q_SIGNALS:
    /// Light became dark or back; palette and style sheet are already set.
    void changed();

private:
    void followSystem();
    void apply(bool dark);

    QApplication &m_app;
    std::shared_ptr<ThemeColours> m_colours;
    Mode m_mode = Mode::System;
    bool m_dark = false;
};

} // namespace ioc
