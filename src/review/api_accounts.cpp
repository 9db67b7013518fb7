#include <algorithm>

#include "review/account_rules.hpp"
#include "review/api.hpp"
#include "review/api_error.hpp"
#include "review/json.hpp"
#include "review/password.hpp"

namespace plotwatch::review {
namespace {

ledger::Role role_of(const Fields& fields) {
  const auto role = ledger::parse_role(fields.text("role", 1, 20));
  if (!role) throw bad_value("role", "the role is none of viewer, inspector, supervisor, administrator", "未知的角色");
  return *role;
}

bool is_active_administrator(const ledger::Account& a) { return a.role == ledger::Role::administrator && !a.disabled; }

}  // namespace

Response list_accounts(Service& service, const Call&) {
  Json rows = Json::array();
  for (const auto& a : service.ledgers.read([](const Books& books) { return books.store.accounts(); }))
    rows.push_back(account_json(a));
  return json_response({{"accounts", std::move(rows)}});
}

Response add_account(Service& service, const Call& call) {
  const Fields fields(call.request.body, {"name", "display_name", "role", "unit", "disabled", "password"});
  ledger::Account account;
  account.name = checked_account_name(fields);
  account.display_name = fields.text_or("display_name", 100, account.name);
  account.role = role_of(fields);
  account.unit = fields.text_or("unit", 200, "");
  account.disabled = fields.has("disabled") && fields.boolean("disabled");
  account.created_at = service.now();
  check_account(account);
  // Without a password only a proxy can log this account in.
  if (fields.has("password")) account.password_hash = hash_password(checked_password(fields, "password", account.name));
  const bool added = service.ledgers.write(
      [&](Books& books) { return books.store.add_account(account, "account_added", call.stamp(service)); });
  if (!added)
    throw ApiError(409, "There is an account of this name.", "该名称已存在。", "name", "Choose another name.");
  return json_response(account_json(account), 201);
}

Response change_account(Service& service, const Call& call) {
  const Fields fields(call.request.body, {"display_name", "role", "unit", "disabled", "password"});
  const std::string& name = call.at("name");
  std::string hash;
  if (fields.has("password")) hash = hash_password(checked_password(fields, "password", name));
  const ledger::Account changed = service.ledgers.write([&](Books& books) {
    const auto found = books.store.find_account(name);
    if (!found) throw not_found();
    ledger::Account account = *found;
    Json said = Json::object();
    if (fields.has("display_name")) said["display_name"] = account.display_name = fields.text("display_name", 1, 100);
    if (fields.has("role")) account.role = role_of(fields), said["role"] = code(account.role);
    if (fields.has("unit")) said["unit"] = account.unit = fields.text("unit", 0, 200);
    if (fields.has("disabled")) said["disabled"] = account.disabled = fields.boolean("disabled");
    if (!hash.empty()) account.password_hash = hash, said["password"] = "set";
    check_account(account);
    const auto all = books.store.accounts();
    const bool another = std::any_of(all.begin(), all.end(), [&](const ledger::Account& other) {
      return other.name != name && is_active_administrator(other);
    });
    if (is_active_administrator(*found) && !is_active_administrator(account) && !another)
      throw ApiError(409, "This is the last administrator.", "这是最后一个管理员，不能停用或降级。", "",
                     "Make somebody else an administrator first.");
    books.store.change_account(account, "account_changed", said.dump(), call.stamp(service));
    const bool to_log_in_again = !hash.empty() || account.disabled;
    if (to_log_in_again) books.store.end_sessions_of(name, name == call.account().name ? call.caller->token_hash : "");
    return account;
  });
  return json_response(account_json(changed));
}

// Whom a case can be given to: names alone, of the caller's unit where the caller has one.
Response list_colleagues(Service& service, const Call& call) {
  Json rows = Json::array();
  for (const auto& a : service.ledgers.read([](const Books& books) { return books.store.accounts(); }))
    if (!a.disabled && a.role >= ledger::Role::inspector && (call.unit().empty() || a.unit == call.unit()))
      rows.push_back({{"name", a.name}, {"display_name", a.display_name}, {"unit", a.unit}});
  return json_response({{"colleagues", std::move(rows)}});
}

}  // namespace plotwatch::review
