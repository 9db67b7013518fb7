#include "review/review.hpp"

#include <algorithm>
#include <thread>

#include "core/log.hpp"
#include "review/access.hpp"
#include "review/api_error.hpp"
#include "review/http/compress.hpp"

namespace plotwatch::review {
namespace {

bool is_api(const Request& request) { return request.path == "/api" || request.path.starts_with("/api/"); }

// What every answer carries. A header that the answer brings itself stays.
void protect(Response& response, bool api) {
  const auto set = [&](const char* name, const char* value) {
    const bool there = std::any_of(response.headers.begin(), response.headers.end(),
                                   [&](const auto& header) { return header.first == name; });
    if (!there) response.headers.emplace_back(name, value);
  };
  set("X-Content-Type-Options", "nosniff");
  set("X-Frame-Options", "DENY");
  set("Referrer-Policy", "no-referrer");
  set("Cross-Origin-Opener-Policy", "same-origin");
  set("Cross-Origin-Resource-Policy", "same-origin");
  set("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
  set("Content-Security-Policy",
      "default-src 'self'; img-src 'self' blob: data:; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; "
      "form-action 'self'; frame-ancestors 'none'");
  if (api) set("Cache-Control", "no-store");
}

Response refusal(const std::exception& e, const Request& request) {
  if (const auto* api = dynamic_cast<const ApiError*>(&e)) return api->response();
  if (const auto* error = dynamic_cast<const Error*>(&e)) {
    const ApiError said = from_error(*error);
    if (said.status() >= 500) log::error("{} {}: {}", request.method, request.path, e.what());
    return said.response();
  }
  log::error("{} {}: {}", request.method, request.path, e.what());
  return ApiError(500, "The server failed; its log tells more.", "服务器出错，详见日志。").response();
}

ReviewSettings checked(ReviewSettings settings) {
  settings.login_header = lower_case(settings.login_header);
  if (!settings.login_header.empty() && settings.proxies.empty())
    throw Error(ExitCode::config, "a log-in by header needs the address of the proxy that sends it", "--login-header",
                "Name it with --proxy: anybody could send the header otherwise.");
  return settings;
}

}  // namespace

Review::Review(ReviewSettings settings, const ListenSettings& listen)
    : service_(std::make_unique<Service>(checked(std::move(settings)))) {
  Handler handler;
  handler.admit = [this](const Request& head) -> Handler::Admission {
    try {
      if (!is_api(head)) return {0, std::nullopt};
      Match found = match(head);
      const std::size_t bytes = found.route->body_bytes;
      // Before a body is read: what a stranger sends takes no memory.
      if (bytes > 0) admit(*service_, head, std::move(found));
      return {bytes, std::nullopt};
    } catch (const std::exception& e) {
      Response response = refusal(e, head);
      protect(response, true);
      return {0, std::move(response)};
    }
  };
  handler.is_slow = [](const Request& head) {
    return head.method == "POST" && (head.path == "/api/session" || head.path == "/api/session/password");
  };
  handler.handle = [this](const Request& request) { return answer(request); };
  handler.refuse = [](int status, const std::string& what) {
    Response response =
        ApiError(status, what, status == 413 ? "内容过大。" : "服务器繁忙或请求损坏，请重试。").response();
    protect(response, true);
    return response;
  };
  ServerSettings server;
  server.address = listen.address;
  server.port = listen.port;
  server.workers = listen.workers;
  server.limits = listen.limits;
  server.is_proxy = [this](const std::string& peer) {
    const auto& proxies = service_->settings.proxies;
    return std::find(proxies.begin(), proxies.end(), peer) != proxies.end();
  };
  server_ = std::make_unique<Server>(std::move(server), std::move(handler));
}

Review::~Review() = default;

Response Review::answer(const Request& request) {
  const bool api = is_api(request);
  Response response;
  try {
    if (api) {
      Match found = match(request);
      const Route& route = *found.route;
      const Call call = admit(*service_, request, std::move(found));
      response = route.handle(*service_, call);
    } else {
      response = service_->page.answer(request);
    }
  } catch (const std::exception& e) {
    response = refusal(e, request);
  }
  if (api) log::debug("{} {} {} {}", request.peer, request.method, request.path, response.status);
  protect(response, api);
  compress(response, request.header("accept-encoding"));
  return response;
}

int Review::port() const { return server_->port(); }

std::string Review::setup_path() const {
  const std::string token = service_->setup_token();
  return token.empty() ? "" : "/setup?token=" + token;
}

void Review::run() {
  // Tens of thousands of cases take seconds to read: while the first person logs in, not when the list is asked for.
  std::thread reader([this] {
    try {
      service_->keeper.board();
    } catch (const std::exception& e) {
      log::warning("the cases could not be read yet: {}", e.what());  // the next request tries again, and says so
    }
  });
  server_->run();
  reader.join();
}
void Review::stop() { server_->stop(); }

}  // namespace plotwatch::review
