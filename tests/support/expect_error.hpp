// What an Error says, for tests that check its code and words.
#pragma once

#include <string>

#include <gtest/gtest.h>

#include "core/error.hpp"

namespace plotwatch::test {

// Runs `action`; expects an Error with `code` and some advice; gives back its fact.
template <class Action>
std::string fact_of_error(ExitCode code, Action action) {
  try {
    action();
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), code) << e.what();
    EXPECT_FALSE(e.advice().empty()) << e.what();
    return e.fact();
  }
  ADD_FAILURE() << "no error";
  return "";
}

}  // namespace plotwatch::test
