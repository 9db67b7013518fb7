#include "review/http/server.hpp"

#include <atomic>
#include <fstream>
#include <limits>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <utility>  // before Asio, whose awaitable.hpp of 1.74 needs it

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include "core/error.hpp"
#include "core/log.hpp"

namespace plotwatch::review {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::size_t write_bytes = 256 << 10;

Response plain(int status, const std::string& text) {
  Response out;
  out.status = status;
  out.content_type = "text/plain; charset=utf-8";
  out.body = text + "\n";
  out.close = true;
  return out;
}

std::string text_of(beast::string_view view) { return {view.data(), view.size()}; }

// Counts connections from one address while it lives.
class Crowd {
 public:
  bool enter(const std::string& peer, std::size_t limit, std::size_t limit_of_one) {
    const std::lock_guard lock(mutex_);
    if (all_ >= limit || here_[peer] >= limit_of_one) return false;
    ++all_, ++here_[peer];
    return true;
  }
  void leave(const std::string& peer) {
    const std::lock_guard lock(mutex_);
    --all_;
    if (--here_[peer] == 0) here_.erase(peer);
  }

 private:
  std::mutex mutex_;
  std::size_t all_ = 0;
  std::unordered_map<std::string, std::size_t> here_;
};

// Bytes of bodies that are held in memory.
class Held {
 public:
  explicit Held(std::atomic<std::size_t>& sum) : sum_(sum) {}
  ~Held() { sum_ -= mine_; }
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;
  bool take(std::size_t bytes, std::size_t limit) {
    mine_ += bytes;
    return (sum_ += bytes) <= limit;
  }

 private:
  std::atomic<std::size_t>& sum_;
  std::size_t mine_ = 0;
};

}  // namespace

struct Server::State {
  State(ServerSettings s, Handler h) : settings(std::move(s)), handler(std::move(h)), workers(settings.workers) {}

  ServerSettings settings;
  Handler handler;
  asio::io_context context;
  asio::thread_pool workers;
  asio::thread_pool slow_workers{2};
  tcp::acceptor acceptor{context};
  Crowd crowd;
  std::atomic<std::size_t> body_bytes = 0;
  std::atomic<bool> stopping = false;
  std::atomic<int> answering = 0;  // connections between a request's headers and the end of its answer

  Response refusal(int status, const std::string& what) const {
    Response out = handler.refuse ? handler.refuse(status, what) : plain(status, what);
    out.close = true;
    return out;
  }

  // Runs `work` on a worker and comes back to the connection.
  template <class Work>
  auto on_worker(Work work, bool slow = false) -> asio::awaitable<decltype(work())> {
    using Result = decltype(work());
    co_return co_await asio::co_spawn(
        slow ? slow_workers : workers, [work = std::move(work)]() -> asio::awaitable<Result> { co_return work(); },
        asio::use_awaitable);
  }

  asio::awaitable<void> accept();
  asio::awaitable<void> finish();
  asio::awaitable<void> converse(beast::tcp_stream stream, std::string peer);
  asio::awaitable<bool> exchange(beast::tcp_stream& stream, beast::flat_buffer& buffer, const std::string& peer);
  asio::awaitable<bool> answer(beast::tcp_stream& stream, const Response& response, bool head_only, unsigned version,
                               bool keep_alive);
  static asio::awaitable<void> drain(beast::tcp_stream& stream);
};

asio::awaitable<void> Server::State::accept() {
  for (;;) {
    error_code error;
    tcp::socket socket =
        co_await acceptor.async_accept(asio::make_strand(context), asio::redirect_error(asio::use_awaitable, error));
    if (stopping || error == asio::error::operation_aborted) co_return;
    if (error) {  // out of descriptors: connections end, then it goes on
      asio::steady_timer pause(context, std::chrono::milliseconds(100));
      co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
      continue;
    }
    const tcp::endpoint from = socket.remote_endpoint(error);
    if (error) continue;
    const std::string peer = from.address().to_string();
    const bool proxy = settings.is_proxy && settings.is_proxy(peer);
    const ServerLimits& limits = settings.limits;
    if (!crowd.enter(peer, limits.connections, proxy ? limits.connections : limits.connections_of_one)) continue;
    const auto strand = socket.get_executor();
    asio::co_spawn(strand, converse(beast::tcp_stream(std::move(socket)), peer), asio::detached);
  }
}

// Answers that are on their way get a moment; idle connections do not hold the server up.
asio::awaitable<void> Server::State::finish() {
  for (int i = 0; i < 200 && answering > 0; ++i) {
    asio::steady_timer pause(context, std::chrono::milliseconds(50));
    co_await pause.async_wait(asio::use_awaitable);
  }
  context.stop();
}

asio::awaitable<void> Server::State::converse(beast::tcp_stream stream, std::string peer) {
  struct Leave {
    Crowd& crowd;
    const std::string& peer;
    ~Leave() { crowd.leave(peer); }
  } leave{crowd, peer};
  try {
    error_code ignored;
    stream.socket().set_option(tcp::no_delay(true), ignored);
    beast::flat_buffer buffer(settings.limits.head_bytes + (64 << 10));
    while (co_await exchange(stream, buffer, peer)) {
    }
    stream.socket().shutdown(tcp::socket::shutdown_both, ignored);
  } catch (const std::exception& e) {
    log::debug("a connection from {} ended: {}", peer, e.what());
  }
}

// One request and its answer; whether the connection goes on.
asio::awaitable<bool> Server::State::exchange(beast::tcp_stream& stream, beast::flat_buffer& buffer,
                                              const std::string& peer) {
  const ServerLimits& limits = settings.limits;
  http::request_parser<http::string_body> parser;
  parser.header_limit(static_cast<std::uint32_t>(limits.head_bytes));
  // It is set once the headers tell who asks for what. (No limit, boost::none, refuses every body in Boost 1.74.)
  parser.body_limit(std::numeric_limits<std::uint64_t>::max());
  error_code error;
  stream.expires_after(limits.head);
  co_await http::async_read_header(stream, buffer, parser, asio::redirect_error(asio::use_awaitable, error));
  if (error == http::error::end_of_stream || error == beast::error::timeout || stopping) co_return false;
  if (error) {
    if (error.category() != http::make_error_code(http::error::bad_method).category()) co_return false;
    const bool too_long = error == http::error::header_limit || error == http::error::buffer_overflow;
    co_await answer(stream,
                    plain(too_long ? 431 : 400, too_long ? "The headers are too long." : "This is no HTTP request."),
                    false, 11, false);
    co_await drain(stream);
    co_return false;
  }
  struct Busy {
    std::atomic<int>& count;
    explicit Busy(std::atomic<int>& c) : count(c) { ++count; }
    ~Busy() { --count; }
    Busy(const Busy&) = delete;
    Busy& operator=(const Busy&) = delete;
  } busy(answering);
  const auto& message = parser.get();
  const unsigned version = message.version();
  const bool head_only = message.method() == http::verb::head;
  const bool keep_alive = message.keep_alive();
  Request request;
  request.method = text_of(message.method_string());
  request.peer = peer;
  for (const auto& field : message) {
    std::string& value = request.headers[lower_case(text_of(field.name_string()))];
    value += (value.empty() ? "" : ", ") + text_of(field.value());
  }
  const std::string target_text = text_of(message.target());
  std::optional<Target> target = parse_target(target_text);
  Handler::Admission admission;
  if (!target) {
    admission.refusal = plain(400, "This is no path of this server.");
  } else {
    request.path = std::move(target->path);
    request.query = std::move(target->query);
    admission = co_await on_worker([&] {
      try {
        return handler.admit(request);
      } catch (const std::exception& e) {
        log::error("{} {}: {}", request.method, request.path, e.what());
        return Handler::Admission{0, plain(500, "The server failed; its log tells more.")};
      }
    });
  }
  Held held(body_bytes);
  const auto length = parser.content_length();
  const bool has_body = parser.chunked() || (length && *length > 0);
  if (!admission.refusal && has_body) {
    if (length && *length > admission.body_bytes)
      admission.refusal = refusal(413, "The body is too long.");
    else if (!held.take(length ? *length : admission.body_bytes, limits.body_bytes_in_all))
      admission.refusal = refusal(503, "The server is busy with uploads; try again in a minute.");
  }
  if (admission.refusal) {
    const bool goes_on = !has_body && keep_alive && !admission.refusal->close;
    const bool written = co_await answer(stream, *admission.refusal, head_only, version, goes_on);
    if (!goes_on) co_await drain(stream);
    co_return written&& goes_on;
  }
  if (has_body) {
    parser.body_limit(admission.body_bytes);
    if (lower_case(request.header("expect")) == "100-continue") {
      http::response<http::empty_body> go_on(http::status::continue_, version);
      stream.expires_after(limits.write);
      co_await http::async_write(stream, go_on, asio::use_awaitable);
    }
    const std::size_t bytes = length ? *length : admission.body_bytes;
    stream.expires_after(limits.body + std::chrono::seconds(bytes / limits.slowest));
    co_await http::async_read(stream, buffer, parser, asio::redirect_error(asio::use_awaitable, error));
    if (error) {
      if (error == beast::error::timeout || error == asio::error::connection_reset) co_return false;
      const bool too_long = error == http::error::body_limit;
      co_await answer(stream,
                      refusal(too_long ? 413 : 400, too_long ? "The body is too long." : "The body is damaged."), false,
                      version, false);
      co_await drain(stream);
      co_return false;
    }
    request.body = std::move(parser.get().body());
  }
  stream.expires_never();  // the handler takes its time; the client may go away
  const auto work = [&] {
    try {
      return handler.handle(request);
    } catch (const std::exception& e) {
      log::error("{} {}: {}", request.method, request.path, e.what());
      return plain(500, "The server failed; its log tells more.");
    }
  };
  const bool slow = handler.is_slow && handler.is_slow(request);
  const Response response = co_await on_worker(work, slow);
  const bool goes_on = keep_alive && !response.close && !stopping;
  co_return co_await answer(stream, response, head_only, version, goes_on) && goes_on;
}

asio::awaitable<bool> Server::State::answer(beast::tcp_stream& stream, const Response& response, bool head_only,
                                            unsigned version, bool keep_alive) {
  http::response<http::empty_body> head(static_cast<http::status>(response.status), version);
  head.keep_alive(keep_alive);
  if (!response.content_type.empty()) head.set(http::field::content_type, response.content_type);
  for (const auto& [name, value] : response.headers) head.insert(name, value);
  const std::uint64_t length = response.file ? response.file->length : response.body.size();
  if (response.status != 204 && response.status != 304) head.content_length(length);
  error_code error;
  http::response_serializer<http::empty_body> serializer(head);
  stream.expires_after(settings.limits.write);
  co_await http::async_write_header(stream, serializer, asio::redirect_error(asio::use_awaitable, error));
  if (error) co_return false;
  if (head_only || response.status == 304) co_return true;
  if (!response.file) {
    for (std::size_t at = 0; at < response.body.size() && !error; at += write_bytes) {
      stream.expires_after(settings.limits.write);
      const std::size_t bytes = std::min(write_bytes, response.body.size() - at);
      co_await asio::async_write(stream, asio::buffer(response.body.data() + at, bytes),
                                 asio::redirect_error(asio::use_awaitable, error));
    }
    co_return !error;
  }
  std::ifstream file(response.file->path, std::ios::binary);
  file.seekg(static_cast<std::streamoff>(response.file->offset));
  std::string block(std::min<std::uint64_t>(write_bytes, length), '\0');
  for (std::uint64_t left = length; left > 0 && !error;) {
    const std::size_t bytes = std::min<std::uint64_t>(block.size(), left);
    // Cut short on disk since it was opened: the length is promised, so the connection ends and the client sees it.
    if (!file.read(block.data(), static_cast<std::streamsize>(bytes))) co_return false;
    stream.expires_after(settings.limits.write);
    co_await asio::async_write(stream, asio::buffer(block.data(), bytes),
                               asio::redirect_error(asio::use_awaitable, error));
    left -= bytes;
  }
  co_return !error;
}

// Lets a refused client read why: a connection closed with bytes unread is reset, and the answer with it.
asio::awaitable<void> Server::State::drain(beast::tcp_stream& stream) {
  error_code error;
  stream.socket().shutdown(tcp::socket::shutdown_send, error);
  stream.expires_after(std::chrono::seconds(2));
  std::string rest(64 << 10, '\0');
  for (std::size_t bytes = 0; !error && bytes < (std::size_t{32} << 20);)
    bytes += co_await stream.async_read_some(asio::buffer(rest), asio::redirect_error(asio::use_awaitable, error));
}

Server::Server(ServerSettings settings, Handler handler)
    : state_(std::make_unique<State>(std::move(settings), std::move(handler))) {
  const ServerSettings& s = state_->settings;
  const std::string where = s.address + ":" + std::to_string(s.port);
  error_code error;
  const asio::ip::address address = asio::ip::make_address(s.address, error);
  if (error)
    throw Error(ExitCode::config, "\"" + s.address + "\" is no address", "--address",
                "Give an IPv4 or IPv6 address of this machine, for example 127.0.0.1 or 0.0.0.0.");
  const tcp::endpoint endpoint(address, static_cast<unsigned short>(s.port));
  tcp::acceptor& acceptor = state_->acceptor;
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error)
    throw Error(ExitCode::output, "it cannot be listened on: " + error.message(), where,
                "Stop what listens there, or choose another port with --port; ports below 1024 need root.");
}

Server::~Server() { stop(); }

int Server::port() const { return state_->acceptor.local_endpoint().port(); }

void Server::run() {
  asio::co_spawn(state_->context, state_->accept(), asio::detached);
  std::vector<std::thread> threads;
  for (int i = 0; i < 1; ++i) threads.emplace_back([this] { state_->context.run(); });
  state_->context.run();
  for (std::thread& thread : threads) thread.join();
  state_->workers.join();
  state_->slow_workers.join();
}

void Server::stop() {
  if (state_->stopping.exchange(true)) return;
  asio::post(state_->context, [this] {
    error_code ignored;
    state_->acceptor.close(ignored);
    asio::co_spawn(state_->context, state_->finish(), asio::detached);
  });
}

}  // namespace plotwatch::review
