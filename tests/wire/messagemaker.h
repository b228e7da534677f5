// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <wire/codec.h>
#include <wire/operationfile.h>

#include <QCborArray>
#include <QCborMap>
#include <QRandomGenerator>

namespace ioc::test {

using namespace Qt::StringLiterals;

/// Messages of random content, the same for the same seed.
class MessageMaker
{
public:
    explicit MessageMaker(quint32 seed) : m_random(seed) {}

    qint64 number(qint64 limit) { return static_cast<qint64>(m_random.generate64() % static_cast<quint64>(limit)); }
    bool flip() { return m_random.bounded(2) == 1; }
    Id id() { return Id::derived(Id::fromString(u"6ba7b810-9dad-11d1-80b4-00c04fd430c8").value(), QString::number(m_random.generate64())); }
    Id maybeId() { return flip() ? id() : Id(); }
    QString text(int limit = 40)
    {
        static const QString letters = u"abc đềợ 中文😀\n\"\\"_s;
        QString out;
        for (qint64 i = number(limit); i > 0; --i)
            out += letters[number(letters.size())];
        return QString::fromUtf8(out.toUtf8()); // half of a pair becomes a replacement
    }
    QCborValue value()
    {
        switch (number(8)) {
        case 0: return text();
        case 1: return static_cast<qint64>(m_random.generate64());
        case 2: return m_random.generateDouble() * 1e6;
        case 3: return flip();
        case 4: return QCborArray{text(), text()};
        case 5: return QCborArray{10.5, 106.5};
        case 6: return QCborMap{{u"en"_s, text()}, {u"vi"_s, text()}};
        default: return {};
        }
    }
    Values values()
    {
        Values out;
        for (qint64 i = number(12); i > 0; --i) {
            if (const QCborValue member = value(); !member.isUndefined())
                out.insert(u"field_%1"_s.arg(i), member);
        }
        return out;
    }
    Operation operation()
    {
        Operation out{.op = id(), .kind = static_cast<OperationKind>(number(6)), .type = u"complaint"_s, .record = id(), .baseVersion = number(1LL << 50),
                      .transition = text(), .into = maybeId(), .unit = maybeId(), .author = maybeId(), .device = maybeId(),
                      .deviceTimeMs = number(1LL << 60), .offsetMs = -number(1000), .bootId = text(), .monotonicMs = number(1LL << 60), .sealKey = secret(48)};
        for (qint64 i = number(4); i > 0; --i) {
            out.after += id();
            out.changes += {u"field_%1"_s.arg(i), value(), value()};
        }
        return out;
    }
    OperationFile file(int count)
    {
        OperationFile out{.epoch = maybeId(), .device = maybeId(), .writtenBy = text(), .writtenMs = number(1LL << 50)};
        for (int i = 0; i < count; ++i) {
            out.entries += {operation(), flip(), {}};
            if (out.entries.last().refused)
                out.entries.last().reason = text();
            out.names.insert(out.entries.last().operation.op, text());
        }
        return out;
    }
    Answer answer()
    {
        Answer out{.op = id(), .outcome = static_cast<Outcome>(number(6)), .version = number(1LL << 50), .duplicateOf = maybeId(),
                   .reason = static_cast<ErrorCode>(number(16)), .message = text()};
        for (qint64 i = number(3); i > 0; --i)
            out.conflicts += {u"field_%1"_s.arg(i), value(), value(), value(), flip() ? text() : QString(), flip() ? number(1LL << 50) : 0};
        return out;
    }
    Cursor cursor()
    {
        return {maybeId(), number(1LL << 60), text().toUtf8().left(32), number(100), number(1LL << 40)};
    }
    ChangePage page()
    {
        ChangePage out{.next = cursor(), .more = flip(), .serverTimeMs = number(1LL << 50)};
        for (qint64 i = number(6); i > 0; --i) {
            Change change{.sequence = i, .kind = static_cast<Change::Kind>(number(3)), .record = {u"unit"_s, id(), number(1LL << 40), values(), false}, .changedMs = number(1LL << 50), .sealKey = secret(48)};
            change.record.deleted = change.kind == Change::Kind::Deleted;
            out.changes += change;
        }
        return out;
    }
    SignIn signIn() { return {text(), text(), text(), id(), text()}; }
    Session session()
    {
        Session out{text(), text(), number(1LL << 50), number(1LL << 50), id(), text(), text(), text(), maybeId(), {}};
        out.vault = secret(64);
        const auto reach = [this] { return flip() ? std::optional(static_cast<Reach>(number(4))) : std::nullopt; };
        for (qint64 i = number(4); i > 0; --i)
            out.grants += {flip() ? u"camera"_s : QString(), maybeId(), reach(), reach(), reach(), flip() ? std::optional(static_cast<Disclosure>(number(3))) : std::nullopt};
        return out;
    }
    Snapshot snapshot()
    {
        Cursor at = cursor();
        at.epoch = id();
        return {.ready = true, .records = number(1LL << 40), .done = number(9), .id = u"all-%1"_s.arg(number(1000)), .bytes = 1 + number(1LL << 40), .unpackedBytes = 1 + number(1LL << 40),
                .sha256 = QByteArray(32, static_cast<char>(number(255))), .cursor = at, .vault = secret(64)};
    }
    QByteArray secret(qsizetype size) { return flip() ? QByteArray(size, static_cast<char>(number(255))) : QByteArray(); }

private:
    QRandomGenerator m_random;
};

} // namespace ioc::test
