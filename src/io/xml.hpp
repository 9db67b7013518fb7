// An XML document as a flat list, which is all that product metadata needs.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace plotwatch::io {

struct XmlElement {
  std::string path;  // "General_Info/Product_Info/PRODUCT_URI": without the root and without namespace prefixes
  std::string text;  // empty for elements that hold elements
  std::map<std::string, std::string> attributes;
};

// Elements in document order. Throws Error(input) naming `where` when the text is no XML.
std::vector<XmlElement> flatten_xml(const std::string& text, const std::string& where);

}  // namespace plotwatch::io
