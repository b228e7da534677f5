// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/textfold.h>
#include <exchange/importid.h>
#include <exchange/rowreader.h>
#include <records/fieldtext.h>
#include <records/validation.h>

#include <QCborArray>
#include <QCoreApplication>

namespace ioc {

namespace {

/// Where the translations of this file stand.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Exchange)
};

// "{year}-{month:2}" with what \a valueOf gives for each name.
QString filledIn(const QString &text, const std::function<QString(const QString &)> &valueOf)
{
    static const QRegularExpression slot(QStringLiteral(R"(\{([^{}:]+)(?::(\d))?\})"));
    QString out;
    qsizetype done = 0;
    for (auto match = slot.globalMatch(text); match.hasNext();) {
        const auto found = match.next();
        out += QStringView(text).sliced(done, found.capturedStart() - done);
        out += valueOf(found.captured(1)).rightJustified(found.captured(2).toInt(), u'0');
        done = found.capturedEnd();
    }
    out += QStringView(text).sliced(done);
    return out;
}

// A coordinate as spreadsheets write it: 10.7769, 10,7769, 10.7769°.
Result<double> coordinate(const QString &text)
{
    QString plain = text;
    plain.remove(u'°').replace(u',', u'.');
    bool ok = false;
    const double value = plain.trimmed().toDouble(&ok);
    if (!ok)
        return failure(ErrorCode::InvalidInput, Words::tr("“%1” is not a coordinate. Write degrees like 10.7769.").arg(text.left(60)));
    return value;
}

} // namespace

RowReader::RowReader(const RecordType &type, const ImportMapping &mapping, const QStringList &header, Exists exists)
    : m_type(&type), m_mapping(mapping), m_header(header), m_exists(std::move(exists))
{
    for (qsizetype i = header.size(); i-- > 0;) // the first of two columns with one name counts
        m_columns.insert(folded(header[i]), i);
}

Result<RowReader> RowReader::create(const RecordType &type, const ImportMapping &mapping, const QStringList &header, Exists exists)
{
    RowReader out(type, mapping, header, std::move(exists));
    const QStringList wanted = out.columns();
    for (const QString &column : wanted) {
        if (!out.m_columns.contains(folded(column)))
            return failure(ErrorCode::InvalidInput, Words::tr("The file has no column “%1”, which the mapping asks for. Its columns are: %2.")
                                                        .arg(column, header.join(QStringLiteral(", ")).left(500)));
    }
    return out;
}

QStringList RowReader::columns() const
{
    QStringList out = m_mapping.key;
    for (const RowCondition &condition : m_mapping.where)
        out += condition.column;
    for (const FieldRule &rule : m_mapping.fields)
        out += rule.columns;
    out.removeDuplicates();
    return out;
}

QString RowReader::cell(const QStringList &row, const QString &column) const
{
    return normalised(row.value(m_columns.value(folded(column), -1)));
}

bool RowReader::takes(const QStringList &row) const
{
    return std::ranges::all_of(m_mapping.where, [&](const RowCondition &condition) {
        const QString value = cell(row, condition.column);
        return condition.is.isEmpty() ? !condition.isNot.contains(value) : condition.is.contains(value);
    });
}

Result<QString> RowReader::source(const FieldRule &rule, const Field &field, const QStringList &row) const
{
    if (rule.columns.isEmpty())
        return rule.constant;
    const QString first = cell(row, rule.columns.front());
    if (!rule.pattern.isEmpty() && !first.isEmpty()) {
        const auto match = rule.expression.match(first);
        if (!match.hasMatch())
            return failure(ErrorCode::InvalidInput, Words::tr("“%1” is not written as expected.").arg(first.left(60)));
        return filledIn(rule.text.isEmpty() ? QStringLiteral("{value}") : rule.text, [&](const QString &name) { return match.captured(name); });
    }
    if (!rule.text.isEmpty())
        return first.isEmpty() ? QString() : filledIn(rule.text, [&](const QString &name) { return cell(row, name); });
    QStringList parts;
    for (const QString &column : rule.columns) {
        if (const QString part = cell(row, column); !part.isEmpty())
            parts += part;
    }
    return parts.join(field.kind == FieldKind::Note ? u'\n' : u' ');
}

Result<QCborValue> RowReader::reference(const FieldRule &rule, const Field &field, const QString &text) const
{
    const auto given = Id::fromString(text);
    const Id id = given ? *given : importId(field.referenceType, rule.prefix.isEmpty() ? QStringList{text} : QStringList{rule.prefix, text});
    if (m_exists && !m_exists(field.referenceType, id))
        return failure(ErrorCode::NotFound, Words::tr("“%1” is not known here: import it first, or mend the code.").arg(text.left(60)));
    return QCborValue(id.toString());
}

Result<QCborValue> RowReader::value(const FieldRule &rule, const Field &field, const QStringList &row) const
{
    if (field.kind == FieldKind::Place && rule.columns.size() == 2) {
        const QString latitude = cell(row, rule.columns[0]);
        const QString longitude = cell(row, rule.columns[1]);
        if (latitude.isEmpty() && longitude.isEmpty())
            return QCborValue();
        const auto north = coordinate(latitude);
        const auto east = coordinate(longitude);
        if (!north || !east)
            return std::unexpected(north ? east.error() : north.error());
        return canonical(field, QCborArray{*north, *east});
    }
    auto text = source(rule, field, row);
    if (!text)
        return std::unexpected(text.error());
    if (!rule.values.isEmpty() || rule.otherwise) {
        const QString wanted = folded(*text);
        const auto found = std::ranges::find_if(rule.values, [&](const auto &entry) { return entry.first.contains(wanted); });
        if (found != rule.values.end())
            text = found->second;
        else if (rule.otherwise)
            text = *rule.otherwise;
    }
    if (text->isEmpty())
        return QCborValue();
    if (field.kind == FieldKind::Reference || field.kind == FieldKind::Unit)
        return reference(rule, field, *text);
    return parsedText(field, *text);
}

Id RowReader::id(const Values &values, const QStringList &row) const
{
    QStringList key;
    if (!m_mapping.keyPrefix.isEmpty())
        key += m_mapping.keyPrefix;
    for (const QString &column : m_mapping.key)
        key += cell(row, column);
    if (m_mapping.key.isEmpty()) { // nothing names the row but what it says
        for (const auto &[name, value] : values.asKeyValueRange())
            key += name + u'=' + value.toDiagnosticNotation();
    }
    return importId(m_type->name, key);
}

std::optional<Record> RowReader::read(const QStringList &row, qint64 line, QList<RowProblem> &problems) const
{
    Record record{.type = m_type->name};
    bool good = true;
    const auto say = [&](const QString &column, const QString &reason, bool kept) {
        problems += {.line = line, .column = column, .reason = reason, .kept = kept};
        good = good && kept;
    };
    for (const FieldRule &rule : m_mapping.fields) {
        const Field *field = m_type->field(rule.field);
        auto read = value(rule, *field, row);
        if (!read)
            say(rule.columns.join(QStringLiteral(", ")), read.error().message, rule.leaveEmptyWhenWrong);
        else if (!read->isUndefined())
            record.values.insert(rule.field, *read);
    }
    for (const QString &column : m_mapping.key) {
        if (cell(row, column).isEmpty() && m_mapping.key.size() == 1)
            say(column, Words::tr("This column tells the rows apart and must be filled in."), false);
    }
    if (!good)
        return std::nullopt;
    record.id = id(record.values, row);
    return record;
}

} // namespace ioc
