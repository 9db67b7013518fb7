// What an account must be. All throw ApiError 422.
#pragma once

#include <string>

#include "ledger/accounts.hpp"
#include "review/json.hpp"

namespace plotwatch::review {

std::string checked_account_name(const Fields& fields);  // 1 to 64 bytes without '/'
std::string checked_password(const Fields& fields, const char* member, const std::string& name);
void check_account(const ledger::Account& account);  // an inspector has a unit
Json account_json(const ledger::Account& account);   // as administrators see it

}  // namespace plotwatch::review
