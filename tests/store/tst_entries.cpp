// SPDX-License-Identifier: GPL-3.0-or-later
// The lists of the outbox, the quarantine and the conflicts: paged, settled in bulk and taken back, carried to another desktop.
#include "../support/teststore.h"

#include <store/workflowsteps.h>

#include <QSignalSpy>

using namespace ioc;
using namespace ioc::test;
using namespace Qt::StringLiterals;

namespace {

const QString type = u"travel_firm"_s;
const QString name = u"name"_s;

Values firm(const QString &title)
{
    return {{name, title}, {u"kind"_s, u"domestic"_s}, {u"phone"_s, u"+84901111111"_s}};
}

/// A store with many conflicts in the names of firms; every other one was written at central after it was written here.
class Contested
{
public:
    explicit Contested(int count)
    {
        if (!store.open())
            qFatal("cannot open");
        QList<Change> first;
        QList<Change> then;
        QList<Draft> drafts;
        for (int i = 0; i < count; ++i) {
            const Id id = Id::create(store.clock);
            ids += id;
            first += stateOf(type, id, 1, firm(u"cũ %1"_s.arg(i)));
            then += stateOf(type, id, 2, firm(theirs(i)));
            drafts += Draft{.type = type, .record = id, .changes = {{name, u"cũ %1"_s.arg(i), mine(i)}}};
        }
        (void)store.pull(first);
        const auto saved = answered(store.store->save(drafts));
        QList<Answer> answers;
        for (int i = 0; i < count; ++i) {
            const qint64 at = store.clock.nowMs() + (i % 2 ? 60'000 : -60'000);
            answers += {.op = saved->operations[i], .outcome = Outcome::Conflict, .version = 2, .conflicts = {{name, u"cũ %1"_s.arg(i), mine(i), theirs(i), u"Trần Văn Minh"_s, at}}};
        }
        (void)answered(store.store->applyAnswers(answers));
        (void)store.pull(then);
    }
    static QString mine(int i) { return u"của tôi %1"_s.arg(i); }
    static QString theirs(int i) { return u"của họ %1"_s.arg(i); }
    QString shown(int i) { return store.record(type, ids[i])->record.text(name); }
    /// Central takes all that waits.
    void send()
    {
        for (;;) {
            const auto push = answered(store.store->nextPush(1000));
            if (push->isEmpty())
                break;
            QList<Answer> answers;
            QList<Change> changes;
            for (const Operation &operation : *push) {
                answers += {.op = operation.op, .outcome = Outcome::Applied, .version = ++version};
                Values values = firm({});
                values.insert(name, operation.changes.first().newValue);
                changes += stateOf(type, operation.record, version, values);
            }
            (void)answered(store.store->applyAnswers(answers));
            (void)store.pull(changes);
        }
    }

    TestStore store;
    QList<Id> ids;
    qint64 version = 10;
};

} // namespace

class TestEntries : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aThousandAreSettled_data()
    {
        QTest::addColumn<int>("keep");
        QTest::addColumn<int>("sent");
        QTest::newRow("mine") << int(Keep::Mine) << 1000;
        QTest::newRow("central's") << int(Keep::Central) << 0;
        QTest::newRow("newer") << int(Keep::Newer) << 500;
        QTest::newRow("edited") << int(Keep::Edited) << 1000;
    }

    void aThousandAreSettled()
    {
        QFETCH(int, keep);
        QFETCH(int, sent);
        Contested many(1000);
        TestStore &store = many.store;
        QTRY_COMPARE(store.store->status(), (StoreStatus{.conflicts = 1000}));
        const auto expected = [&](int i) {
            switch (static_cast<Keep>(keep)) {
            case Keep::Mine: return Contested::mine(i);
            case Keep::Central: return Contested::theirs(i);
            case Keep::Newer: return i % 2 ? Contested::theirs(i) : Contested::mine(i);
            case Keep::Edited: break;
            }
            return u"viết lại"_s;
        };
        const auto all = store.conflictKeys();
        const auto working = store.store->settle(all, static_cast<Keep>(keep), u"viết lại"_s);
        const auto done = answered(working);
        QVERIFY2(done, done ? "" : qPrintable(done.error().message));
        QCOMPARE(done->done, 1000);
        QCOMPARE(done->left, 0);
        QCOMPARE(working.progressValue(), 1000);
        QTRY_COMPARE(store.store->status(), (StoreStatus{.outbox = sent}));
        QVERIFY(store.conflicts().isEmpty());
        for (const int i : {0, 1, 499, 998, 999})
            QCOMPARE(many.shown(i), expected(i));

        // Not sent yet: as it was before, and nothing is left to send.
        const auto undone = answered(store.store->undoSettling());
        QVERIFY(undone && undone->done == 1000 && undone->left == 0);
        QTRY_COMPARE(store.store->status(), (StoreStatus{.conflicts = 1000}));
        QCOMPARE(store.conflictKeys(), all);
        QCOMPARE(answered(store.store->nextPush(2000))->size(), 0);
        QCOMPARE(many.shown(999), Contested::theirs(999));
        QCOMPARE(answered(store.store->undoSettling())->done, 0);

        // Sent and taken: edits of their own bring back what stood there.
        QCOMPARE(answered(store.store->settle(all, static_cast<Keep>(keep), u"viết lại"_s))->done, 1000);
        many.send();
        QTRY_COMPARE(store.store->status(), StoreStatus());
        QCOMPARE(answered(store.store->undoSettling())->done, 1000);
        QTRY_COMPARE(store.store->status(), (StoreStatus{.outbox = sent, .conflicts = 1000}));
        for (const int i : {0, 1, 499, 998, 999})
            QCOMPARE(many.shown(i), Contested::theirs(i));
        const auto push = answered(store.store->nextPush(1));
        if (sent > 0)
            QCOMPARE(push->first().changes.first().newValue, QCborValue(Contested::theirs(0)));
        many.send();
        QTRY_COMPARE(store.store->status(), (StoreStatus{.conflicts = 1000}));
    }

    void undoLeavesWhatWasBuiltOn()
    {
        Contested two(2);
        TestStore &store = two.store;
        QCOMPARE(answered(store.store->settle(store.conflictKeys(), Keep::Mine))->done, 2);
        QVERIFY(store.edit(type, two.ids[0], name, u"sửa sau"_s));
        const auto undone = answered(store.store->undoSettling());
        QCOMPARE(undone->done, 1);
        QCOMPARE(undone->left, 1);
        QVERIFY(!undone->why.isEmpty());
        QCOMPARE(two.shown(0), u"sửa sau"_s);
        QCOMPARE(two.shown(1), Contested::theirs(1));
        QTRY_COMPARE(store.store->status(), (StoreStatus{.outbox = 2, .conflicts = 1}));
    }

    void undoOfWhatWasRefusedOrLost()
    {
        Contested three(3);
        TestStore &store = three.store;
        QCOMPARE(answered(store.store->settle(store.conflictKeys(), Keep::Mine))->done, 3);
        const auto push = answered(store.store->nextPush(3));
        QCOMPARE(push->size(), 3);
        // One is refused, one meets another conflict, one is on its way.
        QVERIFY(answered(store.store->applyAnswers({{.op = push->at(0).op, .outcome = Outcome::Refused, .message = u"không"_s},
                                                    {.op = push->at(1).op, .outcome = Outcome::Conflict, .version = 3,
                                                     .conflicts = {{name, Contested::theirs(1), Contested::mine(1), u"của người thứ ba"_s}}}})));
        const auto undone = answered(store.store->undoSettling());
        QCOMPARE(undone->done, 2);
        QCOMPARE(undone->left, 1);
        const auto open = store.conflicts();
        QCOMPARE(open.size(), 3); // the one lost stands there by itself, with the newer value of central
        QVERIFY(std::ranges::any_of(open, [](const Conflict &one) { return one.values.theirs == QCborValue(u"của người thứ ba"_s); }));
        QCOMPARE(store.quarantine().size(), 0);
        const auto back = answered(store.store->nextPush(3)); // of the one on its way the opposite follows it
        QVERIFY(std::ranges::any_of(*back, [&](const Operation &operation) { return operation.record == three.ids[2] && operation.changes.first().newValue == QCborValue(Contested::theirs(2)); }));
    }

    void settledBeforeTheFeedShowsCentralsValue()
    {
        TestStore store;
        QVERIFY(store.open());
        const Id id = Id::create(store.clock);
        QVERIFY(store.pull({stateOf(type, id, 1, firm(u"cũ"_s))}));
        const auto saved = store.edit(type, id, name, u"của tôi"_s);
        QVERIFY(answered(store.store->applyAnswers({{.op = saved->operations.first(), .outcome = Outcome::Conflict, .version = 2, .conflicts = {{name, u"cũ"_s, u"của tôi"_s, u"của họ"_s}}}})));
        QCOMPARE(answered(store.store->settle(store.conflictKeys(), Keep::Mine))->done, 1);
        const auto push = answered(store.store->nextPush(10));
        QCOMPARE(push->size(), 1);
        QCOMPARE(push->first().changes, (QList<FieldChange>{{name, u"của họ"_s, u"của tôi"_s}}));
    }

    void whatCannotBeSettledIsLeft()
    {
        Contested some(3);
        TestStore &store = some.store;
        QVERIFY(store.pull({Change{.kind = Change::Kind::Deleted, .record = {.type = type, .id = some.ids[1], .version = 9}}}));
        const auto done = answered(store.store->settle(store.conflictKeys(), Keep::Mine));
        QCOMPARE(done->done, 2);
        QCOMPARE(done->left, 1);
        QVERIFY(!done->why.isEmpty());
        QCOMPARE(store.conflicts().size(), 1);
        QCOMPARE(answered(store.store->settle(store.conflictKeys(), Keep::Edited, QCborValue()))->left, 1);
        QCOMPARE(answered(store.store->settle(store.conflictKeys(), Keep::Central))->done, 1);
        QTRY_COMPARE(store.store->status().conflicts, 0);
    }

    void settlingCanBeStopped()
    {
        Contested many(1000);
        TestStore &store = many.store;
        auto working = store.store->settle(store.conflictKeys(), Keep::Mine);
        QVERIFY(QTest::qWaitFor([&] { return working.progressValue() > 0; }));
        working.cancel();
        QVERIFY(QTest::qWaitFor([&] { return working.isFinished(); }));
        const qsizetype left = store.conflicts().size();
        QVERIFY(left < 1000);
        QVERIFY(answered(store.store->undoSettling())->done == 1000 - left); // what was done by then can be taken back
        QCOMPARE(store.conflicts().size(), 1000);
    }

    void aStepIsOneThing()
    {
        TestStore store;
        QVERIFY(store.open());
        const QString complaint = u"complaint"_s;
        const Id id = Id::create(store.clock);
        const Values values{{u"title"_s, u"Taxi dù"_s}, {u"category"_s, u"price"_s}, {u"priority"_s, u"3_normal"_s}, {u"received_at"_s, store.clock.nowMs()}, {u"status"_s, u"new"_s}};
        QVERIFY(store.pull({stateOf(complaint, id, 1, values)}));
        const WorkflowSteps steps(*store.catalog, store.author, store.clock);
        const auto drafts = steps.step(store.record(complaint, id)->record, u"accept"_s, {}, {});
        const auto saved = answered(store.store->save(*drafts));
        QVERIFY(saved->operations.size() > 1);
        QList<Answer> answers{{.op = saved->operations.first(), .outcome = Outcome::Conflict, .version = 2, .conflicts = {{u"status"_s, u"new"_s, u"accepted"_s, u"rejected"_s, u"Minh"_s, 1}}}};
        for (qsizetype i = 1; i < saved->operations.size(); ++i)
            answers += {.op = saved->operations[i], .outcome = Outcome::Refused, .message = u"thuộc về một bước"_s};
        QVERIFY(answered(store.store->applyAnswers(answers)));
        QTRY_COMPARE(store.store->status(), (StoreStatus{.conflicts = 1})); // its entries are no noise in quarantine
        const auto open = store.conflicts();
        QCOMPARE(open.size(), 1);
        QVERIFY(open.first().isState);
        QCOMPARE(open.first().followers.size(), saved->operations.size() - 1);
        QVERIFY(store.quarantine().isEmpty());
        QCOMPARE(answered(store.store->settle(store.conflictKeys(), Keep::Mine))->done, 1); // whatever is chosen, a state is central's
        QTRY_COMPARE(store.store->status(), StoreStatus());
        QCOMPARE(answered(store.store->undoSettling())->done, 1);
        QCOMPARE(store.conflicts().first().followers.size(), saved->operations.size() - 1);
        QCOMPARE(answered(store.store->settle(store.conflictKeys(), Keep::Central))->done, 1);
        QVERIFY(store.reopen()); // for good now: nothing comes back from the journal
        QCOMPARE(store.store->status(), StoreStatus());
        QCOMPARE(answered(store.store->undoSettling())->done, 0);
        QVERIFY(answered(store.store->nextPush(10))->isEmpty());
    }

    void aDeletionInConflict()
    {
        TestStore store;
        QVERIFY(store.open());
        const Id id = Id::create(store.clock);
        QVERIFY(store.pull({stateOf(type, id, 1, firm(u"cũ"_s))}));
        const auto saved = answered(store.store->save({Draft{.kind = OperationKind::Delete, .type = type, .record = id}}));
        QVERIFY(answered(store.store->applyAnswers({{.op = saved->operations.first(), .outcome = Outcome::Conflict, .version = 2}})));
        QVERIFY(store.pull({stateOf(type, id, 2, firm(u"của họ"_s))}));
        QVERIFY(store.conflicts().first().isWhole());
        QCOMPARE(answered(store.store->settle(store.conflictKeys(), Keep::Mine))->done, 1);
        const auto push = answered(store.store->nextPush(10));
        QCOMPARE(push->size(), 1);
        QCOMPARE(push->first().kind, OperationKind::Delete);
        QCOMPARE(push->first().baseVersion, 2);
    }

    void listsAreFilteredAndSorted()
    {
        TestStore store;
        QVERIFY(store.open());
        for (const auto &title : {u"Đường Việt"_s, u"An Bình"_s, u"Bến Thành"_s})
            QVERIFY(store.create(type, Id::create(store.clock), firm(title)));
        store.author.rights = Rights(u"administrator"_s); // who alone changes units
        store.store->setAuthor(store.author);
        QVERIFY(store.create(u"unit"_s, Id::create(store.clock), {{u"name"_s, u"Phường An Đông"_s}, {u"code"_s, u"27301"_s}, {u"kind"_s, store.catalog->type(u"unit")->field(u"kind")->choices.first().code}}));
        const auto titles = [&](const EntryQuery &query) {
            QStringList out;
            const auto entries = answered(store.store->outboxEntries(*answered(store.store->entryKeys(query))));
            for (const OutboxEntry &entry : *entries)
                out += entry.title;
            return out;
        };
        QCOMPARE(titles({.type = type}), (QStringList{u"Đường Việt"_s, u"An Bình"_s, u"Bến Thành"_s}));
        QCOMPARE(titles({.type = type, .sort = EntryQuery::Sort::Title}), (QStringList{u"An Bình"_s, u"Bến Thành"_s, u"Đường Việt"_s}));
        QCOMPARE(titles({.type = type, .sort = EntryQuery::Sort::Saved, .descending = true}).first(), u"Bến Thành"_s);
        QCOMPARE(titles({.text = u"duong viet"_s}), QStringList{u"Đường Việt"_s});
        QCOMPARE(titles({.text = u"100%_'"_s}), QStringList());
        const auto types = answered(store.store->entryTypes(EntryQuery::List::Outbox));
        QCOMPARE(*types, (QList<std::pair<QString, qint64>>{{type, 3}, {u"unit"_s, 1}}));
    }

    void aRefusedCreationIsMendedAndSent()
    {
        TestStore store;
        QVERIFY(store.open());
        const Id id = Id::create(store.clock);
        const auto saved = store.create(type, id, firm(u"sai"_s));
        const auto edited = store.edit(type, id, u"phone"_s, u"+84902222222"_s);
        QVERIFY(answered(store.store->applyAnswers({{.op = saved->operations.first(), .outcome = Outcome::Refused, .message = u"tên sai"_s}})));
        QCOMPARE(store.quarantine().size(), 2);
        const qint64 key = store.quarantined(saved->operations.first());
        QCOMPARE(answered(store.store->resend(key, {{name, {}, u"x"_s}})).error().code, ErrorCode::InvalidInput); // what is required lacks
        QCOMPARE(store.quarantine().size(), 2);
        QList<FieldChange> changes;
        const Values values = firm(u"đúng"_s);
        for (const auto &[field, value] : values.asKeyValueRange())
            changes += {field, {}, value};
        const auto done = answered(store.store->resend(key, changes));
        QVERIFY2(done, done ? "" : qPrintable(done.error().message));
        QVERIFY(store.quarantine().isEmpty());
        const auto push = answered(store.store->nextPush(10));
        QCOMPARE(push->size(), 2);
        QVERIFY(push->at(0).op != saved->operations.first());
        QCOMPARE(push->at(1).after, QList<Id>{push->at(0).op}); // the edit follows it
        QCOMPARE(store.record(type, id)->record.text(name), u"đúng"_s);
        QCOMPARE(store.record(type, id)->record.text(u"phone"_s), u"+84902222222"_s);
        QVERIFY(store.reopen());
        QCOMPARE(answered(store.store->nextPush(10))->size(), 2);
    }

    void entriesAreCarriedToAnotherDesktop()
    {
        TestStore lan;
        TestStore minh;
        QVERIFY(lan.open());
        QVERIFY(minh.open());
        minh.author.account = lan.author.account; // the same person, at another desktop
        minh.store->setAuthor(minh.author);
        QVERIFY(lan.pull({stateOf(u"account"_s, lan.author.account, 1, {{u"login"_s, u"lan"_s}, {u"display_name"_s, u"Nguyễn Thị Lan"_s}, {u"role"_s, u"operator"_s}})}));
        QVERIFY(minh.pull({}, false, lan.epoch));
        const Id id = Id::create(lan.clock);
        const Id refused = Id::create(lan.clock);
        const auto created = lan.create(type, id, firm(u"Đường Việt"_s));
        const auto edited = lan.edit(type, id, name, u"Đường Việt 2"_s);
        const auto bad = lan.create(type, refused, firm(u"Trùng"_s));
        QVERIFY(answered(lan.store->applyAnswers({{.op = bad->operations.first(), .outcome = Outcome::Refused, .message = u"đã có"_s}})));
        const QString path = lan.own.filePath(u"thay đổi.tioc-changes"_s);
        // The edit alone is chosen: what it builds on goes with it.
        const auto last = lan.outbox().last().key;
        QCOMPARE(answered(lan.store->exportEntries({last, lan.quarantined(bad->operations.first())}, path)).value_or(0), 3);
        QCOMPARE(lan.outbox().size(), 2); // they stay there, too

        auto imported = answered(minh.store->importEntries(path));
        QVERIFY2(imported, imported ? "" : qPrintable(imported.error().message));
        QCOMPARE(imported->taken, 2);
        QCOMPARE(imported->quarantined, 1);
        QCOMPARE(imported->ofOthers, 0);
        QCOMPARE(minh.record(type, id)->record.text(name), u"Đường Việt 2"_s);
        QCOMPARE(minh.quarantine().first().message, u"đã có"_s);
        QVERIFY(!minh.record(type, refused));
        QTRY_COMPARE(minh.store->status(), (StoreStatus{.outbox = 2, .quarantine = 1}));
        imported = answered(minh.store->importEntries(path));
        QCOMPARE(imported->known, 3);
        QCOMPARE(imported->taken + imported->quarantined, 0);
        QTRY_COMPARE(minh.store->status(), (StoreStatus{.outbox = 2, .quarantine = 1}));

        // Both offer them: the same operations under the same ids, which central answers once.
        const auto fromMinh = answered(minh.store->nextPush(10));
        QCOMPARE(*fromMinh, *answered(lan.store->nextPush(10)));
        QCOMPARE(fromMinh->first().op, created->operations.first());
        QVERIFY(minh.reopen()); // they are in the journal as well
        QCOMPARE(answered(minh.store->nextPush(10))->size(), 2);
        QVERIFY(answered(minh.store->applyAnswers({{.op = created->operations.first(), .outcome = Outcome::Applied, .version = 1}, {.op = edited->operations.first(), .outcome = Outcome::Applied, .version = 2}})));
        QVERIFY(minh.pull({stateOf(type, id, 2, firm(u"Đường Việt 2"_s))}));
        QCOMPARE(answered(minh.store->importEntries(path))->known, 3); // sent and taken is known, too
    }

    void importedChangesOfOthersWaitForThem()
    {
        TestStore lan;
        TestStore minh;
        QVERIFY(lan.open());
        QVERIFY(minh.open());
        QVERIFY(lan.pull({stateOf(u"account"_s, lan.author.account, 1, {{u"login"_s, u"lan"_s}, {u"display_name"_s, u"Nguyễn Thị Lan"_s}, {u"role"_s, u"operator"_s}})}));
        QVERIFY(lan.create(type, Id::create(lan.clock), firm(u"A"_s)));
        const QString path = lan.own.filePath(u"x"_s);
        QVERIFY(answered(lan.store->exportEntries({lan.outbox().first().key}, path)));
        QVERIFY(minh.pull({}, false, Id::create(minh.clock)));
        QCOMPARE(answered(minh.store->importEntries(path)).error().code, ErrorCode::Conflict); // another central
        const auto imported = answered(minh.store->importEntries(path, true));
        QCOMPARE(imported->ofOthers, 1);
        QCOMPARE(imported->authors, QStringList{u"Nguyễn Thị Lan"_s});
        QVERIFY(minh.outbox().first().message.contains(u"Nguyễn Thị Lan"_s));
    }

    void damagedFilesChangeNothing()
    {
        TestStore lan;
        QVERIFY(lan.open());
        QVERIFY(lan.create(type, Id::create(lan.clock), firm(u"A"_s)));
        const QString path = lan.own.filePath(u"x"_s);
        QVERIFY(answered(lan.store->exportEntries({lan.outbox().first().key}, path)));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray whole = file.readAll();
        file.close();
        TestStore minh;
        QVERIFY(minh.open());
        const auto tried = [&](const QByteArray &content) {
            QFile other(minh.own.filePath(u"y"_s));
            if (!other.open(QIODevice::WriteOnly) || other.write(content) != content.size())
                qFatal("cannot write");
            other.close();
            const auto imported = answered(minh.store->importEntries(other.fileName()));
            return imported ? Error{ErrorCode::Internal, {}, {}} : imported.error();
        };
        QCOMPARE(tried(whole.chopped(3)).code, ErrorCode::Damaged);
        QByteArray changed = whole;
        changed[changed.size() / 2] = char(changed[changed.size() / 2] ^ 4);
        QCOMPARE(tried(changed).code, ErrorCode::Damaged);
        QCOMPARE(tried("hello").code, ErrorCode::InvalidInput);
        QCOMPARE(tried({}).code, ErrorCode::InvalidInput);
        QCOMPARE(answered(minh.store->importEntries(u"/nowhere/at all"_s)).error().code, ErrorCode::NotFound);
        QCOMPARE(minh.store->status(), StoreStatus());
        QCOMPARE(answered(lan.store->exportEntries({1}, u"/nowhere/at all"_s)).error().code, ErrorCode::ReadOnly);
    }

    void discardedWorkStaysGone()
    {
        TestStore store;
        QVERIFY(store.open());
        const auto bad = store.create(type, Id::create(store.clock), firm(u"A"_s));
        QVERIFY(store.create(type, Id::create(store.clock), firm(u"B"_s)));
        QVERIFY(answered(store.store->applyAnswers({{.op = bad->operations.first(), .outcome = Outcome::Refused}})));
        QSignalSpy told(store.store.get(), &LocalStore::entriesChanged);
        QCOMPARE(answered(store.store->discard({store.quarantined(bad->operations.first())}))->done, 1);
        QTRY_VERIFY(!told.isEmpty());
        QVERIFY(store.reopen()); // the journal still held it
        QCOMPARE(store.store->status(), (StoreStatus{.outbox = 1}));
    }
};

QTEST_GUILESS_MAIN(TestEntries)
#include "tst_entries.moc"
