#include "core/hash.hpp"

#include <array>
#include <fstream>
#include <vector>

#include <sodium.h>

#include "core/error.hpp"

namespace plotwatch {

struct Sha256::State {
  crypto_hash_sha256_state sodium;
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  if (sodium_init() < 0) throw Error(ExitCode::internal, "libsodium could not start", "", "");
  crypto_hash_sha256_init(&state_->sodium);
}

Sha256::~Sha256() = default;

void Sha256::update(const void* data, std::size_t bytes) {
  crypto_hash_sha256_update(&state_->sodium, static_cast<const unsigned char*>(data), bytes);
}

std::string Sha256::hex() {
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256_final(&state_->sodium, digest.data());
  std::array<char, 2 * crypto_hash_sha256_BYTES + 1> text{};
  sodium_bin2hex(text.data(), text.size(), digest.data(), digest.size());
  return text.data();
}

std::string sha256(std::string_view text) {
  Sha256 hash;
  hash.update(text.data(), text.size());
  return hash.hex();
}

std::string sha256_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error(ExitCode::input, "cannot be opened for reading", path.string(), "Check the path and its permissions.");
  Sha256 hash;
  std::vector<char> buffer(1 << 20);
  while (file) {
    file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    hash.update(buffer.data(), static_cast<std::size_t>(file.gcount()));
  }
  if (file.bad()) throw Error(ExitCode::input, "reading failed half way", path.string(), "Check the disk or the network share.");
  return hash.hex();
}

}  // namespace plotwatch
