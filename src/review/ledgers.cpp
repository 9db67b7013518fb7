#include "review/ledgers.hpp"

#include <exception>

namespace plotwatch::review {
namespace {

Books open(const std::string& where, ledger::Access access) {
  return {ledger::Ledger::open(where, access), ledger::ReviewStore::open(where, access)};
}

}  // namespace

Ledgers::Ledgers(std::string where) : where_(std::move(where)), writer_(open(where_, ledger::Access::write)) {}

Ledgers::Lease::Lease(Ledgers& from) : home(from), exceptions(std::uncaught_exceptions()) {
  {
    const std::lock_guard lock(home.idle_mutex_);
    if (!home.idle_.empty()) {
      books = std::move(home.idle_.back());
      home.idle_.pop_back();
    }
  }
  if (!books) books = std::make_unique<Books>(open(home.where_, ledger::Access::read));
}

Ledgers::Lease::~Lease() {
  // One that failed may have lost its connection: the next reader opens another.
  if (std::uncaught_exceptions() > exceptions) return;
  const std::lock_guard lock(home.idle_mutex_);
  home.idle_.push_back(std::move(books));
}

}  // namespace plotwatch::review
