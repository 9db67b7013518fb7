// Checks and diffs for people and for programs.
#pragma once

#include <string>

#include "plots/check_register.hpp"
#include "plots/register_diff.hpp"

namespace plotwatch::plots {

std::string to_text(const CheckResult& result);
std::string to_json(const CheckResult& result);
std::string to_text(const RegisterDiff& diff);
std::string to_json(const RegisterDiff& diff);

}  // namespace plotwatch::plots
