#include "notify/mail_message.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/date.hpp"
#include "core/error.hpp"
#include "core/hash.hpp"
#include "core/hmac.hpp"

namespace plotwatch::notify {
namespace {

bool is_plain(char c) { return c >= 0x20 && c < 0x7f; }

// RFC 5322, section 3.3.
std::string mail_date(UtcTime now) {
  constexpr std::array<const char*, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(now);
  const Date date = Date::from_days(day);
  return fmt::format("{}, {} {} {} {} +0000", days[std::chrono::weekday(day).c_encoding()], date.day,
                     months[date.month - 1], date.year, utc_text(now).substr(11, 8));
}

std::string base64_lines(const std::string& text) {
  const std::string all = base64(text);
  std::string lines;
  for (std::size_t i = 0; i < all.size(); i += 76) lines += all.substr(i, 76) + "\r\n";
  return lines;
}

}  // namespace

std::vector<std::string> parse_addresses(const std::string& list, const std::string& field) {
  std::vector<std::string> addresses;
  std::size_t start = 0;
  while (start <= list.size()) {
    const std::size_t comma = std::min(list.find(',', start), list.size());
    std::string address = list.substr(start, comma - start);
    address.erase(0, address.find_first_not_of(' '));
    address.erase(address.find_last_not_of(' ') + 1);
    const bool fits = address.find('@') != std::string::npos && address.find_first_of("<>\" ") == std::string::npos &&
                      std::all_of(address.begin(), address.end(), is_plain);
    if (!fits)
      throw Error(ExitCode::config, fmt::format("'{}' is no mail address", address), field,
                  "Write name@example.org, several separated by commas, without display names.");
    addresses.push_back(address);
    start = comma + 1;
  }
  return addresses;
}

std::string encoded_header(const std::string& text) {
  if (std::all_of(text.begin(), text.end(), is_plain)) return text;
  constexpr std::size_t first_bytes = 39, more_bytes = 45;  // the first line begins with the header's name
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = std::min(i + (i == 0 ? first_bytes : more_bytes), text.size());
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;  // no character is cut
    out += (out.empty() ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?") + base64(text.substr(i, end - i)) + "?=";
    i = end;
  }
  return out;
}

std::string mail_message(const Mail& mail, UtcTime now) {
  const std::string boundary = "=_" + sha256(mail.id).substr(0, 32);
  const std::string domain = mail.from.substr(mail.from.rfind('@') + 1);
  const auto part = [&](const char* type, const std::string& text) {
    return fmt::format("--{}\r\nContent-Type: text/{}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
                       boundary, type, base64_lines(text));
  };
  return fmt::format(
             "Date: {}\r\nFrom: {}\r\nTo: {}\r\nSubject: {}\r\nMessage-ID: <{}@{}>\r\nAuto-Submitted: "
             "auto-generated\r\n"
             "MIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary=\"{}\"\r\n\r\n",
             mail_date(now), mail.from, fmt::join(mail.to, ",\r\n "), encoded_header(mail.subject),
             sha256(mail.id).substr(0, 32), domain, boundary) +
         part("plain", mail.text) + part("html", mail.html) + "--" + boundary + "--\r\n";
}

}  // namespace plotwatch::notify
