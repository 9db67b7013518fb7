// What QGIS needs to find in a style, read with an XML parser that is not ours.
#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>

#include <cpl_minixml.h>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "report/assets.hpp"
#include "report/layers.hpp"
#include "report/severity_colour.hpp"
#include "unit/report/fake_scan.hpp"

namespace plotwatch::report {
namespace {

using Document = std::unique_ptr<CPLXMLNode, decltype(&CPLDestroyXMLNode)>;

Document parse(const char* qml) { return {CPLParseXMLString(qml), &CPLDestroyXMLNode}; }

std::string get(const CPLXMLNode* node, const char* path) { return CPLGetXMLValue(node, path, ""); }

std::map<std::string, const CPLXMLNode*> children(const CPLXMLNode* parent, const std::string& element,
                                                  const char* key) {
  std::map<std::string, const CPLXMLNode*> found;
  for (const CPLXMLNode* n = parent ? parent->psChild : nullptr; n; n = n->psNext)
    if (n->eType == CXT_Element && n->pszValue == element) found[get(n, key)] = n;
  return found;
}

std::string last_outline_colour(const CPLXMLNode* symbol) {
  std::string colour;
  for (const CPLXMLNode* layer = symbol->psChild; layer; layer = layer->psNext)
    if (layer->eType == CXT_Element && std::string("layer") == layer->pszValue)
      for (const auto& [option, node] : children(CPLGetXMLNode(layer, "Option"), "Option", "name"))
        if (option == "outline_color") colour = get(node, "value");
  return colour;
}

// Categories by value, each with a symbol that exists.
std::map<std::string, const CPLXMLNode*> categories(const CPLXMLNode* root, const std::string& attribute) {
  const CPLXMLNode* renderer = CPLGetXMLNode(root, "renderer-v2");
  EXPECT_EQ(get(renderer, "type"), "categorizedSymbol");
  EXPECT_EQ(get(renderer, "attr"), attribute);
  const auto symbols = children(CPLGetXMLNode(renderer, "symbols"), "symbol", "name");
  std::map<std::string, const CPLXMLNode*> by_value;
  for (const auto& [value, category] : children(CPLGetXMLNode(renderer, "categories"), "category", "value")) {
    const auto symbol = symbols.find(get(category, "symbol"));
    EXPECT_NE(symbol, symbols.end()) << value;
    EXPECT_FALSE(get(category, "label").empty()) << value;
    if (symbol != symbols.end()) by_value[value] = symbol->second;
  }
  return by_value;
}

TEST(QgisStyle, CandidatesByColourOfSeverityLabelledByRank) {
  const Document document = parse(assets::candidates_qml);
  ASSERT_TRUE(document);
  const CPLXMLNode* root = CPLGetXMLNode(document.get(), "=qgis");
  ASSERT_TRUE(root);
  EXPECT_EQ(get(root, "version").substr(0, 2), "3.");
  EXPECT_EQ(get(root, "labeling.type"), "simple");
  EXPECT_EQ(get(root, "labeling.settings.text-style.fieldName"), "rank");
  EXPECT_EQ(get(root, "layerGeometryType"), "2");
  const auto by_value = categories(root, "severity");
  ASSERT_EQ(by_value.size(), 4u);
  for (const Severity s : {Severity::P0, Severity::P1, Severity::P2, Severity::P3}) {
    const Rgb c = severity_colour(s);
    EXPECT_EQ(last_outline_colour(by_value.at(std::string(name(s)))), fmt::format("{},{},{},255", c.r, c.g, c.b));
  }
}

TEST(QgisStyle, PlotsAreHatchedWhereNotObservable) {
  const Document document = parse(assets::plots_qml);
  ASSERT_TRUE(document);
  const CPLXMLNode* root = CPLGetXMLNode(document.get(), "=qgis");
  ASSERT_TRUE(root);
  EXPECT_FALSE(get(root, "version").empty());
  const auto by_value = categories(root, "observable");
  ASSERT_EQ(by_value.size(), 2u);
  EXPECT_TRUE(children(by_value.at("0"), "layer", "class").contains("LinePatternFill"));
  EXPECT_FALSE(children(by_value.at("1"), "layer", "class").contains("LinePatternFill"));
}

TEST(QgisStyle, NamesOnlyFieldsThatTheLayersHave) {
  const ScanResult scan = fake_scan();
  const auto has = [](const io::OutputLayer& layer, std::string_view field) {
    return std::ranges::count(layer.fields, field, &io::OutputField::name) == 1;
  };
  EXPECT_TRUE(has(candidate_layer(scan), "severity"));
  EXPECT_TRUE(has(candidate_layer(scan), "rank"));
  EXPECT_TRUE(has(plot_layer(scan), "observable"));
}

}  // namespace
}  // namespace plotwatch::report
