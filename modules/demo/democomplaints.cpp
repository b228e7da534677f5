// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/zone.h>
#include <demo/democomplaints.h>
#include <exchange/importid.h>
#include <exchange/startedrecord.h>
#include <records/derived.h>

#include <QCborArray>
#include <QtEndian>

namespace ioc {

namespace {

constexpr qint64 minuteMs = 60'000;

// A UUIDv7 of the time it stands for, the same every time: ordered keys keep large imports fast.
Id orderedId(qint64 atMs, quint64 salt)
{
    DemoRandom random(salt);
    QByteArray bytes(16, Qt::Uninitialized);
    auto *data = reinterpret_cast<uchar *>(bytes.data());
    qToBigEndian<quint64>((static_cast<quint64>(atMs) << 16) | 0x7000U | (random.next() & 0xfffU), data);
    qToBigEndian<quint64>((random.next() >> 2) | 0x8000000000000000ULL, data + 8);
    return Id::fromBytes(bytes).value_or(Id());
}

} // namespace

struct DemoComplaints::Life
{
    Record record;
    QList<ClockEntry> clocks;
    QList<Record> timeline;
    Author author;
    quint64 salt = 0;
    DemoRandom random{0};
};

DemoComplaints::DemoComplaints(const TypeCatalog &catalog, ComplaintPhrases phrases, ComplaintRhythm rhythm, Options options)
    : m_catalog(catalog), m_phrases(std::move(phrases)), m_rhythm(rhythm), m_options(std::move(options)),
      m_type(catalog.type(u"complaint")), m_workflow(m_type ? catalog.workflowOf(*m_type) : nullptr) {}

double DemoComplaints::hours(QStringView clock) const
{
    const WorkflowClock *found = m_workflow->clock(clock);
    return found ? found->hours : 24;
}

Record DemoComplaints::described(const ComplaintText &text, qint64 receivedMs, DemoRandom &random) const
{
    Record out{.type = m_type->name};
    const auto put = [&](const QString &field, const QString &value) {
        if (!value.isEmpty())
            out.values.insert(field, value);
    };
    put(QStringLiteral("title"), text.title);
    put(QStringLiteral("description"), text.description);
    put(QStringLiteral("category"), text.category);
    put(QStringLiteral("priority"), text.priority);
    put(QStringLiteral("channel"), text.channel);
    put(QStringLiteral("reporter_name"), text.reporterName);
    put(QStringLiteral("reporter_phone"), text.reporterPhone);
    put(QStringLiteral("reporter_country"), text.reporterCountry);
    put(QStringLiteral("address"), text.place.address.isEmpty() ? text.place.name : text.place.name + QStringLiteral(", ") + text.place.address);
    put(QStringLiteral("unit"), text.place.unit.toString());
    put(m_workflow->stateField, m_workflow->initialState);
    out.values.insert(QStringLiteral("received_at"), receivedMs);
    const auto near = [&](double degrees) { return std::round((degrees + (random.real() - 0.5) * 0.0016) * 1e6) / 1e6; }; // some 90 m around
    out.values.insert(QStringLiteral("place"), QCborArray{near(text.place.latitude), near(text.place.longitude)});
    return out;
}

void DemoComplaints::say(Life &life, qint64 atMs, const QString &kind, const QString &text) const
{
    Record entry{.type = QStringLiteral("timeline_entry"), .id = orderedId(atMs, life.salt ^ static_cast<quint64>(life.timeline.size() + 1) << 48)};
    entry.values = {{QStringLiteral("complaint"), life.record.id.toString()}, {QStringLiteral("kind"), kind}, {QStringLiteral("at"), atMs}};
    if (!text.isEmpty())
        entry.values.insert(QStringLiteral("text"), text);
    if (!life.author.account.isNull())
        entry.values.insert(QStringLiteral("author"), life.author.account.toString());
    if (!life.author.name.isEmpty())
        entry.values.insert(QStringLiteral("author_name"), life.author.name);
    life.timeline += entry;
}

// One step of the workflow, as the declaration says: state, clocks, timeline.
void DemoComplaints::step(Life &life, const QString &code, qint64 atMs, const QString &kind, const QString &comment, const Id &toUnit) const
{
    const Transition *transition = m_workflow->transition(code);
    const QString from = life.record.text(m_workflow->stateField);
    if (!transition || !transition->from.contains(from))
        return;
    say(life, atMs, kind, comment);
    Values &entry = life.timeline.last().values;
    entry.insert(QStringLiteral("transition"), code);
    entry.insert(QStringLiteral("from_state"), from);
    entry.insert(QStringLiteral("to_state"), transition->to);
    if (!toUnit.isNull())
        entry.insert(QStringLiteral("to_unit"), toUnit.toString());
    life.record.values.insert(m_workflow->stateField, transition->to);
    life.clocks += clockEntries(*m_workflow, transition->clocks, atMs);
}

void DemoComplaints::live(Life &life, const ComplaintText &text) const
{
    DemoRandom &random = life.random;
    const qint64 now = m_options.nowMs;
    const qint64 received = life.record.integer(QStringLiteral("received_at"));
    const auto after = [](qint64 ms, double hoursLater) { return ms + static_cast<qint64>(hoursLater * double(hourMs)); };
    // All that can happen is drawn first, so that a later "now" tells the same story further.
    const qint64 accepted = after(received, hours(u"accept") * random.logNormal(0.16, 0.85));
    const bool forwards = random.chance(0.68);
    const bool toCommune = random.chance(0.18);
    const qint64 forwarded = after(accepted, random.logNormal(0.4, 0.7));
    const bool comments = random.chance(0.3);
    const bool stuck = random.chance(0.012);
    const qint64 answered = std::max(after(received, hours(u"respond") * random.logNormal(stuck ? 2.2 : 0.32, 0.8)), forwarded + 15 * minuteMs);
    const qint64 due = after(received, hours(u"respond"));
    const bool extends = answered > due && random.chance(0.35);
    const qint64 extendedAt = after(due, -2 - 6 * random.real());
    const qint64 closed = after(answered, random.logNormal(34, 0.75));
    const Id unit = toCommune ? text.place.unit : importId(u"unit", {text.unitCode});
    const QString reason = random.oneOf(m_phrases.extensionReasons());
    const QString comment = random.oneOf(m_phrases.comments());
    const QString answer = random.oneOf(text.answers);

    if (accepted <= now)
        step(life, QStringLiteral("accept"), accepted, QStringLiteral("transition"), {}, {});
    if (forwards && forwarded <= now) {
        life.record.values.insert(QStringLiteral("assigned_unit"), unit.toString());
        step(life, QStringLiteral("forward"), forwarded, QStringLiteral("forward"), {}, unit);
    }
    const qint64 commented = forwarded + (answered - forwarded) / 2;
    if (comments && commented <= now && (!extends || commented < extendedAt))
        say(life, commented, QStringLiteral("comment"), comment);
    if (extends && extendedAt <= now && extendedAt > forwarded) {
        life.clocks += ClockEntry{.clock = QStringLiteral("respond"), .act = ClockAct::Extended, .atMs = extendedAt, .dueMs = after(due, 48)};
        say(life, extendedAt, QStringLiteral("comment"), QStringLiteral("Gia hạn trả lời thêm 48 giờ. ") + reason);
    }
    if (answered <= now) {
        life.record.values.insert(QStringLiteral("answer"), answer);
        step(life, QStringLiteral("answer"), answered, QStringLiteral("answer"), answer, {});
    }
    if (closed <= now)
        step(life, QStringLiteral("close"), closed, QStringLiteral("transition"), {}, {});
}

void DemoComplaints::finish(Life &life) const
{
    for (const auto &[name, value] : derivedValues(*m_type, life.clocks).asKeyValueRange()) {
        if (!value.isUndefined())
            life.record.values.insert(name, value);
    }
}

QList<Record> DemoComplaints::complaint(qint64 index, qint64 receivedMs) const
{
    Life life{.salt = m_options.seed * 0x9e3779b97f4a7c15ULL + static_cast<quint64>(index)};
    life.random = DemoRandom(life.salt);
    const ComplaintText text = m_phrases.compose(life.random, receivedMs);
    life.record = described(text, receivedMs, life.random);
    life.record.id = orderedId(receivedMs, life.salt);
    life.clocks = clockEntries(*m_workflow, m_workflow->initialClocks, receivedMs);
    if (!m_options.operators.isEmpty())
        life.author = life.random.oneOf(m_options.operators);
    say(life, receivedMs, QStringLiteral("created"), {});
    live(life, text);
    finish(life);
    QList<Record> out{life.record};
    QList<Record> ledger = ledgerRecords(m_catalog, life.record, life.clocks, life.author.account);
    for (qsizetype i = 0; i < ledger.size(); ++i)
        ledger[i].id = orderedId(ledger[i].integer(QStringLiteral("at")), life.salt ^ static_cast<quint64>(i + 1) << 56);
    out += ledger;
    out += life.timeline;
    return out;
}

Result<void> DemoComplaints::make(qsizetype batch, const Sink &sink) const
{
    constexpr qint64 longestDays = 1095;
    const int days = static_cast<int>(std::clamp<qint64>(60 * m_options.count / 5000, 60, longestDays));
    const QList<qint64> times = m_rhythm.times(m_options.nowMs, days, m_options.count, m_options.seed);
    QList<Record> records;
    for (qsizetype i = 0; i < times.size(); ++i) {
        records += complaint(i, times[i]);
        if ((i + 1) % batch == 0 || i + 1 == times.size()) {
            if (auto taken = sink(records); !taken)
                return taken;
            records.clear();
        }
    }
    return {};
}

QList<Record> DemoComplaints::fresh(const Clock &clock) const
{
    const qint64 now = clock.nowMs();
    const Id id = Id::create(clock);
    Life life{.salt = qFromBigEndian<quint64>(id.toBytes().constData() + 8)};
    life.random = DemoRandom(life.salt);
    const ComplaintText text = m_phrases.compose(life.random, now);
    life.record = described(text, now, life.random);
    life.record.id = id;
    life.clocks = clockEntries(*m_workflow, m_workflow->initialClocks, now);
    say(life, now, QStringLiteral("created"), {});
    finish(life);
    return QList<Record>{life.record} + ledgerRecords(m_catalog, life.record, life.clocks, {}) + life.timeline;
}

} // namespace ioc
