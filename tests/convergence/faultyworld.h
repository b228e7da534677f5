// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "innercentral.h"
#include "workingdevice.h"

namespace ioc::test {

/// What may go wrong in a world; each can be left out when a failure is narrowed down.
enum class Mishap {
    LostReply, Duplicate, LateRequest, SlowReply, Crash, DatabaseLost, CentralRestart, CentralWentBack, ClockJump, Snapshot, FeedRestart, ShortPages
};
inline constexpr int mishaps = static_cast<int>(Mishap::ShortPages) + 1;
QString mishapName(Mishap mishap);

/// Several desks, one central, and a network between them on which everything happens that can. What happens follows from the seed
/// alone. When all has happened, the network heals, everybody syncs until nothing moves, and nothing may be missing.
class FaultyWorld
{
public:
    struct Shape
    {
        quint32 seed = 1;
        int devices = 4;
        int steps = 300;
        quint32 without = 0;   ///< bits of Mishap
        bool onServer = false; ///< central on PostgreSQL
        bool tells = false;    ///< everything that happens goes to stderr
        [[nodiscard]] QString replay() const; ///< the command line that does it again
    };
    explicit FaultyWorld(const Shape &shape);
    ~FaultyWorld();

    [[nodiscard]] QString obstacle() const { return m_central.obstacle(); }
    /// What is wrong at the end; empty when all is well.
    QStringList run();
    /// Operations central has at the end, how many of them are in conflict, and how many wait in quarantine.
    struct Sum { qint64 operations = 0; qint64 conflicts = 0; qint64 quarantined = 0; int wentBack = 0; };
    [[nodiscard]] const Sum &sum() const { return m_sum; }

    /// Makes a failing shape smaller while it goes on failing: fewer steps, fewer kinds of mishap.
    static Shape narrowed(Shape shape);

private:
    struct Link
    {
        std::unique_ptr<WorkingDevice> device;
        std::optional<QByteArray> answers; ///< to a push, on their way
        std::optional<QByteArray> page;    ///< on its way
        bool owes = false;                 ///< central went back, and this desk has not noticed yet
    };
    struct Late
    {
        QByteArray body;
        Identity who;
        Id answered;
    };

    void step();
    void push(Link &link, bool faults);
    bool pull(Link &link, bool faults);
    void takeAnswers(Link &link, const QByteArray &body);
    void takePage(Link &link, const QByteArray &body);
    void startAgain(Link &link, LocalStore::Restart why = LocalStore::Restart::CursorRefused);
    bool startFromSnapshot(Link &link);
    void deliver();
    void drop(Link &link);
    void disaster(Link &link);
    void goBack();
    void turnClock(Link &link);
    /// In every other world commits wait long for their number; in the others central may go back. Both at once would be a central that goes
    /// back into the few milliseconds between a commit and its number, of which a device may have had the state and not the number.
    [[nodiscard]] bool numbersAtOnce() const { return m_shape.seed % 2 == 0; }
    bool happens(Mishap mishap, int inThousand);
    bool settleDown();
    bool settledOnce();
    void tell(const QString &text) const;

    void compare(QStringList &out);
    void compareRows(int number, WorkingDevice &device, const RecordType &type, const QHash<Id, Record> &central, QStringList &out);
    void findLost(QStringList &out);
    bool isWrittenByAnother(WorkingDevice &device, const Id &op);
    void checkOnce(QStringList &out);

    Shape m_shape;
    QRandomGenerator m_random;
    QTemporaryDir m_folder;
    InnerCentral m_central;
    std::vector<Link> m_links;
    QList<Late> m_late;
    std::optional<InnerCentral::Offer> m_offer;
    bool m_mayGoBack = false;
    int m_at = 0;
    Sum m_sum;
};

} // namespace ioc::test
