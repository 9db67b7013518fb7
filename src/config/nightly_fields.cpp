#include "config/nightly_fields.hpp"

#include "config/field_binding.hpp"
#include "config/field_checks.hpp"

namespace plotwatch::config {
namespace {

using Table = std::vector<FieldEntry>;

template <class Part>
struct Section {
  Table& table;
  std::string name;
  Part NightlyOptions::*part;

  template <class Member>
  void add(const char* key, Member Part::*member, const char* unit, const char* meaning, Check check = {}) {
    table.push_back(bound_entry(
        name + "." + key, [part = part, member](ScanOptions& o) -> Member& { return (o.nightly.*part).*member; }, unit,
        meaning, std::move(check)));
    table.back().nightly = true;
  }
  template <class Member>
  void add_path(const char* key, Member Part::*member, const char* meaning) {
    add(key, member, "", meaning);
    table.back().type = FieldType::path;
  }
};

// A secret that stands in the file would be in every copy and backup of it.
std::string secret_place(const FieldValue& value) {
  const std::string& text = std::get<std::string>(value);
  const bool fits = (text.rfind("env:", 0) == 0 && text.size() > 4) || (text.rfind("file:", 0) == 0 && text.size() > 5);
  return text.empty() || fits ? "" : "must name a place, \"env:NAME\" or \"file:/path\", and not be the secret itself";
}

// The address of a chat robot is its secret.
std::string web_address(const FieldValue& value) {
  const std::string& text = std::get<std::string>(value);
  const bool address = text.rfind("https://", 0) == 0 || text.rfind("http://", 0) == 0;
  return text.empty() || address || secret_place(value).empty()
             ? ""
             : "must begin with https:// or http://, or name a place, \"env:NAME\" or \"file:/path\"";
}

std::string mail_relay(const FieldValue& value) {
  const std::string& text = std::get<std::string>(value);
  return text.empty() || text.rfind("smtp://", 0) == 0 || text.rfind("smtps://", 0) == 0
             ? ""
             : "must begin with smtp:// or smtps://";
}

std::string case_link(const FieldValue& value) {
  const std::string& text = std::get<std::string>(value);
  return text.empty() || text.find("{}") != std::string::npos ? "" : "must hold {} where the id of the case goes";
}

void add_places(Table& table) {
  Section<LedgerOptions> ledger{table, "ledger", &NightlyOptions::ledger};
  ledger.add_path("path", &LedgerOptions::path, "the ledger: a GeoPackage, or postgresql://…");
  Section<SourceOptions> sources{table, "sources", &NightlyOptions::sources};
  using S = SourceOptions;
  sources.add("settle_minutes", &S::settle_minutes, "min", "a scene whose files changed later is still arriving",
              within(0, 100000));
  sources.add("wait_nights", &S::wait_nights, "nights", "an unreadable scene is set aside after so many",
              within(1, 1000));
  sources.add("places", &S::places, "",
              "where scenes arrive: name = folder, pattern, STAC item collection, or one of these under /vsi…");
  table.back().path_values = true;
  Section<ArchiveOptions> archive{table, "archive", &NightlyOptions::archive};
  archive.add_path("path", &ArchiveOptions::path, "folder for the evidence of every scan, plans and summaries");
}

void add_choice(Table& table) {
  using C = ChooseOptions;
  Section<C> choose{table, "choose", &NightlyOptions::choose};
  choose.add("min_clear_share", &C::min_clear_share, "0-1", "of a plot, on both dates", within(0.01, 1));
  choose.add("season_days", &C::season_days, "d", "a scene this near in the year shows the same season",
             within(1, 180));
  choose.add("min_gap_days", &C::min_gap_days, "d", "least time between both dates", within(1, 3650));
  choose.add("max_years", &C::max_years, "a", "older scenes are no reference", within(1, 50));
  choose.add("max_pairs", &C::max_pairs, "", "scans for one new scene; other plots take the next best reference",
             within(1, 100));
  using G = GateOptions;
  Section<G> gate{table, "gate", &NightlyOptions::gate};
  gate.add("min_clear_share", &G::min_clear_share, "0-1", "of all plots' pixels; a scene with less is set aside",
           within(0, 1));
  gate.add("max_registration_px", &G::max_registration_px, "px",
           "a pair that lies worse on each other is not recorded, and its scene set aside", above(0));
  gate.add("max_brightness_change", &G::max_brightness_change, "share",
           "of a band's median over the plots against earlier scenes of the season; a scene with more is set aside",
           above(0));
  gate.add("brightness_scenes", &G::brightness_scenes, "", "earlier scenes that this comparison needs",
           within(2, 1000));
  using K = CaseOptions;
  Section<K> cases{table, "cases", &NightlyOptions::cases};
  cases.add("confirm_looks", &K::confirm_looks, "dates", "clear dates that confirm a case; else as the ledger has it",
            within(1, 100));
  cases.add("establish_looks", &K::establish_looks, "dates", "clear dates that establish it", within(1, 100));
  cases.add("gone_looks", &K::gone_looks, "dates", "clear dates in a row without it, after which it is gone",
            within(1, 100));
  cases.add("weak_confidence", &K::weak_confidence, "0-1",
            "of a sighting that speaks neither for nor against a case; what is above adds to its evidence",
            within(0, 1));
  cases.add("confirm_evidence", &K::confirm_evidence, "", "sum that confirms a case", within(0, 100));
  cases.add("look_clear_share", &K::look_clear_share, "0-1", "of a case's ground, for a date to count",
            within(0.01, 1));
}

void add_messages(Table& table) {
  Section<AlarmOptions> alarm{table, "alarm", &NightlyOptions::alarm};
  alarm.add("unseen_days", &AlarmOptions::unseen_days, "d", "a plot that was not seen clearly for longer is told",
            within(1, 3650));
  using N = NotifyOptions;
  Section<N> notify{table, "notify", &NightlyOptions::notify};
  const auto http = [&](const char* name, HttpChannelOptions N::*channel, const char* url, const char* secret) {
    const auto add = [&](const char* key, std::string HttpChannelOptions::*member, const char* meaning, Check check) {
      table.push_back(bound_entry(
          std::string("notify.") + name + "." + key,
          [=](ScanOptions& o) -> std::string& { return (o.nightly.notify.*channel).*member; }, "", meaning,
          std::move(check)));
      table.back().nightly = true;
    };
    add("url", &HttpChannelOptions::url, url, web_address);
    if (secret) add("secret", &HttpChannelOptions::secret, secret, secret_place);
  };
  http("webhook", &N::webhook, "address that gets each message as JSON; or env:NAME, file:PATH",
       "key that signs it (HMAC-SHA256): env:NAME or file:PATH");
  http("wecom", &N::wecom, "address of a WeCom group robot (企业微信); or env:NAME, file:PATH", nullptr);
  http("dingtalk", &N::dingtalk, "address of a DingTalk group robot (钉钉); or env:NAME, file:PATH",
       "key that signs it (加签): env:NAME or file:PATH");
  http("feishu", &N::feishu, "address of a Feishu group robot (飞书); or env:NAME, file:PATH",
       "key that signs it (签名校验): env:NAME or file:PATH");
  const auto mail = [&](const char* key, auto MailOptions::*member, const char* meaning, Check check = {}) {
    table.push_back(bound_entry(
        std::string("notify.mail.") + key, [=](ScanOptions & o) -> auto& { return o.nightly.notify.mail.*member; }, "",
        meaning, std::move(check)));
    table.back().nightly = true;
  };
  mail("relay", &MailOptions::relay, "mail relay: smtp://host:port or smtps://host:port", mail_relay);
  mail("from", &MailOptions::from, "sender's address");
  mail("to", &MailOptions::to, "receivers' addresses, separated by commas");
  mail("user", &MailOptions::user, "name at the relay, where it asks for one");
  mail("password", &MailOptions::password, "env:NAME or file:PATH", secret_place);
  mail("starttls", &MailOptions::starttls, "with smtp://: refuse to go on without encryption");
  notify.add_path("digest", &N::digest, "folder that gets a text file a message");
  notify.add("language", &N::language, "", "of the messages", one_of({"zh", "en", "zh+en"}));
  notify.add("link", &N::link, "", "address of a case, with {} for its id", case_link);
  notify.add("max_attempts", &N::max_attempts, "", "of sending a message; then it is given up, and the metrics tell",
             within(1, 1000));
  notify.add("first_pause_minutes", &N::first_pause_minutes, "min", "after a failed attempt; doubled after each next",
             within(0, 1440));
  notify.add("timeout_seconds", &N::timeout_seconds, "s", "of one attempt", within(1, 600));
  notify.add("max_lines", &N::max_lines, "", "cases that a message lists of each kind; the others are counted",
             within(1, 1000));
  Section<MetricsOptions> metrics{table, "metrics", &NightlyOptions::metrics};
  metrics.add_path("path", &MetricsOptions::path, "file for Prometheus' node exporter (NAME.prom)");
}

}  // namespace

void add_nightly(Table& table) {
  add_places(table);
  add_choice(table);
  add_messages(table);
}

}  // namespace plotwatch::config
