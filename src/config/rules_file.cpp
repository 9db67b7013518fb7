// The rules table: [[rule]] rows of TOML. docs/formats.md describes it.
#include <algorithm>

#include <fmt/format.h>

#include "config/config.hpp"
#include "config/problems.hpp"
#include "config/toml_file.hpp"
#include "config/toml_value.hpp"

namespace plotwatch::config {
namespace {

const std::vector<std::string> known_keys{
    "id",          "same_as",       "statuses", "transitions", "severity",       "reason",
    "reason_zh",   "basis",         "article",  "verified",    "effective_from", "effective_to",
    "min_area_m2", "max_area_m2",   "near",     "within_m",    "beyond_m",       "months",
    "due",         "deadline_days", "unit",     "stages"};
const std::vector<std::string> known_permit_keys{"kind", "statuses", "severity", "reason", "reason_zh"};
const std::vector<std::string> known_calendar_keys{"holidays", "worked"};

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
      if (key != "rule" && key != "permit" && key != "calendar")
        complain(
            line_of(key.source()),
            fmt::format("'{}' is not known here; rows are [[rule]], besides [[permit]] and [calendar]", key.str()));
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
    read_permits(file);
    read_calendar(file);
    problems_.throw_if_any(file_, "docs/formats.md describes the rules table.");
    return std::move(table_);
  }

 private:
  void read_permits(const toml::table& file) {
    const toml::node* node = file.get("permit");
    if (!node) return;
    const toml::array* rows = node->as_array();
    if (!rows) return complain(line_of(node->source()), "documents are [[permit]] rows");
    for (const toml::node& item : *rows) {
      const toml::table* row = item.as_table();
      if (!row) {
        complain(line_of(item.source()), "a document must be a [[permit]] table");
        continue;
      }
      line_ = line_of(row->source());
      PermitRule permit;
      permit.kind = text(*row, "kind").value_or("");
      id_ = "permit '" + permit.kind + "'";
      check_keys(*row, known_permit_keys);
      if (const auto list = texts(*row, "statuses")) permit.statuses = *list;
      if (const auto severity = text(*row, "severity")) set_severity(*row, permit.severity, *severity);
      permit.reason = text(*row, "reason").value_or("");
      permit.reason_zh = text(*row, "reason_zh").value_or("");
      for (const char* key : {"kind", "severity", "reason", "reason_zh"})
        if (!row->contains(key)) complain(line_, fmt::format("{} has no {}", id_, key));
      table_.permits.push_back(std::move(permit));
    }
  }

  void read_calendar(const toml::table& file) {
    const toml::node* node = file.get("calendar");
    if (!node) return;
    const toml::table* calendar = node->as_table();
    if (!calendar) return complain(line_of(node->source()), "the calendar is a [calendar] table");
    id_ = "calendar";
    check_keys(*calendar, known_calendar_keys);
    table_.calendar.holidays = dates(*calendar, "holidays");
    table_.calendar.worked = dates(*calendar, "worked");
  }

  std::vector<Date> dates(const toml::table& row, const char* key) {
    std::vector<Date> list;
    const toml::node* node = row.get(key);
    const toml::array* items = node ? node->as_array() : nullptr;
    for (std::size_t i = 0; items && i < items->size(); ++i) {
      std::string problem;
      if (const auto value = value_of(*items->get(i), FieldType::date, problem))
        list.push_back(std::get<Date>(*value));
      else
        complain(line_of(items->get(i)->source()), fmt::format("{}: an entry of {} {}", id_, key, problem));
    }
    if (node && !items) complain(line_of(node->source()), fmt::format("{}: {} must be a list of dates", id_, key));
    return list;
  }

  void read_conditions(const toml::table& row, Rule& rule) {
    const auto number = [&](const char* key, std::optional<double>& into) {
      if (!row.contains(key)) return;
      into = value<double>(row, key, FieldType::number);
      if (into && !(*into >= 0)) complain(line(row, key), fmt::format("{}: {} must be 0 or more", id_, key));
    };
    number("min_area_m2", rule.min_area_m2);
    number("max_area_m2", rule.max_area_m2);
    number("within_m", rule.within_m);
    number("beyond_m", rule.beyond_m);
    if (const auto near = text(row, "near")) rule.near = *near;
    if (rule.near.empty() && (rule.within_m || rule.beyond_m))
      complain(line_, fmt::format("{}: within_m and beyond_m need near = \"layer of surroundings\"", id_));
    if (!rule.near.empty() && !rule.within_m && !rule.beyond_m)
      complain(line_, fmt::format("{}: near needs within_m or beyond_m", id_));
    read_months(row, rule);
    if (const auto list = texts(row, "stages")) {
      rule.stages.clear();
      for (const std::string& word : *list)
        if (const std::optional<Stage> stage = parse_stage(word))
          rule.stages.push_back(*stage);
        else
          complain(line(row, "stages"), fmt::format("{}: '{}' is no stage of construction", id_, word));
    }
    if (const auto due = text(row, "due")) {
      if (*due == "passed" || *due == "not-passed")
        rule.due_passed = *due == "passed";
      else
        complain(line(row, "due"), fmt::format("{}: due '{}' must be passed or not-passed", id_, *due));
    }
    if (const auto days = value<std::int64_t>(row, "deadline_days", FieldType::integer)) {
      if (*days >= 0 && *days <= 3650)
        rule.deadline_days = static_cast<int>(*days);
      else
        complain(line(row, "deadline_days"), fmt::format("{}: deadline_days must be 0 to 3650 working days", id_));
    }
    if (const auto unit = text(row, "unit")) rule.unit = *unit;
    if (const auto article = text(row, "article")) rule.article = *article;
  }

  void read_months(const toml::table& row, Rule& rule) {
    const toml::node* node = row.get("months");
    if (!node) return;
    const toml::array* items = node->as_array();
    rule.months.clear();
    for (std::size_t i = 0; items && i < items->size(); ++i) {
      const std::int64_t month = items->get(i)->value_or<std::int64_t>(0);
      if (month >= 1 && month <= 12) rule.months.push_back(static_cast<int>(month));
    }
    if (!items || items->empty() || rule.months.size() != items->size())
      complain(line(row, "months"), fmt::format("{}: months must be a list of numbers from 1 to 12", id_));
  }

  void add(const toml::table& row) {
    line_ = line_of(row.source());
    id_ = "a rule";
    Rule rule;
    rule.id = text(row, "id").value_or("");
    if (rule.id.empty())
      complain(line_, "a rule has no id");
    else
      id_ = "rule '" + rule.id + "'";
    check_keys(row, known_keys);
    inherit(row, rule);

    if (const auto list = texts(row, "statuses")) rule.statuses = *list;
    if (const auto list = texts(row, "transitions")) rule.transitions = parse_transitions(row, *list);
    if (const auto severity = text(row, "severity")) set_severity(row, rule.severity, *severity);
    if (const auto reason = text(row, "reason")) rule.reason = *reason;
    if (const auto reason = text(row, "reason_zh")) rule.reason_zh = *reason;
    if (const auto basis = text(row, "basis")) rule.basis = *basis;
    if (const auto verified = value<bool>(row, "verified", FieldType::boolean)) rule.verified = *verified;
    read_conditions(row, rule);
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
    rule.article.clear();
    rule.verified = false;
  }

  void check_keys(const toml::table& row, const std::vector<std::string>& known) {
    for (const auto& [key, node] : row) {
      const std::string name(key.str());
      if (std::find(known.begin(), known.end(), name) == known.end())
        complain(line_of(key.source()), fmt::format("{}: '{}' is not known{}", id_, name, did_you_mean(name, known)));
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

  void set_severity(const toml::table& row, Severity& into, const std::string& text) {
    if (const std::optional<Severity> severity = parse_severity(text))
      into = *severity;
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
