// SPDX-License-Identifier: GPL-3.0-or-later
#include "pushlines.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

namespace ioc {

namespace {

constexpr char address[] = "127.0.0.1";

struct FreeContext
{
    void operator()(SSL_CTX *context) const { SSL_CTX_free(context); }
};
struct FreeSsl
{
    void operator()(SSL *ssl) const { SSL_free(ssl); }
};

} // namespace

struct PushLines::Line
{
    ~Line()
    {
        ssl.reset();
        if (descriptor >= 0)
            ::close(descriptor);
    }
    int descriptor = -1;
    std::unique_ptr<SSL, FreeSsl> ssl;
    qsizetype next = 0;
    qsizetype number = 0;
    QByteArray answer;
};

PushLines::PushLines() = default;
PushLines::~PushLines() = default;

bool PushLines::open(quint16 port, const QByteArray &authorityFile, qsizetype lines)
{
    const std::unique_ptr<SSL_CTX, FreeContext> context(SSL_CTX_new(TLS_client_method()));
    SSL_CTX_set_min_proto_version(context.get(), TLS1_3_VERSION);
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    if (SSL_CTX_load_verify_locations(context.get(), authorityFile.constData(), nullptr) != 1)
        return false;
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    ::inet_pton(AF_INET, address, &to.sin_addr);
    for (qsizetype i = 0; i < lines; ++i) {
        auto line = std::make_unique<Line>();
        line->number = i;
        line->descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        constexpr int yes = 1;
        ::setsockopt(line->descriptor, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        if (::connect(line->descriptor, reinterpret_cast<const sockaddr *>(&to), sizeof to) != 0)
            return false;
        line->ssl.reset(SSL_new(context.get()));
        X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(line->ssl.get()), address);
        SSL_set_fd(line->ssl.get(), line->descriptor);
        SSL_set_mode(line->ssl.get(), SSL_MODE_ENABLE_PARTIAL_WRITE);
        bool isWhole = false;
        // A first request: a connection that sends none is cut off before all of them stand.
        const QByteArrayList first{"GET /v1/health HTTP/1.1\r\nHost: localhost\r\n\r\n"};
        if (SSL_connect(line->ssl.get()) != 1 || !sendNext(*line, first))
            return false;
        while (!isWhole) {
            if (!receive(*line, isWhole))
                return false;
        }
        line->next = 0;
        ::fcntl(line->descriptor, F_SETFL, O_NONBLOCK);
        m_lines.push_back(std::move(line));
    }
    m_answers.clear();
    return true;
}

// A request of a few hundred bytes on a connection with nothing under way: the system takes it whole.
bool PushLines::sendNext(Line &line, const QByteArrayList &requests)
{
    const QByteArray &request = requests[line.next++];
    return SSL_write(line.ssl.get(), request.constData(), static_cast<int>(request.size())) == request.size();
}

bool PushLines::receive(Line &line, bool &isWhole)
{
    std::array<char, 16'384> part{};
    const int size = SSL_read(line.ssl.get(), part.data(), static_cast<int>(part.size()));
    if (size <= 0)
        return SSL_get_error(line.ssl.get(), size) == SSL_ERROR_WANT_READ;
    line.answer.append(part.data(), size);
    const qsizetype head = line.answer.indexOf("\r\n\r\n");
    if (head < 0)
        return true;
    const QByteArray fields = line.answer.first(head).toLower();
    constexpr QByteArrayView length("content-length:");
    const qsizetype at = fields.indexOf(length);
    const qsizetype body = at < 0 ? 0 : fields.sliced(at + length.size()).split('\r').first().trimmed().toLongLong();
    isWhole = line.answer.size() >= head + 4 + body;
    if (!isWhole)
        return true;
    const bool isFine = line.answer.startsWith("HTTP/1.1 200");
    m_answers += line.answer.sliced(head + 4, body);
    line.answer.clear();
    return isFine;
}

bool PushLines::run(const QList<QByteArrayList> &requests)
{
    const int poll = ::epoll_create1(EPOLL_CLOEXEC);
    const auto work = [&] {
        qsizetype open = 0;
        for (const auto &line : m_lines) {
            epoll_event wanted{.events = EPOLLIN, .data = {.ptr = line.get()}};
            if (::epoll_ctl(poll, EPOLL_CTL_ADD, line->descriptor, &wanted) != 0 || !sendNext(*line, requests[line->number]))
                return false;
            ++open;
        }
        std::array<epoll_event, 64> ready{};
        constexpr int patienceMs = 60'000;
        while (open > 0) {
            const int count = ::epoll_wait(poll, ready.data(), static_cast<int>(ready.size()), patienceMs);
            if (count <= 0)
                return false;
            for (int i = 0; i < count; ++i) {
                auto &line = *static_cast<Line *>(ready[static_cast<size_t>(i)].data.ptr);
                bool isWhole = false;
                if (!receive(line, isWhole))
                    return false;
                if (isWhole && line.next == requests[line.number].size())
                    --open;
                else if (isWhole && !sendNext(line, requests[line.number]))
                    return false;
            }
        }
        return true;
    };
    const bool done = work();
    ::close(poll);
    return done;
}

} // namespace ioc
