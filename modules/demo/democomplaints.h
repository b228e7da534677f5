// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <demo/complaintphrases.h>
#include <demo/complaintrhythm.h>
#include <records/clockledger.h>
#include <records/typecatalog.h>

#include <functional>

namespace ioc {

/// Makes demonstration complaints: the same for the same options. Each comes with its clock ledger and its timeline, taken
/// through the workflow up to where it stands at \c nowMs.
class DemoComplaints
{
public:
    struct Author
    {
        Id account;
        QString name;
    };
    struct Options
    {
        qint64 nowMs = 0;
        qint64 count = 1200;  ///< over 60 days; more than 5,000 reach further back
        quint64 seed = 20'250'701;
        QList<Author> operators; ///< who works on them; may be empty
    };
    /// Takes a batch; an error ends the making.
    using Sink = std::function<Result<void>(const QList<Record> &)>;

    DemoComplaints(const TypeCatalog &catalog, ComplaintPhrases phrases, ComplaintRhythm rhythm, Options options);

    /// All complaints, oldest first, in batches of \a batch complaints with what belongs to them.
    Result<void> make(qsizetype batch, const Sink &sink) const;
    /// One complaint that came in at \a receivedMs and that nobody has looked at, with ids made now.
    [[nodiscard]] QList<Record> fresh(const Clock &clock) const;

private:
    struct Life; // what happens to one complaint
    [[nodiscard]] QList<Record> complaint(qint64 index, qint64 receivedMs) const;
    [[nodiscard]] Record described(const ComplaintText &text, qint64 receivedMs, DemoRandom &random) const;
    void live(Life &life, const ComplaintText &text) const;
    void step(Life &life, const QString &code, qint64 atMs, const QString &kind, const QString &comment, const Id &toUnit) const;
    void say(Life &life, qint64 atMs, const QString &kind, const QString &text) const;
    void finish(Life &life) const;
    [[nodiscard]] double hours(QStringView clock) const;

    const TypeCatalog &m_catalog;
    ComplaintPhrases m_phrases;
    ComplaintRhythm m_rhythm;
    Options m_options;
    const RecordType *m_type;
    const Workflow *m_workflow;
};

} // namespace ioc
