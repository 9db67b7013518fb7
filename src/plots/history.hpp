// A register that keeps what it held before: a GeoPackage whose layer `plots` has a row for each state of each plot,
// with the days on which it was in the register (listed_from, listed_to, both inclusive), and whose table `renewals`
// has a row for each list that was taken in. A scan, and every other reader of registers, takes the rows of its day.
#pragma once

#include <string>
#include <vector>

#include "core/date.hpp"
#include "model/plot.hpp"
#include "plots/register_diff.hpp"

namespace plotwatch::plots {

struct Renewal {
  Date day;
  std::string source, sha256;
  std::size_t added = 0, removed = 0, boundary = 0, status = 0, other = 0, unchanged = 0;
};

struct RegisterHistory {
  Crs crs;
  std::vector<Plot> rows;         // by code, then by first day; listed_from is always set
  std::vector<Renewal> renewals;  // by day
  std::vector<std::string> other_fields;
};

// Throws Error(input) when the file is no history written by write_history.
RegisterHistory read_history(const std::string& path);
void write_history(const std::string& path, const RegisterHistory& history);  // atomic; the same rows, the same bytes

PlotRegister as_of(const RegisterHistory& history, const Date& day);

struct RenewOptions {
  bool partial = false;  // plots that the new list does not name stay
  double tolerance_m = 0.001;
};

// Takes a list in that holds from `day` on. A plot that changed in anything gets a new row, and its old one ends on the
// day before; its status begins on `day` unless the list says otherwise. The same list again changes nothing.
// Throws Error(input) when `day` is before the last renewal, or on the same day with other contents.
RegisterHistory renew(const RegisterHistory& history, const PlotRegister& list, const Date& day,
                      const std::string& sha256, const RenewOptions& options, RegisterDiff& changes);

}  // namespace plotwatch::plots
