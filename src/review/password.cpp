#include "review/password.hpp"

#include <algorithm>
#include <array>
#include <semaphore>

#include <sodium.h>

#include "core/error.hpp"

namespace plotwatch::review {
namespace {

void start() {
  static const int started = sodium_init();
  if (started < 0) throw Error(ExitCode::internal, "libsodium does not start", "", "Check its installation.");
}

// A flood of log-ins must not take all memory and processors.
class Turn {
 public:
  Turn() { gate().acquire(); }
  ~Turn() { gate().release(); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  static std::counting_semaphore<2>& gate() {
    static std::counting_semaphore<2> two(2);
    return two;
  }
};

}  // namespace

std::string hash_password(std::string_view password) {
  start();
  const Turn turn;
  std::array<char, crypto_pwhash_STRBYTES> out{};
  if (crypto_pwhash_str_alg(out.data(), password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                            crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13) != 0)
    throw Error(ExitCode::resources, "no memory for the hash of a password", "", "It takes 64 MiB; free some memory.");
  return out.data();
}

bool password_fits(std::string_view password, const std::string& hash) {
  start();
  static const std::string nobody = hash_password("nobody");  // so that unknown names take as long as known ones
  const Turn turn;
  const std::string& against = hash.empty() ? nobody : hash;
  const bool fits = crypto_pwhash_str_verify(against.c_str(), password.data(), password.size()) == 0;
  return fits && !hash.empty();
}

std::optional<std::string> password_problem(std::string_view password, std::string_view name) {
  if (password.size() < 10) return "it is shorter than 10 characters";
  if (password.size() > 256) return "it is longer than 256 bytes";
  if (password == name) return "it is the name";
  if (std::all_of(password.begin(), password.end(), [&](char c) { return c == password.front(); }))
    return "it is one character over again";
  return std::nullopt;
}

std::string random_token() {
  start();
  std::array<unsigned char, 32> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  std::array<char, sodium_base64_ENCODED_LEN(32, sodium_base64_VARIANT_URLSAFE_NO_PADDING)> text{};
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return text.data();
}

bool same_secret(std::string_view a, std::string_view b) {
  start();
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace plotwatch::review
