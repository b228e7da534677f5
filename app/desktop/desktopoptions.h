// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>

#include <QSize>
#include <QStringList>
#include <QUrl>

#include <optional>

namespace ioc {

/// What the program was started with. What is not given comes from the settings of the last time.
struct DesktopOptions
{
    QString profile;      ///< folder of the local store, settings and stills
    QUrl server;
    QString authorityFile; ///< the deployment's CA, PEM
    QString account;       ///< signs in without asking, with the password in \c passwordFile
    QString passwordFile;
    QStringList mapPacks;  ///< street packs over the base map; "-light" or "-dark" in a name keeps it to that theme
    QString screenshot;
    QString theme;         ///< light, dark or empty
    QString language;      ///< vi, en or empty
    QSize size;
    bool selfTest = false;
};

/// Reads the command line. "--help" and "--version" end the program.
Result<DesktopOptions> readOptions(const QStringList &arguments);

} // namespace ioc
