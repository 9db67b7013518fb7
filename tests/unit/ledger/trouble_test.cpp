// Disks that are full, processes that are killed, files of older programs, and what other programs make of the file.
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <random>
#include <thread>

#include <gmock/gmock.h>

#include "io/database.hpp"
#include "ledger/schema.hpp"
#include "support/message_of.hpp"
#include "unit/ledger/office.hpp"

namespace plotwatch::ledger {
namespace {

using test::at;
using test::candidate;
using test::day;
using test::observation;
using test::on_plot;
using testing::HasSubstr;
using testing::IsEmpty;

class TroubleTest : public testing::Test {
 protected:
  static test::Night night(int n, int plots) {
    const Date after = Date::from_days(day("2026-03-01").days() + std::chrono::days{n});
    test::Night night{fmt::format("scan-{:03}", n), "2026-01-10", after.iso(), {}, {}};
    for (int plot = 0; plot < plots; ++plot) {
      night.candidates.push_back(candidate(plot, test::plot_code(plot) + "/1", on_plot(plot, 50, 50, 40)));
      night.observations.push_back(observation(plot));
    }
    return night;
  }

  bool in_memory_ = test::in_memory();
  test::TemporaryFolder folder_;
  std::string where_ = folder_.file("ledger.gpkg");
};

TEST_F(TroubleTest, AFullDiskChangesNothing) {
  Ledger ledger = Ledger::create(where_, test::settings(), at("2026-01-01"));
  test::record(ledger, night(1, 3));
  const std::string head = ledger.head();
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {  // the limit cannot be lifted again
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{std::filesystem::file_size(where_) + 8192, std::filesystem::file_size(where_) + 8192};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    int code = 0;
    try {
      Ledger mine = Ledger::open(where_, Access::write);
      test::record(mine, night(2, 300));
    } catch (const Error& e) {
      code = e.code() == ExitCode::output && !e.advice().empty() ? 6 : 99;
    }
    ::_exit(code);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 6);
  EXPECT_EQ(Ledger::open(where_, Access::read).head(), head);
  EXPECT_THAT(Ledger::open(where_, Access::read).verify(), IsEmpty());
  test::record(ledger, night(2, 3));
  EXPECT_THAT(ledger.verify(), IsEmpty());
}

TEST_F(TroubleTest, KilledAtAnyMomentItGoesOnToTheSameEnd) {
  constexpr int nights = 12, plots = 20;
  const auto record_all = [&](const std::string& where) {
    Ledger ledger = Ledger::open(where, Access::write);
    for (int n = 0; n < nights; ++n) test::record(ledger, night(n, plots));
  };
  const std::string calm = folder_.file("calm.gpkg");
  Ledger::create(calm, test::settings(), at("2026-01-01"));
  const auto start = std::chrono::steady_clock::now();
  record_all(calm);
  const auto whole = std::chrono::steady_clock::now() - start;

  Ledger::create(where_, test::settings(), at("2026-01-01"));
  std::mt19937 random(11);
  int killed = 0;
  for (int round = 0; round < 25; ++round) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      record_all(where_);
      ::_exit(0);
    }
    std::this_thread::sleep_for(whole * (random() % 1000) / 4000);
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    killed += WIFSIGNALED(status);
    if (round % 8 == 0) {
      EXPECT_THAT(Ledger::open(where_, Access::read).verify(), IsEmpty());
    }
  }
  EXPECT_GT(killed, 0);
  record_all(where_);
  EXPECT_EQ(Ledger::open(where_, Access::read).head(), Ledger::open(calm, Access::read).head());
  EXPECT_THAT(Ledger::open(where_, Access::read).verify(), IsEmpty());
}

TEST_F(TroubleTest, OtherFilesAreNoLedgers) {
  std::FILE* file = std::fopen(where_.c_str(), "w");
  std::fputs("not a database, but long enough to be taken for one at first sight by a careless reader of files\n",
             file);
  std::fclose(file);
  EXPECT_THAT(test::message_of([&] { Ledger::open(where_, Access::read); }),
              testing::AllOf(HasSubstr("[4]"), HasSubstr("file is not a database")));
  const std::string empty = folder_.file("empty.gpkg");
  io::open_sqlite(empty, io::DatabaseMode::create)->script("CREATE TABLE x (y)");
  EXPECT_THAT(test::message_of([&] { Ledger::open(empty, Access::read); }),
              testing::AllOf(HasSubstr("[4]"), HasSubstr("this is no ledger")));
}

TEST_F(TroubleTest, ANewerSchemaIsRefused) {
  Ledger::create(where_, test::settings(), at("2026-01-01"));
  io::open_sqlite(where_, io::DatabaseMode::write)->script("UPDATE ledger_info SET value = '99' WHERE key = 'schema'");
  EXPECT_THAT(test::message_of([&] { Ledger::open(where_, Access::write); }),
              testing::AllOf(HasSubstr("[5]"), HasSubstr("schema 99")));
}

// As version 0 was: no table `told`, no column `last_error`.
TEST_F(TroubleTest, AnOlderSchemaIsBroughtUpToDate) {
  {
    Ledger ledger = Ledger::create(where_, test::settings(), at("2026-01-01"));
    test::record(ledger, night(1, 2));
  }
  io::open_sqlite(where_, io::DatabaseMode::write)->script(R"(
    DROP TABLE review_accounts;
    DROP TABLE review_sessions;
    DROP TABLE review_photos;
    DROP TABLE review_case_photos;
    DELETE FROM gpkg_contents WHERE table_name LIKE 'review\_%' ESCAPE '\';
    DROP TABLE told;
    DELETE FROM gpkg_contents WHERE table_name = 'told';
    DROP TABLE outbox;
    CREATE TABLE outbox (fid INTEGER PRIMARY KEY NOT NULL, message_id TEXT NOT NULL, channel TEXT NOT NULL,
      subject TEXT NOT NULL, body TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL,
      next_attempt_at TEXT NOT NULL, sent_at TEXT NOT NULL, UNIQUE (message_id));
    INSERT INTO outbox VALUES (1, 'm', 'mail', 's', 'b', 'pending', 1, '', '');
    UPDATE ledger_info SET value = '0' WHERE key = 'schema';)");
  EXPECT_THAT(test::message_of([&] { Ledger::open(where_, Access::read); }),
              testing::AllOf(HasSubstr("[5]"), HasSubstr("older schema 0"), HasSubstr("ledger upgrade")));
  Ledger ledger = Ledger::open(where_, Access::write);
  ASSERT_EQ(ledger.outbox().size(), 1u);
  EXPECT_EQ(ledger.outbox().front().last_error, "");
  ledger.queue("mail", 2, {});
  EXPECT_EQ(ledger.told_through("mail"), 2);
  EXPECT_THAT(ledger.verify(), IsEmpty());
}

std::string output_of(const std::string& command) {
  std::string text;
  std::FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
  if (!pipe) return text;
  char buffer[4096];
  while (const std::size_t n = std::fread(buffer, 1, sizeof buffer, pipe)) text.append(buffer, n);
  return ::pclose(pipe) == 0 ? text : "failed: " + text;
}

TEST_F(TroubleTest, OtherProgramsReadTheFileWhileItIsOpen) {
  if (output_of("ogrinfo --version").rfind("GDAL", 0) != 0) GTEST_SKIP() << "no ogrinfo";
  Ledger ledger = Ledger::create(where_, test::settings(), at("2026-01-01"));
  ledger.record_register(test::plot_register(2), "sha", day("2026-01-01"), at("2026-01-01"));
  test::record(ledger, night(1, 2));
  const std::string layers = output_of("ogrinfo -ro " + where_), cases = output_of("ogrinfo -ro " + where_ + " cases");
  for (const char* layer : {"cases (Multi Polygon)", "sightings (Multi Polygon)", "plots (Multi Polygon)", "events"})
    EXPECT_THAT(layers, HasSubstr(layer));
  EXPECT_THAT(layers, testing::Not(HasSubstr("Warning")));
  EXPECT_THAT(cases, HasSubstr("Feature Count: 2"));
  EXPECT_THAT(cases, HasSubstr("EPSG\",4527"));
  EXPECT_THAT(cases, HasSubstr("plot_code (String) = DX-000"));
  EXPECT_THAT(cases, HasSubstr("MULTIPOLYGON (((39443050 4399050,39443090 4399050"));
  test::record(ledger, night(2, 2));
  EXPECT_EQ(ledger.cases({}).front().tier, Tier::confirmed);
}

}  // namespace
}  // namespace plotwatch::ledger
