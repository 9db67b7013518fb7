// Every route of the API, who may take it, and how large a body it takes: all of it in one table.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "review/service.hpp"

namespace plotwatch::review {

struct Route {
  std::string_view method;            // "GET" also answers HEAD
  std::string_view pattern;           // "/api/cases/{id}/notes"
  std::optional<ledger::Role> least;  // empty: anyone, logged in or not
  std::size_t body_bytes;             // 0: none is taken
  Response (*handle)(Service&, const Call&);
};

std::span<const Route> routes();

// Whether a request of this route must carry the token against forgery: those that change something, and need a log-in.
bool needs_token(const Route& route);

struct Match {
  const Route* route = nullptr;
  std::map<std::string, std::string> path;
};
// Throws ApiError 404, or 405 where the path has other methods.
Match match(const Request& request);

// The request as a call that may be handled. Throws ApiError: 401 nobody is logged in, 403 the role is too low or the
// token is missing or wrong.
Call admit(Service& service, const Request& request, Match match);

}  // namespace plotwatch::review
