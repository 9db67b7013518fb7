#include "review/page_files.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/hash.hpp"
#include "review/api_error.hpp"

namespace plotwatch::review {
namespace {

namespace fs = std::filesystem;

constexpr const char* no_page =
    "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>plotwatch</title>"
    "<p>This server has no page: it was built without it. The API is there; its description is at "
    "<a href=\"/api/openapi.yaml\">/api/openapi.yaml</a>.</p></html>";

std::string type_of(const fs::path& path) {
  static const std::map<std::string, std::string> types{{".html", "text/html; charset=utf-8"},
                                                        {".js", "text/javascript; charset=utf-8"},
                                                        {".css", "text/css; charset=utf-8"},
                                                        {".svg", "image/svg+xml"},
                                                        {".png", "image/png"},
                                                        {".ico", "image/x-icon"},
                                                        {".woff2", "font/woff2"},
                                                        {".json", "application/json"},
                                                        {".webmanifest", "application/manifest+json"},
                                                        {".wasm", "application/wasm"},
                                                        {".map", "application/json"}};
  const auto found = types.find(path.extension().string());
  return found == types.end() ? "application/octet-stream" : found->second;
}

}  // namespace

PageFiles::PageFiles(const std::string& folder) {
  if (folder.empty()) return;
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (!at->is_regular_file(error)) continue;
    std::ifstream in(at->path(), std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    File file{type_of(at->path()), bytes.str(), ""};
    file.tag = fmt::format("\"{:.24}\"", sha256(file.bytes));
    files_.emplace(fmt::format("/{}", fs::relative(at->path(), folder).generic_string()), std::move(file));
  }
  if (!files_.contains("/index.html"))
    throw Error(ExitCode::input, "this is no built page: it has no index.html", folder,
                "Give the folder that the build of the page wrote with --ui, or leave it out.");
}

Response PageFiles::answer(const Request& request) const {
  if (request.method != "GET" && request.method != "HEAD")
    throw ApiError(405, "This cannot be done here.", "不支持此操作。");
  Response out;
  const std::string last = request.path.substr(request.path.rfind('/') + 1);
  auto found = files_.find(request.path);
  if (found == files_.end() && last.find('.') == std::string::npos) found = files_.find("/index.html");
  if (found == files_.end()) {
    if (!files_.empty()) throw not_found();
    out.content_type = "text/html; charset=utf-8";
    out.body = no_page;
    return out;
  }
  const File& file = found->second;
  // Names of assets carry a hash of what is in them.
  const bool forever = found->first.starts_with("/assets/");
  out.headers = {{"ETag", file.tag}, {"Cache-Control", forever ? "public, max-age=31536000, immutable" : "no-cache"}};
  if (request.header("if-none-match").find(file.tag) != std::string_view::npos) {
    out.status = 304;
    return out;
  }
  out.content_type = file.type;
  out.body = file.bytes;
  return out;
}

}  // namespace plotwatch::review
