// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <central/certificates.h>

#include <QObject>
#include <QSslConfiguration>
#include <QTimer>

namespace ioc {

/// Keeps the server's certificate valid while central serves: renews it when it nears its end and the authority's key is here, and
/// takes files that somebody put in its place. Looks every hour and when told to.
class CertificateWatch : public QObject
{
    Q_OBJECT

public:
    static constexpr qint64 renewBeforeMs = 30LL * 24 * 3'600'000;

    CertificateWatch(const CertificateFiles &files, const Clock &clock, QObject *parent = nullptr);

    /// Looks for the first time. Damaged, NotFound or Denied when the files are of no use.
    Result<QSslConfiguration> load();
    /// Looks again. What cannot be used is left alone and said in the log: what was loaded before stays.
    void look();
    /// When the certificate that was loaded ends.
    [[nodiscard]] qint64 untilMs() const { return m_untilMs; }

Q_SIGNALS:
    void changed(const QSslConfiguration &configuration);

private:
    void renewIfDue();
    Result<QByteArray> fingerprint() const;

    CertificateFiles m_files;
    const Clock &m_clock;
    QTimer m_timer;
    QByteArray m_loaded; ///< fingerprint
    qint64 m_untilMs = 0;
};

} // namespace ioc
