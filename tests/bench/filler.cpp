// SPDX-License-Identifier: GPL-3.0-or-later
#include "filler.h"

#include <QCborArray>
#include <QDir>
#include <QElapsedTimer>
#include <QStandardPaths>
#include <QTimer>
#include <QtEndian>

#include <cmath>
#include <cstdio>

namespace ioc::bench {

using namespace Qt::StringLiterals;

namespace {

const QStringList &subjects()
{
    static const QStringList list{u"Taxi tính giá cao hơn đồng hồ"_s, u"Quán ăn chặt chém khách nước ngoài"_s, u"Hướng dẫn viên bỏ đoàn giữa đường"_s, u"Phòng khách sạn không đúng quảng cáo"_s,
                                  u"Bị giật túi xách gần chợ"_s, u"Rác thải ven bờ sông gây mùi"_s, u"Nhà vệ sinh công cộng đóng cửa"_s, u"Người bán hàng rong chèo kéo"_s, u"Mất hộ chiếu trên xe buýt"_s,
                                  u"Tour đảo hủy nhưng không hoàn tiền"_s, u"Vỉa hè hỏng, khách bị ngã"_s, u"Thái độ phục vụ của lễ tân"_s, u"Đổi tiền giả ở tiệm vàng"_s, u"Loa kéo gây ồn ban đêm"_s,
                                  u"Cảm ơn đội hỗ trợ du khách"_s, u"Bảng chỉ dẫn sai tên đường"_s, u"Xe điện không đón khách đúng điểm"_s, u"Vé tham quan in sai ngày"_s};
    return list;
}

const QStringList &sentences()
{
    static const QStringList list{u"Khách cho biết sự việc xảy ra lúc tối qua, có hình ảnh kèm theo."_s, u"Đề nghị cơ quan chức năng kiểm tra và phản hồi sớm."_s, u"Gia đình bốn người, trong đó có hai trẻ nhỏ và một người già."_s,
                                  u"Nhân viên trả lời thiếu nhiệt tình và yêu cầu chờ hơn một giờ."_s, u"Giá niêm yết là ba trăm nghìn nhưng thu một triệu hai."_s, u"Khách đã báo công an phường và có biên bản."_s,
                                  u"Số xe và tên công ty được ghi lại trong hóa đơn."_s, u"Khách sẽ bay về nước vào sáng mai nên mong được giải quyết trước."_s, u"Khu vực này đã bị phản ánh nhiều lần trong tháng."_s,
                                  u"Hướng dẫn viên không đeo thẻ và không nói được tiếng Anh như cam kết."_s, u"Cơ sở xin lỗi và đồng ý hoàn lại một phần chi phí."_s, u"Người dân xung quanh cũng xác nhận nội dung này."_s};
    return list;
}

const QStringList &streets()
{
    static const QStringList list{u"Lê Lợi"_s, u"Nguyễn Huệ"_s, u"Bùi Viện"_s, u"Phạm Ngũ Lão"_s, u"Đồng Khởi"_s, u"Võ Văn Kiệt"_s, u"Trần Hưng Đạo"_s, u"Cách Mạng Tháng Tám"_s, u"Hai Bà Trưng"_s, u"Điện Biên Phủ"_s};
    return list;
}

const QStringList &people()
{
    static const QStringList list{u"Nguyễn Văn An"_s, u"Trần Thị Bích"_s, u"John Smith"_s, u"Lê Hoàng Dũng"_s, u"Kim Min-jun"_s, u"Phạm Thu Hà"_s, u"Marie Dupont"_s, u"Yamada Taro"_s, u"Đặng Quốc Khánh"_s, u"Võ Thị Lan"_s};
    return list;
}

constexpr int unitCount = 168;
constexpr qint64 msApart = 180'000; // on average, of the rhythm below: some 480 a day

void pause(int ms)
{
    QEventLoop loop;
    QTimer::singleShot(ms, &loop, &QEventLoop::quit);
    loop.exec();
}

} // namespace

ComplaintMaker::ComplaintMaker(qint64 newestMs, int complaints) : m_random(20260101), m_atMs(newestMs - complaints * msApart)
{
}

// Looks like a UUIDv7 of its time, so that rows lie in the index as real ones would.
Id ComplaintMaker::id(quint64 number, quint64 kind) const
{
    QByteArray bytes(16, '\0');
    qToBigEndian<quint64>((static_cast<quint64>(m_atMs) << 16) | 0x7000U | kind, bytes.data());
    qToBigEndian<quint64>(0x8000000000000000ULL | number, bytes.data() + 8);
    return Id::fromBytes(bytes).value_or(Id());
}

QString ComplaintMaker::pick(const QStringList &list)
{
    return list[m_random.bounded(static_cast<int>(list.size()))];
}

QList<Change> ComplaintMaker::units() const
{
    QList<Change> out;
    for (int i = 0; i < unitCount; ++i) {
        out += {.sequence = i + 1, .record = {.type = u"unit"_s, .id = Id::derived(Id(), QString::number(i)), .version = 1,
                .values = {{u"code"_s, u"%1"_s.arg(26000 + i)}, {u"name"_s, u"Phường số %1"_s.arg(i)}, {u"kind"_s, u"ward"_s}}}};
    }
    return out;
}

QList<Change> ComplaintMaker::next()
{
    static const QStringList categories{u"price"_s, u"service"_s, u"safety"_s, u"hygiene"_s, u"transport"_s, u"guide"_s, u"scam"_s, u"lost"_s, u"infrastructure"_s, u"other"_s};
    static const QStringList priorities{u"3_normal"_s, u"3_normal"_s, u"4_low"_s, u"2_high"_s, u"3_normal"_s, u"4_low"_s, u"1_urgent"_s};
    static const QStringList channels{u"hotline"_s, u"app"_s, u"web"_s, u"email"_s, u"counter"_s, u"social"_s};
    const quint64 number = ++m_number;
    const qint64 hour = m_atMs / 3'600'000 % 24;
    m_atMs += static_cast<qint64>(-std::log(1 - m_random.generateDouble()) * (hour < 16 ? 140'000 : 420'000)); // nights are quiet
    const bool open = m_random.bounded(20) == 0;
    const Id unit = Id::derived(Id(), QString::number(static_cast<int>(unitCount * std::pow(m_random.generateDouble(), 2))));
    Values values{{u"number"_s, u"PA2026-%1"_s.arg(number, 6, 10, QChar(u'0'))},
                  {u"title"_s, QString(pick(subjects()) + u" ở đường "_s + pick(streets()))},
                  {u"description"_s, QString(pick(sentences()) + u' ' + pick(sentences()) + u' ' + pick(sentences()))},
                  {u"category"_s, categories[static_cast<int>(10 * std::pow(m_random.generateDouble(), 1.6))]},
                  {u"priority"_s, pick(priorities)},
                  {u"status"_s, open ? pick({u"new"_s, u"accepted"_s, u"forwarded"_s, u"answered"_s}) : u"closed"_s},
                  {u"channel"_s, pick(channels)},
                  {u"received_at"_s, m_atMs},
                  {u"reporter_name"_s, pick(people())},
                  {u"reporter_phone"_s, u"+8490%1"_s.arg(m_random.bounded(10'000'000), 7, 10, QChar(u'0'))},
                  {u"address"_s, QString(QString::number(m_random.bounded(1, 400)) + u' ' + pick(streets()))},
                  {u"unit"_s, unit.toString()},
                  {u"place"_s, QCborArray{10.70 + m_random.generateDouble() * 0.25, 106.60 + m_random.generateDouble() * 0.25}}};
    if (m_random.bounded(3) > 0)
        values.insert(u"assigned_unit"_s, unit.toString());
    const Id record = id(number, 1);
    QList<Change> out;
    if (open) {
        for (const auto &[clock, hours] : {std::pair(u"respond"_s, 72), std::pair(u"resolve"_s, 240)}) {
            out += {.sequence = static_cast<qint64>(number), .record = {.type = u"clock_entry"_s, .id = id(number, static_cast<quint64>(hours)), .version = 1,
                    .values = {{u"complaint"_s, record.toString()}, {u"clock"_s, clock}, {u"act"_s, u"started"_s}, {u"at"_s, m_atMs}, {u"due"_s, m_atMs + hours * 3'600'000LL}}}};
        }
    } else { // its ledger is long history; what was computed from it is kept
        values.insert(u"answer"_s, QString(u"Đã "_s + pick({u"kiểm tra"_s, u"nhắc nhở cơ sở"_s, u"hoàn tiền cho khách"_s, u"chuyển công an xử lý"_s}) + u". "_s + pick(sentences())));
        const qint64 took = static_cast<qint64>(m_random.generateDouble() * 90 * 3'600'000);
        values.insert(u"answered_at"_s, m_atMs + took);
        values.insert(u"answered_on_time"_s, took < 72 * 3'600'000LL);
    }
    out.prepend({.sequence = static_cast<qint64>(number), .record = {.type = u"complaint"_s, .id = record, .version = 1, .values = values}});
    return out;
}

std::unique_ptr<LocalStore> openedStore(const QString &folder, const Clock &clock)
{
    const auto catalog = TypeCatalog::load();
    if (!catalog)
        return {};
    auto store = std::make_unique<LocalStore>(LocalStore::Options{.folder = folder, .catalog = *catalog, .clock = &clock});
    const auto report = answered(store->open());
    if (report)
        return store;
    qCritical("%s %s", qUtf8Printable(report.error().message), qUtf8Printable(report.error().detail));
    return {};
}

Result<double> fill(const QString &folder, int complaints)
{
    QElapsedTimer took;
    took.start();
    const SystemClock clock;
    const auto store = openedStore(folder, clock);
    if (!store)
        return failure(ErrorCode::Internal, u"The store cannot be opened."_s, folder);
    const auto known = answered(store->count({.type = u"complaint"_s}));
    if (known && *known == complaints)
        return 0.0;
    ComplaintMaker maker(clock.nowMs(), complaints); // the newest of today, so that "the last 30 days" holds what it would
    Cursor cursor{.epoch = Id::derived(Id(), u"filler"), .sequence = 1, .digest = QByteArray(32, 'x')};
    QList<Change> changes = maker.units();
    QFuture<Result<void>> written;
    for (int made = 0; made < complaints;) {
        for (int i = 0; i < 4000 && made < complaints; ++i, ++made)
            changes += maker.next();
        cursor.sequence += changes.size();
        if (written.isValid()) { // one page is made while another is written
            if (const auto done = answered(written); !done)
                return std::unexpected(done.error());
        }
        written = store->applyPage({.next = cursor, .changes = changes, .more = made < complaints});
        changes.clear();
    }
    if (const auto done = answered(written); !done)
        return std::unexpected(done.error());
    std::fprintf(stderr, "rows in %.1f s\n", static_cast<double>(took.elapsed()) / 1000);
    while (*answered(store->count({.type = u"complaint"_s, .text = u"duong"_s})) < complaints)
        pause(200); // the search index follows
    while (store->isAtSearchWork())
        pause(200); // and is put in order
    return static_cast<double>(took.elapsed()) / 1000;
}

QString filledFolder(int complaints)
{
    const QString root = QStandardPaths::writableLocation(QStandardPaths::TempLocation);
    const QString folder = u"%1/tourism-ioc-bench/store-%2"_s.arg(root).arg(complaints);
    const QString mark = folder + u"/filled-7"_s; // raise the number when what is made changes
    if (QFile::exists(mark))
        return folder;
    QDir(folder).removeRecursively();
    const auto took = fill(folder, complaints);
    QFile file(mark);
    if (!took || !file.open(QIODevice::WriteOnly)) {
        qCritical("%s", qUtf8Printable(took ? file.errorString() : took.error().message + took.error().detail));
        return {};
    }
    qInfo("%d complaints filled in %.1f s", complaints, *took);
    return folder;
}

} // namespace ioc::bench
