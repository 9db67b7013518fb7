#include "report/night_page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plotwatch::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

NightPage a_night() {
  NightPage n;
  n.district = "示例区";
  n.day = {2026, 11, 23};
  n.opened = 1, n.open_cases = 205, n.plots = 120, n.plots_unseen = 1;
  Case c;
  c.plot_code = "DX-001";
  c.plot_name = "<b>地块</b>";
  c.first_seen = {2026, 11, 1};
  c.area_m2 = 1234;
  n.cases = {c};
  NightPage::SceneRow used, aside;
  used.id = "S2A_1";
  used.state = SceneRecord::State::used;
  used.clear_share = 0.876;
  used.comparisons = {{"S2A_0", "same season of 2025", 117}};
  aside.id = "S2A_2";
  aside.state = SceneRecord::State::set_aside;
  aside.reason = "cloud: 3.0 % of the plots' ground is clear";
  n.scenes = {used, aside};
  n.unseen = {{"DX-009", "空地", "某镇", {}, 114}};
  n.unseen_limit_days = 60;
  n.problems = {"sources.places.here: nothing is at /in"};
  return n;
}

TEST(NightPage, TellsScenesCasesAndWhatWasNotSeen) {
  const std::string page = night_page(a_night());
  for (const char* part : {"疑似", "suspected", "S2A_1", "88 %", "117", "2025 年同季", "S2A_2", "cloud: 3.0 %",
                           "DX-001", "1,234", "2026-11-01", "DX-009", "114", "sources.places.here", "204"})
    EXPECT_THAT(page, HasSubstr(part));
  EXPECT_THAT(page, Not(HasSubstr("违法")));
}

TEST(NightPage, NamesAreNoMarkup) { EXPECT_THAT(night_page(a_night()), Not(HasSubstr("<b>地块"))); }

TEST(NightPage, AnEmptyNightSaysSo) {
  const std::string page = night_page({});
  EXPECT_THAT(page, HasSubstr("今晚没有新影像"));
  EXPECT_THAT(page, HasSubstr("目前没有"));
}

}  // namespace
}  // namespace plotwatch::report
