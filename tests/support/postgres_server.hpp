// A PostgreSQL server of the test program's own: made in a temporary folder, reached through a socket in it, gone when
// the program ends. The server refuses to run as root; then it is started as the user `postgres` of Debian's package.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include <fmt/format.h>

#include "support/temporary_folder.hpp"

namespace plotwatch::test {

class PostgresServer {
 public:
  static PostgresServer& instance() {
    static PostgresServer server;
    return server;
  }
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;

  bool running() const { return why_not_.empty(); }
  const std::string& why_not() const { return why_not_; }

  // Empty, with PostGIS in it; its URL.
  std::string new_database() {
    const std::string name = fmt::format("ledger_{}", ++databases_);
    run(fmt::format("{}/createdb -h {} -U postgres -T with_postgis {}", programs, socket(), name));
    return fmt::format("postgresql:///{}?host={}&user=postgres", name, socket());
  }

  ~PostgresServer() {
    if (running()) run(fmt::format("{}/pg_ctl -D {} -m immediate stop", programs, data()));
  }

 private:
  static constexpr const char* programs = "/usr/lib/postgresql/15/bin";

  PostgresServer() {
    if (!std::filesystem::exists(std::string(programs) + "/initdb") ||
        !std::filesystem::exists("/usr/share/postgresql/15/extension/postgis.control")) {
      why_not_ = "postgresql-15 and postgresql-15-postgis-3 are not installed";
      return;
    }
    if (::geteuid() == 0) {
      as_user_ = "runuser -u postgres -- ";
      if (std::system(fmt::format("chown postgres {}", folder_.path().string()).c_str()) != 0)
        why_not_ = "no user postgres";
    }
    if (why_not_.empty() &&
        !run(fmt::format("{}/initdb -D {} -A trust -U postgres -E UTF8 --no-sync", programs, data())))
      why_not_ = "initdb failed";
    // Durability is the server's own affair; the tests need the answers only.
    if (why_not_.empty() &&
        !run(fmt::format("{}/pg_ctl -D {} -w -l {}/log -o \"-c listen_addresses= -c fsync=off -k {}\" start", programs,
                         data(), folder_.path().string(), socket())))
      why_not_ = "the server does not start";
    if (why_not_.empty() &&
        (!run(fmt::format("{}/createdb -h {} -U postgres with_postgis", programs, socket())) ||
         !run(fmt::format("{}/psql -q -h {} -U postgres -d with_postgis -c \"CREATE EXTENSION postgis\"", programs,
                          socket()))))
      why_not_ = "PostGIS cannot be set up";
  }

  bool run(const std::string& command) const {
    return std::system(fmt::format("cd / && {}{} >/dev/null 2>&1", as_user_, command).c_str()) == 0;
  }
  std::string data() const { return folder_.file("data"); }
  std::string socket() const { return folder_.path().string(); }

  TemporaryFolder folder_;
  std::string as_user_, why_not_;
  int databases_ = 0;
};

}  // namespace plotwatch::test
