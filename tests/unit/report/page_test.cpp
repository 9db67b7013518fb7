#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/error.hpp"
#include "report/report.hpp"
#include "support/temporary_folder.hpp"
#include "unit/report/fake_scan.hpp"

namespace plotwatch::report {
namespace {

using testing::HasSubstr;
using testing::Not;

using Chips = std::vector<std::vector<std::uint8_t>>;

Chips chips_of(const ScanResult& scan, std::size_t count) {
  Chips chips(scan.candidates.size());
  for (std::size_t i = 0; i < count; ++i)
    chips[i] = draw_chip(scan.candidates[i], scan, fake_chip(scan.candidates[i], scan), {});
  return chips;
}

std::size_t count(const std::string& page, std::string_view part) {
  std::size_t found = 0;
  for (auto at = page.find(part); at != std::string::npos; at = page.find(part, at + part.size())) ++found;
  return found;
}

// The page without its style, its script and its pictures.
std::string body_of(const std::string& page) {
  std::string body = page.substr(page.find("<body"));
  const auto script = body.find("<script>") + 8;
  body.erase(script, body.find("</script>") - script);
  for (auto at = body.find("base64,"); at != std::string::npos; at = body.find("base64,", at + 8))
    body.erase(at + 7, body.find('"', at) - at - 7);
  body.erase(body.find("</html>"));
  return body;
}

// The first end tag that does not match, or the first element left open; empty when all match.
std::string unbalanced(const std::string& body) {
  static const std::set<std::string> no_end{"meta", "img", "br"};
  static const std::regex tag(R"re(<(/?)([a-zA-Z0-9]+)((?:"[^"]*"|[^">])*)>)re");
  std::vector<std::string> open;
  for (std::sregex_iterator at(body.begin(), body.end(), tag), end; at != end; ++at) {
    const std::string element = (*at)[2], rest = (*at)[3];
    if (no_end.contains(element) || rest.ends_with('/')) continue;
    if ((*at)[1].length() == 0) {
      open.push_back(element);
    } else {
      if (open.empty() || open.back() != element) return "</" + element + ">";
      open.pop_back();
    }
  }
  return open.empty() ? "" : "<" + open.back() + ">";
}

class Page : public testing::Test {
 protected:
  std::string written(const Chips& chips, const ReportOptions& options = {}) const {
    const auto path = folder.path() / "report.html";
    write_html(path, scan, chips, options);
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
  }

  test::TemporaryFolder folder;
  ScanResult scan = fake_scan();
};

TEST_F(Page, TellsAnInspectorWhatTheyNeed) {
  const std::string page = written(chips_of(scan, 5));
  for (const char* part : {"瀛海镇原化工厂地块",
                           "DX-001",
                           "名录内地块（未达修复目标）",
                           "裸地→建筑或硬化",
                           "bare → built",
                           "30,400 m²",
                           "2025-09-14",
                           "2026-09-19",
                           "Sentinel-2A MSI",
                           "《土壤污染防治法》第五十九条第一款",
                           "116.348123, 39.739123",
                           "listed-building",
                           "疑似出现建筑或硬化地面",
                           "云影遮挡",
                           "建筑或硬化地面（裸地→建筑或硬化）",
                           "median inside",
                           "self-intersection at (39443512, 4400120), repaired",
                           "0.830 px → 0.210 px",
                           "1 in a million",
                           "needs an on-site check",
                           "soil-pollution-law.toml",
                           "0.005",
                           "EPSG:4527"})
    EXPECT_THAT(page, HasSubstr(part));
  EXPECT_EQ(count(page, "<article class=\"card\""), 5u);
  EXPECT_EQ(count(page, "class=\"unverified\""), 2u);  // candidates 2 and 4; 3 and 5 have no basis to verify
}

TEST_F(Page, IsWellFormed) {
  EXPECT_EQ(unbalanced(body_of(written(chips_of(scan, 2)))), "");
  EXPECT_EQ(unbalanced(body_of(written({}))), "");
}

TEST_F(Page, EveryLinkHasATarget) {
  const std::string body = body_of(written(chips_of(scan, 3)));
  static const std::regex link(R"re(href="#([^"]*)")re");
  int links = 0;
  for (std::sregex_iterator at(body.begin(), body.end(), link), end; at != end; ++at, ++links)
    EXPECT_EQ(count(body, " id=\"" + (*at)[1].str() + "\""), 1u) << (*at)[1];
  EXPECT_EQ(links, 6);  // from the list to the card, and from one half of a picture to the other
}

TEST_F(Page, NeverCallsAnythingIllegal) {
  const std::string page = written(chips_of(scan, 5));
  EXPECT_THAT(page, Not(HasSubstr("违法")));
  EXPECT_THAT(page, Not(HasSubstr("illegal")));
}

TEST_F(Page, DataCannotBecomeMarkup) {
  const std::string evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";
  for (PlotResult& p : scan.plots) p.plot.name = p.plot.code = p.plot.unit = p.plot.status = evil;
  for (Candidate& c : scan.candidates) {
    c.id = c.plot_code = c.plot_name = c.plot_status = c.plot_unit = c.before_scene = c.after_scene = evil;
    c.verdict = {Severity::P1, evil, evil, evil, evil, false};
  }
  scan.before.id = scan.before.sensor = scan.version = scan.rules_source = scan.registration.quality.reason = evil;
  scan.after.notes = {evil};
  scan.findings[0].code = scan.findings[0].problem = evil;
  const std::string page = written(chips_of(scan, 5));
  EXPECT_EQ(count(page, "<script"), 1u);
  EXPECT_EQ(count(page, "<img"), 0u);
  EXPECT_EQ(count(page, "<image"), 5u);
  EXPECT_EQ(unbalanced(body_of(page)), "");
}

TEST_F(Page, AsksForNothingFromOutside) {
  const std::string page = written(chips_of(scan, 5));
  static const std::regex reference(R"re((?:src|href)="(?!#|data:image/png;base64,))re");
  EXPECT_FALSE(std::regex_search(body_of(page), reference));
  for (const char* part : {"http://", "https://", "@import", "url("}) EXPECT_THAT(page, Not(HasSubstr(part)));
}

TEST_F(Page, PicturesHaveAlternativesAndTablesHaveHeaders) {
  const std::string body = body_of(written(chips_of(scan, 5)));
  EXPECT_EQ(count(body, "<image"), 5u);
  EXPECT_EQ(count(body, "<th"), count(body, "<th scope=\"") + count(body, "<thead"));
  EXPECT_EQ(count(body, "<svg"), count(body, "role=\"img\" aria-label=\""));
}

TEST_F(Page, SameScanSameBytes) { EXPECT_EQ(written(chips_of(scan, 5)), written(chips_of(scan, 5))); }

TEST_F(Page, CandidatesWithoutAChipAreInTheListAlone) {
  const std::string page = written(chips_of(scan, 2));
  EXPECT_EQ(count(page, "<article class=\"card\""), 2u);
  EXPECT_EQ(count(page, "<tr data-severity="), 5u);
  EXPECT_THAT(page, HasSubstr("candidates.gpkg"));
  EXPECT_THAT(written(chips_of(scan, 5)), Not(HasSubstr("candidates.gpkg")));
}

TEST_F(Page, MarksWhereTheBudgetOfVisitsEnds) {
  const std::string page = written({}, {.budget = 2});
  ASSERT_EQ(count(page, "<tr class=\"budget\">"), 1u);
  const auto mark = page.find("<tr class=\"budget\">");
  EXPECT_EQ(count(page.substr(0, mark), "<tr data-severity="), 2u);
  EXPECT_EQ(count(written({}, {.budget = 5}), "<tr class=\"budget\">"), 0u);
}

TEST_F(Page, TheListEndsSomewhereAndSaysSo) {
  const auto rows = [&](const std::string& page) { return count(page, "<tr data-severity"); };
  ASSERT_EQ(scan.candidates.size(), 5u);
  const std::string page = written({}, {.max_rows = 3});
  EXPECT_EQ(rows(page), 3u);
  EXPECT_THAT(page, HasSubstr("2 more, of lower rank, are in candidates.gpkg."));
  EXPECT_EQ(rows(written({}, {.max_rows = 3, .budget = 4})), 4u);  // no visit is left out
  EXPECT_EQ(count(written({}, {.max_rows = 5}), "id=\"further\""), 0u);
}

TEST_F(Page, NothingFoundIsSaidSoAndNothingSeenIsNotTheSame) {
  scan.candidates.clear();
  const std::string page = written({});
  EXPECT_THAT(page, HasSubstr("says nothing about plots that could not"));
  EXPECT_THAT(page, HasSubstr("未能观测不等于没有变化"));
  EXPECT_EQ(unbalanced(body_of(page)), "");
}

TEST_F(Page, ScenesThatWereNotComparedAreNoSceneWithoutChange) {
  scan.candidates.clear();
  scan.registration.quality.failed = true;
  scan.registration.quality.applied = false;
  for (PlotResult& p : scan.plots) {
    p.observation.observable = false;
    p.observation.cause = PlotObservation::Cause::registration;
  }
  const std::string page = written({});
  EXPECT_THAT(page, HasSubstr("were not compared"));
  EXPECT_THAT(page, HasSubstr("影像配准失败"));
  EXPECT_THAT(page, HasSubstr("scan again with registration switched off"));
  EXPECT_THAT(page, Not(HasSubstr("未发现疑似变化")));
  EXPECT_EQ(unbalanced(body_of(page)), "");
}

TEST_F(Page, TellsUntilWhenAndWhatAllowsIt) {
  scan.candidates[0].verdict.deadline = Date{2026, 10, 9};
  scan.candidates[0].verdict.permit = "建字<第9号>";
  const std::string page = written(chips_of(scan, 1));
  EXPECT_THAT(page, HasSubstr("2026-10-09"));
  EXPECT_THAT(page, HasSubstr("建字&lt;第9号&gt;"));
}

TEST_F(Page, TellsWhenWhatWasNotSeenWasSeenLast) {
  scan.plots[6].observation.last_clear = Date{2026, 8, 20};
  scan.plots[6].observation.days_since_clear = 30;
  EXPECT_THAT(written({}), HasSubstr("最近清晰：2026-08-20（30 天前）"));
}

TEST_F(Page, AnEmptyScanIsStillAPage) {
  scan = ScanResult{};
  scan.grid = fake_scan().grid;
  const std::string page = written({});
  EXPECT_EQ(unbalanced(body_of(page)), "");
  EXPECT_THAT(page, HasSubstr("未作配准改正"));
}

TEST_F(Page, RegistrationThatWasNotAppliedSaysWhy) {
  scan.registration.quality.applied = false;
  scan.registration.quality.reason = "Only 3 tie points agree; 8 are needed.";
  const std::string page = written({});
  EXPECT_THAT(page, HasSubstr("未作配准改正"));
  EXPECT_THAT(page, HasSubstr("Only 3 tie points agree; 8 are needed."));
}

TEST_F(Page, OneLanguageAlone) {
  EXPECT_THAT(written({}, {.language = "zh"}), HasSubstr("<body class=\"only-zh\">"));
  EXPECT_THAT(written({}, {.language = "en"}), HasSubstr("<html lang=\"en\">"));
  EXPECT_THROW(written({}, {.language = "fr"}), Error);
}

TEST_F(Page, ChipsMustBelongToCandidates) { EXPECT_THROW(written(Chips(3)), Error); }

TEST_F(Page, FiveThousandCandidatesStayAPageThatOpens) {
  const Candidate sample = scan.candidates[1];
  for (int i = 6; i <= 5000; ++i) {
    scan.candidates.push_back(sample);
    scan.candidates.back().rank = i;
  }
  const std::string page = written({});
  EXPECT_EQ(count(page, "<tr data-severity="), 2000u);
  EXPECT_LT(page.size(), 3'500'000u);
}

}  // namespace
}  // namespace plotwatch::report
