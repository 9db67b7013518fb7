#include "pipeline/nightly/discover.hpp"

#include <filesystem>
#include <fstream>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "pipeline/nightly/lock.hpp"
#include "support/temporary_folder.hpp"
#include "support/write_text.hpp"

namespace plotwatch::pipeline::nightly {
namespace {
namespace fs = std::filesystem;

class Discover : public testing::Test {
 protected:
  Discover() : archive_(folder_.path() / "archive") { archive_.prepare(); }

  void file(const std::string& name, const std::string& text = "x") {
    fs::create_directories((folder_.path() / name).parent_path());
    test::write_text(folder_.file(name), text);
  }
  std::string item(const std::string& id, const std::vector<std::string>& hrefs) {
    nlohmann::json j = {{"stac_version", "1.0.0"}, {"type", "Feature"}, {"id", id}};
    j["assets"] = nlohmann::json::object();
    for (std::size_t i = 0; i < hrefs.size(); ++i) j["assets"][fmt::format("b{}", i)] = {{"href", hrefs[i]}};
    return j.dump();
  }
  Discovered find(const std::string& where, bool write = true) {
    SourceOptions o;
    o.places["here"] = folder_.file(where);
    return discover(o, archive_, write);
  }
  static std::vector<std::string> ids(const Discovered& found) {
    std::vector<std::string> all;
    for (const Arrival& a : found.arrivals) all.push_back(a.id);
    return all;
  }

  test::TemporaryFolder folder_;
  Archive archive_;
};

using Ids = std::vector<std::string>;

TEST_F(Discover, EveryKindOfProductInAFolder) {
  file("in/S2A_MSIL2A_20260601.SAFE/MTD_MSIL2A.xml");
  file("in/LC08_L2SP/LC08_L2SP_MTL.txt");
  file("in/single.tif");
  file("in/single.tif.aux.xml");
  file("in/single.tfw");
  file("in/bands/scene_B02.tif");
  file("in/bands/scene_B03.tif");
  file("in/2026/item/scene.json", item("stac-1", {"./a.tif"}));
  file("in/2026/item/a.tif");
  file("in/notes.txt");
  file("in/.hidden.tif");
  file("in/table.json", R"({"no": "item"})");
  const Discovered found = find("in");
  EXPECT_EQ(ids(found), (Ids{"LC08_L2SP", "S2A_MSIL2A_20260601", "bands", "single", "stac-1"}));
  EXPECT_TRUE(found.problems.empty());
  EXPECT_EQ(found.arrivals[3].files.size(), 3u);  // with what lies beside it
  EXPECT_EQ(found.arrivals[4].path, folder_.file("in/2026/item/scene.json"));
}

TEST_F(Discover, Patterns) {
  file("in/2026-06-01/a.tif");
  file("in/2026-06-11/b.tif");
  file("in/2025-06-11/c.tif");
  EXPECT_EQ(ids(find("in/2026-*/*.tif")), (Ids{"a", "b"}));
  const Discovered none = find("in/2027-*");
  EXPECT_TRUE(none.arrivals.empty());
  ASSERT_EQ(none.problems.size(), 1u);
  EXPECT_NE(none.problems[0].find("sources.places.here"), std::string::npos);
}

TEST_F(Discover, ASearchsAnswerIsWrittenOutAsItems) {
  const auto one = nlohmann::json::parse(item("one", {"data/one.tif", "https://host/x/two.tif"}));
  file("search/data/one.tif");
  file("search/answer.json", nlohmann::json{{"type", "FeatureCollection"}, {"features", {one}}}.dump());
  EXPECT_TRUE(find("search/answer.json", false).arrivals.empty());
  const Discovered found = find("search/answer.json");
  ASSERT_EQ(ids(found), Ids{"one"});
  EXPECT_EQ(found.arrivals[0].path, archive_.item_file("one").string());
  const auto written = nlohmann::json::parse(std::ifstream(archive_.item_file("one")));
  EXPECT_EQ(written["assets"]["b0"]["href"], folder_.file("search/data/one.tif"));
  EXPECT_EQ(written["assets"]["b1"]["href"], "https://host/x/two.tif");
}

TEST_F(Discover, JsonThatIsCutOffIsTold) {
  file("in/scene.json", item("whole", {"a.tif"}).substr(0, 30));
  const Discovered found = find("in");
  EXPECT_TRUE(found.arrivals.empty());
  ASSERT_EQ(found.problems.size(), 1u);
}

TEST_F(Discover, AnAssetThatIsNotThereYetIsMissing) {
  file("in/scene.json", item("s", {"a.tif", "b.tif"}));
  file("in/a.tif");
  const Discovered found = find("in");
  ASSERT_EQ(found.arrivals.size(), 1u);
  EXPECT_EQ(found.arrivals[0].missing, std::vector<std::string>{"b.tif"});
  const UtcTime later = found.arrivals[0].changed + std::chrono::hours(100);
  EXPECT_NE(still_arriving(found.arrivals[0], {}, later, 30).find("b.tif"), std::string::npos);
  EXPECT_NE(still_arriving(found.arrivals[0], found.arrivals[0].fingerprint, later, 30), "");
}

TEST_F(Discover, TheSameIdTwiceIsOneSceneAndTold) {
  file("in/a/s.tif");
  file("in/b/s.tif", "other");
  const Discovered found = find("in");
  EXPECT_EQ(found.arrivals.size(), 1u);
  ASSERT_EQ(found.problems.size(), 1u);
  EXPECT_NE(found.problems[0].find("passed over"), std::string::npos);
}

TEST_F(Discover, AnotherSizeOrTimeIsAnotherFingerprint) {
  file("in/a.tif");
  const std::string before = find("in").arrivals.at(0).fingerprint;
  EXPECT_EQ(find("in").arrivals.at(0).fingerprint, before);
  file("in/a.tif", "longer");
  const std::string longer = find("in").arrivals.at(0).fingerprint;
  EXPECT_NE(longer, before);
  fs::last_write_time(folder_.file("in/a.tif"), fs::file_time_type::clock::now() - std::chrono::hours(5));
  EXPECT_NE(find("in").arrivals.at(0).fingerprint, longer);
}

TEST_F(Discover, WaitsForFilesToSettleWhateverTheClock) {
  Arrival a;
  a.files = {"f"};
  a.fingerprint = "same";
  a.changed = *parse_utc_time("2026-11-23T21:00:00Z");
  EXPECT_NE(still_arriving(a, {}, a.changed + std::chrono::minutes(29), 30), "");
  EXPECT_EQ(still_arriving(a, {}, a.changed + std::chrono::minutes(30), 30), "");
  // The clock went back by a day: what an earlier night saw just so is whole.
  EXPECT_NE(still_arriving(a, {}, a.changed - std::chrono::hours(24), 30), "");
  EXPECT_EQ(still_arriving(a, "same", a.changed - std::chrono::hours(24), 30), "");
  EXPECT_NE(still_arriving(a, "other", a.changed - std::chrono::hours(24), 30), "");
}

TEST_F(Discover, ContentIsOfBytesAndNotOfTimes) {
  file("in/a.tif", "bytes");
  const std::string content = content_hash(find("in").arrivals.at(0));
  fs::last_write_time(folder_.file("in/a.tif"), fs::file_time_type::clock::now() - std::chrono::hours(5));
  EXPECT_EQ(content_hash(find("in").arrivals.at(0)), content);
  file("in/a.tif", "bytez");
  EXPECT_NE(content_hash(find("in").arrivals.at(0)), content);
}

TEST_F(Discover, PlansAndLooksComeBackAsTheyWereKept) {
  const Choice choice{{{"b", "a", {"P1", "地块"}, "why"}}, {"N"}, {"R"}};
  EXPECT_FALSE(archive_.plan("a", "f"));
  archive_.keep_plan("a", "f", choice);
  EXPECT_FALSE(archive_.plan("a", "other"));
  const auto plan = archive_.plan("a", "f");
  ASSERT_TRUE(plan);
  EXPECT_EQ(plan->pairs.at(0).plots, choice.pairs[0].plots);
  EXPECT_EQ(plan->not_clear, choice.not_clear);
  EXPECT_EQ(plan->no_reference, choice.no_reference);
  SceneLook look;
  look.id = "a/b:c";
  look.date = {2026, 6, 1};
  look.clear = {{"P1", .3F}};
  look.median = {{"red", .1}};
  archive_.keep_look(look, "k");
  EXPECT_FALSE(archive_.look("a/b:c", "other"));
  const auto kept = archive_.look("a/b:c", "k");
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->clear, look.clear);
  EXPECT_EQ(kept->median, look.median);
}

TEST(FileName, KeepsPlainIdsAndOthersApart) {
  EXPECT_EQ(file_name_for("S2A_20260601.x-1"), "S2A_20260601.x-1");
  EXPECT_NE(file_name_for("a/b"), file_name_for("a:b"));
  for (const char* id : {"a/b", "../x", ".", "", "地块"}) {
    const std::string name = file_name_for(id);
    EXPECT_EQ(name.find('/'), std::string::npos);
    EXPECT_FALSE(name.empty() || name == "." || name == "..");
  }
}

TEST_F(Discover, ASecondNightLeavesWhileTheFirstIsAtWork) {
  const NightLock first(archive_.root(), 0);
  try {
    const NightLock second(archive_.root(), 0);
    ADD_FAILURE();
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), ExitCode::busy);
  }
}

TEST_F(Discover, TheLockIsFreeAgainAfterwards) {
  { const NightLock first(archive_.root(), 0); }
  EXPECT_NO_THROW(NightLock(archive_.root(), 0));
}

}  // namespace
}  // namespace plotwatch::pipeline::nightly
