// Who a request comes from.
#pragma once

#include <optional>
#include <string>

#include "review/service.hpp"

namespace plotwatch::review {

inline constexpr std::string_view session_cookie = "plotwatch_session";
inline constexpr std::chrono::hours session_lasts{12};

bool from_proxy(const Service& service, const Request& request);
// Of the person's machine: the last address that a trusted proxy names, else the other end of the connection.
std::string address_of(const Service& service, const Request& request);
// False for a browser on this very machine that came without TLS: its cookie would never come back otherwise.
bool is_secure(const Service& service, const Request& request);

// By its cookie, or by the name that a trusted proxy states. Disabled and unknown accounts are nobody.
std::optional<Caller> caller_of(Service& service, const Request& request);

// The header that gives a browser the session, or takes it away (an empty token).
std::string cookie_text(const std::string& token, bool secure);

std::string token_hash(const std::string& token);

}  // namespace plotwatch::review
