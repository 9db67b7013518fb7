#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "io/vector.hpp"
#include "plots/columns.hpp"
#include "plots/plot_register.hpp"
#include "plots/register_values.hpp"

namespace plotwatch::plots {
namespace {

using Index = std::optional<std::size_t>;

struct Columns {
  Index code, name, status, unit, status_from, status_to;
};

class Reader {
 public:
  explicit Reader(const RegisterRequest& request)
      : request_(request), layer_(io::read_vector(request.path, request.layer)) {
    const auto find = [&](Column column, const std::optional<std::string>& named) {
      return find_column(layer_.fields, column, named, request.path);
    };
    columns_ = {find(Column::code, request.code_field),
                find(Column::name, request.name_field),
                find(Column::status, request.status_field),
                find(Column::unit, request.unit_field),
                find(Column::status_from, request.status_from_field),
                find(Column::status_to, request.status_to_field)};
  }

  PlotRegister read() {
    result_.source = layer_.path;
    result_.crs = layer_.crs;
    report_missing_columns();
    for (const io::Feature& row : layer_.features) add(row);
    if (result_.plots.empty())
      throw Error(
          ExitCode::input,
          layer_.features.empty() ? "the register holds no plots" : "no plot of the register has a usable boundary",
          request_.path,
          result_.findings.empty() ? "Check the layer." : "First problem: " + describe(result_.findings.front()));
    return std::move(result_);
  }

 private:
  static std::string describe(const PlotFinding& f) { return fmt::format("row {}: {}.", f.row, f.problem); }

  void report(const io::Feature* row, const std::string& code, std::string problem,
              PlotFinding::Severity severity = PlotFinding::Severity::warning) {
    result_.findings.push_back({severity, row ? row->id : 0, code, std::move(problem)});
  }

  void report_missing_columns() {
    const std::string columns = fmt::format("{}", fmt::join(layer_.fields, ", "));
    if (!columns_.code)
      report(nullptr, "", fmt::format("no column of plot codes among: {}; plots are named by row", columns));
    if (!columns_.status && !request_.default_status)
      report(nullptr, "",
             fmt::format("no column of plot statuses among: {}; only rules for any status apply", columns));
  }

  std::string text(const io::Feature& row, Index column) const { return column ? text_of(row.values[*column]) : ""; }

  void add(const io::Feature& row) {
    Plot plot;
    plot.row = row.id;
    plot.code = text(row, columns_.code);
    if (row.geometry.empty()) return report(&row, plot.code, row.geometry_problem + ", plot left out");
    plot.code = unique_code(row, plot.code);
    if (!row.geometry_problem.empty())
      report(&row, plot.code, row.geometry_problem + (row.geometry_repaired ? ", repaired" : ""));
    plot.name = text(row, columns_.name);
    plot.unit = text(row, columns_.unit);
    plot.status = status(row, plot.code);
    plot.status_from = date(row, columns_.status_from, plot.code);
    plot.status_to = date(row, columns_.status_to, plot.code);
    if (plot.status_from && plot.status_to && *plot.status_to < *plot.status_from)
      report(&row, plot.code,
             fmt::format("status ends on {}, before it begins on {}", plot.status_to->iso(), plot.status_from->iso()));
    plot.geometry = row.geometry;
    result_.plots.push_back(std::move(plot));
  }

  std::string unique_code(const io::Feature& row, const std::string& stated) {
    const std::string base = stated.empty() ? fmt::format("row-{}", row.id) : stated;
    std::string code = base;
    for (int n = 2; !codes_.insert(code).second; ++n) code = fmt::format("{}#{}", base, n);
    if (stated.empty() && columns_.code) report(&row, code, "code is missing, plot named by its row");
    if (code != base)
      report(&row, code, fmt::format("code \"{}\" is used before, this plot is called \"{}\"", base, code));
    return code;
  }

  std::string status(const io::Feature& row, const std::string& code) {
    std::string word = text(row, columns_.status);
    if (const auto own = request_.status_names.find(word); own != request_.status_names.end()) return own->second;
    if (word.empty()) {
      if (request_.default_status) return *request_.default_status;
      if (columns_.status) report(&row, code, "status is missing, only rules for any status apply");
      return word;
    }
    if (!is_known_status(word))
      report(&row, code, fmt::format("status \"{}\" is not known; give its meaning under plots.status_names", word));
    return word;
  }

  std::optional<Date> date(const io::Feature& row, Index column, const std::string& code) {
    const std::string word = text(row, column);
    if (word.empty()) return std::nullopt;
    const std::optional<Date> date = date_of(word);
    if (!date)
      report(&row, code, fmt::format("\"{}\" in column {} is no date, left open", word, layer_.fields[*column]));
    return date;
  }

  const RegisterRequest& request_;
  io::VectorLayer layer_;
  Columns columns_;
  PlotRegister result_;
  std::set<std::string> codes_;
};

}  // namespace

PlotRegister read_register(const RegisterRequest& request) { return Reader(request).read(); }

}  // namespace plotwatch::plots
