// SPDX-License-Identifier: GPL-3.0-or-later
#include <db/migrator.h>
#include <records/typecatalog.h>
#include <records/validation.h>
#include <wire/codec.h>

#include <QCborArray>
#include <QCoreApplication>

#include <cstdio>
#include <ctime>

using namespace ioc;
using namespace Qt::StringLiterals;

namespace {

constexpr int rows = 5000;

/// What a record costs on its way from central into the store: encoding, decoding, validation, writing, reading.
void print(const char *metric, double value, const char *unit)
{
    std::printf("%s\t%.2f\t%s\n", metric, value, unit);
}

// Processor time: other programs on the machine do not count.
class Stopwatch
{
public:
    void start() { m_start = std::clock(); }
    [[nodiscard]] double microseconds() const { return static_cast<double>(std::clock() - m_start) * 1e6 / CLOCKS_PER_SEC; }

private:
    std::clock_t m_start = std::clock();
};

Values complaint(int i, const Id &unit)
{
    return {{u"number"_s, u"PA2026-%1"_s.arg(i)},
            {u"title"_s, u"Bị tính giá cao khi ăn tối gần chợ Bến Thành, lần thứ %1"_s.arg(i)},
            {u"description"_s, u"Du khách cho biết quán không niêm yết giá và tính %1 đồng cho hai phần ăn. Đề nghị kiểm tra và trả lời sớm."_s.arg(i * 1000)},
            {u"category"_s, u"price"_s}, {u"priority"_s, u"3_normal"_s}, {u"status"_s, u"accepted"_s},
            {u"received_at"_s, qint64(1'790'000'000'000) + i * 60'000}, {u"due_at"_s, qint64(1'790'200'000'000) + i * 60'000},
            {u"assigned_unit"_s, unit.toString()}, {u"reporter_name"_s, u"Nguyễn Văn An"_s}, {u"reporter_phone"_s, u"+84901%1"_s.arg(i, 6, 10, QChar(u'0'))},
            {u"reporter_country"_s, u"VN"_s}, {u"address"_s, u"%1 Lê Lợi, phường Bến Thành"_s.arg(i)}, {u"unit"_s, unit.toString()},
            {u"place"_s, QCborArray{10.77 + i * 1e-5, 106.69 + i * 1e-5}}};
}

void measureWire(const ChangePage &page)
{
    Stopwatch timer;
    timer.start();
    const QByteArray body = wire::encode(page);
    print("records.encode_5k", timer.microseconds() / 1e3, "ms");
    print("records.page_bytes_5k", static_cast<double>(body.size()), "bytes");
    timer.start();
    const auto got = wire::decodeChangePage(body);
    print("records.decode_5k", timer.microseconds() / 1e3, "ms");
    if (!got || *got != page)
        std::abort();
}

Result<void> measureStore(const RecordType &type, const ChangePage &page)
{
    auto opened = db::Connection::open({.path = u":memory:"_s});
    if (!opened)
        return std::unexpected(opened.error());
    db::Connection &connection = **opened;
    const auto columns = db::columns(type);
    if (const auto done = db::migrate(connection, {}, {{.name = type.name, .head = u"key INTEGER PRIMARY KEY"_s, .columns = columns, .options = u"STRICT"_s}}); !done)
        return done;
    QStringList names;
    for (const db::Column &column : columns)
        names += db::quoted(column.name);
    const QString list = names.join(u',');
    const QString insert = u"INSERT INTO complaint (%1) VALUES (%2)"_s.arg(list, QStringList(columns.size(), u"?"_s).join(u','));
    Stopwatch timer;
    timer.start();
    for (const Change &change : page.changes) {
        if (const auto done = connection.exec(insert, db::bound(type, change.record.values)); !done)
            return std::unexpected(done.error());
    }
    print("records.insert_row", timer.microseconds() / rows, "us");
    timer.start();
    qsizetype fields = 0;
    const auto read = connection.each(u"SELECT %1 FROM complaint"_s.arg(list), {}, [&](const db::Row &row) {
        fields += db::readValues(type, row, 0).size();
        return true;
    });
    print("records.read_row", timer.microseconds() / rows, "us");
    return fields ? read : Result<void>(failure(ErrorCode::Internal, u"nothing was read"_s));
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv); // database drivers are plugins
    const auto catalog = TypeCatalog::load();
    if (!catalog)
        return 1;
    const RecordType &type = *(*catalog)->type(u"complaint");
    const Id space = Id::derived(Id(), u"bench");
    ChangePage page;
    for (int i = 0; i < rows; ++i)
        page.changes += {.sequence = i, .record = {type.name, Id::derived(space, QString::number(i)), i, complaint(i, space), false}, .changedMs = i};

    Stopwatch timer;
    timer.start();
    for (Change &change : page.changes) {
        if (!validate(type, change.record.values).isEmpty())
            return 1;
    }
    print("records.validate", timer.microseconds() / rows, "us");
    measureWire(page);
    const auto stored = measureStore(type, page);
    if (!stored)
        std::fprintf(stderr, "%s\n", qPrintable(stored.error().message));
    return stored ? 0 : 1;
}
