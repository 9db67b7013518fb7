// Text into a file, whole.
#pragma once

#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>

namespace plotwatch::test {

inline void write_text(const std::string& path, std::string_view text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  if (!file.flush()) throw std::runtime_error("cannot write " + path);
}

}  // namespace plotwatch::test
