// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/certificates.h>
#include <central/sealing.h>
#include <db/connection.h>
#include <records/typecatalog.h>

#include <QUrl>

namespace ioc {

/// What one look at a deployment found.
struct Finding
{
    enum class Level { Fine, Warning, Fault };
    QString check; ///< stable name: "disk", "certificate" …
    Level level = Level::Fine;
    QString text;   ///< what is so
    QString advice; ///< what to do; empty when nothing has to be done
};

/// Looks at everything that central needs and changes nothing. Blocks.
class Doctor
{
public:
    struct Options
    {
        QString folder;
        std::optional<db::ServerAddress> server;
        QUrl running; ///< of a central that serves this deployment; empty: not asked
        std::shared_ptr<const TypeCatalog> catalog;
        const Clock *clock = nullptr;
    };
    explicit Doctor(Options options) : m_options(std::move(options)) {}

    QList<Finding> examine();

private:
    bool examineFolder();
    void examineKeys();
    void examineCertificate();
    void examineDisk();
    void examineClock();
    void examineServing();
    void examineProvider();
    void add(const char *check, Finding::Level level, const QString &text, const QString &advice = {});

    Options m_options;
    QList<Finding> m_findings;
};

/// The part of it that looks into the database.
class DatabaseExamination
{
public:
    DatabaseExamination(const Doctor::Options &options, QList<Finding> &findings) : m_options(options), m_findings(findings) {}
    void run();

private:
    using Level = Finding::Level;
    void examineServer();
    void examinePrivileges();
    void examineIntegrity();
    void examineSchema();
    void examineFeed();
    void examineAudit();
    void examineSealing();
    void examineFiles();
    void examineSequencer();
    void examineLastBackup();
    void examineTime();
    void examineBackupTools();
    void add(const char *check, Level level, const QString &text, const QString &advice = {});
    void add(const char *check, const Error &error);
    [[nodiscard]] bool onServer() const { return m_options.server.has_value(); }
    Result<QString> text(const QString &sql);

    const Doctor::Options &m_options;
    QList<Finding> &m_findings;
    std::unique_ptr<db::Connection> m_connection;
    std::shared_ptr<const Sealing> m_sealing;
};

} // namespace ioc
