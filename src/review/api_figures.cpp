#include <algorithm>
#include <charconv>
#include <map>

#include <fmt/format.h>

#include "review/advice.hpp"
#include "review/api.hpp"
#include "review/api_error.hpp"
#include "review/case_json.hpp"
#include "review/case_query.hpp"
#include "review/openapi.hpp"

namespace plotwatch::review {
namespace {

struct StatsRow {
  int cases = 0, open = 0, judged = 0, construction = 0, farm_work = 0, false_change = 0, overdue = 0;
  std::vector<double> days;  // from the first sighting to the judgement
};

Json median(std::vector<double> values) {
  if (values.empty()) return nullptr;
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 ? values[half] : (values[half - 1] + values[half]) / 2;
}

std::size_t page_number(const Request& request, const char* name, std::size_t otherwise, std::size_t most) {
  const auto text = request.parameter(name);
  if (!text) return otherwise;
  std::size_t out = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), out);
  if (error != std::errc() || end != text->data() + text->size() || text->empty())
    throw bad_value(name, std::string(name) + " is no whole number", "应为整数");
  return std::min(out, most);
}

Json advice_json(const Advice& a, const std::map<std::string, bool>& answers) {
  std::string en = "Nothing is proposed: real construction was found at the lowest confidences too.",
              zh = "暂无建议：低置信度线索中也有真实建设。";
  if (a.confidence) {
    en = fmt::format(
        "Show cases with a confidence below {:.2f} after the others: of the judged ones there, all {} were false "
        "alarms.",
        *a.confidence, a.below_false);
    zh = fmt::format("将置信度低于 {:.2f} 的线索排在其后：已核查的 {} 条均为误报。", *a.confidence, a.below_false);
  }
  const auto said = answers.find(proposal_of(a));
  return {{"id", a.id},
          {"by", a.by},
          {"subject", a.subject},
          {"judged", a.judged},
          {"false_alarms", a.false_alarms},
          {"rate", a.rate},
          {"confidence", a.confidence ? Json(*a.confidence) : Json()},
          {"proposal", en},
          {"proposal_zh", zh},
          {"state", said == answers.end() ? "open"
                    : said->second        ? "accepted"
                                          : "declined"}};
}

}  // namespace

Response list_advice(Service& service, const Call&) {
  const auto board = service.keeper.board();
  const AdviceAnswers said = service.ledgers.read([](const Books& books) { return advice_answers(books.store); });
  const std::map<std::string, bool> answers(said.last.begin(), said.last.end());
  Json rows = Json::array();
  for (const Advice& a : advise(board->cases)) rows.push_back(advice_json(a, answers));
  return json_response({{"advice", std::move(rows)}});
}

Response answer_advice(Service& service, const Call& call) {
  const std::string& answer = call.at("answer");
  if (answer != "accept" && answer != "decline") throw not_found();
  const auto all = advise(service.keeper.board()->cases);
  const auto found = std::find_if(all.begin(), all.end(), [&](const Advice& a) { return a.id == call.at("id"); });
  if (found == all.end()) throw not_found();
  if (!found->confidence) throw bad_value("id", "nothing is proposed for this group", "该组没有建议");
  const Json said{{"by", found->by},         {"subject", found->subject},           {"confidence", *found->confidence},
                  {"judged", found->judged}, {"false_alarms", found->false_alarms}, {"proposal", proposal_of(*found)}};
  const char* kind = answer == "accept" ? "review_advice_accepted" : "review_advice_declined";
  service.ledgers.write([&](Books& books) {
    books.store.record(kind, found->id, said.dump(-1, ' ', false, Json::error_handler_t::replace), call.stamp(service));
  });
  Response out;
  out.status = 204;
  return out;
}

Response show_stats(Service& service, const Call& call) {
  const std::string by = call.request.parameter("by").value_or("unit");
  if (by != "unit" && by != "status" && by != "rule")
    throw bad_value("by", "by is none of unit, status, rule", "by 应为 unit、status 或 rule");
  Request dates;
  for (const auto& [name, value] : call.request.query)
    if (name != "by") dates.query.emplace_back(name, value);
  const CaseQuery query = parse_case_query(dates, call.account().name);
  const auto board = service.keeper.board();
  const Date today = service.today();
  std::map<std::string, StatsRow> groups;
  for (const BoardCase* c : select(*board, query, call.unit(), today)) {
    const Case& r = c->record;
    if (r.merged_into) continue;  // counted as what it goes on as
    StatsRow& row = groups[by == "unit" ? r.unit : by == "status" ? r.plot_status : r.rule.rule_id];
    ++row.cases;
    row.open += r.open;
    row.overdue += overdue(r, today);
    row.construction += r.judgement == Judgement::construction;
    row.farm_work += r.judgement == Judgement::farm_work;
    row.false_change += r.judgement == Judgement::false_change;
    if (r.judgement == Judgement::none) continue;
    ++row.judged;
    if (const auto judged = parse_date(r.judged_at))
      row.days.push_back(static_cast<double>((judged->days() - r.first_seen.days()).count()));
  }
  Json rows = Json::array();
  for (const auto& [key, row] : groups)
    rows.push_back({{"key", key},
                    {"cases", row.cases},
                    {"open", row.open},
                    {"judged", row.judged},
                    {"construction", row.construction},
                    {"farm_work", row.farm_work},
                    {"false_change", row.false_change},
                    {"overdue", row.overdue},
                    {"median_days_to_judgement", median(row.days)}});
  return json_response(
      {{"from", date_json(query.from)}, {"to", date_json(query.to)}, {"by", by}, {"rows", std::move(rows)}});
}

Response list_audit(Service& service, const Call& call) {
  const std::size_t offset = page_number(call.request, "offset", 0, 1'000'000'000);
  const std::size_t limit = page_number(call.request, "limit", 100, 1000);
  return service.ledgers.read([&](const Books& books) {
    Json rows = Json::array();
    for (const LedgerEvent& e : books.store.newest_events(offset, limit)) {
      const Json payload = Json::parse(e.payload, nullptr, false);
      Json row{{"sequence", e.sequence},
               {"at", e.stamp.at},
               {"actor", e.stamp.actor},
               {"action", e.kind},
               {"subject", e.subject}};
      if (payload.is_object() && payload.contains("address")) row["address"] = payload["address"];
      rows.push_back(std::move(row));
    }
    return json_response({{"total", books.ledger.last_sequence()}, {"rows", std::move(rows)}});
  });
}

Response health(Service& service, const Call&) {
  service.ledgers.read([](const Books& books) { return books.ledger.last_sequence(); });
  return json_response({{"ok", true}});
}

Response openapi(Service&, const Call&) {
  Response out;
  out.content_type = "application/yaml; charset=utf-8";
  out.body = openapi_text();
  return out;
}

}  // namespace plotwatch::review
