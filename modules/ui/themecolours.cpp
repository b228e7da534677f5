// SPDX-License-Identifier: GPL-3.0-or-later
#include <ui/themecolours.h>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace ioc {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array<QLatin1StringView, size_t(Surface::TooltipText) + 1> surfaceNames{
    "window"_L1,    "surface"_L1,   "raised"_L1,       "sunken"_L1, "hover"_L1,    "border"_L1,
    "borderStrong"_L1, "text"_L1,   "mutedText"_L1,    "disabledText"_L1, "accent"_L1, "onAccent"_L1,
    "selection"_L1, "selectionText"_L1, "focus"_L1,    "tooltip"_L1, "tooltipText"_L1};

constexpr std::array<QLatin1StringView, size_t(Tone::Muted) + 1> toneNames{
    "neutral"_L1, "accent"_L1, "good"_L1, "warning"_L1, "danger"_L1, "info"_L1, "muted"_L1};

} // namespace

void ThemeColours::load(const QString &fileName)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("theme %s is not built in", qUtf8Printable(fileName));
    const QJsonObject theme = QJsonDocument::fromJson(file.readAll()).object();

    named.clear();
    const QJsonObject colours = theme["colours"_L1].toObject();
    for (auto it = colours.begin(); it != colours.end(); ++it)
        named.insert(it.key(), QColor::fromString(it->toString()));
    for (size_t i = 0; i < surfaces.size(); ++i)
        surfaces[i] = named.value(surfaceNames[i]);

    const QJsonObject tonePairs = theme["tones"_L1].toObject();
    for (size_t i = 0; i < tones.size(); ++i) {
        const QJsonObject pair = tonePairs[toneNames[i]].toObject();
        tones[i] = {QColor::fromString(pair["text"_L1].toString()), QColor::fromString(pair["background"_L1].toString())};
        named.insert(toneNames[i] + "Text"_L1, tones[i].text);
        named.insert(toneNames[i] + "Background"_L1, tones[i].background);
    }
    categories.clear();
    const QJsonArray list = theme["categories"_L1].toArray();
    for (const QJsonValue &value : list)
        categories << QColor::fromString(value.toString());
}

} // namespace ioc
