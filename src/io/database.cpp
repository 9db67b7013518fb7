#include "io/database.hpp"

#include <utility>

namespace plotwatch::io {

void Database::run(const std::string& sql, const Values& values) {
  each(sql, values, [](const Row&) {});
}

Transaction::Transaction(Database& database, std::string purpose)
    : database_(database), purpose_before_(std::exchange(database.purpose_, std::move(purpose))) {}

Transaction Transaction::write(Database& database, std::string purpose, const std::string& table) {
  database.purpose_ = purpose;  // for the error of a database that is locked
  database.begin_write(table);
  return Transaction(database, std::move(purpose));
}

Transaction Transaction::read(Database& database, std::string purpose) {
  database.purpose_ = purpose;
  database.begin_read();
  return Transaction(database, std::move(purpose));
}

Transaction::~Transaction() {
  if (!ended_) database_.roll_back();
  database_.purpose_ = purpose_before_;
}

void Transaction::commit() {
  database_.commit();
  ended_ = true;
}

bool is_postgres(const std::string& where) {
  return where.rfind("postgresql://", 0) == 0 || where.rfind("postgres://", 0) == 0;
}

std::unique_ptr<Database> open_database(const std::string& where, DatabaseMode mode) {
  return is_postgres(where) ? open_postgres(where, mode) : open_sqlite(where, mode);
}

}  // namespace plotwatch::io
