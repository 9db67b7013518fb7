#include "review/http/message.hpp"

#include <algorithm>

namespace plotwatch::review {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

std::string lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::string_view Request::header(const std::string& lower_case_name) const {
  const auto found = headers.find(lower_case_name);
  return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

std::optional<std::string> Request::cookie(std::string_view name) const {
  std::string_view rest = header("cookie");
  while (!rest.empty()) {
    const auto end = rest.find(';');
    const std::string_view pair = trimmed(rest.substr(0, end));
    const auto equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == name) return std::string(pair.substr(equals + 1));
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
  return std::nullopt;
}

std::optional<std::string> Request::parameter(std::string_view name) const {
  for (const auto& [key, value] : query)
    if (key == name) return value;
  return std::nullopt;
}

std::vector<std::string> Request::parameters(std::string_view name) const {
  std::vector<std::string> out;
  for (const auto& [key, value] : query)
    if (key == name) out.push_back(value);
  return out;
}

std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hex_value(text[i + 1]), low = hex_value(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      out += plus_is_space && text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

std::optional<Target> parse_target(std::string_view target) {
  const auto question = target.find('?');
  const std::optional<std::string> path = percent_decoded(target.substr(0, question), false);
  if (!path || path->empty() || path->front() != '/') return std::nullopt;
  if (path->find('\\') != std::string::npos || path->find('\0') != std::string::npos) return std::nullopt;
  Target out;
  std::string_view rest(*path);
  while (!rest.empty()) {
    rest.remove_prefix(1);  // the slash
    const auto end = rest.find('/');
    const std::string_view part = rest.substr(0, end);
    if (part == "..") return std::nullopt;
    if (!part.empty() && part != ".") {
      out.path.push_back('/');
      out.path.append(part);
    }
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end);
  }
  if (out.path.empty()) out.path.push_back('/');  // assigning "/" makes GCC 12 warn of an overlap that cannot be
  if (question == std::string_view::npos) return out;
  std::string_view query = target.substr(question + 1);
  while (!query.empty()) {
    const auto end = query.find('&');
    const std::string_view pair = query.substr(0, end);
    if (!pair.empty()) {
      const auto equals = pair.find('=');
      const auto name = percent_decoded(pair.substr(0, equals), true);
      const auto value = equals == std::string_view::npos ? std::optional(std::string())
                                                          : percent_decoded(pair.substr(equals + 1), true);
      if (!name || !value) return std::nullopt;
      out.query.emplace_back(*name, *value);
    }
    if (end == std::string_view::npos) break;
    query.remove_prefix(end + 1);
  }
  return out;
}

}  // namespace plotwatch::review
