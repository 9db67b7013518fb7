#include "io/xml.hpp"

#include <memory>

#include <cpl_minixml.h>
#include <fmt/format.h>

#include "core/error.hpp"
#include "io/gdal_dataset.hpp"

namespace plotwatch::io {
namespace {

std::string local_name(const char* name) {
  const std::string text = name;
  const std::size_t colon = text.find(':');
  return colon == std::string::npos ? text : text.substr(colon + 1);
}

// A product's metadata nests a dozen levels; anything deeper is not metadata.
constexpr int deepest = 100;

void flatten(const CPLXMLNode& element, const std::string& path, int depth, std::vector<XmlElement>& out) {
  if (depth > deepest) return;
  const std::size_t mine = out.size();
  if (!path.empty()) out.push_back({path, "", {}});
  for (const CPLXMLNode* child = element.psChild; child != nullptr; child = child->psNext) {
    if (child->eType == CXT_Text && !path.empty())
      out[mine].text += child->pszValue;
    else if (child->eType == CXT_Attribute && child->psChild != nullptr && !path.empty())
      out[mine].attributes[local_name(child->pszValue)] = child->psChild->pszValue;
    else if (child->eType == CXT_Element)
      flatten(*child, path.empty() ? local_name(child->pszValue) : path + "/" + local_name(child->pszValue), depth + 1,
              out);
  }
}

}  // namespace

std::vector<XmlElement> flatten_xml(const std::string& text, const std::string& where) {
  const GdalMessages messages;
  const std::unique_ptr<CPLXMLNode, void (*)(CPLXMLNode*)> tree(CPLParseXMLString(text.c_str()), CPLDestroyXMLNode);
  const CPLXMLNode* root = tree.get();
  while (root != nullptr && (root->eType != CXT_Element || root->pszValue[0] == '?')) root = root->psNext;
  if (root == nullptr)
    throw Error(ExitCode::input, fmt::format("is no XML document: {}", messages.text()), where,
                "Fetch the file again.");
  std::vector<XmlElement> elements;
  flatten(*root, "", 0, elements);
  return elements;
}

}  // namespace plotwatch::io
