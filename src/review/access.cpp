#include "review/access.hpp"

#include <algorithm>
#include <array>

#include "core/hash.hpp"
#include "review/api.hpp"
#include "review/api_error.hpp"
#include "review/password.hpp"
#include "review/session.hpp"

namespace plotwatch::review {
namespace {

using enum ledger::Role;

constexpr std::optional<ledger::Role> anyone;
constexpr std::size_t none = 0, json = 64 << 10, photo = (20 << 20) + (64 << 10), workbook = (32 << 20) + (64 << 10);

constexpr std::array table{
    Route{"POST", "/api/session", anyone, json, &log_in},
    Route{"GET", "/api/session", viewer, none, &who_am_i},
    Route{"DELETE", "/api/session", viewer, json, &log_out},
    Route{"POST", "/api/session/password", viewer, json, &change_password},
    Route{"POST", "/api/setup", anyone, json, &set_up},
    Route{"GET", "/api/health", anyone, none, &health},
    Route{"GET", "/api/openapi.yaml", anyone, none, &openapi},

    Route{"GET", "/api/accounts", administrator, none, &list_accounts},
    Route{"POST", "/api/accounts", administrator, json, &add_account},
    Route{"PATCH", "/api/accounts/{name}", administrator, json, &change_account},
    Route{"GET", "/api/colleagues", inspector, none, &list_colleagues},
    Route{"GET", "/api/audit", administrator, none, &list_audit},

    Route{"GET", "/api/filters", viewer, none, &list_filters},
    Route{"GET", "/api/cases", viewer, none, &list_cases},
    Route{"GET", "/api/cases/geometry", viewer, none, &list_case_geometry},
    Route{"GET", "/api/cases/{id}", viewer, none, &show_case},
    Route{"GET", "/api/plots", viewer, none, &list_plots},
    Route{"GET", "/api/plots/{code}/observations", viewer, none, &list_observations},
    Route{"GET", "/api/photos/{sha256}", viewer, none, &show_photo},
    Route{"GET", "/api/scans/{scan}/files/{name}", viewer, none, &scan_file},
    Route{"GET", "/api/scans/{scan}/files/chips/{chip}", viewer, none, &scan_chip},
    Route{"GET", "/api/stats", viewer, none, &show_stats},

    Route{"POST", "/api/cases/{id}/judgement", inspector, json, &judge},
    Route{"DELETE", "/api/cases/{id}/judgement", inspector, json, &undo},
    Route{"POST", "/api/cases/{id}/notes", inspector, json, &annotate},
    Route{"POST", "/api/cases/{id}/photos", inspector, photo, &add_photo},
    Route{"PUT", "/api/cases/{id}/assignment", inspector, json, &assign},
    Route{"POST", "/api/cases/{id}/agreement", supervisor, json, &agree},
    Route{"POST", "/api/cases/{id}/close", supervisor, json, &close_case},
    Route{"POST", "/api/cases/{id}/reopen", supervisor, json, &reopen},
    Route{"POST", "/api/cases/{id}/penalty", supervisor, json, &penalise},
    Route{"POST", "/api/cases/{id}/remedy", supervisor, json, &remedy},

    Route{"GET", "/api/export", supervisor, none, &export_cases},
    Route{"POST", "/api/import", supervisor, workbook, &check_import},
    Route{"POST", "/api/import/{token}", supervisor, json, &write_import},
    Route{"GET", "/api/advice", supervisor, none, &list_advice},
    Route{"POST", "/api/advice/{id}/{answer}", supervisor, json, &answer_advice},
};

std::string_view next_part(std::string_view& rest) {
  rest.remove_prefix(1);  // the slash
  const auto end = std::min(rest.find('/'), rest.size());
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(end);
  return part;
}

bool fits(std::string_view pattern, std::string_view path, std::map<std::string, std::string>& parts) {
  while (!pattern.empty() && !path.empty()) {
    const std::string_view wanted = next_part(pattern), given = next_part(path);
    if (wanted.starts_with('{'))
      parts[std::string(wanted.substr(1, wanted.size() - 2))] = given;
    else if (wanted != given)
      return false;
  }
  return pattern.empty() && path.empty();
}

// "POST /api/advice/{id}/{answer}" must not take what is more exactly named: exact patterns come first in the table.
}  // namespace

std::span<const Route> routes() { return table; }

bool needs_token(const Route& route) { return route.method != "GET" && route.least; }

Match match(const Request& request) {
  const std::string_view method = request.method == "HEAD" ? std::string_view("GET") : request.method;
  bool known = false;
  for (const Route& route : table) {
    std::map<std::string, std::string> parts;
    if (!fits(route.pattern, request.path, parts)) continue;
    known = true;
    if (route.method == method) return {&route, std::move(parts)};
  }
  if (known) throw ApiError(405, "This cannot be done here.", "不支持此操作。", request.method.substr(0, 16));
  throw not_found();
}

Call admit(Service& service, const Request& request, Match match) {
  Call call{request, std::move(match.path), std::nullopt, address_of(service, request), is_secure(service, request)};
  const Route& route = *match.route;
  if (!route.least) return call;
  call.caller = caller_of(service, request);
  if (!call.caller) throw ApiError(401, "Nobody is logged in.", "尚未登录。", "", "Log in.");
  if (call.account().role < *route.least)
    throw ApiError(403, "Your role does not allow this.", "您的角色无权进行此操作。", "", "Ask an administrator.");
  if (needs_token(route) && !same_secret(request.header("x-csrf-token"), call.caller->csrf))
    throw ApiError(403, "The token against forged requests is missing or wrong.", "请求令牌缺失或无效，请刷新页面。",
                   "X-CSRF-Token", "Reload the page.");
  return call;
}

}  // namespace plotwatch::review
