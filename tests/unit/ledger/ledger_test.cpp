// What a ledger promises, on whichever store this program is compiled for.
#include "ledger/ledger.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <thread>

#include <gmock/gmock.h>

#include "io/database.hpp"
#include "support/message_of.hpp"
#include "unit/ledger/office.hpp"

namespace plotwatch::ledger {
namespace {

using test::at;
using test::candidate;
using test::day;
using test::Night;
using test::observation;
using test::on_plot;
using test::record;
using test::settings;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class LedgerTest : public test::StoreTest {
 protected:
  Ledger fresh(const std::string& where) { return Ledger::create(where, settings(), at("2026-01-01")); }

  static void expect_verified(const Ledger& ledger) {
    for (const Problem& p : ledger.verify()) ADD_FAILURE() << p.sequence << ": " << p.what;
  }
};

Night first_night() {
  return {"scan-1",
          "2026-01-10",
          "2026-03-15",
          {candidate(0, "DX-000/1", on_plot(0, 50, 50, 40))},
          {observation(0), observation(1, 0)}};
}
Night second_night() {
  return {"scan-2",
          "2026-01-10",
          "2026-03-20",
          {candidate(0, "DX-000/1", on_plot(0, 52, 50, 40))},
          {observation(0), observation(1)}};
}

TEST_F(LedgerTest, KeepsWhatItWasCreatedWith) {
  const std::string where = place();
  const std::string id = fresh(where).id();
  const Ledger ledger = Ledger::open(where, Access::read);
  EXPECT_EQ(ledger.id(), id);
  EXPECT_EQ(ledger.settings().district, "大兴区");
  EXPECT_TRUE(io::same_crs(ledger.settings().crs, test::survey_crs()));
  EXPECT_EQ(ledger.last_sequence(), 1);
  EXPECT_EQ(ledger.events_after(0).front().kind, "ledger_created");
  EXPECT_THAT(test::message_of([&] { fresh(where); }), testing::AllOf(HasSubstr("[6]"), HasSubstr("there is a")));
  expect_verified(ledger);
}

TEST_F(LedgerTest, AScanOpensACaseAndTheNextConfirmsIt) {
  const std::string where = place();
  Ledger ledger = fresh(where);
  EXPECT_TRUE(ledger.record_register(test::plot_register(2), "sha", day("2026-01-01"), at("2026-01-01")));
  const RecordedScan first = record(ledger, first_night());
  EXPECT_THAT(first.opened, ElementsAre("DX-000-20260315-1"));
  const RecordedScan second = record(ledger, second_night());
  EXPECT_THAT(second.opened, IsEmpty());
  EXPECT_THAT(second.seen, ElementsAre("DX-000-20260315-1"));
  EXPECT_THAT(second.confirmed, ElementsAre("DX-000-20260315-1"));
  EXPECT_TRUE(record(ledger, second_night()).was_recorded);

  const Case c = ledger.find_case("DX-000-20260315-1").value();
  EXPECT_EQ(c.tier, Tier::confirmed);
  EXPECT_EQ(c.plot_name, "示例地块 0");
  EXPECT_EQ(c.geometry, on_plot(0, 52, 50, 40));
  EXPECT_EQ(c.rule.reason_zh, "疑似建筑。");
  EXPECT_THAT(ledger.sightings(c.id), SizeIs(2));
  EXPECT_EQ(ledger.sightings(c.id).front().candidate.geometry, on_plot(0, 50, 50, 40));
  EXPECT_THAT(ledger.looks(c.id), SizeIs(2));
  EXPECT_THAT(ledger.scans(), SizeIs(2));
  EXPECT_EQ(ledger.find_scan("scan-2")->registration_residual_px, 0.125);
  std::vector<std::string> kinds;
  for (const LedgerEvent& e : ledger.events_after(0)) kinds.push_back(e.kind);
  EXPECT_THAT(kinds, ElementsAre("ledger_created", "register_recorded", "scan_recorded", "case_opened", "scan_recorded",
                                 "case_seen", "case_confirmed"));
  expect_verified(ledger);
}

TEST_F(LedgerTest, ObservationsTellWhenAPlotWasClearLast) {
  Ledger ledger = fresh(place());
  ledger.record_register(test::plot_register(2), "sha", day("2026-01-01"), at("2026-01-01"));
  record(ledger, first_night());
  EXPECT_THAT(ledger.last_clear(day("2026-12-31")), ElementsAre(day("2026-03-15"), std::nullopt));
  EXPECT_THAT(ledger.last_clear(day("2026-02-01")), ElementsAre(day("2026-01-10"), std::nullopt));
  record(ledger, second_night());
  EXPECT_THAT(ledger.last_clear(day("2026-12-31")), ElementsAre(day("2026-03-20"), day("2026-03-20")));
  const std::vector<ObservationRecord> seen = ledger.observations("DX-001");
  ASSERT_THAT(seen, SizeIs(2));
  EXPECT_FALSE(seen[0].observation.observable);
  EXPECT_EQ(seen[0].observation.cause, PlotObservation::Cause::cloud);
  EXPECT_EQ(seen[1].observation.after_cover[1], 0.5);
  EXPECT_EQ(seen[1].observation.days_since_clear, 0);
}

TEST_F(LedgerTest, RegistersKeepTheirHistory) {
  Ledger ledger = fresh(place());
  PlotRegister plots = test::plot_register(3);
  EXPECT_TRUE(ledger.record_register(plots, "a", day("2026-02-28"), at("2026-02-28")));
  EXPECT_FALSE(ledger.record_register(plots, "a", day("2026-05-01"), at("2026-05-01")));
  plots.plots[1].status = "cleared";
  plots.plots.pop_back();
  EXPECT_TRUE(ledger.record_register(plots, "b", day("2026-08-31"), at("2026-08-31")));
  EXPECT_THAT(ledger.plots(day("2026-01-01")).plots, IsEmpty());
  EXPECT_EQ(ledger.plots(day("2026-08-30")).plots.size(), 3u);
  EXPECT_EQ(ledger.plots(day("2026-08-30")).plots[1].status, "listed");
  const PlotRegister now = ledger.plots(day("2026-08-31"));
  ASSERT_EQ(now.plots.size(), 2u);
  EXPECT_EQ(now.plots[1].status, "cleared");
  EXPECT_EQ(now.plots[1].geometry, plots.plots[1].geometry);
  EXPECT_THAT(now.other_fields, ElementsAre("镇"));
  EXPECT_THAT(now.plots[0].other, ElementsAre("大兴"));
  plots.plots[0].name = "改名";
  EXPECT_THAT(test::message_of([&] { ledger.record_register(plots, "c", day("2026-03-01"), at("2026-09-01")); }),
              testing::AllOf(HasSubstr("[4]"), HasSubstr("the register of 2026-03-01 is older")));
  expect_verified(ledger);
}

TEST_F(LedgerTest, ScenesAreUpdatedById) {
  Ledger ledger = fresh(place());
  SceneRecord scene{"S2A_1", "/in/a", "f1", "Sentinel-2",          day("2026-03-15"), SceneRecord::State::waiting,
                    "half",  {},      {},   "2026-03-15T20:00:00Z"};
  ledger.record_scene(scene, at("2026-03-15"));
  ledger.record_scene(scene, at("2026-03-16"));
  EXPECT_EQ(ledger.last_sequence(), 2);
  scene.state = SceneRecord::State::used;
  scene.plots_clear_share = 0.75;
  ledger.record_scene(scene, at("2026-03-16"));
  EXPECT_EQ(ledger.find_scene("S2A_1")->state, SceneRecord::State::used);
  EXPECT_EQ(ledger.find_scene("S2A_1")->plots_clear_share, 0.75);
  EXPECT_THAT(ledger.scenes(), SizeIs(1));
  expect_verified(ledger);
}

TEST_F(LedgerTest, PeopleSayWhatTheyFound) {
  Ledger ledger = fresh(place());
  const std::string id = record(ledger, first_night()).opened.front();
  const Stamp wang = at("2026-03-16", "王"), li = at("2026-03-17", "李");
  EXPECT_THAT(test::message_of([&] { ledger.agree(id, li); }),
              testing::AllOf(HasSubstr("[2]"), HasSubstr("nobody has judged it yet")));
  EXPECT_THAT(test::message_of([&] { ledger.judge(id, Judgement::permitted, "", wang); }), HasSubstr("needs a reason"));
  ledger.judge(id, Judgement::suspected, "", wang);
  ledger.judge(id, Judgement::construction, "现场有基坑", wang);
  EXPECT_THAT(test::message_of([&] { ledger.agree(id, wang); }),
              testing::AllOf(HasSubstr("[2]"), HasSubstr("王 judged it")));
  ledger.agree(id, li);
  EXPECT_TRUE(ledger.find_case(id)->second_person);
  EXPECT_EQ(ledger.find_case(id)->judgement_reason, "现场有基坑");
  ledger.penalised(id, day("2026-04-01"), "京兴罚〔2026〕1号", li);
  ledger.put_right(id, day("2026-06-01"), "已拆除", li);
  EXPECT_EQ(ledger.find_case(id)->put_right_on, day("2026-06-01"));
  ledger.undo(id, li);
  EXPECT_EQ(ledger.find_case(id)->judgement, Judgement::suspected);
  EXPECT_FALSE(ledger.find_case(id)->second_person);
  ledger.assign(id, "赵", li);
  ledger.annotate(id, "门锁着", li);
  ledger.close(id, "已处理", li);
  EXPECT_FALSE(ledger.find_case(id)->open);
  EXPECT_THAT(test::message_of([&] { ledger.close(id, "again", li); }), HasSubstr("closed already"));
  ledger.reopen(id, "再查", li);
  EXPECT_TRUE(ledger.find_case(id)->open);
  EXPECT_EQ(ledger.find_case(id)->assigned_to, "赵");
  EXPECT_THAT(test::message_of([&] { ledger.assign("DX-9", "x", li); }), HasSubstr("there is no such case"));
  expect_verified(ledger);
}

TEST_F(LedgerTest, ListsByUrgencyAndFilter) {
  Ledger ledger = fresh(place());
  Night night{"scan-1", "2026-01-10", "2026-03-15", {}, {}};
  for (int plot = 0; plot < 6; ++plot) {
    night.candidates.push_back(candidate(plot, test::plot_code(plot) + "/1", on_plot(plot, 0, 0, 30 + plot),
                                         plot == 4 ? Severity::P0 : Severity::P2));
    night.candidates.back().mean_score = 0.5 + 0.05 * plot;
    night.observations.push_back(observation(plot));
  }
  record(ledger, night);
  std::vector<std::string> order;
  for (const Case& c : ledger.cases({})) order.push_back(c.plot_code);
  EXPECT_THAT(order, ElementsAre("DX-004", "DX-005", "DX-003", "DX-002", "DX-001", "DX-000"));
  CaseFilter filter;
  filter.units = {"黄村镇"};
  EXPECT_EQ(ledger.count(filter), 3u);
  filter.text = "地块 3";
  EXPECT_EQ(ledger.count(filter), 1u);
  filter = {};
  filter.text = "%";
  EXPECT_EQ(ledger.count(filter), 0u);
  filter = {};
  filter.offset = 2;
  filter.limit = 2;
  ASSERT_THAT(ledger.cases(filter), SizeIs(2));
  EXPECT_EQ(ledger.cases(filter).front().plot_code, "DX-003");
  filter = {};
  filter.severities = {Severity::P0};
  filter.first_seen_from = day("2026-03-15");
  EXPECT_EQ(ledger.count(filter), 1u);
  filter.first_seen_from = day("2026-03-16");
  EXPECT_EQ(ledger.count(filter), 0u);
}

TEST_F(LedgerTest, OverdueIsWhatWaitsForAVisitPastItsDeadline) {
  Ledger ledger = fresh(place());
  Night a = first_night(), b = second_night();
  for (Night* night : {&a, &b}) {
    night->candidates.front().verdict.deadline =
        add_working_days(day(night->after.c_str()), 10, WorkCalendar{});  // as the rule counts it
    record(ledger, *night);
  }
  const std::string id = ledger.cases({}).front().id;
  EXPECT_EQ(ledger.find_case(id)->deadline, day("2026-04-03"));
  CaseFilter filter;
  filter.overdue_on = day("2026-04-03");
  EXPECT_EQ(ledger.count(filter), 0u);
  filter.overdue_on = day("2026-04-04");
  EXPECT_EQ(ledger.count(filter), 1u);
  ledger.judge(id, Judgement::construction, "found", at("2026-04-05", "王"));
  EXPECT_EQ(ledger.count(filter), 0u);
}

TEST_F(LedgerTest, MessagesAreQueuedOnce) {
  Ledger ledger = fresh(place());
  const OutboxMessage a{"m-1", "wecom", "新增疑似", "body", {}, 0, "", "", ""};
  ledger.queue("wecom", 7, std::vector{a});
  ledger.queue("wecom", 7, std::vector{a});
  EXPECT_EQ(ledger.told_through("wecom"), 7);
  EXPECT_EQ(ledger.told_through("mail"), 0);
  ASSERT_THAT(ledger.outbox(OutboxMessage::State::pending), SizeIs(1));
  OutboxMessage sent = a;
  sent.state = OutboxMessage::State::sent;
  sent.attempts = 2;
  sent.sent_at = "2026-03-16T00:00:00Z";
  ledger.update_message(sent);
  EXPECT_THAT(ledger.outbox(OutboxMessage::State::pending), IsEmpty());
  EXPECT_EQ(ledger.outbox().front().attempts, 2);
  ledger.queue("wecom", 5, {});
  EXPECT_EQ(ledger.told_through("wecom"), 7);
}

// What can be told of cases without their ids, which are given in the order of arrival.
std::string content(const Ledger& ledger) {
  std::vector<std::string> lines;
  for (const Case& c : ledger.cases({})) {
    std::string line =
        fmt::format("{} {} {} {} {} {} {} {} {} {} {} {} parents {} merged {}", c.plot_code, code(c.tier), c.open,
                    c.last_clear_before->iso(), c.first_seen.iso(), c.last_seen.iso(), c.last_look.iso(), c.sightings,
                    c.looks, c.misses, c.area_m2, c.largest_area_m2, c.parents.size(), c.merged_into.has_value());
    for (const Sighting& s : ledger.sightings(c.id)) line += fmt::format(" {}{}", s.id, s.suppressed ? "!" : "");
    lines.push_back(line);
  }
  std::sort(lines.begin(), lines.end());
  std::string all;
  for (const std::string& line : lines) all += line + "\n";
  return all;
}

TEST_F(LedgerTest, ScansInAnyOrderGiveTheSameCases) {
  std::mt19937 random(7);
  const auto below = [&](unsigned n) { return static_cast<int>(random() % n); };
  for (int round = 0; round < (test::on_postgres ? 2 : 6); ++round) {
    std::vector<Night> nights;
    for (int n = 0; n < 14; ++n) {
      const Date after = Date::from_days(day("2026-03-01").days() + std::chrono::days{5 * (n / 2 * 2)});
      Night night{fmt::format("scan-{:02}", n), "2026-01-10", after.iso(), {}, {}, below(4) / 3.0};
      for (int plot = 0; plot < 3; ++plot) {
        const double clear = below(4) == 0 ? below(3) / 2.0 : 1;
        night.observations.push_back(observation(plot, clear));
        for (int k = 0; clear > 0 && k < below(4); ++k)
          night.candidates.push_back(candidate(plot, fmt::format("{}/{}", test::plot_code(plot), k),
                                               on_plot(plot, below(160), below(160), 10 + below(40), 10 + below(40))));
      }
      nights.push_back(night);
    }
    std::string first;
    for (int order = 0; order < 3; ++order) {
      Ledger ledger = fresh(place(fmt::format("order-{}-{}", round, order)));
      ledger.record_register(test::plot_register(3), "sha", day("2026-01-01"), at("2026-01-01"));
      for (const Night& night : nights) record(ledger, night);
      expect_verified(ledger);
      if (order == 0)
        first = content(ledger);
      else
        EXPECT_EQ(content(ledger), first) << "round " << round;
      std::shuffle(nights.begin(), nights.end(), random);
    }
  }
}

TEST_F(LedgerTest, AnIdThatWasJoinedStillLeadsToTheCase) {
  Ledger ledger = fresh(place());
  const auto night = [&](const char* id, const char* after, const MultiPolygon& geometry) {
    record(ledger, {id, "2026-01-10", after, {candidate(0, "c", geometry)}, {observation(0)}});
  };
  night("b", "2026-03-20", on_plot(0, 0, 0, 30));
  const std::string first = ledger.cases({}).front().id;
  night("a", "2026-03-10", on_plot(0, 100, 0, 30));
  EXPECT_EQ(ledger.count({}), 2u);
  night("z", "2026-03-05", on_plot(0, 0, 0, 130, 30));  // the first of all: it was one from the start
  EXPECT_EQ(ledger.count({}), 1u);
  EXPECT_EQ(ledger.find_case(first)->id, first);
  EXPECT_EQ(ledger.find_case("DX-000-20260310-1")->id, first);
  EXPECT_EQ(ledger.find_case(first)->first_seen, day("2026-03-05"));
  expect_verified(ledger);
}

TEST_F(LedgerTest, AnotherPolicyCountsAnew) {
  Ledger ledger = fresh(place());
  record(ledger, first_night());
  record(ledger, second_night());
  CasePolicy policy;
  policy.confirm_looks = 3;
  ledger.change_policy(policy, at("2026-04-01"));
  EXPECT_EQ(ledger.cases({}).front().tier, Tier::first_seen);
  EXPECT_EQ(ledger.settings().policy.confirm_looks, 3);
  expect_verified(ledger);
  policy.match_overlap = 0;
  policy.regrow_ratio = 1;
  EXPECT_THAT(test::message_of([&] { ledger.change_policy(policy, at("2026-04-01")); }),
              testing::AllOf(HasSubstr("[3]"), HasSubstr("match_overlap"), HasSubstr("regrow_ratio")));
}

TEST_F(LedgerTest, TwoWritersWaitForEachOther) {
  const std::string where = place();
  fresh(where);
  const auto write = [&](int writer) {
    Ledger ledger = Ledger::open(where, Access::write);
    for (int n = 0; n < 5; ++n) {
      const Date after = Date::from_days(day("2026-03-01").days() + std::chrono::days{2 * n + writer});
      record(ledger, {fmt::format("w{}-{}", writer, n),
                      "2026-01-10",
                      after.iso(),
                      {candidate(writer, "c", on_plot(writer, 0, 0, 30))},
                      {observation(0), observation(1)}});
    }
  };
  std::thread other([&] { write(1); });
  write(0);
  other.join();
  const Ledger ledger = Ledger::open(where, Access::read);
  EXPECT_THAT(ledger.scans(), SizeIs(10));
  EXPECT_EQ(ledger.count({}), 2u);
  expect_verified(ledger);
}

TEST_F(LedgerTest, CopiesVerifyAndAreTheSame) {
  Ledger ledger = fresh(place());
  ledger.record_register(test::plot_register(2), "sha", day("2026-01-01"), at("2026-01-01"));
  record(ledger, first_night());
  record(ledger, second_night());
  ledger.queue("mail", 3, std::vector{OutboxMessage{"m", "mail", "s", "b", {}, 0, "", "", ""}});
  const std::string file = other_kind("copy"), back = place("back");
  ledger.copy_to(file);
  Ledger::open(file, Access::read).copy_to(back);
  for (const std::string& where : {file, back}) {
    const Ledger copy = Ledger::open(where, Access::read);
    EXPECT_EQ(copy.head(), ledger.head());
    EXPECT_EQ(content(copy), content(ledger));
    EXPECT_THAT(copy.outbox(), SizeIs(1));
    expect_verified(copy);
  }
  EXPECT_THAT(test::message_of([&] { ledger.copy_to(file); }),
              testing::AllOf(HasSubstr("[6]"), HasSubstr("there is a file already")));
}

TEST_F(LedgerTest, RefusesWhatCannotBe) {
  LedgerSettings degrees = settings();
  degrees.crs = io::lonlat_crs();
  EXPECT_THAT(test::message_of([&] { Ledger::create(place(), degrees, at("2026-01-01")); }),
              testing::AllOf(HasSubstr("[3]"), HasSubstr("the ledger's CRS must be projected")));
  EXPECT_THAT(test::message_of([&] { Ledger::open(folder().file("none.gpkg"), Access::read); }),
              testing::AllOf(HasSubstr("[4]"), HasSubstr("there is no such ledger")));
  EXPECT_THAT(test::message_of([&] {
                Ledger::create(place(), settings(), {"yesterday", "x"});
              }),
              testing::AllOf(HasSubstr("[2]"), HasSubstr("'yesterday' is no time")));
  Ledger ledger = fresh(place());
  Night wrong = first_night();
  std::swap(wrong.before, wrong.after);
  EXPECT_THAT(test::message_of([&] { record(ledger, wrong); }),
              testing::AllOf(HasSubstr("[4]"), HasSubstr("the before scene (2026-03-15) is not older")));
  wrong = first_night();
  wrong.candidates.push_back(wrong.candidates.front());
  EXPECT_THAT(test::message_of([&] { record(ledger, wrong); }), HasSubstr("two candidates have the id DX-000/1"));
  EXPECT_EQ(ledger.last_sequence(), 1);
}

}  // namespace
}  // namespace plotwatch::ledger
