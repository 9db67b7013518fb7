#include "evaluate/history_files.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "io/atomic_file.hpp"
#include "io/crs.hpp"
#include "io/table.hpp"
#include "io/vector.hpp"

namespace plotwatch::evaluate {

namespace {

using Row = std::vector<io::FieldValue>;

// The columns of a layer or table, asked for by name.
class Columns {
 public:
  Columns(std::string path, const std::vector<std::string>& names) : path_(std::move(path)), names_(names) {}

  std::optional<std::size_t> find(std::initializer_list<const char*> names) const {
    for (const char* name : names) {
      const auto at = std::find(names_.begin(), names_.end(), name);
      if (at != names_.end()) return static_cast<std::size_t>(at - names_.begin());
    }
    return std::nullopt;
  }
  std::size_t need(const char* name) const {
    const auto at = find({name});
    if (!at)
      throw Error(ExitCode::input, fmt::format("has no column '{}'", name), path_,
                  "give the file that the documentation describes");
    return *at;
  }
  static std::string text(const Row& row, std::optional<std::size_t> column) {
    if (!column) return {};
    if (const auto* text = std::get_if<std::string>(&row[*column])) return *text;
    if (const auto* number = std::get_if<long long>(&row[*column])) return std::to_string(*number);
    return {};
  }
  double number(const Row& row, std::size_t column, long long line) const {
    if (const auto* real = std::get_if<double>(&row[column])) return *real;
    const std::string written = text(row, column);
    double value = 0;
    const auto [end, status] = std::from_chars(written.data(), written.data() + written.size(), value);
    if (status != std::errc{} || end != written.data() + written.size()) refuse(written, "a number", column, line);
    return value;
  }
  std::optional<Date> day(const Row& row, std::optional<std::size_t> column, long long line) const {
    const std::string written = text(row, column);
    if (written.empty()) return std::nullopt;
    const auto date = parse_date(written);
    if (!date) refuse(written, "a date", *column, line);
    return date;
  }
  Date needed_day(const Row& row, std::size_t column, long long line) const {
    const auto date = day(row, column, line);
    if (!date) refuse("", "a date", column, line);
    return *date;
  }

 private:
  [[noreturn]] void refuse(const std::string& written, const char* what, std::size_t column, long long line) const {
    throw Error(ExitCode::input,
                fmt::format("row {}: \"{}\" in column '{}' is not {}", line, written, names_[column], what), path_,
                "write days as YYYY-MM-DD and numbers with a point");
  }

  std::string path_;
  const std::vector<std::string>& names_;
};

int count_plots(const std::string& path) {
  const io::VectorLayer plots = io::read_vector(path);
  const std::size_t code = Columns(path, plots.fields).need("code");
  std::set<std::string> codes;
  for (const io::Feature& f : plots.features) codes.insert(Columns::text(f.values, code));
  return static_cast<int>(codes.size());
}

void read_period(const std::string& path, HistoryTruth& truth) {
  const auto json = nlohmann::json::parse(io::read_file(path), nullptr, false);
  std::vector<Date> days;
  if (json.is_object() && json.contains("scenes"))
    for (const auto& scene : json["scenes"])
      if (scene.is_object() && scene.contains("date") && scene["date"].is_string())
        if (const auto day = parse_date(scene["date"].get<std::string>())) days.push_back(*day);
  if (days.empty())
    throw Error(ExitCode::input, "tells of no scenes", path, "give the folder that `plotwatch simulate season` wrote");
  truth.first = *std::min_element(days.begin(), days.end());
  truth.last = *std::max_element(days.begin(), days.end());
}

HistoryCase read_case(const Columns& columns, const Row& row, long long line, const MultiPolygon& geometry) {
  HistoryCase c;
  c.id = Columns::text(row, columns.find({"case_id", "id"}));
  c.plot_code = Columns::text(row, columns.need("plot_code"));
  c.first_seen = columns.needed_day(row, columns.need("first_seen"), line);
  c.confirmed = columns.day(row, columns.find({"confirmed", "confirmed_on"}), line);
  c.tier = Columns::text(row, columns.find({"tier"}));
  c.geometry = geometry;
  return c;
}

}  // namespace

HistoryTruth read_history_truth(const std::string& folder) {
  const std::filesystem::path root(folder);
  const std::string vectors = (root / "truth.gpkg").string();
  for (const char* name : {"truth.gpkg", "truth.json", "plots.gpkg"})
    if (!std::filesystem::exists(root / name))
      throw Error(ExitCode::input, "this file of a simulated history is missing", (root / name).string(),
                  "give the folder that `plotwatch simulate season` wrote");
  HistoryTruth truth;
  const io::VectorLayer sites = io::read_vector(vectors, "sites"), events = io::read_vector(vectors, "events");
  truth.crs = sites.crs;
  truth.plots = count_plots((root / "plots.gpkg").string());
  read_period((root / "truth.json").string(), truth);
  const Columns site(vectors, sites.fields), event(vectors, events.fields);
  for (const io::Feature& f : sites.features)
    truth.sites.push_back({Columns::text(f.values, site.need("site")), Columns::text(f.values, site.need("plot_code")),
                           Columns::text(f.values, site.need("kind")),
                           Columns::text(f.values, site.need("permitted")) == "1",
                           site.needed_day(f.values, site.need("start"), f.id),
                           site.number(f.values, site.need("pixels"), f.id), f.geometry});
  for (const io::Feature& f : events.features)
    truth.events.push_back({Columns::text(f.values, event.need("kind")),
                            event.needed_day(f.values, event.need("from"), f.id), f.geometry});
  return truth;
}

std::vector<ClearView> read_clear_views(const std::string& path, double clear_share) {
  const io::Table table = io::read_table(path);
  const Columns columns(path, table.fields);
  const std::size_t plot = columns.need("plot_code"), date = columns.need("date");
  const auto share = columns.find({"clear_share"});
  std::vector<ClearView> views;
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const auto line = static_cast<long long>(i + 2);
    if (share && columns.number(table.rows[i], *share, line) < clear_share) continue;
    views.push_back({Columns::text(table.rows[i], plot), columns.needed_day(table.rows[i], date, line)});
  }
  return views;
}

std::vector<HistoryCase> read_cases(const std::string& path, const Crs& crs) {
  std::vector<HistoryCase> cases;
  if (io::is_table_file(path)) {
    const io::Table table = io::read_table(path);
    const Columns columns(path, table.fields);
    const auto merged = columns.find({"merged_into"});
    for (std::size_t i = 0; i < table.rows.size(); ++i)
      if (Columns::text(table.rows[i], merged).empty())
        cases.push_back(read_case(columns, table.rows[i], static_cast<long long>(i + 2), {}));
    return cases;
  }
  const bool several = std::filesystem::path(path).extension() == ".gpkg";
  const io::VectorLayer layer = io::read_vector(path, several ? std::optional<std::string>("cases") : std::nullopt);
  const io::CoordinateTransform transform(layer.crs, crs);
  const Columns columns(path, layer.fields);
  const auto merged = columns.find({"merged_into"});
  for (const io::Feature& f : layer.features)
    if (Columns::text(f.values, merged).empty())
      cases.push_back(read_case(columns, f.values, f.id, transform.apply(f.geometry)));
  return cases;
}

}  // namespace plotwatch::evaluate
