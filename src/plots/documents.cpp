#include "plots/documents.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "io/vector.hpp"
#include "plots/register_values.hpp"
#include "plots/text_line.hpp"

namespace plotwatch::plots {
namespace {

using Names = std::vector<std::string>;
using Index = std::optional<std::size_t>;

Index find(const std::vector<std::string>& fields, const Names& names) {
  for (const std::string& name : names)
    for (std::size_t i = 0; i < fields.size(); ++i)
      if (fields[i] == name) return i;
  return std::nullopt;
}
Index find(const io::VectorLayer& layer, const Names& names) { return find(layer.fields, names); }

Index require(const std::vector<std::string>& fields, const std::string& path, const Names& names) {
  if (const Index found = find(fields, names)) return found;
  throw Error(ExitCode::input, fmt::format("there is no column {}", names.front()), path,
              fmt::format("Add it; its columns are: {}.", fmt::join(fields, ", ")));
}
Index require(const io::VectorLayer& layer, const Names& names) { return require(layer.fields, layer.path, names); }

std::string text(const io::Feature& row, Index at) { return at ? text_of(row.values[*at]) : ""; }

Error unreadable(const io::VectorLayer& layer, const io::Feature& row, const std::string& what,
                 const std::string& advice) {
  return Error(ExitCode::input, fmt::format("row {}: {}", row.id, what), layer.path, advice);
}

std::optional<Date> date(const io::VectorLayer& layer, const io::Feature& row, Index at) {
  const std::string word = text(row, at);
  if (word.empty()) return std::nullopt;
  if (const std::optional<Date> day = date_of(word)) return day;
  throw unreadable(layer, row, fmt::format("\"{}\" is no date", word), "Write dates as 2026-02-28.");
}

// "*->bare" is every known cover that became bare.
std::vector<Transition> into(Cover after) {
  std::vector<Transition> all;
  for (const Cover before : {Cover::vegetation, Cover::bare, Cover::built, Cover::water})
    if (before != after) all.push_back({before, after});
  return all;
}

std::vector<Transition> transitions_of(const std::string& word) {
  if (const std::optional<Transition> single = parse_transition(word)) return {*single};
  for (const Cover c : {Cover::vegetation, Cover::bare, Cover::built, Cover::water})
    if (word == fmt::format("*->{}", name(c))) return into(c);
  if (word == "建设" || word == "building") return into(Cover::built);
  if (word == "开挖" || word == "堆土" || word == "excavation" || word == "stockpiles") return into(Cover::bare);
  if (word == "拆除" || word == "demolition") return {{Cover::built, Cover::bare}};
  return {};
}

std::vector<Transition> allowed(const io::VectorLayer& layer, const io::Feature& row, Index at) {
  std::vector<Transition> all;
  // half_width leaves the enumeration comma alone.
  std::string words;
  const std::string source = half_width(text(row, at));
  for (std::size_t i = 0; i < source.size();) {
    const bool comma = source.compare(i, 3, "、") == 0 || source[i] == ';';
    words.push_back(comma ? ',' : source[i]);
    i += comma && source[i] != ';' ? 3 : 1;
  }
  words.push_back(',');
  for (const std::string_view part : split_fields(words)) {
    if (part.empty()) continue;
    const std::vector<Transition> some = transitions_of(std::string(part));
    if (some.empty())
      throw unreadable(layer, row, fmt::format("\"{}\" names no kind of change", part),
                       "Write transitions as *->bare; built->bare, or 建设, 开挖, 堆土, 拆除.");
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

std::string kind_of(const std::string& word) {
  if (word == "许可" || word == "许可证" || word == "建设许可") return "permit";
  if (word == "修复方案" || word == "风险管控方案") return "remediation_plan";
  return word;
}

}  // namespace

PermitLayer read_permits(const std::string& path) {
  const io::VectorLayer layer = io::read_vector(path);
  const Index kind = require(layer, {"kind", "类型", "LX"}),
              name = require(layer, {"name", "文号", "方案名称", "number", "名称"}),
              code = find(layer, {"plot_code", "code", "地块代码", "DKDM"}),
              from = find(layer, {"from", "valid_from", "date_from", "开始日期", "起始日期"}),
              to = find(layer, {"to", "valid_to", "date_to", "截止日期", "结束日期"}),
              allows = find(layer, {"allows", "允许", "允许内容"});
  PermitLayer result;
  result.source = path;
  result.crs = layer.crs;
  for (const io::Feature& row : layer.features) {
    Permit p;
    p.kind = kind_of(text(row, kind));
    p.name = text(row, name);
    if (p.kind.empty() || p.name.empty())
      throw unreadable(layer, row, "the document has no kind or no name",
                       "Fill in both: its name is shown with every candidate.");
    if (row.geometry.empty())
      throw unreadable(layer, row, row.geometry_problem, "Draw the footprint that the document is for.");
    p.plot_code = text(row, code);
    p.from = date(layer, row, from);
    p.to = date(layer, row, to);
    p.allows = allowed(layer, row, allows);
    p.geometry = row.geometry;
    result.permits.push_back(std::move(p));
  }
  return result;
}

std::vector<KindLayer> read_kinds(const std::string& path) {
  std::vector<KindLayer> all;
  for (io::PlaceLayer& layer : io::read_places(path)) {
    const std::size_t kind = *require(layer.fields, layer.path, {"kind", "类型", "LX"});
    KindLayer result{path, layer.crs, {}};
    for (io::Place& row : layer.places) {
      const auto bad = [&](const std::string& what, const char* advice) {
        return Error(ExitCode::input, fmt::format("layer \"{}\", row {}: {}", layer.name, row.id, what), path, advice);
      };
      if (row.polygons.empty() && row.paths.empty())
        throw bad(row.problem.empty() ? "it has no geometry" : row.problem, "Draw it as polygon, line or point.");
      const std::string word = text_of(row.values[kind]);
      if (word.empty()) throw bad("it has no kind", "Fill in the column that rules name it by.");
      result.things.push_back({word, std::move(row.polygons), std::move(row.paths)});
    }
    all.push_back(std::move(result));
  }
  return all;
}

std::map<std::string, Date> read_last_clear(const std::string& path) {
  const io::VectorLayer layer = io::read_attributes(path, "plots");
  const Index code = require(layer, {"code"}), day = require(layer, {"last_clear"});
  std::map<std::string, Date> last;
  for (const io::Feature& row : layer.features)
    if (const std::optional<Date> seen = date(layer, row, day)) last.insert_or_assign(text(row, code), *seen);
  return last;
}

}  // namespace plotwatch::plots
