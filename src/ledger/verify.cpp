// Recomputes everything that can be recomputed, and says where the tables differ.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "core/error.hpp"
#include "ledger/records_json.hpp"
#include "ledger/store.hpp"

namespace plotwatch::ledger {
namespace {

constexpr std::size_t most_problems_a_table = 20;

// A row as it lies there, in the types of its columns.
Values raw(const io::Row& row, const Table& t) {
  Values values;
  for (std::size_t i = 0; i < t.columns.size(); ++i) {
    const int c = static_cast<int>(i);
    if (row.null(c)) {
      values.emplace_back();
      continue;
    }
    switch (t.columns[i].type) {
      case Column::Type::integer: values.emplace_back(row.integer(c)); break;
      case Column::Type::real: values.emplace_back(row.real(c)); break;
      case Column::Type::text: values.emplace_back(row.text(c)); break;
      case Column::Type::blob: values.emplace_back(row.blob(c)); break;
      case Column::Type::polygons: values.emplace_back(row.polygons(c)); break;
    }
  }
  return values;
}

class Verification {
 public:
  explicit Verification(io::Database& database) : database_(database) {}

  std::vector<Problem> run() {
    walk_chain();
    compare("ledger_info", info_);
    compare("scenes", numbered(scenes_));
    compare("registers", registers_);
    compare("plots", plot_values());
    compare("scans", numbered(scans_));
    check_scans();
    check_cases();
    return std::move(problems_);
  }

 private:
  // The key of a row is its first column; of the outbox and what is no fact nothing is checked.
  using Expected = std::map<std::string, Values>;

  void complain(std::int64_t sequence, std::string what) { problems_.push_back({sequence, std::move(what)}); }

  static std::string key_of(const Values& values) {
    if (const auto* number = std::get_if<std::int64_t>(&values.front())) return std::to_string(*number);
    return std::get<std::string>(values.front());
  }

  void walk_chain() {
    Head last;
    database_.each(select_sql(table("events")) + " ORDER BY sequence", {}, [&](const io::Row& row) {
      const LedgerEvent e = event_of(row);
      if (e.sequence != last.sequence + 1)
        complain(e.sequence,
                 fmt::format("event {} follows event {}: entries between them are missing", e.sequence, last.sequence));
      if (e.previous_hash != last.hash)
        complain(e.sequence,
                 fmt::format("event {} does not follow the entry before it: the chain is broken", e.sequence));
      if (hash_of(e) != e.hash) complain(e.sequence, fmt::format("event {} ({}) was altered", e.sequence, e.kind));
      last = {e.sequence, e.hash};
      try {
        take(e);
      } catch (const std::exception& damage) {
        complain(e.sequence, fmt::format("event {} ({}) cannot be read: {}", e.sequence, e.kind, damage.what()));
      }
    });
    if (last.sequence == 0) complain(0, "the chain of events is empty");
  }

  void set(const std::string& key, const std::string& value) { info_[key] = {key, value}; }

  void take(const LedgerEvent& e) {
    if (e.kind == "ledger_created") {
      const Json p = Json::parse(e.payload);
      set("id", p.at("id"));
      set("schema", std::to_string(schema_version));
      set("settings", canonical(p.at("settings")));
      set_policy(p.at("policy"));
      set("calendar", canonical(to_json(calendar_)));
    } else if (e.kind == "policy_changed") {
      set_policy(Json::parse(e.payload));
    } else if (e.kind == "calendar_changed") {
      calendar_ = calendar_of(Json::parse(e.payload));
      set("calendar", canonical(to_json(calendar_)));
    } else if (e.kind == "scene_recorded") {
      const SceneRecord scene = scene_of(Json::parse(e.payload));
      const auto [kept, is_new] = scene_fids_.emplace(scene.id, static_cast<std::int64_t>(scene_fids_.size()) + 1);
      scenes_[kept->second] = row_of(kept->second, scene);
    } else if (e.kind == "register_recorded") {
      const Json p = Json::parse(e.payload);
      const auto fid = static_cast<std::int64_t>(registers_.size()) + 1;
      registers_[std::to_string(fid)] = {fid, p.at("day").get<std::string>(), p.at("source").get<std::string>(),
                                         p.at("sha256").get<std::string>(), p.at("plots").get<std::int64_t>()};
      apply_register(plots_, p);
    } else if (e.kind == "scan_recorded") {
      const Json p = Json::parse(e.payload);
      const ScanRecord scan = scan_of(p.at("scan"));
      const auto fid = static_cast<std::int64_t>(scans_.size()) + 1;
      scans_[fid] = row_of(fid, scan);
      seals_.push_back({e.sequence, scan.id, p.at("sightings_sha256"), p.at("observations_sha256")});
    } else if (e.kind == "case_opened") {
      const Json p = Json::parse(e.payload);
      const auto fid = static_cast<std::int64_t>(names_.size()) + 1;
      const std::string plot = p.at("plot"), sighting = p.at("sighting");
      names_[std::to_string(fid)] = {fid, e.subject, sighting, plot, e.sequence};
      fid_of_case_[e.subject] = fid;
      name_of_plot_[plot].push_back({e.subject, sighting});
    } else if (said_kind(e.kind)) {
      said_of_case_[e.subject].push_back(said_of(e));
    }
  }

  void set_policy(const Json& policy) {
    policy_ = policy_of(policy);
    set("policy", canonical(to_json(policy_)));
  }

  static Expected numbered(const std::map<std::int64_t, Values>& rows) {
    Expected all;
    for (const auto& [fid, values] : rows) all.emplace(std::to_string(fid), values);
    return all;
  }

  Expected plot_values() const {
    Expected all;
    for (const PlotRow& row : plots_) all.emplace(std::to_string(row.fid), row_of(row));
    return all;
  }

  // Each row of the table against what it must be.
  void compare(const std::string& name, Expected expected) {
    const Table& t = table(name);
    std::size_t found = 0;
    const auto tell = [&](const std::string& what) {
      if (++found <= most_problems_a_table) complain(0, what);
      if (found == most_problems_a_table + 1) complain(0, fmt::format("table {}: and more", name));
    };
    database_.each(select_sql(t), {}, [&](const io::Row& row) {
      Values values;
      try {
        values = raw(row, t);
      } catch (const Error& damage) {
        const std::string key = row.text(0);
        expected.erase(key);
        return tell(fmt::format("table {}, row {}: {}", name, key, damage.fact()));
      }
      const auto wanted = expected.find(key_of(values));
      if (wanted == expected.end())
        return tell(fmt::format("table {}, row {}: nobody recorded it", name, key_of(values)));
      for (std::size_t i = 0; i < values.size(); ++i)
        if (values[i] != wanted->second[i])
          tell(fmt::format("table {}, row {}: {} is not what was recorded", name, wanted->first, t.columns[i].name));
      expected.erase(wanted);
    });
    for (const auto& [key, values] : expected) tell(fmt::format("table {}: row {} is missing", name, key));
  }

  void check_scans() {
    std::map<std::string, std::int64_t> numbers;
    for (const auto& [fid, values] : scans_) numbers[std::get<std::string>(values[1])] = fid;
    for (const Seal& seal : seals_) {
      const auto differs = [&](const char* what, const std::string& is, const std::string& must) {
        if (is != must)
          complain(seal.sequence, fmt::format("{} of scan {} are not those that were recorded", what, seal.scan_id));
      };
      try {
        differs("sightings", sightings_seal(database_, seal.scan_id), seal.sightings);
        differs("observations", observations_seal(database_, numbers[seal.scan_id]), seal.observations);
      } catch (const std::exception& damage) {
        complain(seal.sequence,
                 fmt::format("what was recorded of scan {} cannot be read: {}", seal.scan_id, damage.what()));
      }
    }
    std::int64_t strangers = 0;
    database_.each(
        "SELECT (SELECT count(*) FROM sightings WHERE scan_id NOT IN (SELECT scan_id FROM scans)) + "
        "(SELECT count(*) FROM observations WHERE scan_no NOT IN (SELECT fid FROM scans) OR "
        "plot_no NOT IN (SELECT fid FROM plot_codes)) + "
        "(SELECT count(*) FROM plot_codes WHERE fid NOT IN (SELECT plot_no FROM observations))",
        {}, [&](const io::Row& row) { strangers = row.integer(0); });
    if (strangers > 0)
      complain(0,
               fmt::format("{} rows of sightings, observations or plot_codes belong to no recorded scan", strangers));
  }

  void check_cases() {
    compare("case_names", names_);
    std::vector<std::string> codes;
    try {
      codes = plots_with_sightings(database_);
      Expected cases, sightings;
      for (const std::string& code : codes) recompute(code, cases, sightings);
      compare("cases", std::move(cases));
      compare("sightings", std::move(sightings));
    } catch (const std::exception& damage) {
      complain(0, fmt::format("cases cannot be made again from what is stored: {}", damage.what()));
    }
  }

  void recompute(const std::string& code, Expected& cases, Expected& sightings) {
    PlotHistory history = load_history(database_, code);
    // What the chain says, whatever the tables do.
    history.names = name_of_plot_[code];
    history.said.clear();
    for (const CaseName& name : history.names) {
      const auto& said = said_of_case_[name.case_id];
      history.said.insert(history.said.end(), said.begin(), said.end());
    }
    std::sort(history.said.begin(), history.said.end(),
              [](const Said& a, const Said& b) { return a.sequence < b.sequence; });
    std::map<std::string, std::pair<std::string, bool>> owner;
    for (const CaseHistory& one : case_histories(history, policy_, calendar_)) {
      for (std::size_t i = 0; i < one.sightings.size(); ++i)
        owner[history.sightings[one.sightings[i]].id] = {one.record.id, one.suppressed[i]};
      const auto fid = fid_of_case_.find(one.record.id);
      if (fid == fid_of_case_.end()) {
        complain(0, fmt::format("a case on plot {} was never given an id", code));
        continue;
      }
      cases.emplace(std::to_string(fid->second), row_of(fid->second, one.record));
    }
    database_.each(select_sql(table("sightings")) + " WHERE plot_code = $1", {code}, [&](const io::Row& row) {
      SightingRow s = sighting_row(row);
      std::tie(s.case_id, s.suppressed) = owner[s.sighting.id];
      sightings.emplace(std::to_string(s.fid), row_of(s));
    });
  }

  struct Seal {
    std::int64_t sequence = 0;
    std::string scan_id, sightings, observations;
  };

  io::Database& database_;
  std::vector<Problem> problems_;
  CasePolicy policy_;
  WorkCalendar calendar_;
  Expected info_, registers_, names_;
  std::map<std::int64_t, Values> scenes_, scans_;
  std::map<std::string, std::int64_t> scene_fids_, fid_of_case_;
  std::vector<PlotRow> plots_;
  std::vector<Seal> seals_;
  std::map<std::string, std::vector<CaseName>> name_of_plot_;
  std::map<std::string, std::vector<Said>> said_of_case_;
};

}  // namespace

std::vector<Problem> Ledger::verify() const {
  io::Database& database = *implementation_->database;
  io::Transaction transaction = io::Transaction::read(database, "verify the ledger");
  std::vector<Problem> problems = Verification(database).run();
  transaction.commit();
  return problems;
}

}  // namespace plotwatch::ledger
