// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QRegularExpression>
#include <QTest>
#include <QXmlStreamReader>

/// Every string has its translation, and a translation has the places (%1, %n) that its source has.
class TestTranslations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void complete_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("Vietnamese") << QStringLiteral("vi");
        QTest::newRow("English plurals") << QStringLiteral("en");
    }

    void complete()
    {
        QFETCH(QString, language);
        QFile file(QStringLiteral(IOC_SOURCE_DIR "/translations/tourism-ioc_%1.ts").arg(language));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QXmlStreamReader xml(&file);
        QString source;
        int messages = 0;
        while (!xml.atEnd()) {
            xml.readNext();
            if (!xml.isStartElement())
                continue;
            if (xml.name() == u"source")
                source = xml.readElementText();
            if (xml.name() != u"translation")
                continue;
            ++messages;
            const QString problem = QStringLiteral("%1: %2").arg(language, source);
            QVERIFY2(xml.attributes().value(QStringLiteral("type")) != u"unfinished", qUtf8Printable(problem));
            const QString text = xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed();
            QVERIFY2(!text.isEmpty(), qUtf8Printable(problem));
            static const QRegularExpression place(QStringLiteral("%[0-9]"));
            auto match = place.globalMatch(source);
            while (match.hasNext())
                QVERIFY2(text.contains(match.next().captured()), qUtf8Printable(problem));
        }
        QVERIFY(!xml.hasError());
        QVERIFY(messages > 0);
    }
};

QTEST_GUILESS_MAIN(TestTranslations)
#include "tst_translations.moc"
