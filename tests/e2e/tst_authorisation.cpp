// SPDX-License-Identifier: GPL-3.0-or-later
// Who may do what, over the real program's HTTPS face: every route, role and scope, as a table.
#include <access/sessions.h>
#include <central/centralstorage.h>
#include <support/centralprocess.h>
#include <support/openedpage.h>
#include <support/operationmaker.h>
#include <support/testdevice.h>
#include <wire/administration.h>
#include <wire/filestate.h>

#include <QCryptographicHash>

#include <QTest>

using namespace ioc;
using namespace Qt::StringLiterals;

namespace {

const QString password = u"bến thành sáng sớm"_s;
const QString complaint = u"complaint"_s;
const QByteArray ownBytes = QByteArray::fromHex("89504e470d0a1a0a0000000d49484452") + "own";
const QByteArray othersBytes = QByteArray::fromHex("89504e470d0a1a0a0000000d49484452") + "others";

QString digestOf(const QByteArray &bytes)
{
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

// A number is the HTTP status, a word the outcome of the one operation sent, yes and no whether the feed brought something. Beside the
// built-in roles: "nobody" sends no token and "forged" a false one; "ward" sees and changes its ward, "reader" sees it, "blind" sees no
// complaints, and "clouded" sees personal data masked; all four are operators of the northern ward.
constexpr char table[] = R"(
request               nobody forged viewer  operator clerk   editor  leader  administrator ward    reader  blind   clouded
health                200    200    200     200      200     200     200     200           200     200     200     200
unknown path          404    404    404     404      404     404     404     404           404     404     404     404
the city's sign-in    404    404    404     404      404     404     404     404           404     404     404     404
unknown method        405    405    405     405      405     405     405     405           405     405     405     405
changes               401    401    200     200      200     200     200     200           200     200     200     200
feed of the ward      -      -      yes     yes      yes     yes     yes     yes           yes     yes     no      yes
feed of another ward  -      -      yes     yes      yes     yes     yes     yes           no      no      no      yes
rows of another ward  -      -      yes     yes      yes     yes     yes     yes           no      no      no      yes
feed of the units     -      -      yes     yes      yes     yes     yes     yes           yes     yes     yes     yes
telephone in full     -      -      yes     yes      yes     yes     yes     yes           yes     yes     no      no
snapshot              401    401    200     200      200     200     200     200           200     200     200     200
key of the snapshot   -      -      yes     yes      yes     yes     yes     yes           yes     yes     yes     no
part of own snapshot  -      -      206     206      206     206     206     206           206     206     206     206
part of the whole one 401    401    206     206      206     206     206     206           404     404     404     404
told of grants        -      -      no      no       no      no      no      no            yes     yes     yes     yes
told what opens them  -      -      yes     yes      yes     yes     yes     yes           yes     yes     yes     no
told it may see       -      -      yes     yes      yes     yes     yes     yes           yes     yes     no      yes
told it may create    -      -      no      yes      yes     yes     yes     yes           yes     no      no      yes
no operations         401    401    200     200      200     200     200     200           200     200     200     200
create in the ward    401    401    refused applied  applied applied applied applied       applied refused refused applied
create elsewhere      401    401    refused applied  applied applied applied applied       refused refused refused applied
create nowhere        401    401    refused applied  applied applied applied applied       refused refused refused applied
edit in the ward      401    401    refused applied  applied applied applied applied       applied refused refused applied
edit elsewhere        401    401    refused applied  applied applied applied applied       refused refused refused applied
move elsewhere        401    401    refused applied  applied applied applied applied       refused refused refused applied
edit the telephone    401    401    refused applied  applied applied applied applied       applied refused refused refused
step in the ward      401    401    refused applied  applied applied applied applied       applied refused refused applied
step elsewhere        401    401    refused applied  applied applied applied applied       refused refused refused applied
delete in the ward    401    401    refused applied  applied applied applied applied       applied refused refused applied
delete elsewhere      401    401    refused applied  applied applied applied applied       refused refused refused applied
comment in the ward   401    401    refused applied  applied applied applied applied       applied refused refused applied
comment elsewhere     401    401    refused applied  applied applied applied applied       refused refused refused applied
create a unit         401    401    refused refused  refused refused refused applied       refused refused refused refused
create an account     401    401    refused refused  refused refused refused applied       refused refused refused refused
create a role         401    401    refused refused  refused refused refused applied       refused refused refused refused
create a grant        401    401    refused refused  refused refused refused applied       refused refused refused refused
unknown type          401    401    refused refused  refused refused refused refused       refused refused refused refused
as another's author   401    401    later   later    later   later   later   later         later   later   later   later
list accounts         401    401    403     403      403     403     403     200           403     403     403     403
list devices          401    401    403     403      403     403     403     200           403     403     403     403
revoke a device       401    401    403     403      403     403     403     200           403     403     403     403
restore a device      401    401    403     403      403     403     403     200           403     403     403     403
revoke one's own      401    401    403     403      403     403     403     400           403     403     403     403
unlock an account     401    401    403     403      403     403     403     200           403     403     403     403
sign an account out   401    401    403     403      403     403     403     200           403     403     403     403
disable an account    401    401    403     403      403     403     403     200           403     403     403     403
enable an account     401    401    403     403      403     403     403     200           403     403     403     403
give a password       401    401    403     403      403     403     403     200           403     403     403     403
administer nobody     401    401    403     403      403     403     403     404           403     403     403     403
guess own password    401    401    400     400      400     400     400     400           400     400     400     400
report a look         401    401    200     200      200     200     200     200           200     200     200     200
ask for files         401    401    200     200      200     200     200     200           200     200     200     200
hears of own file     no     no     yes     yes      yes     yes     yes     yes           yes     yes     no      yes
hears of another file no     no     yes     yes      yes     yes     yes     yes           no      no      no      yes
send file in the ward 401    401    403     200      200     200     200     200           200     403     404     200
send file elsewhere   401    401    403     200      200     200     200     200           404     404     404     200
fetch file in ward    401    401    206     206      206     206     206     206           206     206     404     206
fetch file elsewhere  401    401    206     206      206     206     206     206           404     404     404     206
attach in the ward    401    401    refused applied  applied applied applied applied       applied refused refused applied
attach elsewhere      401    401    refused applied  applied applied applied applied       refused refused refused applied
file without a name   401    401    404     404      404     404     404     404           404     404     404     404
renew                 401    401    200     200      200     200     200     200           200     200     200     200
renew elsewhere       401    401    401     401      401     401     401     401           401     401     401     401
sign out              401    401    200     200      200     200     200     200           200     200     200     200
)";

} // namespace

class TestAuthorisation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addBackends(); }

    void matrix_data()
    {
        QTest::addColumn<QString>("request");
        QTest::addColumn<QString>("who");
        QTest::addColumn<QString>("expected");
        const QStringList lines = QString::fromLatin1(table).split(u'\n', Qt::SkipEmptyParts);
        const QStringList people = lines.first().mid(requestWidth).split(u' ', Qt::SkipEmptyParts);
        for (const QString &line : lines.sliced(1)) {
            const QString request = line.left(requestWidth).trimmed();
            const QStringList cells = line.mid(requestWidth).split(u' ', Qt::SkipEmptyParts);
            if (cells.size() != people.size())
                qFatal("the table is not whole: %s", qPrintable(request));
            for (qsizetype i = 0; i < people.size(); ++i) {
                if (cells[i] != u"-")
                    QTest::addRow("%s: %s", qPrintable(request), qPrintable(people[i])) << request << people[i] << cells[i];
            }
        }
    }
    void matrix()
    {
        QFETCH_GLOBAL(QString, backend);
        QFETCH(QString, request);
        QFETCH(QString, who);
        QFETCH(QString, expected);
        if (m_backend != backend) {
            m_obstacle = prepare(backend);
            m_backend = backend;
        }
        if (!m_obstacle.isEmpty())
            QSKIP(qPrintable(m_obstacle));
        QCOMPARE(outcomeOf(request, who), expected);
    }
    void cleanupTestCase()
    {
        m_devices.clear();
        m_central.reset();
        m_backend.clear();
    }

private:
    static constexpr qsizetype requestWidth = 22;

    QString prepare(const QString &backend)
    {
        m_devices.clear();
        m_wholeSnapshot.clear();
        m_central = std::make_unique<CentralProcess>(backend);
        if (const QString obstacle = m_central->obstacle(); !obstacle.isEmpty())
            return obstacle;
        if (!m_central->init())
            qFatal("cannot make a central");
        for (const auto &role : {u"viewer"_s, u"operator"_s, u"clerk"_s, u"editor"_s, u"leader"_s, u"administrator"_s}) {
            if (!m_central->addAccount(role, role, password))
                qFatal("cannot add an account");
        }
        if (!m_central->addAccount(u"scratch"_s, u"viewer"_s, password))
            qFatal("cannot add an account");
        for (const auto &login : {u"ward"_s, u"reader"_s, u"blind"_s, u"clouded"_s}) {
            if (!m_central->addAccount(login, u"operator"_s, password))
                qFatal("cannot add an account");
        }
        fill();
        if (!m_central->serve())
            qFatal("central does not serve");
        TestDevice scratch(m_central->url(), m_central->authorityFile(), Id::create(m_clock));
        if (scratch.signIn(u"scratch"_s, password).status != 200)
            qFatal("cannot sign in");
        m_scratchAccount = scratch.session().account;
        m_scratchDevice = scratch.device();
        return {};
    }

    // Units, roles, accounts, and enough complaints for a snapshot.
    void fill()
    {
        SystemClock clock;
        auto storage = CentralStorage::open({.folder = m_central->dataFolder(), .catalog = TypeCatalog::load().value(), .clock = &clock, .server = m_central->server()}).value();
        QList<Record> records;
        for (Id *id : {&m_north, &m_south, &m_mine, &m_others, &m_othersRow})
            *id = Id::create(clock);
        records += {.type = u"unit"_s, .id = m_north, .values = {{u"code"_s, u"1"_s}, {u"name"_s, u"Bắc"_s}, {u"kind"_s, u"ward"_s}}};
        records += {.type = u"unit"_s, .id = m_south, .values = {{u"code"_s, u"2"_s}, {u"name"_s, u"Nam"_s}, {u"kind"_s, u"ward"_s}}};
        const QHash<QString, Values> grants{{u"ward"_s, {{u"view"_s, u"branch"_s}, {u"capture"_s, u"branch"_s}}},
                                            {u"reader"_s, {{u"view"_s, u"unit"_s}, {u"capture"_s, u"none"_s}}},
                                            {u"blind"_s, {{u"record_type"_s, complaint}, {u"view"_s, u"none"_s}}},
                                            {u"clouded"_s, {{u"sensitive"_s, u"masked"_s}}}};
        for (const auto &[login, grant] : grants.asKeyValueRange()) {
            const Id role = Id::create(clock);
            const auto account = storage->read([&](db::Connection &connection) { return Sessions(connection, clock).account(login); }).result().value();
            Values values = grant;
            values.insert(u"role"_s, role.toString());
            records += {.type = u"role"_s, .id = role, .values = {{u"code"_s, login}, {u"name"_s, login}, {u"based_on"_s, u"operator"_s}}};
            records += {.type = u"role_grant"_s, .id = Id::create(clock), .values = values};
            records += {.type = u"account"_s, .id = account.account, .values = {{u"login"_s, login}, {u"display_name"_s, login}, {u"role"_s, u"operator"_s},
                                                                               {u"custom_role"_s, role.toString()}, {u"unit"_s, m_north.toString()}}};
        }
        records += complaintIn(m_north, m_mine);
        records += complaintIn(m_south, m_others);
        records += {.type = u"timeline_entry"_s, .id = m_othersRow, .values = {{u"complaint"_s, m_others.toString()}, {u"kind"_s, u"comment"_s}, {u"at"_s, qint64(1'780'000'000'000)}}};
        records += {.type = u"attachment"_s, .id = Id::create(clock), .values = fileOf(m_mine, ownBytes)};
        records += {.type = u"attachment"_s, .id = Id::create(clock), .values = fileOf(m_others, othersBytes)};
        for (int i = 0; i < 5000; ++i)
            records += complaintIn(i % 2 ? m_north : m_south, Id::create(clock));
        const auto report = storage->importRecords(records, {}).result();
        if (!report || !report->problems.isEmpty())
            qFatal("cannot fill central");
    }
    static Values fileOf(const Id &parent, const QByteArray &bytes)
    {
        return {{u"complaint"_s, parent.toString()}, {u"name"_s, u"ảnh.png"_s}, {u"media_type"_s, u"image/png"_s}, {u"size"_s, bytes.size()},
                {u"digest"_s, digestOf(bytes)}, {u"added_at"_s, qint64(1'780'000'000'000)}};
    }
    static Record complaintIn(const Id &unit, const Id &id)
    {
        Values values = OperationMaker::complaint();
        values.insert(u"reporter_phone"_s, u"+84901234567"_s);
        values.insert(u"status"_s, u"new"_s);
        if (!unit.isNull())
            values.insert(u"unit"_s, unit.toString());
        return {.type = complaint, .id = id, .values = values};
    }

    TestDevice &device(const QString &who)
    {
        auto &device = m_devices[who];
        if (!device) {
            device = std::make_shared<TestDevice>(m_central->url(), m_central->authorityFile(), Id::create(m_clock));
            if (who == u"forged")
                device->setAccessToken(u"bWF5YmUgdGhpcyBvbmUgd2lsbCBkbywgd2hvIGtub3dz"_s);
            else if (who != u"nobody" && device->signIn(who, password).status != 200)
                qFatal("cannot sign in");
        }
        return *device;
    }

    QString outcomeOf(const QString &request, const QString &who)
    {
        TestDevice &client = device(who);
        const auto status = [&](const QByteArray &verb, const QString &path, const QByteArray &body = {}) { return QString::number(client.request(verb, path, body).status); };
        if (request == u"health")
            return status("GET", u"/v1/health"_s);
        if (request == u"the city's sign-in") // there is none here
            return status("GET", u"/v1/sign-in/provider"_s);
        if (request == u"unknown path")
            return status("GET", u"/v1/boats/all"_s);
        if (request == u"unknown method")
            return status("PUT", u"/v1/changes"_s);
        if (request == u"changes")
            return status("GET", u"/v1/changes?limit=1"_s);
        if (request.startsWith(u"feed") || request.startsWith(u"rows") || request.startsWith(u"telephone"))
            return fed(request, client);
        if (request.contains(u"snapshot") || request == u"part of the whole one")
            return snapshotOutcome(request, client);
        if (request.startsWith(u"told"))
            return told(request, client.session());
        if (const QString path = administrationPath(request); !path.isEmpty())
            return status(request.startsWith(u"list") ? "GET" : "POST", path);
        if (request == u"revoke one's own")
            return status("POST", u"/v1/devices/%1/revoke"_s.arg(client.device().toString()));
        if (request == u"guess own password")
            return status("POST", u"/v1/password"_s, wire::encode(PasswordChange{u"chắc là thế này"_s, u"sông nước miền tây"_s}));
        if (request == u"no operations")
            return status("POST", u"/v1/operations"_s, wire::encode(QList<Operation>()));
        if (request == u"report a look") // what a device showed while it might: it is heard, whatever its account may see by now
            return status("POST", u"/v1/looks"_s, wire::encode(QList<Look>{Look{.look = Id::create(m_clock), .type = complaint, .record = m_mine, .fields = {u"reporter_phone"_s}, .author = {}}}));
        if (request.contains(u"file"))
            return fileOutcome(request, client);
        if (request.startsWith(u"renew") || request == u"sign out")
            return sessionOutcome(request, who);
        const auto answered = client.request("POST", u"/v1/operations"_s, wire::encode(QList<Operation>{operationFor(request, client)}));
        return answered.status == 200 ? outcomeName(wire::decodeAnswers(answered.body).value_or(QList<Answer>()).value(0).outcome) : QString::number(answered.status);
    }

    // What administrators do, to an account and a device that nobody else in the table uses; empty: something else.
    [[nodiscard]] QString administrationPath(const QString &request) const
    {
        const QString account = u"/v1/accounts/"_s + m_scratchAccount.toString();
        const QString device = u"/v1/devices/"_s + m_scratchDevice.toString();
        const QHash<QString, QString> paths{{u"list accounts"_s, u"/v1/accounts?limit=10"_s}, {u"list devices"_s, u"/v1/devices"_s}, {u"revoke a device"_s, device + u"/revoke"_s},
                                            {u"restore a device"_s, device + u"/restore"_s}, {u"unlock an account"_s, account + u"/unlock"_s}, {u"sign an account out"_s, account + u"/sign-out"_s},
                                            {u"disable an account"_s, account + u"/disable"_s}, {u"enable an account"_s, account + u"/enable"_s}, {u"give a password"_s, account + u"/password"_s},
                                            {u"administer nobody"_s, u"/v1/accounts/%1/unlock"_s.arg(m_scratchDevice.toString())}};
        return paths.value(request);
    }

    // What the desktop is told, and offers and hides by: it has to say the same as central does.
    static QString told(const QString &request, const Session &session)
    {
        const auto catalog = TypeCatalog::load().value();
        const RecordType &type = *catalog->type(complaint);
        const Rights rights(*catalog, session.role, session.grants);
        if (request.endsWith(u"opens them"))
            return session.vault.isEmpty() ? u"no"_s : u"yes"_s;
        const bool yes = request.endsWith(u"grants") ? !session.grants.isEmpty() : request.endsWith(u"see") ? rights.of(type).view != Reach::None : rights.mayCapture(type);
        return yes ? u"yes"_s : u"no"_s;
    }

    QString fed(const QString &request, TestDevice &client)
    {
        Cursor cursor;
        const auto changes = client.pullAll(cursor);
        if (!changes)
            return u"failed"_s;
        const Id wanted = request.startsWith(u"rows") ? m_othersRow : request.contains(u"units") ? m_south : request.contains(u"another") ? m_others : m_mine;
        const auto found = std::ranges::find(*changes, wanted, [](const Change &change) { return change.record.id; });
        if (!request.startsWith(u"telephone"))
            return found != changes->end() ? u"yes"_s : u"no"_s;
        const ChangePage open = test::opened({.changes = *changes});
        const bool there = std::ranges::any_of(open.changes, [&](const Change &change) { return change.record.id == wanted && change.record.text(u"reporter_phone"_s) == u"+84901234567"; });
        return there ? u"yes"_s : u"no"_s;
    }

    /// The name of the file that \a client is offered, once it is built; the status when it is not.
    std::pair<QString, int> offered(TestDevice &client)
    {
        TestDevice::Answered answered;
        (void)QTest::qWaitFor([&] { return (answered = client.request("GET", u"/v1/snapshot"_s)).status != 202; }, 60'000);
        const auto snapshot = wire::decodeSnapshot(answered.body);
        return {answered.status == 200 && snapshot ? snapshot->id : QString(), answered.status};
    }
    QString snapshotOutcome(const QString &request, TestDevice &client)
    {
        if (m_wholeSnapshot.isEmpty())
            m_wholeSnapshot = offered(device(u"administrator"_s)).first;
        if (request.startsWith(u"key")) {
            (void)offered(client);
            const auto snapshot = wire::decodeSnapshot(client.request("GET", u"/v1/snapshot"_s).body);
            return snapshot && !snapshot->vault.isEmpty() ? u"yes"_s : u"no"_s;
        }
        if (request == u"snapshot")
            return QString::number(offered(client).second);
        const QString id = request == u"part of the whole one" ? m_wholeSnapshot : offered(client).first;
        return QString::number(client.requestWith("GET", u"/v1/snapshot/"_s + id, {{"Range", "bytes=0-99"}}).status);
    }

    static QString fileOutcome(const QString &request, TestDevice &client)
    {
        const bool isOthers = request.contains(u"another") || request.endsWith(u"elsewhere");
        const QByteArray bytes = request.endsWith(u"without a name") ? QByteArray("nobody's") : isOthers ? othersBytes : ownBytes;
        const QString path = u"/v1/files/"_s + digestOf(bytes);
        if (request.startsWith(u"fetch"))
            return QString::number(client.requestWith("GET", path, {{"Range", "bytes=0-99"}}).status);
        if (request.startsWith(u"send") || request.endsWith(u"without a name"))
            return QString::number(client.request("PUT", path + u"?offset=0"_s, bytes).status);
        const auto answered = client.request("POST", u"/v1/files"_s, wire::encodeDigests({digestOf(bytes)}));
        if (request == u"ask for files")
            return QString::number(answered.status);
        const auto states = wire::decodeFileStates(answered.body);
        return states && states->files.value(0).standing != FileState::Standing::Unknown ? u"yes"_s : u"no"_s;
    }

    // With tokens of its own, which do not last.
    QString sessionOutcome(const QString &request, const QString &who)
    {
        TestDevice client(m_central->url(), m_central->authorityFile(), Id::create(m_clock));
        QString refresh = u"none"_s;
        if (who == u"forged") {
            client.setAccessToken(u"bWF5YmUgdGhpcyBvbmUgd2lsbCBkbywgd2hvIGtub3dz"_s);
        } else if (who != u"nobody") {
            client.signIn(who, password);
            refresh = client.session().refreshToken;
        }
        if (request == u"sign out") {
            const int status = client.request("DELETE", u"/v1/session"_s).status;
            return status == 200 && client.request("GET", u"/v1/changes"_s).status != 401 ? u"still in"_s : QString::number(status);
        }
        TestDevice stranger(m_central->url(), m_central->authorityFile(), Id::create(m_clock));
        return QString::number((request == u"renew" ? client : stranger).renew(refresh).status);
    }

    Operation operationFor(const QString &request, TestDevice &client)
    {
        const OperationMaker make(client.session().account, client.device());
        const bool isHere = request.endsWith(u"in the ward") || request.startsWith(u"move") || request.endsWith(u"telephone");
        const Id unit = isHere ? m_north : request.endsWith(u"nowhere") ? Id() : m_south;
        if (request.startsWith(u"create a")) {
            const QString code = u"x"_s + QString::number(++m_counter);
            if (request == u"create a unit")
                return make.create(u"unit"_s, {{u"code"_s, code}, {u"name"_s, code}, {u"kind"_s, u"ward"_s}});
            if (request == u"create an account")
                return make.create(u"account"_s, {{u"login"_s, code}, {u"display_name"_s, code}, {u"role"_s, u"administrator"_s}});
            if (request == u"create a role")
                return make.create(u"role"_s, {{u"code"_s, code}, {u"name"_s, code}, {u"based_on"_s, u"administrator"_s}});
            return make.create(u"role_grant"_s, {{u"role"_s, someRole()}, {u"record_type"_s, code}, {u"view"_s, u"all"_s}});
        }
        if (request == u"unknown type")
            return make.create(u"boat"_s, {});
        if (request == u"as another's author")
            return OperationMaker(Id::create(m_clock), client.device()).create(complaint, OperationMaker::complaint());
        Values values = complaintIn(unit, {}).values;
        if (request.startsWith(u"create")) {
            values.remove(u"reporter_phone"_s);
            return make.create(complaint, values);
        }
        const Id record = isHere ? m_mine : m_others;
        if (request.startsWith(u"attach"))
            return make.create(u"attachment"_s, fileOf(record, QByteArray("attached")));
        if (request.startsWith(u"comment"))
            return make.create(u"timeline_entry"_s, {{u"complaint"_s, record.toString()}, {u"kind"_s, u"comment"_s}, {u"at"_s, qint64(1'780'000'000'000)}});
        // Changes of what stands are made to a complaint of their own.
        TestDevice &ruler = device(u"administrator"_s);
        const Operation made = OperationMaker(ruler.session().account, ruler.device()).create(complaint, values);
        if (ruler.push({made}).value(0).outcome != Outcome::Applied)
            qFatal("cannot make a complaint");
        if (request.startsWith(u"step"))
            return make.step(complaint, made.record, u"accept"_s, {}, 1);
        if (request.startsWith(u"delete"))
            return make.make(OperationKind::Delete, complaint, made.record, {}, 1);
        if (request.startsWith(u"move"))
            return make.edit(complaint, made.record, u"unit"_s, m_north.toString(), m_south.toString(), 1);
        if (request.endsWith(u"telephone"))
            return make.edit(complaint, made.record, u"reporter_phone"_s, u"+84901234567"_s, u"+84911111111"_s, 1);
        return make.edit(complaint, made.record, u"title"_s, values[u"title"_s], u"Sửa"_s, 1);
    }

    QString someRole()
    {
        Cursor cursor;
        const auto changes = device(u"administrator"_s).pullAll(cursor).value_or(QList<Change>());
        const auto found = std::ranges::find(changes, u"role"_s, [](const Change &change) { return change.record.type; });
        return found == changes.end() ? QString() : found->record.id.toString();
    }

    SystemClock m_clock;
    QString m_backend;
    QString m_obstacle;
    std::unique_ptr<CentralProcess> m_central;
    QHash<QString, std::shared_ptr<TestDevice>> m_devices;
    QString m_wholeSnapshot;
    Id m_north, m_south, m_mine, m_others, m_othersRow, m_scratchAccount, m_scratchDevice;
    int m_counter = 0;
};

QTEST_GUILESS_MAIN(TestAuthorisation)
#include "tst_authorisation.moc"
