#include "review/session.hpp"

#include <algorithm>

#include "core/hash.hpp"

namespace plotwatch::review {
namespace {

bool is_loopback(const std::string& address) {
  return address.starts_with("127.") || address == "::1" || address.starts_with("::ffff:127.");
}

std::string last_in_list(std::string_view list) {
  const auto comma = list.rfind(',');
  if (comma != std::string_view::npos) list.remove_prefix(comma + 1);
  const auto first = list.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return std::string(list.substr(first, list.find_last_not_of(" \t") - first + 1));
}

}  // namespace

bool from_proxy(const Service& service, const Request& request) {
  const auto& proxies = service.settings.proxies;
  return std::find(proxies.begin(), proxies.end(), request.peer) != proxies.end();
}

std::string address_of(const Service& service, const Request& request) {
  if (!from_proxy(service, request)) return request.peer;
  // Only what the trusted proxy appended: what stands before it anyone may have sent.
  const std::string named = last_in_list(request.header("x-forwarded-for"));
  return named.empty() || named.size() > 64 ? request.peer : named;
}

bool is_secure(const Service& service, const Request& request) {
  if (from_proxy(service, request) && !request.header("x-forwarded-proto").empty())
    return last_in_list(request.header("x-forwarded-proto")) != "http" || !is_loopback(address_of(service, request));
  return !is_loopback(request.peer);
}

std::string token_hash(const std::string& token) { return sha256(token); }

std::optional<Caller> caller_of(Service& service, const Request& request) {
  if (!service.settings.login_header.empty() && from_proxy(service, request)) {
    const std::string name(request.header(service.settings.login_header));
    if (!name.empty()) {
      const auto account = service.ledgers.read([&](const Books& books) { return books.store.find_account(name); });
      if (!account || account->disabled) return std::nullopt;
      return Caller{*account, service.csrf_of_proxied(name), ""};
    }
  }
  const auto token = request.cookie(session_cookie);
  if (!token || token->size() > 128) return std::nullopt;
  const std::string hash = token_hash(*token);
  return service.ledgers.read([&](const Books& books) -> std::optional<Caller> {
    const auto session = books.store.find_session(hash);
    if (!session || session->expires_at <= service.now()) return std::nullopt;
    auto account = books.store.find_account(session->account);
    if (!account || account->disabled) return std::nullopt;
    return Caller{std::move(*account), session->csrf, hash};
  });
}

std::string cookie_text(const std::string& token, bool secure) {
  std::string out = std::string(session_cookie) + "=" + token + "; Path=/; HttpOnly; SameSite=Strict";
  if (secure) out += "; Secure";
  if (token.empty()) out += "; Max-Age=0";
  return out;
}

}  // namespace plotwatch::review
