// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <indicators/indicatordefinition.h>
#include <records/typecatalog.h>

namespace ioc {

/// Reads one declaration and checks it against the record types; a key it does not know is an error.
Result<IndicatorDefinition> readIndicator(const QByteArray &json, const TypeCatalog &catalog);

/// The product's own indicators and those in \a extraFolders, by their order. A later one replaces an earlier of the same code.
Result<QList<IndicatorDefinition>> loadIndicators(const TypeCatalog &catalog, const QStringList &extraFolders = {});

} // namespace ioc
