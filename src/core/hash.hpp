// SHA-256 of inputs and outputs, through OpenSSL (which uses the processor's SHA instructions).
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace plotwatch {

class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void update(const void* data, std::size_t bytes);
  std::string hex();  // 64 lower-case digits; ends the computation

 private:
  struct State;
  std::unique_ptr<State> state_;
};

std::string sha256(std::string_view text);

// Throws Error(input) when the file cannot be read.
std::string sha256_file(const std::filesystem::path& path);

}  // namespace plotwatch
