// One request and its answer, whatever carries them. No sockets here: what the API does is tested with these alone.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plotwatch::review {

// "a=1&a=2&b=%20" in the order given, decoded. Names and values are any bytes; who reads them checks them.
using Query = std::vector<std::pair<std::string, std::string>>;

struct Request {
  std::string method;  // "GET", upper case
  std::string path;    // decoded, starts with '/', without "." and ".." and doubled slashes
  Query query;
  std::map<std::string, std::string> headers;  // names in lower case; repeated ones joined with ", "
  std::string body;
  std::string peer;  // address of the other end of the connection

  std::string_view header(const std::string& lower_case_name) const;  // empty when it is not there
  std::optional<std::string> cookie(std::string_view name) const;
  std::optional<std::string> parameter(std::string_view name) const;  // the first of that name
  std::vector<std::string> parameters(std::string_view name) const;
};

// A part of a file that is sent as it lies on disk.
struct FilePart {
  std::filesystem::path path;
  std::uint64_t offset = 0, length = 0;  // bytes
};

struct Response {
  int status = 200;
  std::string content_type;  // empty: no body
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::optional<FilePart> file;  // instead of body
  bool close = false;            // the connection, after this answer
};

std::string lower_case(std::string_view text);  // ASCII letters alone

// Empty when a "%" is not followed by two hexadecimal digits. `plus_is_space` in queries alone.
std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space);

// The request target "/a/b?x=1" as path and query. Empty for what is no path: not starting with '/', a bad escape, a
// NUL or backslash, or a ".." that is left after decoding, however it was written.
struct Target {
  std::string path;
  Query query;
};
std::optional<Target> parse_target(std::string_view target);

}  // namespace plotwatch::review
