// SPDX-License-Identifier: GPL-3.0-or-later
#include <exchange/csvwriter.h>

namespace ioc {

namespace {

QString csvField(QString text, QChar delimiter)
{
    static const QString formulaStarts = QStringLiteral("=+-@\t\r");
    if (!text.isEmpty() && formulaStarts.contains(text.front())) {
        bool number = false;
        (void)text.toDouble(&number);
        if (!number)
            text.prepend(u'\'');
    }
    const bool quote = text.contains(u'"') || text.contains(delimiter) || text.contains(u'\n') || text.contains(u'\r');
    if (!quote)
        return text;
    text.replace(u'"', QStringLiteral("\"\""));
    return u'"' + text + u'"';
}

} // namespace

QByteArray csvLine(const QStringList &fields, QChar delimiter)
{
    QStringList out;
    out.reserve(fields.size());
    for (const QString &field : fields)
        out += csvField(field, delimiter);
    return out.join(delimiter).toUtf8() + "\r\n";
}

} // namespace ioc
