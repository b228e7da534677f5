// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/centralstorage.h>
#include <demo/democomplaints.h>

namespace ioc {

/// Makes the accounts operator, leader, clerk and admin where they are missing, all with one random password, which is written to
/// "demo-password" in \a folder, readable for its owner only. Returns those who work on complaints.
Result<QList<DemoComplaints::Author>> makeDemoAccounts(CentralStorage &storage, const QString &folder);

} // namespace ioc
