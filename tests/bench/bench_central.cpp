// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/centralstorage.h>
#include <central/feedreader.h>
#include <central/operationjudge.h>
#include <support/operationmaker.h>
#include <wire/codec.h>

#include <QCborArray>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTextStream>

using namespace ioc;

namespace {

void print(const char *metric, double value, const char *unit)
{
    QTextStream(stdout) << metric << '\t' << value << '\t' << unit << Qt::endl;
}

QList<Record> complaints(int count, const OperationMaker &make)
{
    QList<Record> out;
    QList<Record> ledger;
    for (int i = 0; i < count; ++i) {
        Values values = OperationMaker::complaint(QStringLiteral("Phản ánh thứ %1 về giá dịch vụ ở khu vực chợ").arg(i));
        const qint64 at = 1'780'000'000'000 + i * 60'000LL;
        values.insert(QStringLiteral("received_at"), at);
        values.insert(QStringLiteral("description"), QStringLiteral("Khách phản ánh bị tính giá cao hơn niêm yết, đề nghị kiểm tra và trả lời. Địa điểm gần cổng chính."));
        values.insert(QStringLiteral("address"), QStringLiteral("%1 Lê Lợi, phường Bến Thành").arg(i % 300));
        values.insert(QStringLiteral("reporter_name"), QStringLiteral("Nguyễn Văn A"));
        values.insert(QStringLiteral("place"), QCborArray{10.77 + i % 100 * 0.001, 106.69 + i % 77 * 0.001});
        const Record complaint{.type = QStringLiteral("complaint"), .id = make.newId(), .values = values};
        for (const char *clock : {"accept", "respond", "resolve"}) {
            ledger += Record{.type = QStringLiteral("clock_entry"), .id = make.newId(),
                             .values = {{QStringLiteral("complaint"), complaint.id.toString()}, {QStringLiteral("clock"), QString::fromLatin1(clock)},
                                        {QStringLiteral("act"), QStringLiteral("started")}, {QStringLiteral("at"), at}, {QStringLiteral("due"), at + 3'600'000}}};
        }
        out += complaint;
    }
    return out + ledger;
}

} // namespace

/// Bulk import and the making of feed pages at central; sizes from the command line.
int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const int count = argc > 1 ? QByteArray(argv[1]).toInt() : 25'000;
    const OperationMaker make;
    const SystemClock clock;
    QTemporaryDir folder;
    const auto catalog = TypeCatalog::load();
    if (!catalog)
        return 1;
    const CentralStorage::Options options{.folder = folder.path(), .catalog = *catalog, .clock = &clock};
    if (!CentralStorage::create(options))
        return 1;
    const auto storage = CentralStorage::open(options);
    if (!storage)
        return 1;
    const QList<Record> records = complaints(count, make);
    QElapsedTimer timer;
    timer.start();
    const auto report = (*storage)->importRecords(records, {}).result();
    if (!report || report->added != records.size())
        return 1;
    print("central.import_rows_per_s", records.size() * 1000.0 / timer.elapsed(), "1/s");

    timer.restart();
    qint64 rows = 0;
    qint64 bytes = 0;
    const auto pulled = (*storage)->read([&](db::Connection &connection) -> Result<void> {
        FeedReader reader(connection, (*storage)->tables(), (*storage)->epoch());
        Cursor cursor;
        for (bool more = true; more;) {
            const auto page = reader.page(cursor, Scope({}), FeedReader::rowLimit, clock.nowMs());
            if (!page)
                return std::unexpected(page.error());
            bytes += wire::encode(*page).size();
            rows += page->changes.size();
            cursor = page->next;
            more = page->more;
        }
        return {};
    }).result();
    if (!pulled || rows != records.size())
        return 1;
    print("central.feed_100k", timer.elapsed() * 100'000.0 / rows, "ms");
    print("central.feed_bytes_per_row", static_cast<double>(bytes) / rows, "B");

    timer.restart();
    constexpr int pushes = 300;
    for (int i = 0; i < pushes; ++i) {
        const auto answers = (*storage)->write([&](db::Connection &connection) {
            return OperationJudge(connection, (*storage)->tables(), clock).judge({make.create(QStringLiteral("complaint"), OperationMaker::complaint())}, Scope(Identity{.account = make.newId(), .device = make.newId(), .role = QStringLiteral("operator")}));
        }).result();
        if (!answers || answers->first().outcome != Outcome::Applied)
            return 1;
    }
    print("central.push_single", timer.elapsed() / static_cast<double>(pushes), "ms");
    return 0;
}
