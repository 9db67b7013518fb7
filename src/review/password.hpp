// Passwords and secrets that cannot be guessed, through libsodium.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace plotwatch::review {

// Argon2id with a salt of its own, in the text form that tells method and cost ("$argon2id$v=19$…"). Takes about a
// tenth of a second and 64 MiB; not more than two are computed at a time. Throws Error(resources) without that memory.
std::string hash_password(std::string_view password);
// In the same time whether or not `hash` is one: an empty one never fits.
bool password_fits(std::string_view password, const std::string& hash);

// Why a password cannot be taken, for a person; empty when it can. 10 to 256 bytes, not the name, not one letter over
// again.
std::optional<std::string> password_problem(std::string_view password, std::string_view name);

std::string random_token();                                // 256 bits, 43 characters of URL-safe base64
bool same_secret(std::string_view a, std::string_view b);  // in a time that does not tell where they differ

}  // namespace plotwatch::review
