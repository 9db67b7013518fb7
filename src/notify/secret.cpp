#include "notify/secret.hpp"

#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "core/error.hpp"
#include "core/log.hpp"

namespace plotwatch::notify {
namespace {

std::string trimmed(const std::string& text) {
  constexpr const char* space = " \t\r\n";
  const std::size_t first = text.find_first_not_of(space);
  return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(space) - first + 1);
}

std::string from_file(const std::string& path, const std::string& field) {
  std::ifstream file(path, std::ios::binary);
  if (!file)
    throw Error(ExitCode::config, field + " names a file that cannot be read", path,
                "Create it for the account that runs the night, mode 600.");
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0 && (status.st_mode & (S_IRGRP | S_IROTH)) != 0)
    log::warning("{}: others may read this file, and it holds the secret of {}; chmod 600", path, field);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

std::string resolve_secret(const std::string& place, const std::string& field) {
  std::string found;
  if (place.rfind("env:", 0) == 0) {
    const char* value = std::getenv(place.c_str() + 4);
    found = value ? trimmed(value) : "";
  } else if (place.rfind("file:", 0) == 0) {
    found = trimmed(from_file(place.substr(5), field));
  } else {
    return place;
  }
  if (found.empty())
    throw Error(ExitCode::config, field + " names a place that holds nothing", place,
                "Put the secret there, for example through EnvironmentFile= of the systemd unit.");
  return found;
}

std::string host_of(const std::string& url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string::npos) return "";
  const std::size_t start = scheme + 3, end = url.find_first_of("/?#", start);
  std::string authority = url.substr(start, end == std::string::npos ? end : end - start);
  if (const std::size_t at = authority.rfind('@'); at != std::string::npos) authority.erase(0, at + 1);
  return url.substr(0, start) + authority;
}

}  // namespace plotwatch::notify
