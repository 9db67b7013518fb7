// A mail as it travels: RFC 5322, 2047 and 2046, all of it in ASCII.
#pragma once

#include <string>
#include <vector>

#include "core/utc_time.hpp"

namespace plotwatch::notify {

struct Mail {
  std::string from;             // address
  std::vector<std::string> to;  // addresses
  std::string subject, id;      // id: of the message; the same id gives the same Message-ID, so that a mail that is
                                // sent again can be told from a new one
  std::string text, html;       // UTF-8
};

// "a@b, c@d" -> addresses. Throws Error(config) for one with white space, control characters or without an @.
std::vector<std::string> parse_addresses(const std::string& list, const std::string& field);

std::string mail_message(const Mail& mail, UtcTime now);  // lines end with CRLF
// RFC 2047: as it is when it is plain ASCII, else base64 words of at most 75 characters.
std::string encoded_header(const std::string& text);

}  // namespace plotwatch::notify
