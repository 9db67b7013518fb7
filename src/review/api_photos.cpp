#include <algorithm>

#include "core/hash.hpp"
#include "review/api.hpp"
#include "review/api_error.hpp"
#include "review/case_json.hpp"
#include "review/http/multipart.hpp"
#include "review/photo_type.hpp"

namespace plotwatch::review {
namespace {

constexpr std::size_t largest_photo = 20 << 20;

// What a person called it, as far as it can be shown: without folders and control characters.
std::string shown_name(const std::string& name) {
  std::string out = name.substr(name.find_last_of("/\\") == std::string::npos ? 0 : name.find_last_of("/\\") + 1);
  std::erase_if(out, [](char c) { return static_cast<unsigned char>(c) < 32 || c == 127; });
  out.resize(std::min<std::size_t>(out.size(), 200));
  return out;
}

}  // namespace

Response add_photo(Service& service, const Call& call) {
  const std::string& id = call.at("id");
  visible_case(*service.keeper.board(), call, id);
  const auto parts = parse_form(call.request.header("content-type"), call.request.body);
  if (!parts || parts->size() != 1)
    throw ApiError(400, "The body is no form with one file.", "请上传一个文件。", "body", "Send multipart/form-data.");
  const FormPart& file = parts->front();
  if (file.bytes.size() > largest_photo)
    throw ApiError(413, "The photo is larger than 20 MiB.", "照片超过 20 MiB。", "", "Send a smaller one.");
  const auto type = photo_type(file.bytes);
  if (!type)
    throw ApiError(415, "The file is no whole JPEG, PNG or WebP picture.", "文件不是完整的 JPEG、PNG 或 WebP 图片。",
                   shown_name(file.file_name), "Send the picture as the camera wrote it.");
  const ledger::Photo photo{sha256(file.bytes), std::string(*type), std::string(file.bytes)};
  const Json said{{"sha256", photo.sha256}, {"name", shown_name(file.file_name)}, {"bytes", photo.bytes.size()}};
  service.ledgers.write([&](Books& books) {
    books.store.add_photo(photo, id, said.dump(-1, ' ', false, Json::error_handler_t::replace), call.stamp(service));
  });
  return json_response({{"sha256", photo.sha256}}, 201);
}

Response show_photo(Service& service, const Call& call) {
  const std::string& hash = call.at("sha256");
  const auto board = service.keeper.board();
  const auto photo = service.ledgers.read([&](const Books& books) -> std::optional<ledger::Photo> {
    const auto cases = books.store.cases_of_photo(hash);
    const bool visible = std::any_of(cases.begin(), cases.end(), [&](const std::string& id) {
      const BoardCase* found = board->find(id);
      return found && (call.unit().empty() || found->record.unit == call.unit());
    });
    return visible ? books.store.find_photo(hash) : std::nullopt;
  });
  if (!photo) throw not_found();
  Response out;
  out.content_type = photo->media_type;
  out.body = photo->bytes;
  out.headers = {{"Cache-Control", "private, max-age=31536000, immutable"}, {"Content-Disposition", "inline"}};
  return out;
}

}  // namespace plotwatch::review
