#include "review/account_rules.hpp"

#include "review/api_error.hpp"
#include "review/password.hpp"

namespace plotwatch::review {

std::string checked_account_name(const Fields& fields) {
  std::string name = fields.text("name", 1, 64);
  if (name.find_first_of("/\\\r\n\t") != std::string::npos)
    throw bad_value("name", "the name has a slash or a line end", "名称含有不允许的字符");
  return name;
}

std::string checked_password(const Fields& fields, const char* member, const std::string& name) {
  std::string password = fields.secret(member);
  if (const auto problem = password_problem(password, name))
    throw ApiError(422, "This password cannot be used: " + *problem + ".",
                   "密码不符合要求：至少10个字符，且不得与名称相同。", member,
                   "Choose one of at least 10 characters; several words are easy to remember.");
  return password;
}

void check_account(const ledger::Account& account) {
  if (account.role == ledger::Role::inspector && account.unit.empty())
    throw bad_value("unit", "an inspector belongs to a unit", "核查人员必须归属一个单位");
}

Json account_json(const ledger::Account& a) {
  return {{"name", a.name},
          {"display_name", a.display_name},
          {"role", code(a.role)},
          {"unit", a.unit},
          {"disabled", a.disabled},
          {"created_at", a.created_at},
          {"last_login", a.last_login_at.empty() ? Json() : Json(a.last_login_at)}};
}

}  // namespace plotwatch::review
