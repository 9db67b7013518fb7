#include "review/api_error.hpp"

#include "review/json.hpp"

namespace plotwatch::review {

ApiError::ApiError(int status, std::string what, std::string what_zh, std::string where, std::string advice)
    : std::runtime_error(std::move(what)),
      status_(status),
      what_zh_(std::move(what_zh)),
      where_(std::move(where)),
      advice_(std::move(advice)) {}

Response ApiError::response() const {
  return json_response({{"error", {{"what", what()}, {"where", where_}, {"advice", advice_}}}, {"what_zh", what_zh_}},
                       status_);
}

ApiError not_found() { return {404, "There is nothing here, or it is not yours to see.", "不存在，或您无权查看。"}; }

ApiError bad_value(const std::string& where, const std::string& what, const std::string& what_zh) {
  return {422, what, what_zh, where};
}

ApiError from_error(const Error& error) {
  switch (error.code()) {
    case ExitCode::usage:  // the ledger's word for what cannot be said of a case
      return {422, error.fact(), "当前状态下不能进行此操作。", error.where(), error.advice()};
    case ExitCode::input:
    case ExitCode::mismatch: return {422, error.fact(), "文件或数据无法读取。", error.where(), error.advice()};
    case ExitCode::output:
    case ExitCode::resources:
      // Paths of the server and words of its database are for its log.
      return {503, "The ledger cannot be written or read now.", "台账暂时无法读写，请稍后再试。", "",
              "Try again in a minute; the server's log tells more."};
    default: return {500, "The server failed; its log tells more.", "服务器出错，详见日志。"};
  }
}

}  // namespace plotwatch::review
