// SPDX-License-Identifier: GPL-3.0-or-later
#include <central/scope.h>

#include <QCryptographicHash>
#include <QtEndian>

#include <algorithm>

namespace ioc {

namespace {

// What decides what is sent, and nothing else, in an order of its own.
class ScopeHash
{
public:
    void add(const QByteArray &bytes)
    {
        m_hash.addData(QByteArray::number(bytes.size()) + ':');
        m_hash.addData(bytes);
    }
    void add(Reach view, Disclosure sensitive)
    {
        add(QByteArray::number(static_cast<int>(view)) + '/' + QByteArray::number(static_cast<int>(sensitive)));
        m_usesUnit = m_usesUnit || view == Reach::Unit;
        m_usesBranch = m_usesBranch || view == Reach::Branch;
    }
    void add(const Area &area)
    {
        if (m_usesUnit)
            add(area.unit.toBytes());
        if (!m_usesBranch)
            return;
        QList<Id> branch = area.branch.values();
        std::ranges::sort(branch);
        for (const Id &unit : std::as_const(branch))
            add(unit.toBytes());
    }
    [[nodiscard]] QByteArray result() const { return m_hash.result(); }

private:
    QCryptographicHash m_hash{QCryptographicHash::Sha256};
    bool m_usesUnit = false;
    bool m_usesBranch = false;
};

} // namespace

Scope::Contents::Contents(const TypeCatalog &catalog, Rights ofRole, Area ofAccount) : rights(std::move(ofRole)), area(std::move(ofAccount))
{
    const auto types = catalog.types();
    ScopeHash hash;
    for (const RecordType *type : types) {
        const RecordType &root = catalog.rootOf(*type);
        roots.insert(type->name, &root);
        belongs.insert(type->name, belongsToUnits(root));
        const TypeRights own = rights.of(*type);
        hash.add(type->name.toUtf8());
        hash.add(own.view != Reach::None && !belongs[type->name] ? Reach::All : own.view, own.sensitive);
    }
    QList<Id> records = rights.records().keys();
    std::ranges::sort(records);
    for (const Id &record : std::as_const(records)) {
        hash.add(record.toBytes());
        hash.add(rights.records()[record].view, rights.records()[record].sensitive);
    }
    hash.add(area);
    const QByteArray digest = hash.result();
    key = rights.seesEverything() ? QStringLiteral("all") : QString::fromLatin1(digest.toHex().first(24));
    version = rights.seesEverything() ? 1 : 2 + (qFromBigEndian<qint64>(digest.constData()) & 0x3fffffffffff);
}

bool Scope::within(Reach reach, const RecordType &type, const QList<Id> &units) const
{
    if (reach == Reach::None || reach == Reach::All || !m_contents->belongs.value(type.name))
        return reach != Reach::None;
    return m_contents->area.contains(reach, units);
}

bool Scope::sees(const RecordType &type, const Id &record, const QList<Id> &units) const
{
    return !m_contents || within(m_contents->rights.of(type, record).view, type, units);
}

bool Scope::mayCapture(const RecordType &type, const Id &record, const QList<Id> &units) const
{
    return type.mayChange(m_who.role) && (!m_contents || within(m_contents->rights.of(type, record).capture, type, units));
}

bool Scope::mayCapture(const RecordType &type) const
{
    return m_contents ? m_contents->rights.mayCapture(type) : type.mayChange(m_who.role);
}

bool Scope::asksForUnits(const RecordType &type) const
{
    const auto asks = [](const TypeRights &rights) { return rights.view == Reach::Unit || rights.view == Reach::Branch; };
    return m_contents && m_contents->belongs.value(type.name) && (asks(m_contents->rights.of(type)) || std::ranges::any_of(m_contents->rights.records(), asks));
}

bool Scope::asksForUnitsToCapture(const RecordType &type) const
{
    const auto asks = [](const TypeRights &rights) { return rights.capture == Reach::Unit || rights.capture == Reach::Branch; };
    return asksForUnits(type)
           || (m_contents && m_contents->belongs.value(type.name) && (asks(m_contents->rights.of(type)) || std::ranges::any_of(m_contents->rights.records(), asks)));
}

Disclosure Scope::disclosure(const RecordType &type) const
{
    return m_contents ? m_contents->rights.of(type).sensitive : Disclosure::Open;
}

bool Scope::opensPersonal(const TypeCatalog &catalog) const
{
    return std::ranges::any_of(catalog.types(), [this](const RecordType *type) { return disclosure(*type) == Disclosure::Open && mayBePersonal(*type); });
}

Values Scope::shown(const RecordType &type, Values values) const
{
    return m_contents ? disclosed(type, *m_contents->roots.value(type.name), std::move(values), disclosure(type)) : values;
}

} // namespace ioc
