#include "app/ledger_text.hpp"

#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "io/table_text.hpp"
#include "report/number_format.hpp"
#include "report/status_label.hpp"

namespace plotwatch::app {
namespace {

using Json = nlohmann::json;
using report::iso;

constexpr std::array judgements{Judgement::suspected,   Judgement::construction, Judgement::permitted,
                                Judgement::remediation, Judgement::farm_work,    Judgement::false_change,
                                Judgement::unclear};

std::string or_all(const std::string& text) { return text.empty() ? "全部 all" : text; }
std::string days_text(const std::optional<double>& days) { return days ? fmt::format("{}", *days) : "–"; }
std::string share_text(const std::optional<double>& share) { return share ? report::percent(*share) : "–"; }
int judged(const ledger::StatisticsRow& row, Judgement judgement) {
  const auto found = row.judged.find(judgement);
  return found == row.judged.end() ? 0 : found->second;
}
Json number(const std::optional<double>& value) { return value ? Json(*value) : Json(); }
std::string pretty(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

}  // namespace

std::string list_text(const std::vector<Case>& cases, std::size_t all) {
  std::string text = fmt::format("{:<24} {:<4} {:<11} {:<13} {:<10} {:<10} {:<10} {:>8}  {}\n", "case", "sev", "tier",
                                 "judgement", "first seen", "last seen", "deadline", "m2", "plot, unit, change");
  for (const Case& c : cases)
    text += fmt::format("{:<24} {:<4} {:<11} {:<13} {:<10} {:<10} {:<10} {:>8.0f}  {} {}，{}，{}{}\n", c.id,
                        name(c.rule.severity), code(c.tier), code(c.judgement), c.first_seen.iso(), c.last_seen.iso(),
                        iso(c.deadline), c.area_m2, c.plot_code, c.plot_name, c.unit, name_zh(c.transition),
                        c.open ? "" : "（已关闭 closed）");
  return text + fmt::format("{} of {} cases. 影像线索仅表示疑似，须经现场核查确认。\n", cases.size(), all);
}

std::string history_text(const Case& c, const std::vector<Sighting>& sightings, const std::vector<CaseLook>& looks,
                         const std::vector<LedgerEvent>& events) {
  std::string text = fmt::format(
      "案件 case      {}{}\n"
      "地块 plot      {} {}，{}\n"
      "责任单位 unit  {}\n"
      "状态 state     {} {}，{} {}{}\n"
      "起始 start     {} 清晰无变化 clear and nothing there – {} 首次发现 first seen\n"
      "最近 last      {} seen, {} looked at; {} sightings on {} looks, {} misses in a row\n"
      "变化 change    疑似 suspected {} {}，{:.0f} m2 (largest {:.0f})\n"
      "规则 rule      {} {} {}\n"
      "依据 basis     {}{}\n"
      "期限 deadline  {}\n",
      c.id, c.merged_into ? " → " + *c.merged_into : "", c.plot_code, c.plot_name,
      report::status_label(c.plot_status).zh, c.unit, name_zh(c.tier), name(c.tier), name_zh(c.judgement),
      name(c.judgement), c.open ? "" : "，已关闭 closed", iso(c.last_clear_before), c.first_seen.iso(),
      c.last_seen.iso(), c.last_look.iso(), c.sightings, c.looks, c.misses, name_zh(c.transition), name(c.transition),
      c.area_m2, c.largest_area_m2, name(c.rule.severity), c.rule.rule_id, c.rule.reason_zh, c.rule.basis,
      c.rule.verified ? "" : " [未经核实 not verified]", iso(c.deadline));
  if (c.judgement != Judgement::none)
    text += fmt::format("结论 verdict   {} {} {}{}\n", c.judged_at, c.judged_by, c.judgement_reason,
                        c.second_person ? "，已复核 second person agreed" : "");
  if (!c.assigned_to.empty()) text += fmt::format("承办 assigned  {}\n", c.assigned_to);
  if (c.penalised_on) text += fmt::format("处罚 penalised {}\n", iso(c.penalised_on));
  if (c.put_right_on) text += fmt::format("整改 put right {}\n", iso(c.put_right_on));
  for (const std::string& parent : c.parents) text += fmt::format("来源 from case {}\n", parent);
  text += "\n观测 looks\n";
  for (const CaseLook& l : looks)
    text += fmt::format("  {}  {}  evidence {:.2f}  {:>4} clear  compared with {}  {}\n", l.after_date.iso(),
                        l.seen ? "seen    " : "not seen", l.evidence, report::percent(l.clear_share),
                        l.before_date.iso(), l.scan_id);
  text += "\n各期线索 sightings\n";
  for (const Sighting& s : sightings)
    text += fmt::format("  {}  {:>8.0f} m2  {}  {}  {}{}\n", iso(s.candidate.last_date), s.candidate.area_m2,
                        name(s.candidate.verdict.severity), name(s.candidate.transition), s.id,
                        s.suppressed ? "  (on settled ground)" : "");
  text += "\n记录 events\n";
  for (const LedgerEvent& e : events)
    text += fmt::format("  {:>7}  {}  {:<12} {:<16} {}\n", e.sequence, e.stamp.at, e.stamp.actor, e.kind, e.payload);
  return text;
}

std::string statistics_text(const StatisticsReport& r) {
  std::string text = fmt::format("{} {} – {}\n", r.district, r.request.from.iso(), r.request.to.iso());
  for (const ledger::StatisticsRow& row : r.rows) {
    text += fmt::format("\n{}  {}  {}\n", row.period, r.request.by_unit ? or_all(row.unit) : "全部单位 all units",
                        r.request.by_status ? report::status_label(row.status).zh : "全部状态 all statuses");
    text += fmt::format("  新增 opened {}，多期确认 confirmed {}，逾期 overdue {}\n", row.opened, row.confirmed,
                        row.overdue);
    std::string kinds;
    for (const Judgement j : judgements)
      if (const int n = judged(row, j)) kinds += fmt::format(" {} {} {};", name_zh(j), name(j), n);
    text += "  结论 judged:" + (kinds.empty() ? " –" : kinds);
    text += fmt::format("\n  误报率 false-alarm share {}，结论用时中位数 median days to verdict {}\n",
                        share_text(row.false_alarm_share), days_text(row.median_days_to_verdict));
  }
  if (r.rows.empty()) text += "\n本期无案件。 No cases in this time.\n";
  for (const ledger::KeyFigure& k : r.key_figures) {
    text += fmt::format(
        "\n{} 年 重点建设用地安全利用 key plots used safely: {}\n"
        "  重点地块 key plots {}，发现建设的地块 plots with construction found {}，违规 violations {}，"
        "年内已处罚并整改 penalised and put right in the year {}\n"
        "  目标 aim (100 %, or 95 % with all put right): {}\n",
        k.year, share_text(k.share), k.key_plots, k.violated_plots, k.violations, k.settled,
        !k.met   ? "无重点地块 no key plots"
        : *k.met ? "达到 met"
                 : "未达到 not met");
    if (k.waiting > 0)
      text +=
          fmt::format("  另有待核查案件 open cases nobody has visited: {}; the figure may still change\n", k.waiting);
    for (const std::string& id : k.unsettled) text += fmt::format("  未办结 not settled: {}\n", id);
  }
  return text;
}

std::string statistics_json(const StatisticsReport& r) {
  Json rows = Json::array(), figures = Json::array();
  for (const ledger::StatisticsRow& row : r.rows) {
    Json by_kind = Json::object();
    for (const auto& [judgement, n] : row.judged) by_kind[std::string(code(judgement))] = n;
    rows.push_back({{"period", row.period},
                    {"unit", row.unit},
                    {"status", row.status},
                    {"opened", row.opened},
                    {"confirmed", row.confirmed},
                    {"judged", by_kind},
                    {"false_alarm_share", number(row.false_alarm_share)},
                    {"median_days_to_verdict", number(row.median_days_to_verdict)},
                    {"overdue", row.overdue}});
  }
  for (const ledger::KeyFigure& k : r.key_figures)
    figures.push_back({{"year", k.year},
                       {"key_plots", k.key_plots},
                       {"violated_plots", k.violated_plots},
                       {"violations", k.violations},
                       {"settled", k.settled},
                       {"waiting", k.waiting},
                       {"share", number(k.share)},
                       {"met", k.met ? Json(*k.met) : Json()},
                       {"unsettled", k.unsettled}});
  return pretty({{"district", r.district},
                 {"from", r.request.from.iso()},
                 {"to", r.request.to.iso()},
                 {"rows", rows},
                 {"key_figures", figures}});
}

std::string statistics_csv(const StatisticsReport& r) {
  std::vector<std::string> header{"时段", "责任单位", "地块状态", "新增", "多期确认"};
  for (const Judgement j : judgements) header.emplace_back(name_zh(j));
  for (const char* more : {"误报率", "结论用时中位数(天)", "逾期"}) header.emplace_back(more);
  const auto count = [](int n) { return io::FieldValue(static_cast<long long>(n)); };
  const auto real = [](const std::optional<double>& v) { return v ? io::FieldValue(*v) : io::FieldValue(); };
  std::vector<std::vector<io::FieldValue>> rows;
  for (const ledger::StatisticsRow& row : r.rows) {
    std::vector<io::FieldValue> cells{row.period, row.unit, report::status_label(row.status).zh, count(row.opened),
                                      count(row.confirmed)};
    for (const Judgement j : judgements) cells.push_back(count(judged(row, j)));
    cells.push_back(real(row.false_alarm_share));
    cells.push_back(real(row.median_days_to_verdict));
    cells.push_back(count(row.overdue));
    rows.push_back(std::move(cells));
  }
  return io::csv_text(header, rows);
}

std::string unseen_text(const std::vector<ledger::LongUnseen>& plots, int limit_days) {
  std::string text = fmt::format("超过 {} 天未能清晰观测的地块 plots without a clear view for more than {} days: {}\n",
                                 limit_days, limit_days, plots.size());
  for (const ledger::LongUnseen& p : plots)
    text += fmt::format("  {:<10}  {:>5}  {} {}，{}\n", iso(p.last_clear), p.days ? std::to_string(*p.days) : "never",
                        p.plot.code, p.plot.name, p.plot.unit);
  return text + "“未能观测”不等于“没有变化”。 Not observable is not the same as no change.\n";
}

std::string unseen_json(const std::vector<ledger::LongUnseen>& plots) {
  Json list = Json::array();
  for (const ledger::LongUnseen& p : plots)
    list.push_back({{"plot_code", p.plot.code},
                    {"plot_name", p.plot.name},
                    {"plot_status", p.plot.status},
                    {"unit", p.plot.unit},
                    {"last_clear", p.last_clear ? Json(p.last_clear->iso()) : Json()},
                    {"days", p.days ? Json(*p.days) : Json()}});
  return pretty(list);
}

std::string unseen_csv(const std::vector<ledger::LongUnseen>& plots) {
  std::vector<std::vector<io::FieldValue>> rows;
  for (const ledger::LongUnseen& p : plots)
    rows.push_back({p.plot.code, p.plot.name, report::status_label(p.plot.status).zh, p.plot.unit,
                    p.last_clear ? io::FieldValue(p.last_clear->iso()) : io::FieldValue(),
                    p.days ? io::FieldValue(static_cast<long long>(*p.days)) : io::FieldValue()});
  return io::csv_text({"地块代码", "地块名称", "地块状态", "责任单位", "最近清晰日", "距今天数"}, rows);
}

}  // namespace plotwatch::app
