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
  static const std::vector<std::string_view> use{"use", "land_use", "yt", "ydyt", "地块用途", "规划用途", "用途"};
  static const std::vector<std::string_view> land_class{"land_class", "dlbm", "地类编码", "地类"};
  static const std::vector<std::string_view> map_sheet{"map_sheet", "tfh", "图幅号"};
  static const std::vector<std::string_view> area_m2{"stated_area_m2", "area_m2",  "ydmj",     "dkmj", "mj",
                                                     "地块面积",       "占地面积", "用地面积", "面积"};
  static const std::vector<std::string_view> area_ha{"stated_area_ha", "area_ha",         "面积公顷",
                                                     "面积(公顷)",     "面积（公顷）",    "地块面积公顷",
                                                     "地块面积(公顷)", "地块面积（公顷）"};
  static const std::vector<std::string_view> area_mu{"stated_area_mu", "area_mu", "面积亩", "面积(亩)", "面积（亩）"};
  static const std::vector<std::string_view> district_code{"district_code", "xzqdm", "行政区代码", "行政区划代码"};
  static const std::vector<std::string_view> district_name{"district_name", "xzqmc", "行政区名称", "行政区划名称"};
  static const std::vector<std::string_view> lon{"lon", "longitude", "jd", "经度", "中心经度"};
  static const std::vector<std::string_view> lat{"lat", "latitude", "wd", "纬度", "中心纬度"};
  static const std::vector<std::string_view> due{"due", "due_date", "cnrq", "承诺日期", "完成期限", "整改期限"};
  static const std::vector<std::string_view> listed_from{"listed_from"}, listed_to{"listed_to"};
  switch (column) {
    case Column::use: return use;
    case Column::land_class: return land_class;
    case Column::map_sheet: return map_sheet;
    case Column::area_m2: return area_m2;
    case Column::area_ha: return area_ha;
    case Column::area_mu: return area_mu;
    case Column::district_code: return district_code;
    case Column::district_name: return district_name;
    case Column::lon: return lon;
    case Column::lat: return lat;
    case Column::due: return due;
    case Column::listed_from: return listed_from;
    case Column::listed_to: return listed_to;
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

const std::vector<Column>& all_columns() {
  using enum Column;
  static const std::vector<Column> all{
      code,    name,    status,        unit,          status_from, status_to, use, land_class,  map_sheet, area_m2,
      area_ha, area_mu, district_code, district_name, lon,         lat,       due, listed_from, listed_to};
  return all;
}

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
