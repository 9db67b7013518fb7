// What a request is refused with, for a person and for the page.
#pragma once

#include <stdexcept>
#include <string>

#include "core/error.hpp"
#include "review/http/message.hpp"

namespace plotwatch::review {

class ApiError : public std::runtime_error {
 public:
  ApiError(int status, std::string what, std::string what_zh, std::string where = "", std::string advice = "");
  int status() const { return status_; }
  Response response() const;

 private:
  int status_;
  std::string what_zh_, where_, advice_;
};

ApiError not_found();  // the same for what is not there and what may not be seen
ApiError bad_value(const std::string& where, const std::string& what, const std::string& what_zh);  // 422
ApiError from_error(const Error& error);  // of the ledger and the files

}  // namespace plotwatch::review
