// A night's summary for a terminal and for programs.
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "pipeline/nightly/night.hpp"

namespace plotwatch::pipeline::nightly {
namespace {

std::string_view word(SceneOutcome::Kind kind) {
  switch (kind) {
    case SceneOutcome::Kind::used: return "used";
    case SceneOutcome::Kind::waiting: return "waiting";
    case SceneOutcome::Kind::set_aside: return "set aside";
  }
  return "";
}

}  // namespace

std::string to_text(const NightSummary& s) {
  std::string text;
  for (const SceneOutcome& o : s.scenes) {
    text += fmt::format("{}  {}{}\n", o.id, word(o.kind), o.reason.empty() ? "" : ": " + o.reason);
    for (const ChosenPair& p : o.pairs)
      text += fmt::format("  against {}: {} plots, {}\n", p.before, p.plots.size(), p.reason);
    if (o.kind == SceneOutcome::Kind::used && o.plots_not_clear + o.plots_without_reference > 0)
      text +=
          fmt::format("  {} plots not clear, {} without a reference\n", o.plots_not_clear, o.plots_without_reference);
  }
  for (const std::string& problem : s.problems) text += problem + "\n";
  text += fmt::format(
      "{}: {} scans recorded; cases of suspected construction: {} new, {} confirmed, {} gone, {} open, {} overdue; {} "
      "of "
      "{} plots not observable for long; messages: {} sent, {} waiting, {} given up\n",
      s.day.iso(), s.scans, s.opened, s.confirmed, s.gone, s.open_cases, s.overdue, s.plots_unseen, s.plots,
      s.messages_sent, s.messages_waiting, s.messages_given_up);
  if (!s.ledger_head.empty()) text += "ledger head: " + s.ledger_head + "\n";
  return text;
}

std::string to_json(const NightSummary& s) {
  using Json = nlohmann::ordered_json;
  Json j = {
      {"started_at", s.started_at},
      {"ended_at", s.ended_at},
      {"day", s.day.iso()},
      {"district", s.district},
      {"ledger", s.ledger_id},
      {"ledger_head", s.ledger_head},
      {"partial", s.partial()},
      {"scans_recorded", s.scans},
      {"scans_known", s.scans_known},
      {"cases",
       {{"new", s.opened},
        {"confirmed", s.confirmed},
        {"established", s.established},
        {"gone", s.gone},
        {"open", s.open_cases},
        {"overdue", s.overdue}}},
      {"plots", s.plots},
      {"plots_not_observable", s.plots_unseen},
      {"messages", {{"sent", s.messages_sent}, {"waiting", s.messages_waiting}, {"given_up", s.messages_given_up}}},
      {"problems", s.problems}};
  j["scenes"] = Json::array();
  for (const SceneOutcome& o : s.scenes) {
    Json scene = {{"id", o.id},
                  {"state", word(o.kind)},
                  {"reason", o.reason},
                  {"date", o.date ? Json(o.date->iso()) : Json()},
                  {"plots_clear_share", o.plots_clear_share ? Json(*o.plots_clear_share) : Json()},
                  {"plots_not_clear", o.plots_not_clear},
                  {"plots_without_reference", o.plots_without_reference}};
    scene["pairs"] = Json::array();
    for (const ChosenPair& p : o.pairs)
      scene["pairs"].push_back({{"before", p.before}, {"plots", p.plots.size()}, {"reason", p.reason}});
    j["scenes"].push_back(std::move(scene));
  }
  return j.dump(2) + "\n";
}

}  // namespace plotwatch::pipeline::nightly
