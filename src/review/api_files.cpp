#include <sys/stat.h>

#include <algorithm>

#include <fmt/format.h>

#include "review/api.hpp"
#include "review/api_error.hpp"
#include "review/case_json.hpp"
#include "review/http/range.hpp"

namespace plotwatch::review {
namespace {

std::string type_of(const std::string& name) {
  if (name.ends_with(".tif")) return "image/tiff";
  if (name.ends_with(".png")) return "image/png";
  return "text/html; charset=utf-8";
}

// The file or the part of it that is asked for.
Response send(const Call& call, const std::filesystem::path& path) {
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0) throw not_found();
  const auto size = static_cast<std::uint64_t>(facts.st_size);
  const std::string tag = fmt::format("\"{:x}-{:x}-{:x}\"", facts.st_mtim.tv_sec, facts.st_mtim.tv_nsec, size);
  Response out;
  out.headers = {{"ETag", tag}, {"Accept-Ranges", "bytes"}, {"Cache-Control", "private, max-age=3600"}};
  const std::string_view known = call.request.header("if-none-match");
  if (known == "*" || known.find(tag) != std::string_view::npos) {
    out.status = 304;
    return out;
  }
  // A range of another state of the file would be glued to what the client has: then all of it is sent.
  const std::string_view if_range = call.request.header("if-range");
  const RangeAnswer range =
      parse_range(if_range.empty() || if_range == tag ? call.request.header("range") : std::string_view(), size);
  if (range.kind == RangeKind::outside) {
    ApiError error(416, "The file is shorter than the range that is asked for.", "请求的范围超出文件大小。");
    Response refused = error.response();
    refused.headers.emplace_back("Content-Range", fmt::format("bytes */{}", size));
    return refused;
  }
  out.content_type = type_of(path.filename().string());
  out.file = FilePart{path, range.range.offset, range.range.length};
  if (range.kind == RangeKind::part) {
    out.status = 206;
    out.headers.emplace_back("Content-Range", fmt::format("bytes {}-{}/{}", range.range.offset,
                                                          range.range.offset + range.range.length - 1, size));
  }
  return out;
}

}  // namespace

Response scan_file(Service& service, const Call& call) {
  const std::string& name = call.at("name");
  if (!is_scan_file(name)) throw not_found();
  // The report lists the cases of all units.
  const bool report = name == "report.html";
  if (report && !call.unit().empty()) throw not_found();
  const auto path = scan_path(*service.keeper.board(), call.at("scan"), name);
  if (!path) throw not_found();
  Response out = send(call, *path);
  // The report carries its own script; here it runs with no rights of the page.
  if (report)
    out.headers.emplace_back(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; "
        "sandbox allow-scripts; frame-ancestors 'none'");
  return out;
}

Response scan_chip(Service& service, const Call& call) {
  const std::string &scan = call.at("scan"), &chip = call.at("chip");
  if (!is_chip(chip)) throw not_found();
  const auto board = service.keeper.board();
  if (!call.unit().empty()) {
    // A unit sees the pictures of its own cases alone: the case is named, and the picture is of one of its sightings.
    const BoardCase& c = visible_case(*board, call, call.request.parameter("case").value_or(""));
    const auto sightings =
        service.ledgers.read([&](const Books& books) { return books.ledger.sightings(c.record.id); });
    const bool own = std::any_of(sightings.begin(), sightings.end(), [&](const Sighting& s) {
      return s.scan_id == scan && fmt::format("{:04}.png", s.candidate.rank) == chip;
    });
    if (!own) throw not_found();
  }
  const auto path = scan_path(*board, scan, "chips/" + chip);
  if (!path) throw not_found();
  return send(call, *path);
}

}  // namespace plotwatch::review
