// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <indicators/indicatordefinition.h>
#include <records/typecatalog.h>

#include <QDate>

namespace ioc {

/// Midnight in Viet Nam (UTC+7) of the day that holds \a ms.
qint64 startOfDay(qint64 ms);
/// That day.
QDate dayOf(qint64 ms);

/// The conditions of \a definition at \a nowMs. InvalidInput when a value does not fit its field.
Result<Query> indicatorQuery(const TypeCatalog &catalog, const IndicatorDefinition &definition, qint64 nowMs);

/// \a query with one condition more.
Query with(Query query, const QString &field, Filter::Op op, const QList<QCborValue> &values = {});

} // namespace ioc
