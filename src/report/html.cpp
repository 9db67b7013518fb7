#include "report/html.hpp"

namespace plotwatch::report {

Html both(std::string_view zh, std::string_view en) {
  if (zh.empty() || zh == en) return html("<span>{}</span>", en);
  if (en.empty()) return html("<span>{}</span>", zh);
  return html("<span lang=\"zh\">{}</span> <span lang=\"en\">{}</span>", zh, en);
}

Html heading(std::string_view id, std::string_view zh, std::string_view en) {
  return html("<h2 id=\"{}\">{}</h2>\n", id, both(zh, en));
}

}  // namespace plotwatch::report
