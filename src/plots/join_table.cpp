#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "io/table.hpp"
#include "plots/columns.hpp"
#include "plots/register_source.hpp"
#include "plots/register_values.hpp"

namespace plotwatch::plots {
namespace {

using Index = std::optional<std::size_t>;

// The register's column that holds what column `i` of the table holds: by its meaning, else by its name.
Index same_column(const io::VectorLayer& layer, const io::Table& table, std::size_t i, const RegisterRequest& request) {
  for (const Column column : all_columns())
    if (find_column(table.fields, column, std::nullopt, table.path) == i)
      if (const Index at = find_column(layer.fields, column, std::nullopt, request.path)) return at;
  const auto named = std::find(layer.fields.begin(), layer.fields.end(), table.fields[i]);
  return named == layer.fields.end() ? Index{} : Index(named - layer.fields.begin());
}

}  // namespace

void join_table(RegisterSource& source, const RegisterRequest& request) {
  io::VectorLayer& layer = source.layer;
  const io::Table table = io::read_table(*request.table, request.sheet);
  const Index key = find_column(table.fields, Column::code, std::nullopt, table.path);
  const Index code = find_column(layer.fields, Column::code, request.code_field, request.path);
  if (!key || !code)
    throw Error(ExitCode::input, "there is no column of plot codes to join by", key ? request.path : table.path,
                fmt::format("Name it code, DKDM or 地块代码. Columns: {}.",
                            fmt::join(key ? layer.fields : table.fields, ", ")));
  std::map<std::string, std::size_t> rows;  // by code
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    const std::string text = text_of(table.rows[r][*key]);
    const auto line = static_cast<long long>(r + 2);
    if (text.empty())
      source.findings.push_back({PlotFinding::Severity::warning, line, "", "row of the table without a code, left out",
                                 "table", "Write the plot's code."});
    else if (!rows.emplace(text, r).second)
      source.findings.push_back({PlotFinding::Severity::warning, line, text,
                                 "the table has another row of this code above, this one is left out", "table",
                                 "Keep one row a code."});
  }
  std::vector<Index> target(table.fields.size());
  for (std::size_t i = 0; i < table.fields.size(); ++i) {
    if (i == *key) continue;
    target[i] = same_column(layer, table, i, request);
    if (target[i]) continue;
    target[i] = layer.fields.size();
    layer.fields.push_back(table.fields[i]);
    for (io::Feature& f : layer.features) f.values.emplace_back();
  }
  std::map<std::string, bool> met;
  for (io::Feature& f : layer.features) {
    const std::string text = text_of(f.values[*code]);
    const auto found = rows.find(text);
    if (found == rows.end()) {
      source.findings.push_back({PlotFinding::Severity::warning, f.id, text, "the table has no row for this plot",
                                 "table", "Add a row with its code."});
      continue;
    }
    met[text] = true;
    for (std::size_t i = 0; i < table.fields.size(); ++i)
      if (target[i] && !text_of(table.rows[found->second][i]).empty())
        f.values[*target[i]] = table.rows[found->second][i];
  }
  for (const auto& [text, r] : rows)
    if (!met.contains(text))
      source.findings.push_back({PlotFinding::Severity::warning, static_cast<long long>(r + 2), text,
                                 "the table has a row for a plot that the register does not hold", "table",
                                 "Correct the code, or add the plot's boundary."});
}

}  // namespace plotwatch::plots
