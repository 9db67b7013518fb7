// Markup that cannot be injected into: whatever is put into a pattern is escaped, unless it is Html already.
//
//   put(page, "<td>{}</td>", plot.name);       // "<b>" in the name becomes "&lt;b&gt;"
//   put(page, "<tr>{}</tr>", cells);           // Html goes in as it is
#pragma once

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <fmt/format.h>

#include "io/xml_escape.hpp"

namespace plotwatch::report {

struct Html {
  std::string text;
};

inline const std::string& safe(const Html& markup) { return markup.text; }
inline std::string safe(std::string_view data) { return io::xml_escape(data); }
template <class Number>
requires std::is_arithmetic_v<Number> Number safe(Number number) { return number; }

template <class... Args>
void put(Html& out, fmt::format_string<decltype(safe(std::declval<const Args&>()))...> pattern, const Args&... args) {
  out.text += fmt::format(pattern, safe(args)...);
}

template <class... Args>
Html html(fmt::format_string<decltype(safe(std::declval<const Args&>()))...> pattern, const Args&... args) {
  return {fmt::format(pattern, safe(args)...)};
}

// One thing in two languages, Chinese first. Where one is empty, or both are the same, the other stands alone and is
// shown whatever the page's language.
Html both(std::string_view zh, std::string_view en);

// `<h2 id=…>` with both languages.
Html heading(std::string_view id, std::string_view zh, std::string_view en);

}  // namespace plotwatch::report
