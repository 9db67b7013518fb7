#include "report/night_page.hpp"

#include "report/assets.hpp"
#include "report/html.hpp"
#include "report/number_format.hpp"
#include "report/sections.hpp"

namespace plotwatch::report {
namespace {

constexpr std::string_view policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
constexpr std::size_t most_unseen = 200;

std::string count(std::size_t n) { return grouped(static_cast<double>(n)); }

Html tile(std::string_view kind, std::size_t figure, std::string_view zh, std::string_view en) {
  return html("<li class=\"tile {}\"><b>{}</b>{}</li>\n", kind, count(figure), both(zh, en));
}

Html overview(const NightPage& n) {
  Html out = html("<section id=\"overview\">\n<ul class=\"tiles\">\n");
  put(out, "{}{}{}{}", tile("P1", n.opened, "新发现（疑似）", "new, suspected"),
      tile("P0", n.confirmed, "多期确认（疑似）", "confirmed, suspected"),
      tile("total", n.open_cases, "未结案", "open cases"),
      tile(n.overdue > 0 ? "P0" : "seen", n.overdue, "逾期未核查", "checks overdue"));
  put(out, "{}{}{}</ul>\n", tile("P3", n.gone, "变化已消失", "no longer seen"),
      tile("seen", n.plots - n.plots_unseen, "地块近期已观测", "plots seen of late"),
      tile(n.plots_unseen > 0 ? "unseen" : "seen", n.plots_unseen, "地块长期未能观测",
           "plots not observable for long"));
  put(out, "<p class=\"fine\">{} {} · {} {} · {} {}</p>\n", both("消息已发送", "messages sent:"),
      count(n.messages_sent), both("待发送", "waiting:"), count(n.messages_waiting), both("已放弃", "given up:"),
      count(n.messages_given_up));
  for (const std::string& problem : n.problems) put(out, "<p class=\"caution\">{}</p>\n", problem);
  put(out, "</section>\n");
  return out;
}

Html state_words(SceneRecord::State state) {
  switch (state) {
    case SceneRecord::State::used: return both("已使用", "used");
    case SceneRecord::State::waiting: return both("等待", "waiting");
    case SceneRecord::State::set_aside: return both("搁置", "set aside");
  }
  return {};
}

// Why a reference was chosen, in the words of pipeline/nightly/choose.
Html choice_words(const std::string& reason) {
  constexpr std::string_view season = "same season of ";
  if (reason.starts_with(season)) return both(reason.substr(season.size()) + " 年同季", reason);
  if (reason == "nearest reference of this year") return both("一年内季节最接近", reason);
  if (reason == "nearest season") return both("季节最接近", reason);
  return both("", reason);
}

Html scenes_section(const NightPage& n) {
  Html out = html("<section>\n{}", heading("scenes", "影像", "Scenes"));
  if (n.scenes.empty()) {
    put(out, "<p class=\"empty\">{}</p>\n</section>\n", both("今晚没有新影像。", "No new scene tonight."));
    return out;
  }
  put(out,
      "<table><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th>"
      "<th scope=\"col\" class=\"num\">{}</th><th scope=\"col\">{}</th></tr></thead><tbody>\n",
      both("日期", "date"), both("影像", "scene"), both("状态", "state"), both("地块晴空比", "plots clear"),
      both("对比与原因", "comparisons, reason"));
  for (const NightPage::SceneRow& s : n.scenes) {
    Html what;
    for (const NightPage::Comparison& c : s.comparisons)
      put(what, "{} {} <span class=\"code\">{}</span> ({})<br>", count(c.plots), both("个地块，参照", "plots against"),
          c.before, choice_words(c.reason));
    put(what, "{}", s.reason);
    put(out,
        "<tr{}><td class=\"num\">{}</td><td class=\"code\">{}</td><td>{}</td><td "
        "class=\"num\">{}</td><td>{}</td></tr>\n",
        Html{s.state == SceneRecord::State::set_aside ? " class=\"unseen\"" : ""}, iso(s.date), s.id,
        state_words(s.state), s.clear_share ? fmt::format("{:.0f} %", 100 * *s.clear_share) : std::string("–"), what);
  }
  put(out, "</tbody></table>\n</section>\n");
  return out;
}

Html change_words(Transition transition) {
  std::string en(name(transition));
  if (const auto arrow = en.find("->"); arrow != std::string::npos) en.replace(arrow, 2, " → ");
  return both(name_zh(transition), en);
}

Html case_row(const Case& c) {
  return html(
      "<tr><td>{}</td><td>{} <span class=\"code\">{}</span></td><td>{}</td><td>{}</td><td>{}</td>"
      "<td class=\"num\">{}</td><td class=\"num\">{}</td><td class=\"num\">{}</td></tr>\n",
      severity_badge(c.rule.severity), c.plot_name, c.plot_code, c.unit, change_words(c.transition),
      both(name_zh(c.tier), name(c.tier)), grouped(c.area_m2), iso(c.first_seen), iso(c.deadline));
}

Html cases_section(const NightPage& n) {
  Html out = html("<section>\n{}", heading("cases", "未结案的疑似变化", "Open cases of suspected construction"));
  if (n.cases.empty()) {
    put(out, "<p class=\"empty\">{}</p>\n</section>\n", both("目前没有。", "None at present."));
    return out;
  }
  put(out,
      "<table><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th>"
      "<th scope=\"col\">{}</th><th scope=\"col\">{}</th>",
      both("级别", "severity"), both("地块", "plot"), both("责任单位", "unit"), both("变化", "change"),
      both("阶段", "tier"));
  put(out,
      "<th scope=\"col\" class=\"num\">m²</th><th scope=\"col\" class=\"num\">{}</th><th scope=\"col\" "
      "class=\"num\">{}</th>"
      "</tr></thead><tbody>\n",
      both("首见", "first seen"), both("核查期限", "check by"));
  for (const Case& c : n.cases) put(out, "{}", case_row(c));
  put(out, "</tbody></table>\n");
  if (n.cases.size() < n.open_cases)
    put(out, "<p class=\"fine\">{} {}</p>\n", both("另有未列出", "more, not listed:"),
        count(n.open_cases - n.cases.size()));
  put(out, "</section>\n");
  return out;
}

Html unseen_section(const NightPage& n) {
  if (n.unseen.empty()) return {};
  Html out = html("<section>\n{}", heading("unseen", "长期未能观测的地块", "Plots not observable for long"));
  put(out, "<p class=\"caution\">{} &gt; {} d</p>\n",
      both("未能观测不等于没有变化。", "Not observable is never the same as no change. Limit:"), n.unseen_limit_days);
  put(out,
      "<table><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\" class=\"num\">{}</th>"
      "<th scope=\"col\" class=\"num\">{}</th></tr></thead><tbody>\n",
      both("地块", "plot"), both("责任单位", "unit"), both("上次清晰", "last clear"), both("天数", "days"));
  for (std::size_t i = 0; i < std::min(n.unseen.size(), most_unseen); ++i) {
    const UnseenPlot& p = n.unseen[i];
    put(out,
        "<tr><td>{} <span class=\"code\">{}</span></td><td>{}</td><td class=\"num\">{}</td><td "
        "class=\"num\">{}</td></tr>\n",
        p.name, p.code, p.unit, iso(p.last_clear), p.days);
  }
  put(out, "</tbody></table>\n");
  if (n.unseen.size() > most_unseen)
    put(out, "<p class=\"fine\">{} {}</p>\n", both("另有未列出", "more, not listed:"),
        count(n.unseen.size() - most_unseen));
  put(out, "</section>\n");
  return out;
}

}  // namespace

std::string night_page(const NightPage& n) {
  Html page = html(
      "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n<meta name=\"generator\" "
      "content=\"plotwatch {}\">\n<title>疑似施工变化 · {} {}</title>\n<style>\n{}</style>\n</head>\n",
      Html{std::string(policy)}, n.version, n.district, n.day.iso(), Html{assets::report_css});
  put(page, "<body class=\"only-both\">\n<main>\n<header>\n<h1>{}</h1>\n<p class=\"dates num\">{} {}</p>\n</header>\n",
      both("夜间监测小结", "Summary of the night"), n.district, n.day.iso());
  put(page, "<p class=\"notice\">{}</p>\n",
      both("卫星图斑只是线索，不能作为认定依据；每一处均须现场核查后再作判断。",
           "A satellite patch is a clue and proves nothing by itself: each one needs an on-site check before any "
           "conclusion."));
  put(page, "{}{}{}{}", overview(n), scenes_section(n), cases_section(n), unseen_section(n));
  put(page,
      "<footer>\n<p>plotwatch {} · {} – {} · {} <span "
      "class=\"code\">{}</span></p>\n</footer>\n</main>\n</body>\n</html>\n",
      n.version, n.started_at, n.ended_at, both("台账末端校验值", "head of the ledger"), n.ledger_head);
  return page.text;
}

}  // namespace plotwatch::report
