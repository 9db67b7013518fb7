#include "ledger/schema.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/error.hpp"
#include "io/geopackage_tables.hpp"
#include "ledger/assets.hpp"

namespace plotwatch::ledger {
namespace {

using Type = Column::Type;

constexpr bool required = true;

Column integer(const char* name, bool must = false) { return {name, Type::integer, must}; }
Column real(const char* name, bool must = false) { return {name, Type::real, must}; }
Column text(const char* name, bool must = false) { return {name, Type::text, must}; }
Column blob(const char* name) { return {name, Type::blob, false}; }
Column fid() { return integer("fid", required); }
Column geom() { return {"geom", Type::polygons, false}; }

std::vector<Table> make_tables() {
  using Kind = Table::Kind;
  std::vector<Table> all;
  all.push_back({"ledger_info",
                 "What this ledger is: id, schema, settings",
                 Kind::compact,
                 {text("key", required), text("value", required)},
                 "key",
                 {},
                 {},
                 true});
  all.push_back(
      {"events",
       "Everything that happened; each entry carries the hash of the one before",
       Kind::compact,
       {integer("sequence", required), text("at", required), text("actor", required), text("kind", required),
        text("subject", required), text("payload", required), text("previous_hash", required), text("hash", required)},
       "sequence",
       {},
       {"subject, sequence"}});
  all.push_back({"cases",
                 "疑似建设案件 Suspected construction, one row a case; a person on site decides",
                 Kind::features,
                 {fid(),
                  geom(),
                  text("case_id", required),
                  text("plot_code", required),
                  text("plot_name"),
                  text("plot_status"),
                  text("unit"),
                  text("severity", required),
                  text("tier", required),
                  integer("open", required),
                  text("last_clear_before"),
                  text("first_seen", required),
                  text("last_seen", required),
                  text("last_look", required),
                  text("confirmed_on"),
                  integer("sightings", required),
                  integer("looks", required),
                  integer("misses", required),
                  text("transition", required),
                  text("transition_zh", required),
                  real("area_m2", required),
                  real("largest_area_m2", required),
                  real("mean_score", required),
                  real("confidence", required),
                  real("lon", required),
                  real("lat", required),
                  text("rule_id"),
                  text("reason"),
                  text("reason_zh"),
                  text("basis"),
                  integer("basis_verified", required),
                  text("permit"),
                  text("check_unit"),
                  text("image_deadline"),
                  text("deadline"),
                  text("judgement", required),
                  text("judged_at"),
                  text("judged_by"),
                  text("judgement_reason"),
                  integer("second_person", required),
                  text("assigned_to"),
                  text("penalised_on"),
                  text("put_right_on"),
                  text("parents"),
                  text("merged_into"),
                  text("queue_key", required)},
                 "",
                 {"case_id"},
                 {"open, queue_key", "queue_key", "plot_code", "unit, open, queue_key", "first_seen"},
                 true});
  all.push_back({"sightings",
                 "What single scans said of the cases",
                 Kind::features,
                 {fid(), geom(), text("sighting_id", required), text("case_id", required), text("scan_id", required),
                  text("plot_code", required), text("before_date", required), text("after_date", required),
                  text("severity", required), text("rule_id"), text("transition", required), real("area_m2", required),
                  real("mean_score", required), real("peak_score", required), real("confidence", required),
                  integer("suppressed", required), integer("deadline_days"), text("details", required)},
                 "",
                 {"sighting_id"},
                 {"case_id", "plot_code", "scan_id"}});
  all.push_back({"plots",
                 "Registered plots with their history: a row for each state and the days on which it held",
                 Kind::features,
                 {fid(), geom(), text("code", required), text("name"), text("status"), text("unit"),
                  text("status_from"), text("status_to"), text("listed_from", required), text("listed_to"),
                  integer("position", required), text("details", required)},
                 "",
                 {},
                 {"code"},
                 true});
  all.push_back(
      {"registers",
       "Registers of plots that were taken in",
       Kind::attributes,
       {fid(), text("day", required), text("source", required), text("sha256", required), integer("plots", required)},
       "",
       {},
       {},
       true});
  all.push_back({"scenes",
                 "Scenes that were met: waiting, used or set aside with the reason",
                 Kind::attributes,
                 {fid(), text("scene_id", required), text("source", required), text("fingerprint", required),
                  text("sensor", required), text("date"), text("state", required), text("reason", required),
                  real("plots_clear_share"), real("registration_px"), text("first_met_at", required)},
                 "",
                 {"scene_id"},
                 {},
                 true});
  all.push_back({"scans",
                 "Comparisons of two scenes that were recorded",
                 Kind::attributes,
                 {fid(), text("scan_id", required), text("before_scene", required), text("after_scene", required),
                  text("before_date", required), text("after_date", required), text("folder", required),
                  text("manifest_sha256", required), text("version", required), text("rules_source", required),
                  text("sensor", required), integer("registration_applied", required),
                  real("registration_residual_px", required), integer("candidates", required),
                  integer("plots", required), integer("plots_observable", required), text("recorded_at", required)},
                 "",
                 {"scan_id"},
                 {"after_date"},
                 true});
  all.push_back({"plot_codes",
                 "Numbers of plots in the table of observations",
                 Kind::attributes,
                 {fid(), text("code", required)},
                 "",
                 {"code"},
                 {}});
  // Shares in ten-thousandths; cover: ten of them, two bytes each, before and after.
  all.push_back({"observations",
                 "What each scan saw of each plot",
                 Kind::compact,
                 {integer("plot_no", required), integer("scan_no", required), integer("cause", required),
                  integer("pixels", required), integer("clear", required), integer("changed", required),
                  integer("candidates", required), integer("before_clear", required), integer("after_clear", required),
                  blob("cover"), blob("cells")},
                 "plot_no, scan_no",
                 {},
                 {"scan_no"}});
  all.push_back({"case_names",
                 "Ids that were given to cases, and the sighting each was given for",
                 Kind::attributes,
                 {fid(), text("case_id", required), text("sighting_id", required), text("plot_code", required),
                  integer("sequence", required)},
                 "",
                 {"case_id", "sighting_id"},
                 {"plot_code"},
                 true});
  all.push_back({"outbox",
                 "Messages to be sent, and those that were",
                 Kind::attributes,
                 {fid(), text("message_id", required), text("channel", required), text("subject", required),
                  text("body", required), text("state", required), integer("attempts", required),
                  text("next_attempt_at", required), text("sent_at", required), text("last_error", required)},
                 "",
                 {"message_id"},
                 {"state"}});
  all.push_back({"told",
                 "The last event that each channel was told of",
                 Kind::compact,
                 {text("channel", required), integer("through", required)},
                 "channel",
                 {},
                 {}});
  // What the review page keeps; none of it can be made from the chain.
  all.push_back({"review_accounts",
                 "Who may use the review page",
                 Kind::compact,
                 {text("name", required), text("display_name", required), text("role", required),
                  text("unit", required), integer("disabled", required), text("password_hash", required),
                  text("created_at", required), text("last_login_at", required)},
                 "name",
                 {},
                 {}});
  all.push_back({"review_sessions",
                 "Who is logged in to the review page",
                 Kind::compact,
                 {text("token_hash", required), text("account", required), text("csrf", required),
                  text("created_at", required), text("expires_at", required)},
                 "token_hash",
                 {},
                 {"account", "expires_at"}});
  all.push_back({"review_photos",
                 "Photos of cases, by their SHA-256",
                 Kind::attributes,
                 {fid(), text("sha256", required), text("media_type", required), blob("bytes")},
                 "",
                 {"sha256"},
                 {}});
  all.push_back({"review_case_photos",
                 "Which case has which photo",
                 Kind::compact,
                 {text("sha256", required), text("case_id", required)},
                 "sha256, case_id",
                 {},
                 {}});
  return all;
}

std::string column_sql(const Column& c, bool is_key, const io::Database& database) {
  const bool postgres = database.postgres();
  std::string type;
  switch (c.type) {
    case Type::integer: type = postgres ? "BIGINT" : "INTEGER"; break;
    case Type::real: type = postgres ? "DOUBLE PRECISION" : "DOUBLE"; break;
    case Type::text: type = postgres ? "TEXT COLLATE \"C\"" : "TEXT"; break;
    case Type::blob: type = postgres ? "BYTEA" : "BLOB"; break;
    case Type::polygons:
      type = postgres ? fmt::format("geometry(MultiPolygon, {})", database.srid()) : "MULTIPOLYGON";
      break;
  }
  if (is_key) return fmt::format("{} {} PRIMARY KEY{}", c.name, type, postgres ? "" : " NOT NULL");
  return fmt::format("{} {}{}", c.name, type, c.required ? " NOT NULL" : "");
}

void create_table(io::Database& database, const Table& t) {
  std::string sql;
  for (const Column& c : t.columns) {
    if (!sql.empty()) sql += ", ";
    sql += column_sql(c, t.kind != Table::Kind::compact && c.name == "fid", database);
  }
  if (!t.key.empty()) sql += fmt::format(", PRIMARY KEY ({})", t.key);
  for (const std::string& columns : t.unique) sql += fmt::format(", UNIQUE ({})", columns);
  // The key is the row: nothing is stored twice.
  const char* how = t.kind == Table::Kind::compact && !database.postgres() ? " WITHOUT ROWID" : "";
  database.script(fmt::format("CREATE TABLE {} ({}){}", t.name, sql, how));
  for (std::size_t i = 0; i < t.indexes.size(); ++i)
    database.script(fmt::format("CREATE INDEX {}_by_{} ON {} ({})", t.name, i + 1, t.name, t.indexes[i]));
}

void add_table(io::Database& database, const Table& t) {
  create_table(database, t);
  if (t.kind == Table::Kind::features)
    io::register_feature_table(database, t.name, t.description, t.name == "cases" ? assets::cases_qml : "");
  else
    io::register_attribute_table(database, t.name, t.description);
}

// Version 0, never released, had no table `told` and no column `last_error` in the outbox.
void from_0_to_1(io::Database& database) {
  database.script("ALTER TABLE outbox ADD COLUMN last_error TEXT NOT NULL DEFAULT ''");
  add_table(database, table("told"));
}

void from_1_to_2(io::Database& database) {
  for (const char* name : {"review_accounts", "review_sessions", "review_photos", "review_case_photos"})
    add_table(database, table(name));
}

}  // namespace

const std::vector<Table>& tables() {
  static const std::vector<Table> all = make_tables();
  return all;
}

const Table& table(const std::string& name) {
  return *std::find_if(tables().begin(), tables().end(), [&](const Table& t) { return t.name == name; });
}

std::string insert_sql(const Table& t) {
  std::string names, values;
  for (std::size_t i = 0; i < t.columns.size(); ++i) {
    names += (i ? ", " : "") + t.columns[i].name;
    values += fmt::format("{}${}", i ? ", " : "", i + 1);
  }
  return fmt::format("INSERT INTO {} ({}) VALUES ({})", t.name, names, values);
}

std::string select_sql(const Table& t) {
  std::string names;
  for (const Column& c : t.columns) names += (names.empty() ? "" : ", ") + c.name;
  return fmt::format("SELECT {} FROM {}", names, t.name);
}

void create_tables(io::Database& database, const Crs& crs) {
  io::prepare_for_layers(database, crs);
  for (const Table& t : tables()) add_table(database, t);
}

int stored_version(io::Database& database) {
  if (!database.has_table("ledger_info") || !database.has_table("events"))
    throw Error(ExitCode::input, "this is no ledger", database.where(),
                "plotwatch ledger init makes one; check the path.");
  int version = 0;
  database.each("SELECT value FROM ledger_info WHERE key = 'schema'", {},
                [&](const io::Row& row) { version = std::atoi(row.text(0).c_str()); });
  if (version > schema_version)
    throw Error(
        ExitCode::mismatch,
        fmt::format("the ledger has schema {}, this plotwatch knows {} and older ones", version, schema_version),
        database.where(), "Use the plotwatch that wrote it, or a newer one.");
  return version;
}

void migrate(io::Database& database, int from) {
  if (from < 1) from_0_to_1(database);
  if (from < 2) from_1_to_2(database);
  database.run("UPDATE ledger_info SET value = $1 WHERE key = 'schema'", {std::to_string(schema_version)});
}

}  // namespace plotwatch::ledger
