#include "notify/news_text.hpp"

#include <cmath>
#include <functional>
#include <string_view>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace plotwatch::notify {
namespace {

struct Words {
  std::string_view zh, en;
};

// One look of a text: how it escapes, and how it writes a heading, a bullet point, a link.
struct Style {
  std::function<std::string(std::string_view)> escape;
  std::function<std::string(const std::string&)> title, heading, line, paragraph;
  std::function<std::string(const std::string& text, const std::string& address)> link;
};

constexpr Words title_words{"疑似施工变化", "Suspected construction"};
constexpr Words notice{"卫星图斑只是线索，不能作为认定依据，须现场核查。",
                       "A satellite patch is a clue and proves nothing by itself: each needs an on-site check."};

struct Kind {
  Words name;
  const char* key;
  std::vector<Case> NightNews::*cases;
};
constexpr int kinds = 4;
const Kind all_kinds[kinds] = {
    {{"新发现（疑似）", "New (suspected)"}, "opened", &NightNews::opened},
    {{"再次观测到（疑似，已确认为持续变化）", "Seen again: confirmed as lasting (suspected)"},
     "confirmed",
     &NightNews::confirmed},
    {{"核查已逾期", "Check overdue"}, "overdue", &NightNews::overdue},
    {{"变化已消失", "No longer seen"}, "gone", &NightNews::gone}};
constexpr Words unseen_name{"长期未能观测的地块", "Plots not observable for long"};

// A control character in a name must not break a line or a header.
std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text) out += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
  return out;
}

std::string escape_html(std::string_view text) {
  std::string out;
  for (const char c : one_line(text)) switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  return out;
}

std::string escape_markdown(std::string_view text) {
  std::string out;
  for (const char c : one_line(text)) switch (c) {
      case '<': out += "＜"; break;
      case '>': out += "＞"; break;
      case '[': out += "［"; break;
      case ']': out += "］"; break;
      case '*': out += "＊"; break;
      case '`': out += "｀"; break;
      case '#': out += "＃"; break;
      case '@': out += "＠"; break;
      default: out += c;
    }
  return out;
}

Style plain_style() {
  return {one_line,
          [](const std::string& t) { return t + "\n"; },
          [](const std::string& t) { return "\n" + t + "\n"; },
          [](const std::string& t) { return "- " + t + "\n"; },
          [](const std::string& t) { return "\n" + t + "\n"; },
          [](const std::string& text, const std::string& address) { return text + " " + address; }};
}

Style markdown_style() {
  return {escape_markdown,
          [](const std::string& t) { return "**" + t + "**\n"; },
          [](const std::string& t) { return "\n**" + t + "**\n"; },
          [](const std::string& t) { return "- " + t + "\n"; },
          [](const std::string& t) { return "\n" + t + "\n"; },
          [](const std::string& text, const std::string& address) { return "[" + text + "](" + address + ")"; }};
}

Style html_style() {
  return {escape_html,
          [](const std::string& t) { return "<h1 style=\"font-size:1.3em\">" + t + "</h1>\n"; },
          [](const std::string& t) { return "<h2 style=\"font-size:1.05em;margin-bottom:.2em\">" + t + "</h2>\n"; },
          [](const std::string& t) { return "<p style=\"margin:.2em 0 .2em 1em\">• " + t + "</p>\n"; },
          [](const std::string& t) { return "<p>" + t + "</p>\n"; },
          [](const std::string& text, const std::string& address) {
            return "<a href=\"" + escape_html(address) + "\">" + text + "</a>";
          }};
}

class Writer {
 public:
  Writer(const NightNews& news, const NotifyOptions& options, const Style& style, int max_lines)
      : news_(news), options_(options), style_(style), max_lines_(max_lines) {}

  std::string text() const {
    std::string out = style_.title(style_.escape(subject(news_, options_)));
    for (const Kind& kind : all_kinds) {
      const std::vector<Case>& cases = news_.*kind.cases;
      if (cases.empty()) continue;
      out += style_.heading(words(kind.name) + fmt::format(" · {}", cases.size()));
      out += list(cases.size(), [&](std::size_t i) { return case_line(cases[i]); });
    }
    if (!news_.unseen.empty()) {
      out += style_.heading(words(unseen_name) +
                            fmt::format(" · {} (> {} d)", news_.unseen.size(), news_.unseen_limit_days));
      out += list(news_.unseen.size(), [&](std::size_t i) { return unseen_line(news_.unseen[i]); });
    }
    return out + style_.paragraph(words(notice));
  }

 private:
  std::string words(const Words& w) const {
    if (options_.language == "zh") return std::string(w.zh);
    if (options_.language == "en") return std::string(w.en);
    return fmt::format("{} {}", w.zh, w.en);
  }

  std::string list(std::size_t count, const std::function<std::string(std::size_t)>& line) const {
    std::string out;
    const std::size_t shown = std::min(count, static_cast<std::size_t>(max_lines_));
    for (std::size_t i = 0; i < shown; ++i) out += style_.line(line(i));
    if (shown < count)
      out += style_.line(fmt::format("{} {}", words({"另有", "and"}), count - shown) +
                         words({" 处未列出", " more, not listed"}));
    return out;
  }

  std::string case_line(const Case& c) const {
    std::string line = fmt::format("[{}] {} {}", name(c.rule.severity), c.plot_code, c.plot_name);
    if (!c.unit.empty()) line += " · " + c.unit;
    line += " · " + words({name_zh(c.transition), name(c.transition)});
    line += fmt::format(" · {:.0f} m²", c.area_m2);
    line += " · " + words({"首见", "first seen"}) + " " + c.first_seen.iso();
    if (c.last_clear_before) line += fmt::format(" ({} {})", words({"此前未见", "not on"}), c.last_clear_before->iso());
    if (c.deadline) line += fmt::format(" · {} {}", words({"核查期限", "check by"}), c.deadline->iso());
    line = style_.escape(line);
    if (options_.link.empty()) return line;
    std::string address = options_.link;
    return style_.link(line, address.replace(address.find("{}"), 2, c.id));
  }

  std::string unseen_line(const UnseenPlot& p) const {
    std::string line = p.code + " " + p.name;
    if (!p.unit.empty()) line += " · " + p.unit;
    line += " · " + (p.last_clear ? words({"上次清晰", "last clear"}) + " " + p.last_clear->iso()
                                  : words({"从未清晰观测", "never seen clearly"}));
    return style_.escape(line + fmt::format(" ({} d)", p.days));
  }

  const NightNews& news_;
  const NotifyOptions& options_;
  const Style& style_;
  int max_lines_;
};

// Fewer lines until it fits. What is left when not even one line does is cut at the last whole line.
std::string fitting(const NightNews& news, const NotifyOptions& options, const Style& style, const TextLimits& limits) {
  std::string text = Writer(news, options, style, limits.max_lines).text();
  if (limits.max_bytes == 0 || text.size() <= limits.max_bytes) return text;
  int fits = 0, too_many = limits.max_lines;
  while (too_many - fits > 1) {
    const int lines = (fits + too_many) / 2;
    (Writer(news, options, style, lines).text().size() <= limits.max_bytes ? fits : too_many) = lines;
  }
  text = Writer(news, options, style, fits).text();
  if (text.size() > limits.max_bytes) {
    const std::size_t end = text.rfind('\n', limits.max_bytes - 1);
    text.resize(end == std::string::npos ? 0 : end + 1);
  }
  return text;
}

using Json = nlohmann::json;  // sorts its keys

Json date_or_null(const std::optional<Date>& date) { return date ? Json(date->iso()) : Json(); }

Json case_json(const Case& c, const NotifyOptions& options) {
  Json j = {{"id", c.id},
            {"plot_code", c.plot_code},
            {"plot_name", c.plot_name},
            {"plot_status", c.plot_status},
            {"unit", c.unit},
            {"tier", std::string(code(c.tier))},
            {"severity", std::string(name(c.rule.severity))},
            {"rule", c.rule.rule_id},
            {"reason", c.rule.reason},
            {"reason_zh", c.rule.reason_zh},
            {"basis_verified", c.rule.verified},
            {"transition", std::string(name(c.transition))},
            {"area_m2", std::round(c.area_m2)},
            {"longitude", c.representative_lonlat.x},
            {"latitude", c.representative_lonlat.y},
            {"first_seen", c.first_seen.iso()},
            {"last_clear_before", date_or_null(c.last_clear_before)},
            {"last_seen", c.last_seen.iso()},
            {"deadline", date_or_null(c.deadline)}};
  if (!options.link.empty()) {
    std::string address = options.link;
    j["link"] = address.replace(address.find("{}"), 2, c.id);
  }
  return j;
}

}  // namespace

std::string subject(const NightNews& news, const NotifyOptions& options) {
  const bool zh = options.language != "en";
  std::string text(zh ? title_words.zh : title_words.en);
  if (!news.district.empty()) text += " · " + news.district;
  text += " · " + news.day.iso();
  const auto add = [&](const char* in_zh, const char* in_en, std::size_t count) {
    if (count > 0) text += fmt::format(" · {} {}", zh ? in_zh : in_en, count);
  };
  add("新发现", "new", news.opened.size());
  add("已确认", "confirmed", news.confirmed.size());
  add("逾期", "overdue", news.overdue.size());
  add("消失", "gone", news.gone.size());
  add("未能观测", "not observable", news.unseen.size());
  return one_line(text);
}

std::string plain_text(const NightNews& news, const NotifyOptions& options, const TextLimits& limits) {
  return fitting(news, options, plain_style(), limits);
}

std::string markdown(const NightNews& news, const NotifyOptions& options, const TextLimits& limits) {
  return fitting(news, options, markdown_style(), limits);
}

std::string html(const NightNews& news, const NotifyOptions& options, const TextLimits& limits) {
  const char* language = options.language == "en" ? "en" : "zh-CN";
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"></head><body>\n{}</body></html>\n", language,
      fitting(news, options, html_style(), limits));
}

std::string json(const NightNews& news, const NotifyOptions& options) {
  Json j = {{"kind", "plotwatch.night"},
            {"version", 1},
            {"ledger", news.ledger_id},
            {"district", news.district},
            {"day", news.day.iso()},
            {"what", std::string(title_words.en)},
            {"what_zh", std::string(title_words.zh)},
            {"notice", std::string(notice.en)},
            {"notice_zh", std::string(notice.zh)},
            {"unseen_limit_days", news.unseen_limit_days}};
  for (const Kind& kind : all_kinds) {
    j[kind.key] = Json::array();
    for (const Case& c : news.*kind.cases) j[kind.key].push_back(case_json(c, options));
  }
  j["not_observable"] = Json::array();
  for (const UnseenPlot& p : news.unseen)
    j["not_observable"].push_back({{"plot_code", p.code},
                                   {"plot_name", p.name},
                                   {"unit", p.unit},
                                   {"last_clear", date_or_null(p.last_clear)},
                                   {"days", p.days}});
  return j.dump();
}

}  // namespace plotwatch::notify
