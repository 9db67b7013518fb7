#include "config/relative_path.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>

namespace plotwatch::config {

bool is_relative_path(const std::string& path) {
  if (path.empty() || path.front() == '/') return false;
  // "https://…", "NETCDF:…": a word of two letters or more before a colon names a way to open what follows.
  const std::size_t colon = path.find(':');
  if (colon == std::string::npos || colon < 2) return true;
  return !std::all_of(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(colon), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '+' || c == '-' || c == '_';
  });
}

std::string beside(const std::string& file, const std::string& path) {
  if (!is_relative_path(path)) return path;
  return (std::filesystem::path(file).parent_path() / path).lexically_normal().string();
}

std::string full_path(const std::string& path) {
  if (!is_relative_path(path)) return path;
  return std::filesystem::absolute(path).lexically_normal().string();
}

}  // namespace plotwatch::config
