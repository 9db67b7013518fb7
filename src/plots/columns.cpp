#include "plots/columns.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"

namespace plotwatch::plots {
namespace {

// In lower case. Shapefiles cut names at ten bytes: "status_fro".
const std::vector<std::string_view>& usual_names(Column column) {
  static const std::vector<std::string_view> code{"code", "plot_code", "plotcode", "plot_id",  "dkdm",    "dkbm",
                                                  "dkbh", "地块代码",  "地块编码", "地块编号", "宗地代码"};
  static const std::vector<std::string_view> name{"name",     "plot_name", "plotname", "dkmc",
                                                  "地块名称", "地块名",    "名称"};
  static const std::vector<std::string_view> status{"status", "plot_status", "plotstatus", "dkzt",    "zt",
                                                    "状态",   "地块状态",    "管理状态",   "管控状态"};
  static const std::vector<std::string_view> unit{"unit",     "responsible_unit", "resp_unit", "zrdw",
                                                  "责任单位", "责任主体",         "责任人",    "管理单位"};
  static const std::vector<std::string_view> from{"status_from", "status_fro",   "statusfrom",   "valid_from",
                                                  "ztqsrq",      "状态起始日期", "状态开始日期", "起始日期",
                                                  "开始日期",    "生效日期"};
  static const std::vector<std::string_view> to{"status_to",    "statusto", "valid_to", "ztjzrq",  "状态截止日期",
                                                "状态结束日期", "截止日期", "结束日期", "失效日期"};
  switch (column) {
    case Column::code: return code;
    case Column::name: return name;
    case Column::status: return status;
    case Column::unit: return unit;
    case Column::status_from: return from;
    case Column::status_to: return to;
  }
  return code;
}

// ASCII only: Chinese has no case.
std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char c) { return static_cast<char>(c < 128 ? std::tolower(c) : c); });
  return result;
}

std::optional<std::size_t> index_of(const std::vector<std::string>& fields, std::string_view lower_name) {
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (lower(fields[i]) == lower_name) return i;
  return std::nullopt;
}

}  // namespace

std::optional<std::size_t> find_column(const std::vector<std::string>& fields, Column column,
                                       const std::optional<std::string>& named, const std::string& path) {
  if (named) {
    if (const auto index = index_of(fields, lower(*named))) return index;
    throw Error(ExitCode::input, fmt::format("there is no column \"{}\"", *named), path,
                fmt::format("Columns in the layer: {}.", fmt::join(fields, ", ")));
  }
  for (const std::string_view name : usual_names(column))
    if (const auto index = index_of(fields, name)) return index;
  return std::nullopt;
}

}  // namespace plotwatch::plots
