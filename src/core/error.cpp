#include "core/error.hpp"

#include <utility>

namespace plotwatch {
namespace {

std::string message(const std::string& fact, const std::string& where, const std::string& advice) {
  std::string text = where.empty() ? fact : where + ": " + fact;
  if (!advice.empty()) text += "\n  " + advice;
  return text;
}

}  // namespace

Error::Error(ExitCode code, std::string what, std::string where, std::string advice)
    : std::runtime_error(message(what, where, advice)),
      code_(code),
      fact_(std::move(what)),
      where_(std::move(where)),
      advice_(std::move(advice)) {}

}  // namespace plotwatch
