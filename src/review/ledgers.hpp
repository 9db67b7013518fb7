// The ledger as many threads use it: readers side by side, writers one after the other.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "ledger/accounts.hpp"
#include "ledger/ledger.hpp"

namespace plotwatch::review {

// Both faces of one ledger.
struct Books {
  ledger::Ledger ledger;
  ledger::ReviewStore store;
};

class Ledgers {
 public:
  explicit Ledgers(std::string where);  // throws what Ledger::open throws

  const std::string& where() const { return where_; }

  template <class Use>
  auto read(Use use) {
    const Lease lease(*this);
    return use(static_cast<const Books&>(*lease.books));
  }
  // Others of this server wait; other programs wait in the database.
  template <class Use>
  auto write(Use use) {
    const std::lock_guard lock(writing_);
    return use(writer_);
  }

 private:
  struct Lease {
    explicit Lease(Ledgers& from);
    ~Lease();
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    Ledgers& home;
    int exceptions;
    std::unique_ptr<Books> books;
  };

  std::string where_;
  std::mutex writing_;
  Books writer_;
  std::mutex idle_mutex_;
  std::vector<std::unique_ptr<Books>> idle_;
};

}  // namespace plotwatch::review
