// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <demo/demoplaces.h>
#include <demo/demorandom.h>

#include <QJsonObject>
#include <QStringList>

namespace ioc {

/// What somebody reports, in words.
struct ComplaintText
{
    QString category;
    QString priority;
    QString channel;
    QString title;
    QString description;
    QString unitCode; ///< of the unit that is competent
    QStringList answers;
    DemoPlace place;
    QString reporterName;
    QString reporterPhone;
    QString reporterCountry;
};

/// Composes complaints from the templates of resources/demo/complaints.json: a matter that fits the place, an opening, a wish.
class ComplaintPhrases
{
public:
    static Result<ComplaintPhrases> load();

    /// A complaint about something that happened some time before \a receivedMs.
    [[nodiscard]] ComplaintText compose(DemoRandom &random, qint64 receivedMs) const;
    [[nodiscard]] const QStringList &comments() const { return m_comments; }
    [[nodiscard]] const QStringList &extensionReasons() const { return m_extensionReasons; }
    [[nodiscard]] const QList<int> &hours() const { return m_hours; }
    [[nodiscard]] const QList<int> &weekdays() const { return m_weekdays; }

private:
    using Weighted = QList<std::pair<QString, int>>;
    struct Template
    {
        QString title;
        QString text;
        QString unitCode;
        QList<qsizetype> places; ///< that it fits
    };
    struct Category
    {
        QString code;
        QString unitCode;
        Weighted priorities;
        QList<Template> templates;
        QStringList items;
        QStringList answers;
        QStringList wishes;
    };
    struct Reporter
    {
        QString country;
        QStringList names;
        QString phone; ///< with # for digits; numbers kept free for fiction where a country has such
        qint64 phoneBase = 0;
        qint64 phoneSpan = 10'000;
    };
    static Weighted weighted(const QJsonObject &object);
    static const QString &pick(const Weighted &list, DemoRandom &random);
    void readCategory(const QJsonObject &object);
    void readReporter(const QJsonObject &object);

    QList<DemoPlace> m_places;
    Weighted m_channels;
    Weighted m_categoryWeights; // by position in m_categories, as text
    QList<Category> m_categories;
    Weighted m_reporterWeights;
    QList<Reporter> m_reporters;
    QStringList m_openings;
    QStringList m_comments;
    QStringList m_extensionReasons;
    QList<int> m_hours;
    QList<int> m_weekdays;
};

} // namespace ioc
