// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/scopebook.h>

#include <algorithm>

namespace ioc {

namespace {

constexpr qsizetype mostScopes = 10'000; // remembered; a country has some thousand communes

Id idIn(const db::Row &row, int column)
{
    return row.isNull(column) ? Id() : Id::fromBytes(row.bytes(column)).value_or(Id());
}

template <typename Step>
std::optional<Step> stepIn(const db::Row &row, int column, std::initializer_list<QLatin1StringView> names)
{
    const QString name = row.text(column);
    const auto found = std::ranges::find_if(names, [&](QLatin1StringView one) { return one == name; });
    return found == names.end() ? std::nullopt : std::optional(static_cast<Step>(found - names.begin()));
}

std::optional<Reach> reachIn(const db::Row &row, int column)
{
    return stepIn<Reach>(row, column, {QLatin1StringView("none"), QLatin1StringView("unit"), QLatin1StringView("branch"), QLatin1StringView("all")});
}

Grant grantIn(const db::Row &row)
{
    Grant grant{.recordType = row.text(1), .record = idIn(row, 2), .view = reachIn(row, 3), .capture = reachIn(row, 4), .search = reachIn(row, 5),
                .sensitive = stepIn<Disclosure>(row, 6, {QLatin1StringView("hidden"), QLatin1StringView("masked"), QLatin1StringView("open")})};
    if (!grant.record.isNull())
        grant.recordType = QStringLiteral("camera");
    return grant;
}

} // namespace

Result<std::shared_ptr<ScopeBook::Pages>> ScopeBook::read(db::Connection &connection) const
{
    auto pages = std::make_shared<Pages>();
    const auto roles = connection.each(QStringLiteral("SELECT id, code FROM \"role\" WHERE shard = ? AND deleted = 0"), {m_shard}, [&](const db::Row &row) {
        pages->roles.insert(row.text(1), idIn(row, 0));
        return true;
    });
    const auto grants = connection.each(QStringLiteral("SELECT role, record_type, camera, \"view\", capture, search, sensitive FROM role_grant WHERE shard = ? AND deleted = 0"), {m_shard},
                                        [&](const db::Row &row) {
                                            pages->grants[idIn(row, 0)] += grantIn(row);
                                            return true;
                                        });
    const auto units = connection.each(QStringLiteral("SELECT id, parent FROM unit WHERE shard = ? AND deleted = 0 AND parent IS NOT NULL"), {m_shard}, [&](const db::Row &row) {
        pages->below.insert(idIn(row, 1), idIn(row, 0));
        return true;
    });
    for (const auto *done : {&roles, &grants, &units}) {
        if (!*done)
            return std::unexpected(done->error());
    }
    return pages;
}

Result<ScopeBook::Open> ScopeBook::open(db::Connection &connection, const Identity &who)
{
    Open known = m_open.load();
    if (known->revision >= who.rightsRevision)
        return known;
    auto fresh = read(connection);
    if (!fresh)
        return std::unexpected(fresh.error());
    (*fresh)->revision = who.rightsRevision; // read before: what is in it may be newer, and is then read once more
    known = *fresh;
    m_open.store(known);
    return known;
}

QList<Grant> ScopeBook::grantsIn(const Pages &pages, const Identity &who)
{
    return pages.grants.value(who.customRole.isNull() ? pages.roles.value(who.role) : who.customRole);
}

Result<QList<Grant>> ScopeBook::grantsOf(db::Connection &connection, const Identity &who)
{
    return open(connection, who).transform([&](const Open &pages) { return grantsIn(*pages, who); });
}

Result<Scope> ScopeBook::scopeOf(db::Connection &connection, const Identity &who)
{
    const auto pages = open(connection, who);
    if (!pages)
        return std::unexpected(pages.error());
    const QList<Grant> grants = grantsIn(**pages, who);
    if (grants.isEmpty())
        return Scope(who);
    const QByteArray holder = who.role.toUtf8() + '\n' + who.customRole.toBytes() + who.unit.toBytes();
    if (const auto made = (*pages)->scopes.value(holder))
        return Scope(who, made);
    auto contents = std::make_shared<const Scope::Contents>(*m_catalog, Rights(*m_catalog, who.role, grants), Area{who.unit, branchOf(who.unit, (*pages)->below)});
    auto next = std::make_shared<Pages>(**pages);
    if (next->scopes.size() >= mostScopes)
        next->scopes.clear();
    next->scopes.insert(holder, contents);
    Open expected = *pages;
    m_open.compare_exchange_strong(expected, std::move(next)); // when another was faster, this one is made again some time
    return Scope(who, std::move(contents));
}

} // namespace ioc
