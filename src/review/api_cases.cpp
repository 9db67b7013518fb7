#include "report/status_label.hpp"
#include "review/api.hpp"
#include "review/case_json.hpp"
#include "review/case_query.hpp"

namespace plotwatch::review {
namespace {

template <class T>
Json coded(std::initializer_list<T> values) {
  Json out = Json::array();
  for (const T value : values)
    out.push_back({{"code", code(value)}, {"name", name(value)}, {"name_zh", name_zh(value)}});
  return out;
}

}  // namespace

Response list_filters(Service& service, const Call& call) {
  const auto board = service.keeper.board();
  const std::string unit = call.unit();
  std::map<std::string, std::map<std::string, std::size_t>> totals;
  std::map<std::string, Json> statuses, rules;
  for (const char* kind : {"unit", "status", "rule", "tier", "judgement", "severity", "open"}) totals[kind];
  const Date today = service.today();
  for (const auto& c : board->cases) {
    const Case& r = c->record;
    if (!unit.empty() && r.unit != unit) continue;
    ++totals["unit"][r.unit];
    ++totals["status"][r.plot_status];
    ++totals["rule"][r.rule.rule_id];
    ++totals["tier"][std::string(code(r.tier))];
    ++totals["judgement"][std::string(code(r.judgement))];
    ++totals["severity"][std::string(name(r.rule.severity))];
    ++totals["open"][r.open ? "1" : "0"];
    if (overdue(r, today)) ++totals["overdue"]["1"];
    if (!statuses.contains(r.plot_status)) {
      const report::StatusLabel label = report::status_label(r.plot_status);
      statuses[r.plot_status] = {{"code", r.plot_status}, {"name", label.en}, {"name_zh", label.zh}};
    }
    if (!rules.contains(r.rule.rule_id))
      rules[r.rule.rule_id] = {{"id", r.rule.rule_id}, {"reason", r.rule.reason}, {"reason_zh", r.rule.reason_zh}};
  }
  Json out{{"units", Json::array()}, {"statuses", Json::array()}, {"rules", Json::array()}, {"totals", totals}};
  for (const auto& [key, count] : totals["unit"]) out["units"].push_back(key);
  for (auto& [key, value] : statuses) out["statuses"].push_back(std::move(value));
  for (auto& [key, value] : rules) out["rules"].push_back(std::move(value));
  out["tiers"] = coded({Tier::first_seen, Tier::confirmed, Tier::established, Tier::gone});
  out["judgements"] =
      coded({Judgement::none, Judgement::suspected, Judgement::construction, Judgement::permitted,
             Judgement::remediation, Judgement::farm_work, Judgement::false_change, Judgement::unclear});
  return json_response(out);
}

Response list_cases(Service& service, const Call& call) {
  const CaseQuery query = parse_case_query(call.request, call.account().name);
  const auto board = service.keeper.board();
  const Date today = service.today();
  const auto found = select(*board, query, call.unit(), today);
  Json rows = Json::array();
  for (std::size_t i = query.offset; i < found.size() && rows.size() < query.limit; ++i)
    rows.push_back(summary_json(*found[i], today));
  return json_response({{"total", found.size()}, {"sequence", board->sequence}, {"cases", std::move(rows)}});
}

Response list_case_geometry(Service& service, const Call& call) {
  const CaseQuery query = parse_case_query(call.request, call.account().name);
  const auto board = service.keeper.board();
  Json features = Json::array();
  for (const BoardCase* c : select(*board, query, call.unit(), service.today())) {
    const Case& r = c->record;
    features.push_back({{"type", "Feature"},
                        {"id", r.id},
                        {"geometry", geometry_json(r.geometry)},
                        {"properties",
                         {{"id", r.id},
                          {"severity", name(r.rule.severity)},
                          {"tier", code(r.tier)},
                          {"judgement", code(r.judgement)}}}});
  }
  return json_response({{"type", "FeatureCollection"}, {"features", std::move(features)}});
}

Response show_case(Service& service, const Call& call) {
  const auto board = service.keeper.board();
  return json_response(detail_json(service, *board, visible_case(*board, call, call.at("id"))));
}

}  // namespace plotwatch::review
