// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/format.h>
#include <ui/theme.h>

#include <QList>
#include <QWidget>

#include <optional>

namespace ioc {

/// How an indicator's value is written.
enum class FigureKind { Number, Compact, Percent, Money };

/// What one indicator card shows.
struct IndicatorFigure
{
    QString id = {};
    QString label = {};
    FigureKind kind = FigureKind::Number;
    std::optional<double> value = {}; ///< a percentage as a ratio; none: no data
    QString unit = {};                ///< after the value, may be empty
    QString missingReason = {};       ///< why there is no value
    Tone tone = Tone::Neutral;   ///< of the value itself, for example danger for overdue ones

    std::optional<double> change = {}; ///< as a ratio against the period compared with: 0.125 is 12.5 % more
    QString comparedWith = {};         ///< "than last year"
    bool moreIsGood = true;
    bool changeIsNeutral = false; ///< neither more nor less is better

    QList<double> history = {}; ///< oldest first, for the small curve; fewer than two: none
    QString definition = {};    ///< what is counted and how, for the tooltip
    qint64 asOfMs = 0;     ///< when it was computed (UTC); 0: unknown
};

/// One indicator: label, value, change against another period, recent course. Click or Enter opens it.
class IndicatorCard : public QWidget
{
    Q_OBJECT

public:
    enum class State { Loading, Ready, NoData };

    /// Shows a skeleton until the first figure. \a theme must outlive the card.
    IndicatorCard(const Theme &theme, const Format &format, QWidget *parent = nullptr);

    void setFigure(const IndicatorFigure &figure);
    void setLoading();
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const IndicatorFigure &figure() const { return m_figure; }
    /// The value as shown, without its unit; "—" where there is none.
    [[nodiscard]] QString valueText() const;
    /// The change as shown, such as "12,5 % than last year"; its arrow is drawn. Empty where there is none.
    [[nodiscard]] QString changeText() const;
    /// What the change means: good, danger, or muted when it says nothing.
    [[nodiscard]] Tone changeTone() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    /// A narrow card writes its label in several lines.
    [[nodiscard]] int heightForWidth(int width) const override;

Q_SIGNALS:
    void activated(const QString &id);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void paintSkeleton(QPainter &painter) const;
    void paintFigure(QPainter &painter, const QRect &room) const;
    void paintFoot(QPainter &painter, const QRect &room) const;
    void paintHistory(QPainter &painter, const QRectF &room) const;
    [[nodiscard]] QString explanation() const;
    [[nodiscard]] int neededWidth() const;
    [[nodiscard]] int labelHeight(int room) const;
    [[nodiscard]] bool hasRoomForUnit(int room) const;
    [[nodiscard]] QString asOfText(int room) const;
    void describe();

    const Theme &m_theme;
    Format m_format;
    IndicatorFigure m_figure;
    State m_state = State::Loading;
};

} // namespace ioc
