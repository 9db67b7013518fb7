// A whole copy, table by table, into a ledger of either kind.
#include <filesystem>

#include <fmt/format.h>

#include "core/error.hpp"
#include "io/atomic_file.hpp"
#include "ledger/store.hpp"

namespace plotwatch::ledger {
namespace {

io::SqlValue value_at(const io::Row& row, int c, Column::Type type) {
  if (row.null(c)) return {};
  switch (type) {
    case Column::Type::integer: return row.integer(c);
    case Column::Type::real: return row.real(c);
    case Column::Type::text: return row.text(c);
    case Column::Type::blob: return row.blob(c);
    case Column::Type::polygons: return row.polygons(c);
  }
  return {};
}

void copy_rows(io::Database& from, io::Database& to) {
  for (const Table& t : tables()) {
    const std::string insert = insert_sql(t);
    from.each(select_sql(t), {}, [&](const io::Row& row) {
      Values values;
      for (std::size_t i = 0; i < t.columns.size(); ++i)
        values.push_back(value_at(row, static_cast<int>(i), t.columns[i].type));
      to.run(insert, values);
    });
  }
}

void fill(io::Database& from, io::Database& to, const Crs& crs) {
  to.script("BEGIN");
  try {
    create_tables(to, crs);
    copy_rows(from, to);
  } catch (...) {
    to.roll_back();
    throw;
  }
  to.commit();
}

}  // namespace

void Ledger::copy_to(const std::string& where) const {
  io::Database& from = *implementation_->database;
  const Crs& crs = implementation_->settings.crs;
  io::Transaction one_state = io::Transaction::read(from, "copy the ledger");
  if (io::is_postgres(where)) {
    const auto to = io::open_postgres(where, io::DatabaseMode::create);
    if (to->has_table("events"))
      throw Error(ExitCode::output, "there is a ledger already", to->where(),
                  "Nothing is overwritten; name another database.");
    fill(from, *to, crs);
  } else {
    if (std::filesystem::exists(where))
      throw Error(ExitCode::output, "there is a file already", where, "Name another one; nothing is overwritten.");
    io::AtomicFile file(where);
    fill(from, *io::open_sqlite(file.temporary().string(), io::DatabaseMode::create), crs);
    file.commit();
  }
  one_state.commit();
  const std::vector<Problem> problems = open(where, Access::read).verify();
  if (!problems.empty())
    throw Error(ExitCode::findings, "the copy does not verify: " + problems.front().what, where,
                "The ledger it was made from has the same problem; plotwatch ledger verify lists all.");
}

}  // namespace plotwatch::ledger
