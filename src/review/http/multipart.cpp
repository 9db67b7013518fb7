#include "review/http/multipart.hpp"

#include "review/http/message.hpp"

namespace plotwatch::review {
namespace {

// The value of NAME=value or NAME="value" among parameters after semicolons. Quotes inside are escaped with a
// backslash.
std::optional<std::string> parameter_of(std::string_view header, std::string_view name) {
  for (std::size_t i = header.find(';'); i != std::string_view::npos;) {
    i = header.find_first_not_of(" \t", i + 1);
    if (i == std::string_view::npos) break;
    const auto equals = header.find('=', i);
    if (equals == std::string_view::npos) break;
    const bool wanted = lower_case(header.substr(i, equals - i)) == name;
    std::string value;
    std::size_t at = equals + 1;
    if (at < header.size() && header[at] == '"') {
      for (++at; at < header.size() && header[at] != '"'; ++at) {
        if (header[at] == '\\' && at + 1 < header.size()) ++at;
        value += header[at];
      }
      if (at >= header.size()) return std::nullopt;
    } else {
      const auto end = header.find(';', at);
      value = header.substr(at, end == std::string_view::npos ? end : end - at);
      while (!value.empty() && (value.back() == ' ' || value.back() == '\t')) value.pop_back();
    }
    if (wanted) return value;
    i = header.find(';', at);
  }
  return std::nullopt;
}

std::optional<FormPart> parse_part(std::string_view text) {
  const auto end_of_head = text.find("\r\n\r\n");
  if (end_of_head == std::string_view::npos) return std::nullopt;
  FormPart part;
  part.bytes = text.substr(end_of_head + 4);
  std::string_view head = text.substr(0, end_of_head);
  while (!head.empty()) {
    const auto end = head.find("\r\n");
    const std::string_view line = head.substr(0, end);
    if (lower_case(line.substr(0, 20)) == "content-disposition:") {
      const auto name = parameter_of(line, "name");
      if (!name) return std::nullopt;
      part.name = *name;
      part.file_name = parameter_of(line, "filename").value_or("");
      return part;
    }
    if (end == std::string_view::npos) break;
    head.remove_prefix(end + 2);
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::vector<FormPart>> parse_form(std::string_view content_type, std::string_view body,
                                                std::size_t limit) {
  if (lower_case(content_type.substr(0, 19)) != "multipart/form-data") return std::nullopt;
  const auto boundary = parameter_of(content_type, "boundary");
  if (!boundary || boundary->empty() || boundary->size() > 70) return std::nullopt;
  const std::string first = "--" + *boundary, next = "\r\n" + first;
  if (!body.starts_with(first)) return std::nullopt;
  body.remove_prefix(first.size());
  std::vector<FormPart> parts;
  while (!body.starts_with("--")) {
    if (!body.starts_with("\r\n") || parts.size() == limit) return std::nullopt;
    body.remove_prefix(2);
    const auto end = body.find(next);
    if (end == std::string_view::npos) return std::nullopt;
    const auto part = parse_part(body.substr(0, end));
    if (!part) return std::nullopt;
    parts.push_back(*part);
    body.remove_prefix(end + next.size());
  }
  return parts;
}

}  // namespace plotwatch::review
