#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "plots/columns.hpp"
#include "plots/plot_register.hpp"
#include "plots/register_source.hpp"
#include "plots/register_values.hpp"
#include "plots/row_choice.hpp"
#include "plots/text_line.hpp"

namespace plotwatch::plots {
namespace {

using Index = std::optional<std::size_t>;

constexpr double hectare_m2 = 10000, mu_m2 = 10000.0 / 15;

class Reader {
 public:
  explicit Reader(const RegisterRequest& request) : request_(request), source_(read_source(request)) {
    for (const Column column : all_columns())
      columns_[column] = find_column(source_.layer.fields, column, named(column), request.path);
    for (std::size_t i = 0; i < source_.layer.fields.size(); ++i)
      if (std::none_of(columns_.begin(), columns_.end(), [&](const auto& c) { return c.second == i; }))
        others_.push_back(i);
  }

  // `all_rows`: whatever their days, codes as they are stated.
  PlotRegister read(bool all_rows) {
    all_rows_ = all_rows;
    const io::VectorLayer& layer = source_.layer;
    result_.source = layer.path;
    result_.crs = layer.crs;
    result_.findings = std::move(source_.findings);
    for (const std::size_t i : others_) result_.other_fields.push_back(layer.fields[i]);
    report_missing_columns();
    const std::vector<bool> kept =
        all_rows ? std::vector<bool>(layer.features.size(), true) : choose_rows(dates(), request_.as_of);
    for (std::size_t i = 0; i < layer.features.size(); ++i)
      if (kept[i]) add(layer.features[i]);
    if (result_.plots.empty()) throw nothing_usable(kept);
    return std::move(result_);
  }

 private:
  Error nothing_usable(const std::vector<bool>& kept) const {
    const bool none_of_the_day = std::none_of(kept.begin(), kept.end(), [](bool k) { return k; });
    if (!kept.empty() && none_of_the_day && request_.as_of)
      return Error(ExitCode::input, fmt::format("the register holds no plots on {}", request_.as_of->iso()),
                   request_.path, "Its rows are of other days; see the columns listed_from and listed_to.");
    return Error(
        ExitCode::input, kept.empty() ? "the register holds no plots" : "no plot of the register has a usable boundary",
        request_.path,
        result_.findings.empty() ? "Check the layer." : "First problem: " + describe(result_.findings.front()));
  }

  std::optional<std::string> named(Column column) const {
    switch (column) {
      case Column::code: return request_.code_field;
      case Column::name: return request_.name_field;
      case Column::status: return request_.status_field;
      case Column::unit: return request_.unit_field;
      case Column::status_from: return request_.status_from_field;
      case Column::status_to: return request_.status_to_field;
      default: return std::nullopt;
    }
  }

  static std::string describe(const PlotFinding& f) { return fmt::format("row {}: {}.", f.row, f.problem); }

  void report(const io::Feature* row, const std::string& code, const char* kind, std::string problem, std::string fix) {
    result_.findings.push_back(
        {PlotFinding::Severity::warning, row ? row->id : 0, code, std::move(problem), kind, std::move(fix)});
  }

  void report_missing_columns() {
    const std::string columns = fmt::format("{}", fmt::join(source_.layer.fields, ", "));
    if (!columns_[Column::code])
      report(nullptr, "", "code", fmt::format("no column of plot codes among: {}; plots are named by row", columns),
             "Name the column code, DKDM or 地块代码, or say which it is.");
    if (!columns_[Column::status] && !request_.default_status)
      report(nullptr, "", "status",
             fmt::format("no column of plot statuses among: {}; only rules for any status apply", columns),
             "Join a table with a status for each code, or give a default status.");
  }

  std::string text(const io::Feature& row, Column column) const {
    const Index at = columns_.at(column);
    return at ? text_of(row.values[*at]) : "";
  }

  std::vector<RowDates> dates() const {
    std::vector<RowDates> all;
    for (const io::Feature& row : source_.layer.features)
      all.push_back({text(row, Column::code), date_of(text(row, Column::listed_from)),
                     date_of(text(row, Column::listed_to)), date_of(text(row, Column::status_from)),
                     date_of(text(row, Column::status_to))});
    return all;
  }

  void add(const io::Feature& row) {
    Plot plot;
    plot.row = row.id;
    plot.code = text(row, Column::code);
    if (row.geometry.empty())
      return report(&row, plot.code, "geometry", row.geometry_problem + ", plot left out", "Draw its boundary.");
    if (!all_rows_) plot.code = unique_code(row, plot.code);
    if (!row.geometry_problem.empty())
      report(&row, plot.code, "geometry", row.geometry_problem + (row.geometry_repaired ? ", repaired" : ""),
             "Correct the boundary there, so that no edge crosses another.");
    plot.name = text(row, Column::name);
    plot.unit = text(row, Column::unit);
    plot.status = status(row, plot.code);
    plot.status_from = date(row, Column::status_from, plot.code);
    plot.status_to = date(row, Column::status_to, plot.code);
    if (plot.status_from && plot.status_to && *plot.status_to < *plot.status_from)
      report(&row, plot.code, "date",
             fmt::format("status ends on {}, before it begins on {}", plot.status_to->iso(), plot.status_from->iso()),
             "Correct one of the dates.");
    settle_status(row, plot);
    plot.geometry = row.geometry;
    add_details(row, plot);
    result_.plots.push_back(std::move(plot));
  }

  // What a change means depends on the status of that day; one that began later, or has ended, says nothing of it.
  void settle_status(const io::Feature& row, Plot& plot) {
    if (!request_.as_of || plot.status.empty() || within(plot.status_from, plot.status_to, *request_.as_of)) return;
    const bool later = plot.status_from && *request_.as_of < *plot.status_from;
    report(&row, plot.code, "status",
           fmt::format("status \"{}\" {} on {}; on {} none is known, only rules for any status apply", plot.status,
                       later ? "begins" : "ended", (later ? plot.status_from : plot.status_to)->iso(),
                       request_.as_of->iso()),
           "Give the status of that day in a row of its own.");
    plot.status.clear();
  }

  void add_details(const io::Feature& row, Plot& plot) {
    plot.use = text(row, Column::use);
    plot.land_class = text(row, Column::land_class);
    plot.map_sheet = text(row, Column::map_sheet);
    plot.district_code = text(row, Column::district_code);
    plot.district_name = text(row, Column::district_name);
    for (const auto& [column, unit] :
         {std::pair{Column::area_m2, 1.0}, {Column::area_ha, hectare_m2}, {Column::area_mu, mu_m2}})
      if (const std::string word = text(row, column); !word.empty() && !plot.stated_area_m2) {
        plot.stated_area_m2 = area_in_m2(word, unit);
        if (!plot.stated_area_m2)
          report(&row, plot.code, "area", fmt::format("the stated area \"{}\" is no number", word), "Write a number.");
      }
    const auto lon = whole_number_text(text(row, Column::lon)), lat = whole_number_text(text(row, Column::lat));
    if (lon && lat) plot.stated_lonlat = Point{*lon, *lat};
    plot.due = date(row, Column::due, plot.code);
    plot.listed_from = date(row, Column::listed_from, plot.code);
    plot.listed_to = date(row, Column::listed_to, plot.code);
    for (const std::size_t i : others_) plot.other.push_back(text_of(row.values[i]));
  }

  std::string unique_code(const io::Feature& row, const std::string& stated) {
    const std::string base = stated.empty() ? fmt::format("row-{}", row.id) : stated;
    std::string code = base;
    for (int n = 2; !codes_.insert(code).second; ++n) code = fmt::format("{}#{}", base, n);
    if (stated.empty() && columns_[Column::code])
      report(&row, code, "code", "code is missing, plot named by its row", "Give the plot its code.");
    if (code != base)
      report(&row, code, "code", fmt::format("code \"{}\" is used before, this plot is called \"{}\"", base, code),
             "Give each plot a code of its own; of one plot's history, dates that do not meet.");
    return code;
  }

  std::string status(const io::Feature& row, const std::string& code) {
    std::string word = text(row, Column::status);
    if (const auto own = request_.status_names.find(word); own != request_.status_names.end()) return own->second;
    if (word.empty()) {
      if (request_.default_status) return *request_.default_status;
      if (columns_[Column::status])
        report(&row, code, "status", "status is missing, only rules for any status apply", "Give the plot its status.");
      return word;
    }
    if (const std::string_view usual = status_of_word(word); !usual.empty()) return std::string(usual);
    if (!is_known_status(word))
      report(&row, code, "status",
             fmt::format("status \"{}\" is not known; give its meaning under plots.status_names", word),
             fmt::format("--status-name \"{}\"=listed", word));
    return word;
  }

  std::optional<Date> date(const io::Feature& row, Column column, const std::string& code) {
    const std::string word = text(row, column);
    if (word.empty()) return std::nullopt;
    const std::optional<Date> date = date_of(word);
    if (!date)
      report(&row, code, "date",
             fmt::format("\"{}\" in column {} is no date, left open", word, source_.layer.fields[*columns_.at(column)]),
             "Write dates as 2026-02-28.");
    return date;
  }

  const RegisterRequest& request_;
  RegisterSource source_;
  std::map<Column, Index> columns_;
  std::vector<std::size_t> others_;  // columns without a meaning
  PlotRegister result_;
  std::set<std::string> codes_;
  bool all_rows_ = false;
};

}  // namespace

PlotRegister read_register(const RegisterRequest& request) { return Reader(request).read(false); }

PlotRegister read_all_rows(const RegisterRequest& request) { return Reader(request).read(true); }

}  // namespace plotwatch::plots
