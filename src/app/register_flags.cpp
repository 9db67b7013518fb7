#include "app/register_flags.hpp"

#include "core/error.hpp"
#include "core/log.hpp"

namespace plotwatch::app {
namespace {

std::optional<std::string> given(const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); }

}  // namespace

void RegisterFlags::add_to(CLI::App& command) {
  const std::string group = "Reading";
  command.add_option("--layer", layer_, "Layer, where the file has several")->group(group);
  command.add_option("--table", table_, "CSV or XLSX with columns that are joined by plot code")->group(group);
  command.add_option("--sheet", sheet_, "Sheet of the table, where it has several")->group(group);
  command.add_option("--source-crs", crs_, "CRS of boundary points that do not tell their zone, as EPSG:4548")
      ->group(group);
  command.add_option("--default-status", default_status_, "Status of plots that have none")->group(group);
  command
      .add_option("--status-name", status_names_, "The register's own word for a status: 名录内=listed (repeatable)")
      ->allow_extra_args(false)
      ->group(group);
  command.add_option("--as-of", as_of_, "The register as of this day, YYYY-MM-DD; else its latest rows")->group(group);
}

plots::RegisterRequest RegisterFlags::request(const std::string& path) const {
  plots::RegisterRequest r;
  r.path = path;
  r.layer = given(layer_), r.table = given(table_), r.sheet = given(sheet_);
  r.crs = given(crs_), r.default_status = given(default_status_);
  if (!as_of_.empty()) r.as_of = date_flag(as_of_, "--as-of");
  for (const std::string& pair : status_names_) {
    const std::size_t equals = pair.find('=');
    if (equals == std::string::npos || equals == 0)
      throw Error(ExitCode::usage, "\"" + pair + "\" names no status", "--status-name", "Write 名录内=listed.");
    r.status_names[pair.substr(0, equals)] = pair.substr(equals + 1);
  }
  return r;
}

Date date_flag(const std::string& text, const std::string& flag) {
  if (const std::optional<Date> date = parse_date(text); date && text.size() == 10) return *date;
  throw Error(ExitCode::usage, "\"" + text + "\" is no date", flag, "Write it as 2026-08-31.");
}

void log_findings(const PlotRegister& plots) {
  for (const PlotFinding& f : plots.findings) {
    const std::string where = f.row > 0 ? fmt::format("row {} {}: ", f.row, f.code) : std::string();
    const auto level = f.severity == PlotFinding::Severity::warning ? log::Level::warning : log::Level::info;
    log::write(level, plots.source + ": " + where + f.problem);
  }
}

}  // namespace plotwatch::app
