// Every option of a night that is not a scan's own. docs/operating.md tells how they work together.
#pragma once

#include <map>
#include <optional>
#include <string>

namespace plotwatch {

struct LedgerOptions {
  std::string path;  // a GeoPackage, or "postgresql://…"
};

struct SourceOptions {
  // A name, and where its scenes arrive: a folder, a pattern, a STAC item collection (JSON), all also under /vsi….
  std::map<std::string, std::string> places;
  int settle_minutes = 30;  // a scene whose files changed later than this is still arriving
  int wait_nights = 3;      // an unreadable scene is set aside after so many nights
};

struct ArchiveOptions {
  std::string path;  // evidence of every scan, plans, looks, summaries
};

// Which before scene a plot is compared with.
struct ChooseOptions {
  double min_clear_share = 0.8;  // of the plot, on both dates
  int season_days = 20;          // a scene this near in the year shows the same season
  int min_gap_days = 30;         // between both dates: a nearer one has slow work in it before it stands out
  int max_years = 3;             // older scenes are no reference
  int max_pairs = 4;             // scans for one after scene; plots beyond are compared with the next best
};

// Which scenes are used at all.
struct GateOptions {
  double min_clear_share = 0.1;        // of all plots' pixels
  double max_registration_px = 1.0;    // residual of a pair
  double max_brightness_change = 0.5;  // of a band's median under plots against the scenes of this season, as a share
  int brightness_scenes = 4;           // earlier scenes that such a comparison needs
};

// Replaces what the ledger was made with; what is left out stays as it is.
struct CaseOptions {
  std::optional<int> confirm_looks, establish_looks, gone_looks;
  std::optional<double> weak_confidence, confirm_evidence, look_clear_share;
};

struct AlarmOptions {
  int unseen_days = 60;  // a plot that was not seen clearly for longer is told
};

// One place that messages go to. A secret is "env:NAME" or "file:PATH": it never stands in the configuration.
struct HttpChannelOptions {
  std::string url, secret;
};

struct MailOptions {
  std::string relay;  // "smtp://mail.example.org:25", "smtps://…:465"
  std::string from, to, user, password;
  bool starttls = true;  // refuse to speak without TLS, where the relay is not smtps
};

struct NotifyOptions {
  HttpChannelOptions webhook, wecom, dingtalk, feishu;
  MailOptions mail;
  std::string digest;            // folder for a text file a message
  std::string language = "zh";   // zh, en, zh+en
  std::string link;              // address of a case, with {} for its id
  int max_attempts = 12;         // then a message is given up
  int first_pause_minutes = 10;  // doubled after each failed attempt, up to a day
  int timeout_seconds = 20;
  int max_lines = 20;  // cases a message lists of each kind
};

struct MetricsOptions {
  std::string path;  // textfile for Prometheus' node exporter; empty: none
};

struct NightlyOptions {
  LedgerOptions ledger;
  SourceOptions sources;
  ArchiveOptions archive;
  ChooseOptions choose;
  GateOptions gate;
  CaseOptions cases;
  AlarmOptions alarm;
  NotifyOptions notify;
  MetricsOptions metrics;
};

}  // namespace plotwatch
