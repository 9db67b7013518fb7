// The page as a whole: head, sections in the order a reader needs them, foot. No request leaves the page, and it says
// nothing of when it was written, so the same scan gives the same bytes.
#include "core/error.hpp"
#include "io/atomic_file.hpp"
#include "report/assets.hpp"
#include "report/number_format.hpp"
#include "report/sections.hpp"

namespace plotwatch::report {
namespace {

void check(const ScanResult& scan, const Chips& chips, const ReportOptions& options) {
  if (!chips.empty() && chips.size() != scan.candidates.size())
    throw Error(ExitCode::internal,
                fmt::format("{} chips came for {} candidates", chips.size(), scan.candidates.size()),
                "report::write_html", "Please report this with the command that was run.");
  if (options.language != "zh+en" && options.language != "zh" && options.language != "en")
    throw Error(ExitCode::config, fmt::format("'{}' is not a language of the report", options.language),
                "report language", "Use zh+en, zh or en.");
}

// Inside a page a policy can only forbid: no script but ours and no request, even if a data value slipped through.
constexpr std::string_view policy =
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; "
    "form-action 'none'";

void put_head(Html& out, const ScanResult& scan) {
  put(out,
      "<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n<meta name=\"generator\" content=\"plotwatch "
      "{}\">\n"
      "<title>疑似施工变化核查清单 {} → {}</title>\n<style>\n{}</style>\n</head>\n",
      Html{std::string(policy)}, scan.version, iso(scan.before.date), iso(scan.after.date), Html{assets::report_css});
}

void put_title(Html& out, const ScanResult& scan) {
  put(out, "<header>\n<h1>{}</h1>\n<p class=\"dates num\">{} → {}</p>\n</header>\n",
      both("疑似施工变化核查清单", "Suspected construction, for on-site checks"), iso(scan.before.date),
      iso(scan.after.date));
  put(out, "<p class=\"notice\">{}</p>\n",
      both("卫星图斑只是线索，不能作为认定依据；每一处均须现场核查后再作判断。",
           "A satellite patch is a clue and proves nothing by itself: each one needs an on-site check before any "
           "conclusion."));
}

void put_foot(Html& out, const ScanResult& scan) {
  put(out, "<footer>\n<p>plotwatch {} · {} <span class=\"code\">{}</span> · {} {}</p>\n<p>{}</p>\n</footer>\n",
      scan.version, both("规则", "rules"), scan.rules_source, both("虚警率", "false-alarm rate"),
      fmt::format("{:g}", scan.false_alarm_rate),
      both("疑似变化仅供现场核查参考。", "Suspected changes are for on-site checks only."));
}

std::string_view document_language(const ReportOptions& options) { return options.language == "en" ? "en" : "zh-CN"; }

}  // namespace

void write_html(const std::filesystem::path& path, const ScanResult& scan, const Chips& chips,
                const ReportOptions& options) {
  check(scan, chips, options);
  Html page = html("<!DOCTYPE html>\n<html lang=\"{}\">\n", document_language(options));
  put_head(page, scan);
  put(page, "<body class=\"only-{}\">\n<main>\n", options.language == "zh+en" ? "both" : options.language);
  put_title(page, scan);
  put(page, "{}{}{}{}{}{}{}", overview_section(scan), ranking_section(scan, chips, options),
      candidate_section(scan, chips), plot_section(scan), limits_section(scan), registration_section(scan),
      reading_section(scan));
  put_foot(page, scan);
  put(page, "</main>\n<script>\n{}</script>\n</body>\n</html>\n", Html{assets::report_js});
  io::write_file(path, page.text);
}

}  // namespace plotwatch::report
