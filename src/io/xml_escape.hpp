// Text that goes into XML or HTML.
#pragma once

#include <string>
#include <string_view>

namespace plotwatch::io {

// & < > " ' as entities. Control characters, which XML and HTML forbid, and bytes that are not UTF-8 become U+FFFD.
std::string xml_escape(std::string_view text);

}  // namespace plotwatch::io
