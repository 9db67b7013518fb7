// What a call throws, as text: for tests of messages that a user reads.
#pragma once

#include <string>

#include "core/error.hpp"

namespace plotwatch::test {

// The message of the Error that `call` throws, after "[code] "; "nothing thrown" when it throws none.
template <class Call>
std::string message_of(Call&& call) {
  try {
    call();
  } catch (const Error& error) {
    return "[" + std::to_string(static_cast<int>(error.code())) + "] " + error.what();
  }
  return "nothing thrown";
}

}  // namespace plotwatch::test
