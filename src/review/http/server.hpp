// Carries requests and answers over HTTP/1.1. Sockets are asynchronous and cost no thread, so that slow clients hold
// nobody up; handlers may block and run on threads of their own. TLS is left to a proxy in front.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "review/http/message.hpp"

namespace plotwatch::review {

struct ServerLimits {
  std::chrono::milliseconds head{
      15'000};  // for a whole request line with headers; also how long an idle connection stays
  std::chrono::milliseconds body{30'000};     // for a body, and `slowest` on top
  std::size_t slowest = 16 << 10;             // bytes a second of a body that may be slow, > 0
  std::chrono::milliseconds write{30'000};    // for each 256 KiB of an answer to be taken
  std::size_t head_bytes = 16 << 10;          // request line and headers
  std::size_t body_bytes_in_all = 256 << 20;  // of all requests at one time: beyond, 503
  std::size_t connections = 2048;             // at one time: beyond, closed at once
  std::size_t connections_of_one = 256;       // from one address; proxies that are trusted are free of it
};

struct ServerSettings {
  std::string address = "127.0.0.1";  // IPv4 or IPv6
  int port = 8080;                    // 0: any that is free
  int workers = 8;                    // threads for handlers, > 0
  ServerLimits limits;
  std::function<bool(const std::string& peer)> is_proxy;  // may be empty
};

struct Handler {
  // Before the body is read: the largest body that is taken for this request, or a refusal. Runs where handle() does.
  struct Admission {
    std::size_t body_bytes = 0;
    std::optional<Response> refusal = {};
  };
  std::function<Admission(const Request& head)> admit;
  std::function<Response(const Request&)> handle;  // what it throws becomes 500
  // What takes long by design, and comes in floods (passwords), has two threads of its own and waits for them alone.
  std::function<bool(const Request& head)> is_slow = {};
  // How the server itself says 413 or 503 to a request that was admitted. Empty: as plain text.
  std::function<Response(int status, const std::string& what)> refuse = {};
};

class Server {
 public:
  // Listens from here on. Throws Error(config) for what is no address, Error(output) where it is taken.
  Server(ServerSettings settings, Handler handler);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  int port() const;
  // Until stop() is called, from any thread. Handlers that run are waited for: what they write is written whole.
  void run();
  void stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace plotwatch::review
