#include "notify/news_text.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "notify/channels.hpp"

namespace plotwatch::notify {
namespace {

Case a_case(const std::string& plot, const std::string& plot_name = "示例地块") {
  Case c;
  c.id = plot + "-20261101-1";
  c.plot_code = plot;
  c.plot_name = plot_name;
  c.unit = "某镇";
  c.area_m2 = 1234.4;
  c.first_seen = {2026, 11, 1};
  c.last_clear_before = Date{2026, 10, 20};
  c.last_seen = {2026, 11, 20};
  c.deadline = Date{2026, 12, 4};
  c.rule.severity = Severity::P1;
  return c;
}

NightNews news() {
  NightNews n;
  n.district = "大兴区";
  n.day = {2026, 11, 23};
  n.opened = {a_case("DX-001"), a_case("DX-002")};
  n.overdue = {a_case("DX-003")};
  n.unseen = {{"DX-009", "空地", "某镇", Date{2026, 8, 1}, 114}, {"DX-010", "新地", "", {}, 200}};
  n.unseen_limit_days = 60;
  return n;
}

NotifyOptions in(const std::string& language) {
  NotifyOptions o;
  o.language = language;
  return o;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(NewsText, SaysSuspectedAndNeverIllegalInEveryForm) {
  for (const char* language : {"zh", "en", "zh+en"})
    for (const std::string& text : {plain_text(news(), in(language), {}), markdown(news(), in(language), {}),
                                    html(news(), in(language), {}), json(news(), in(language))}) {
      EXPECT_TRUE(has(text, "疑似") || has(text, "uspected")) << text;
      EXPECT_FALSE(has(text, "违法") || has(text, "llegal")) << text;
      EXPECT_TRUE(has(text, "DX-001") && has(text, "2026-10-20") && has(text, "2026-12-04")) << text;
    }
}

TEST(NewsText, Subject) {
  EXPECT_EQ(subject(news(), in("zh")), "疑似施工变化 · 大兴区 · 2026-11-23 · 新发现 2 · 逾期 1 · 未能观测 2");
  EXPECT_EQ(subject(news(), in("en")),
            "Suspected construction · 大兴区 · 2026-11-23 · new 2 · overdue 1 · not observable 2");
}

TEST(NewsText, CountsWhatItDoesNotList) {
  NightNews many = news();
  many.opened.assign(25, a_case("DX-001"));
  const std::string text = plain_text(many, in("en"), {20, 0});
  EXPECT_TRUE(has(text, "and 5 more, not listed")) << text;
}

TEST(NewsText, FitsAndKeepsWholeCharactersAndLines) {
  NightNews many = news();
  many.opened.assign(300, a_case("DX-001"));
  for (const std::size_t limit : {4032u, 1000u, 200u}) {
    const std::string text = markdown(many, in("zh"), {300, limit});
    EXPECT_LE(text.size(), limit);
    EXPECT_FALSE(text.empty());
    EXPECT_EQ(text.back(), '\n');
    EXPECT_NO_THROW(nlohmann::json(text).dump());  // valid UTF-8
  }
}

TEST(NewsText, NamesCannotBecomeMarkupOrMentions) {
  NightNews n = news();
  n.opened = {a_case("DX-001", "<@all> [x](http://evil) **b**\n# <script>")};
  const std::string chat = markdown(n, in("zh"), {});
  EXPECT_FALSE(has(chat, "<@all>") || has(chat, "](http") || has(chat, "**b**") || has(chat, "\n#")) << chat;
  const std::string page = html(n, in("zh"), {});
  EXPECT_FALSE(has(page, "<script>")) << page;
}

TEST(NewsText, LinksToTheCase) {
  NotifyOptions o = in("zh");
  o.link = "https://review.example.org/cases/{}";
  EXPECT_TRUE(has(markdown(news(), o, {}), "](https://review.example.org/cases/DX-001-20261101-1)"));
  const auto j = nlohmann::json::parse(json(news(), o));
  EXPECT_EQ(j["opened"][0]["link"], "https://review.example.org/cases/DX-001-20261101-1");
}

TEST(NewsText, JsonTellsEverything) {
  const auto j = nlohmann::json::parse(json(news(), in("zh")));
  EXPECT_EQ(j["kind"], "plotwatch.night");
  EXPECT_EQ(j["opened"].size(), 2u);
  EXPECT_EQ(j["opened"][0]["severity"], "P1");
  EXPECT_EQ(j["opened"][0]["tier"], "first_seen");
  EXPECT_EQ(j["confirmed"].size(), 0u);
  EXPECT_EQ(j["not_observable"][0]["last_clear"], "2026-08-01");
  EXPECT_TRUE(j["not_observable"][1]["last_clear"].is_null());
}

TEST(Channels, ThoseThatAreSet) {
  NotifyOptions o;
  EXPECT_TRUE(channels(o).empty());
  o.digest = "/d";
  o.wecom.url = "https://x";
  o.mail.relay = "smtp://x";
  EXPECT_EQ(channels(o), (std::vector<std::string>{"wecom", "mail", "digest"}));
  for (const std::string& channel : channels(o)) {
    const OutboxMessage m = message_for(channel, news(), o);
    EXPECT_EQ(m.channel, channel);
    EXPECT_FALSE(m.subject.empty() || m.body.empty());
  }
}

}  // namespace
}  // namespace plotwatch::notify
