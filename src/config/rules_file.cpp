// The rules table: [[rule]] rows of TOML. docs/formats.md describes it.
#include <algorithm>

#include <fmt/format.h>

#include "config/config.hpp"
#include "config/problems.hpp"
#include "config/toml_file.hpp"
#include "config/toml_value.hpp"

namespace plotwatch::config {
namespace {

const std::vector<std::string> known_keys{"id",        "same_as", "statuses", "transitions",    "severity",    "reason",
                                          "reason_zh", "basis",   "verified", "effective_from", "effective_to"};

// "bare->built"; "*->built" for every known cover that becomes built; "other change".
std::vector<Transition> transitions_of(const std::string& text) {
  if (const std::optional<Transition> single = parse_transition(text)) return {*single};
  std::vector<Transition> matching;
  if (text.rfind("*->", 0) != 0) return matching;
  for (const Transition t : all_transitions())
    if (parse_transition(name(t)) == t && name(t.after) == text.substr(3) && t != Transition{}) matching.push_back(t);
  return matching;
}

class RulesReader {
 public:
  explicit RulesReader(const std::string& file) : file_(file) { table_.source = file; }

  RuleTable read() {
    const toml::table file = parse_toml_file(file_);
    for (const auto& [key, node] : file)
      if (key != "rule")
        complain(line_of(key.source()), fmt::format("'{}' is not known here; rows are [[rule]]", key.str()));
    const toml::array* rows = file["rule"].as_array();
    if (!rows || rows->empty()) {
      complain(Problems::no_line, "there is no [[rule]] row");
    } else {
      for (const toml::node& row : *rows)
        if (const toml::table* fields = row.as_table())
          add(*fields);
        else
          complain(line_of(row.source()), "a row must be a [[rule]] table");
    }
    problems_.throw_if_any(file_, "docs/formats.md describes the rules table.");
    return std::move(table_);
  }

 private:
  void add(const toml::table& row) {
    line_ = line_of(row.source());
    id_ = "a rule";
    Rule rule;
    rule.id = text(row, "id").value_or("");
    if (rule.id.empty())
      complain(line_, "a rule has no id");
    else
      id_ = "rule '" + rule.id + "'";
    check_keys(row);
    inherit(row, rule);

    if (const auto list = texts(row, "statuses")) rule.statuses = *list;
    if (const auto list = texts(row, "transitions")) rule.transitions = parse_transitions(row, *list);
    if (const auto severity = text(row, "severity")) set_severity(row, rule, *severity);
    if (const auto reason = text(row, "reason")) rule.reason = *reason;
    if (const auto reason = text(row, "reason_zh")) rule.reason_zh = *reason;
    if (const auto basis = text(row, "basis")) rule.basis = *basis;
    if (const auto verified = value<bool>(row, "verified", FieldType::boolean)) rule.verified = *verified;
    rule.effective_from = value<Date>(row, "effective_from", FieldType::date);
    rule.effective_to = value<Date>(row, "effective_to", FieldType::date);

    if (!row.contains("same_as"))
      for (const char* key : {"severity", "reason", "reason_zh"})
        if (!row.contains(key)) complain(line_, fmt::format("{} has no {}", id_, key));
    for (const char* key : {"basis", "verified"})
      if (!row.contains(key)) complain(line_, fmt::format("{} has no {}", id_, key));
    table_.rules.push_back(std::move(rule));
  }

  // What a visit is worth stays when one law takes over from another: such a row gives basis and dates anew.
  void inherit(const toml::table& row, Rule& rule) {
    const std::optional<std::string> other = text(row, "same_as");
    if (!other) return;
    const auto found =
        std::find_if(table_.rules.begin(), table_.rules.end(), [&](const Rule& r) { return r.id == *other; });
    if (found == table_.rules.end()) {
      std::vector<std::string> ids;
      for (const Rule& earlier : table_.rules) ids.push_back(earlier.id);
      complain(line(row, "same_as"),
               fmt::format("{}: same_as = '{}' is no earlier rule{}", id_, *other, did_you_mean(*other, ids)));
      return;
    }
    const std::string id = rule.id;
    rule = *found;
    rule.id = id;
    rule.basis.clear();
    rule.verified = false;
  }

  void check_keys(const toml::table& row) {
    for (const auto& [key, node] : row) {
      const std::string name(key.str());
      if (std::find(known_keys.begin(), known_keys.end(), name) == known_keys.end())
        complain(line_of(key.source()),
                 fmt::format("{}: '{}' is not known{}", id_, name, did_you_mean(name, known_keys)));
    }
  }

  std::vector<Transition> parse_transitions(const toml::table& row, const std::vector<std::string>& names) {
    std::vector<Transition> all;
    for (const std::string& text : names) {
      const std::vector<Transition> some = transitions_of(text);
      if (some.empty()) {
        std::vector<std::string> known;
        for (const Transition t : all_transitions()) known.emplace_back(name(t));
        complain(line(row, "transitions"),
                 fmt::format("{}: '{}' is no transition{}", id_, text, did_you_mean(text, known)));
      }
      all.insert(all.end(), some.begin(), some.end());
    }
    return all;
  }

  void set_severity(const toml::table& row, Rule& rule, const std::string& text) {
    if (const std::optional<Severity> severity = parse_severity(text))
      rule.severity = *severity;
    else
      complain(line(row, "severity"), fmt::format("{}: severity '{}' must be P0, P1, P2 or P3", id_, text));
  }

  template <class T>
  std::optional<T> value(const toml::table& row, const char* key, FieldType type) {
    const toml::node* node = row.get(key);
    if (!node) return std::nullopt;
    std::string problem;
    if (const std::optional<FieldValue> value = value_of(*node, type, problem)) return std::get<T>(*value);
    complain(line_of(node->source()), fmt::format("{}: {} {}", id_, key, problem));
    return std::nullopt;
  }

  std::optional<std::string> text(const toml::table& row, const char* key) {
    return value<std::string>(row, key, FieldType::text);
  }

  // An empty list would silently mean "any", which is what a left out key says.
  std::optional<std::vector<std::string>> texts(const toml::table& row, const char* key) {
    const toml::node* node = row.get(key);
    if (!node) return std::nullopt;
    std::vector<std::string> list;
    const toml::array* items = node->as_array();
    for (std::size_t i = 0; items && i < items->size(); ++i)
      if (const auto* item = items->get(i)->as_string()) list.push_back(item->get());
    if (items && !list.empty() && list.size() == items->size()) return list;
    complain(line_of(node->source()),
             fmt::format("{}: {} must be a list of text with an entry at least; left out, it means any", id_, key));
    return std::nullopt;
  }

  static unsigned line(const toml::table& row, const char* key) { return line_of(row.get(key)->source()); }

  void complain(unsigned line, const std::string& what) {
    problems_.add(line == Problems::no_line ? "" : place(file_, line), what, line);
  }

  std::string file_;
  RuleTable table_;
  Problems problems_;
  std::string id_;     // of the row that is read, as messages name it
  unsigned line_ = 0;  // where that row begins
};

}  // namespace

RuleTable load_rules(const std::string& file) { return RulesReader(file).read(); }

}  // namespace plotwatch::config
