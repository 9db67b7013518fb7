// Which cases a row fits, as a box: one set of classes a condition. Two cases in the same classes are the same to every
// row of the table. Private to rules.
//
// Months and days are taken apart, although a day tells its month: a row may be called reachable that no day reaches,
// never the other way round.
#pragma once

#include <bitset>
#include <string>
#include <vector>

#include "model/rule.hpp"

namespace plotwatch::rules {

inline constexpr std::size_t most_classes = 512;
using Classes = std::bitset<most_classes>;
using ReachBox = std::vector<Classes>;  // one a condition, in the order of Reach::dimensions

class Reach {
 public:
  // Throws std::length_error for a table of more than some hundred different dates, sizes or statuses.
  explicit Reach(const RuleTable& table);

  ReachBox box(const Rule& rule) const;
  std::string example(const ReachBox& box) const;  // one case of it, in words: "listed, bare->built"

 private:
  std::vector<std::string> statuses_;  // "" last: any that no row names
  std::vector<std::string_view> transitions_;
  std::vector<long> days_;     // first day of each class but the first
  std::vector<double> areas_;  // lower end of each class but the first
  std::vector<std::string> layers_;
  std::vector<std::vector<double>> distances_;  // of each layer: upper end of each class but the last
};

bool empty(const ReachBox& box);
ReachBox intersection(const ReachBox& a, const ReachBox& b);
bool contains(const ReachBox& outer, const ReachBox& inner);

// Whether the others cover the whole of `box`; the numbers of those that matter are added to `by`.
bool covered(ReachBox box, const std::vector<ReachBox>& others, std::size_t first, std::vector<std::size_t>& by);

}  // namespace plotwatch::rules
