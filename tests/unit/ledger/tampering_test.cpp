// verify() finds every change of what was recorded: each column of each table, rows taken out, put in and exchanged.
#include <gmock/gmock.h>

#include "core/error.hpp"
#include "io/database.hpp"
#include "unit/ledger/office.hpp"

namespace plotwatch::ledger {
namespace {

using test::at;
using test::candidate;
using test::day;
using test::observation;
using test::on_plot;
using testing::IsEmpty;
using testing::Not;

class TamperingTest : public test::StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    if (IsSkipped()) return;
    where_ = place();
    Ledger ledger = Ledger::create(where_, test::settings(), at("2026-01-01"));
    ledger.record_register(test::plot_register(2), "sha", day("2026-01-01"), at("2026-01-01"));
    ledger.record_scene({"S2A", "/in/a", "f", "Sentinel-2", day("2026-03-15"), SceneRecord::State::used, "why", 0.5,
                         0.25, "2026-03-15T20:00:00Z"},
                        at("2026-03-15"));
    for (const char* after : {"2026-03-15", "2026-03-20"}) {
      test::Night night{std::string("scan-") + after, "2026-01-10", after, {}, {observation(0, 0.5), observation(1)}};
      for (int plot : {0, 1})
        night.candidates.push_back(candidate(plot, test::plot_code(plot) + "/1", on_plot(plot, 50, 50, 40)));
      for (Candidate& c : night.candidates) c.verdict.deadline = add_working_days(day(after), 10, {});
      test::record(ledger, night);
    }
    ledger.judge("DX-000-20260315-1", Judgement::construction, "基坑", at("2026-03-21", "王"));
    ASSERT_THAT(ledger.verify(), IsEmpty());
    database_ = io::open_database(where_, io::DatabaseMode::write);
  }

  std::vector<Problem> problems() const { return Ledger::open(where_, Access::read).verify(); }

  // Runs the statement, expects problems, and takes it back by restoring `table` from a copy.
  void expect_found(const std::string& table, const std::string& sql) {
    database_->script("DROP TABLE IF EXISTS kept_rows; CREATE TABLE kept_rows AS SELECT * FROM " + table + ";");
    database_->script(sql);
    EXPECT_THAT(problems(), Not(IsEmpty())) << sql;
    database_->script("DELETE FROM " + table + "; INSERT INTO " + table +
                      " SELECT * FROM kept_rows; DROP TABLE kept_rows;");
  }

  std::vector<std::string> columns(const std::string& table) {
    std::vector<std::string> names;
    database_->each(test::on_postgres ? "SELECT column_name FROM information_schema.columns WHERE table_schema = "
                                        "'plotwatch' AND table_name = $1"
                                      : "SELECT name FROM pragma_table_info($1)",
                    {table}, [&](const io::Row& row) { names.push_back(row.text(0)); });
    return names;
  }

  bool is_number(const std::string& table, const std::string& column, const std::string& row) {
    std::string value;
    database_->each("SELECT CAST(" + column + " AS TEXT) FROM " + table + row, {},
                    [&](const io::Row& r) { value = r.text(0); });
    return !value.empty() && value.find_first_not_of("0123456789.-") == std::string::npos && !parse_date(value);
  }

  std::unique_ptr<io::Database> database_;
  std::string where_;
};

// The tables that tell of sending messages are no record of what happened.
const std::vector<std::string> sealed{"ledger_info", "events", "cases",      "sightings",    "plots",     "registers",
                                      "scenes",      "scans",  "plot_codes", "observations", "case_names"};

TEST_F(TamperingTest, EveryColumnOfEveryTable) {
  std::size_t checked = 0;
  for (const std::string& table : sealed) {
    if (table == "ledger_info") continue;  // below: a wrong value there does not even open
    for (const std::string& column : columns(table)) {
      const std::string row = table == "events"         ? " WHERE sequence = 5"
                              : table == "observations" ? " WHERE plot_no = 1 AND scan_no = 1"
                                                        : " WHERE fid = 1";
      // A number, a text or bytes: the first that the column takes.
      std::vector<std::string> values{column + " + 1000", "'2026-12-24'", "77"};
      const bool bytes = column == "geom" || column == "cover" || column == "cells";
      if (!bytes && !is_number(table, column, row)) values.erase(values.begin());
      if (column == "geom") values = {"(SELECT geom FROM plots WHERE fid = 2)"};
      if (column == "cover" || column == "cells") values = {test::on_postgres ? "'\\x00'" : "x'00'"};
      bool taken = false;
      for (const std::string& value : values) {
        if (taken) break;
        try {
          expect_found(table, "UPDATE " + table + " SET " + column + " = " + value + row);
          taken = true;
        } catch (const Error&) {
        }
      }
      EXPECT_TRUE(taken) << table << "." << column;
      ++checked;
    }
  }
  EXPECT_GT(checked, 120u);
  EXPECT_THAT(problems(), IsEmpty());
}

TEST_F(TamperingTest, WhatTheLedgerSaysOfItself) {
  expect_found("ledger_info", "UPDATE ledger_info SET value = 'x' WHERE key = 'id'");
  expect_found("ledger_info", "UPDATE ledger_info SET value = replace(value, '0.8', '0.7') WHERE key = 'policy'");
  expect_found("ledger_info",
               "UPDATE ledger_info SET value = replace(value, '[]', '[\"2026-01-01\"]') WHERE key = 'calendar'");
  expect_found("ledger_info", "INSERT INTO ledger_info VALUES ('more', 'x')");
}

TEST_F(TamperingTest, RowsTakenOut) {
  for (const std::string& table : sealed) {
    if (table == "ledger_info") continue;
    const std::string key = table == "events" ? "sequence" : table == "observations" ? "scan_no" : "fid";
    expect_found(table, "DELETE FROM " + table + " WHERE " + key + " = (SELECT max(" + key + ") FROM " + table + ")");
    expect_found(table, "DELETE FROM " + table + " WHERE " + key + " = (SELECT min(" + key + ") FROM " + table + ")");
  }
  EXPECT_THAT(problems(), IsEmpty());
}

TEST_F(TamperingTest, RowsExchanged) {
  expect_found("events",
               "UPDATE events SET sequence = -1 WHERE sequence = 3; UPDATE events SET sequence = 3 WHERE "
               "sequence = 4; UPDATE events SET sequence = 4 WHERE sequence = -1");
  expect_found("cases",
               "UPDATE cases SET fid = -1 WHERE fid = 1; UPDATE cases SET fid = 1 WHERE fid = 2; UPDATE cases "
               "SET fid = 2 WHERE fid = -1");
}

TEST_F(TamperingTest, AForgedEntryDoesNotFitTheChain) {
  expect_found("events",
               "INSERT INTO events SELECT max(sequence) + 1, '2026-03-22T00:00:00Z', '王', 'undone', "
               "'DX-000-20260315-1', '{}', 'x', 'y' FROM events");
}

// The chain as such is whole; what was promised elsewhere shows the cut.
TEST_F(TamperingTest, AChainCutOffAtTheEndHasAnotherHead) {
  const std::string head = Ledger::open(where_, Access::read).head();
  database_->script("DELETE FROM events WHERE sequence = (SELECT max(sequence) FROM events)");
  EXPECT_NE(Ledger::open(where_, Access::read).head(), head);
  EXPECT_THAT(problems(), Not(IsEmpty()));  // the case still holds the judgement
}

}  // namespace
}  // namespace plotwatch::ledger
