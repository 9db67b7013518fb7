#include "core/log.hpp"
#include "report/map_projection.hpp"
#include "review/account_rules.hpp"
#include "review/api.hpp"
#include "review/api_error.hpp"
#include "review/json.hpp"
#include "review/password.hpp"
#include "review/session.hpp"

namespace plotwatch::review {
namespace {

Json account_with_ledger(Service& service, const ledger::Account& account, const std::string& csrf) {
  return service.ledgers.read([&](const Books& books) {
    const ledger::LedgerSettings& settings = books.ledger.settings();
    const report::MapProjection projection = report::map_projection(settings.crs);
    return Json{{"name", account.name},
                {"display_name", account.display_name},
                {"role", code(account.role)},
                {"unit", account.unit},
                {"csrf", csrf},
                {"ledger",
                 {{"district", settings.district},
                  {"crs_epsg", projection.epsg ? Json(*projection.epsg) : Json()},
                  {"proj4", projection.proj4},
                  {"sequence", books.ledger.last_sequence()}}},
                {"budget", service.settings.budget},
                {"language", service.settings.language}};
  });
}

// A session begins: the answer carries its cookie.
Response open_session(Service& service, const Call& call, const ledger::Account& account) {
  const std::string token = random_token(), now = service.now();
  const ledger::SessionRecord session{token_hash(token), account.name, random_token(), now,
                                      utc_after(now, session_lasts)};
  service.ledgers.write([&](Books& books) {
    books.store.logged_in(account.name, session, Json{{"address", call.address}}.dump(), {now, account.name});
    books.store.forget_sessions_before(now);
  });
  Response out = json_response(account_with_ledger(service, account, session.csrf));
  out.headers.emplace_back("Set-Cookie", cookie_text(token, call.secure));
  return out;
}

void check_throttle(Service& service, const std::string& name, const Call& call) {
  const auto wait = service.throttle.wait(name, call.address, std::chrono::steady_clock::now());
  if (wait.count() > 0)
    throw ApiError(429, "Too many log-ins failed.", "登录失败次数过多，请稍后再试。", "",
                   "Try again in " + std::to_string(wait.count()) + " seconds.");
}

void count_failure(Service& service, const std::string& name, const Call& call) {
  const auto now = std::chrono::steady_clock::now();
  service.throttle.failed(name, call.address, now);
  log::warning("log-in failed for \"{}\" from {}", name, call.address);
  // Once per name and address and quarter of an hour: a flood of log-ins must not flood the chain.
  const bool known =
      service.ledgers.read([&](const Books& books) { return books.store.find_account(name).has_value(); });
  if (known && service.throttle.wait(name, call.address, now).count() > 0)
    service.ledgers.write([&](Books& books) {
      books.store.record("account_locked_out", name, Json{{"address", call.address}}.dump(), {service.now(), "server"});
    });
}

}  // namespace

Response log_in(Service& service, const Call& call) {
  const Fields fields(call.request.body, {"name", "password"});
  const std::string name = fields.text("name", 1, 64), password = fields.secret("password");
  check_throttle(service, name, call);
  const auto account = service.ledgers.read([&](const Books& books) { return books.store.find_account(name); });
  const bool fits = password_fits(password, account && !account->disabled ? account->password_hash : "");
  if (!fits) {
    count_failure(service, name, call);
    throw ApiError(401, "Name or password is wrong.", "名称或密码错误。", "", "Try again, or ask an administrator.");
  }
  service.throttle.succeeded(name, call.address);
  return open_session(service, call, *account);
}

Response who_am_i(Service& service, const Call& call) {
  return json_response(account_with_ledger(service, call.account(), call.caller->csrf));
}

Response log_out(Service& service, const Call& call) {
  service.ledgers.write([&](Books& books) {
    if (!call.caller->token_hash.empty()) books.store.end_session(call.caller->token_hash);
    books.store.record("account_logged_out", call.account().name, "{}", call.stamp(service));
  });
  Response out;
  out.status = 204;
  out.headers.emplace_back("Set-Cookie", cookie_text("", call.secure));
  return out;
}

Response change_password(Service& service, const Call& call) {
  const Fields fields(call.request.body, {"old", "new"});
  ledger::Account account = call.account();
  check_throttle(service, account.name, call);
  if (!password_fits(fields.secret("old"), account.password_hash)) {
    count_failure(service, account.name, call);
    throw ApiError(422, "The old password is wrong.", "原密码错误。", "old");
  }
  account.password_hash = hash_password(checked_password(fields, "new", account.name));
  service.ledgers.write([&](Books& books) {
    books.store.change_account(account, "account_password_changed", "{}", call.stamp(service));
    books.store.end_sessions_of(account.name, call.caller->token_hash);
  });
  Response out;
  out.status = 204;
  return out;
}

Response set_up(Service& service, const Call& call) {
  const Fields fields(call.request.body, {"token", "name", "display_name", "password"});
  const std::string open = service.setup_token(), token = fields.secret("token");
  check_throttle(service, "\5setup", call);
  if (open.empty() || !same_secret(open, token)) {
    service.throttle.failed("\5setup", call.address, std::chrono::steady_clock::now());
    throw ApiError(403, "This set-up link is not valid, or was used.", "此设置链接无效或已使用。", "token",
                   "Start the server again with --set-up; its log has a new link.");
  }
  ledger::Account account;
  account.name = checked_account_name(fields);
  account.display_name = fields.text_or("display_name", 100, account.name);
  account.role = ledger::Role::administrator;
  account.created_at = service.now();
  account.password_hash = hash_password(checked_password(fields, "password", account.name));
  const bool added = service.ledgers.write([&](Books& books) {
    if (service.setup_token() != open) return false;  // another came first
    if (!books.store.add_account(account, "account_set_up", {account.created_at, account.name})) return false;
    service.close_setup();
    return true;
  });
  if (!added)
    throw ApiError(409, "There is an account of this name.", "该名称已存在。", "name", "Choose another name.");
  log::info("the administrator \"{}\" was set up from {}", account.name, call.address);
  return json_response(account_json(account), 201);
}

}  // namespace plotwatch::review
