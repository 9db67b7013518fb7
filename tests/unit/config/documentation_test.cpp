// docs/configuration.md is made from the table of fields, and kept equal to it here. To write it anew:
//   PLOTWATCH_UPDATE_DOCS=1 build/release/tests/unit/config/test_config --gtest_filter='Documentation.*'
#include <cstdlib>
#include <fstream>
#include <iterator>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "config/config.hpp"
#include "support/write_text.hpp"

namespace plotwatch::config {
namespace {

const std::string page = PLOTWATCH_SOURCE_DIR "/docs/configuration.md";

std::string read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// The part of the page below its introduction: one table a section.
std::string tables() {
  std::string text, section;
  for (const Field& field : fields()) {
    const std::size_t dot = field.path.find('.');
    if (field.path.substr(0, dot) != section) {
      section = field.path.substr(0, dot);
      text += fmt::format("\n## [{}]\n\n| field | type | unit | default | meaning |\n|---|---|---|---|---|\n", section);
    }
    text += fmt::format("| `{}` | {} | {} | {} | {} |\n", field.path.substr(dot + 1), field.type, field.unit,
                        field.default_value.empty() ? "" : "`" + field.default_value + "`", field.meaning);
  }
  return text;
}

TEST(Documentation, TellsEveryField) {
  const std::string text = read(page);
  const std::size_t start = text.find("\n## [");
  ASSERT_NE(start, std::string::npos) << page;
  const std::string wanted = text.substr(0, start) + tables();
  if (std::getenv("PLOTWATCH_UPDATE_DOCS")) test::write_text(page, wanted);
  EXPECT_EQ(read(page), wanted);
}

}  // namespace
}  // namespace plotwatch::config
