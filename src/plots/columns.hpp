// Which column of a register holds what. Private to plots.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace plotwatch::plots {

enum class Column {
  code,
  name,
  status,
  unit,
  status_from,
  status_to,
  use,
  land_class,
  map_sheet,
  area_m2,
  area_ha,
  area_mu,
  district_code,
  district_name,
  lon,
  lat,
  due,
  listed_from,
  listed_to
};
const std::vector<Column>& all_columns();

// Index of the column, by the name the user gave (Error(input) when it is not there), else by the usual English and
// Chinese names in the order they are listed; case does not matter. Empty when there is none.
std::optional<std::size_t> find_column(const std::vector<std::string>& fields, Column column,
                                       const std::optional<std::string>& named, const std::string& path);

}  // namespace plotwatch::plots
