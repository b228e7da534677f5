// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayList>
#include <QList>

#include <memory>
#include <vector>

namespace ioc {

/// Devices that push at the same time: each on a TLS connection of its own, one request after the other. One thread serves them all with as little work
/// of its own as may be, for it is central that is measured.
class PushLines
{
public:
    PushLines();
    ~PushLines();
    PushLines(const PushLines &) = delete;
    PushLines &operator=(const PushLines &) = delete;
    /// Connects, one line after the other, to \a port of this machine; central's certificate has to be of \a authorityFile. False when one cannot.
    bool open(quint16 port, const QByteArray &authorityFile, qsizetype lines);
    /// Sends each line its requests, and waits for every answer; false when a line is cut off or answered anything but 200.
    bool run(const QList<QByteArrayList> &requests);
    /// The bodies that were answered, in no order.
    [[nodiscard]] const QByteArrayList &answers() const { return m_answers; }

private:
    struct Line;
    bool sendNext(Line &line, const QByteArrayList &requests);
    bool receive(Line &line, bool &isWhole);

    std::vector<std::unique_ptr<Line>> m_lines;
    QByteArrayList m_answers;
};

} // namespace ioc
