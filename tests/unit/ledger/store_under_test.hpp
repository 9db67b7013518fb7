// Where the tests of this program keep their ledgers: in files, or (compiled with PLOTWATCH_TEST_POSTGRES) in databases
// of a PostgreSQL server that the program starts for itself.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "io/database.hpp"
#include "support/postgres_server.hpp"
#include "support/temporary_folder.hpp"

namespace plotwatch::test {

#ifdef PLOTWATCH_TEST_POSTGRES
inline constexpr bool on_postgres = true;
#else
inline constexpr bool on_postgres = false;
#endif

// Every transaction is synced, which takes a disk milliseconds: memory keeps the tests in seconds.
inline bool in_memory() { return std::filesystem::is_directory("/dev/shm") && ::setenv("TMPDIR", "/dev/shm", 1) == 0; }

class StoreTest : public testing::Test {
 protected:
  void SetUp() override {
    if (on_postgres && !PostgresServer::instance().running())
      GTEST_SKIP() << "no PostgreSQL: " << PostgresServer::instance().why_not();
  }

  // A place for a new ledger.
  std::string place(const std::string& name = "ledger") {
    return on_postgres ? PostgresServer::instance().new_database() : folder_.file(name + ".gpkg");
  }
  std::string other_kind(const std::string& name) { return folder_.file(name + "-copy.gpkg"); }

  const TemporaryFolder& folder() const { return folder_; }

 private:
  bool in_memory_ = in_memory();
  TemporaryFolder folder_;
};

}  // namespace plotwatch::test
