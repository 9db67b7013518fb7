#include "notify/chat.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/hmac.hpp"

namespace plotwatch::notify {
namespace {

using Json = nlohmann::json;

constexpr const char* repeated_note = "（可能重复发送 · may be a repeat）\n";

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                       c == '-' || c == '.' || c == '_' || c == '~';
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  return out;
}

// Where the Markdown stands in each body.
std::string& markdown_of(Chat chat, Json& body) {
  switch (chat) {
    case Chat::wecom: return body["markdown"]["content"].get_ref<std::string&>();
    case Chat::dingtalk: return body["markdown"]["text"].get_ref<std::string&>();
    case Chat::feishu: break;
  }
  return body["card"]["elements"][0]["content"].get_ref<std::string&>();
}

}  // namespace

std::size_t max_markdown_bytes(Chat chat) {
  switch (chat) {
    case Chat::wecom: return 4096 - 64;        // of content, in UTF-8
    case Chat::dingtalk: return 20000 - 1000;  // of the whole body
    case Chat::feishu: break;
  }
  return 20000 - 1000;  // of the whole body: 20 KB
}

std::string chat_body(Chat chat, const std::string& subject, const std::string& markdown) {
  switch (chat) {
    case Chat::wecom: return Json{{"msgtype", "markdown"}, {"markdown", {{"content", markdown}}}}.dump();
    case Chat::dingtalk:
      return Json{{"msgtype", "markdown"}, {"markdown", {{"title", subject}, {"text", markdown}}}}.dump();
    case Chat::feishu: break;
  }
  const Json header = {{"title", {{"tag", "plain_text"}, {"content", subject}}}};
  const Json element = {{"tag", "markdown"}, {"content", markdown}};
  return Json{{"msg_type", "interactive"}, {"card", {{"header", header}, {"elements", Json::array({element})}}}}.dump();
}

ChatRequest chat_request(Chat chat, const std::string& url, const std::string& secret, const std::string& body,
                         bool repeated, UtcTime now) {
  ChatRequest request{url, body};
  const auto seconds = now.time_since_epoch().count();
  Json json = Json::parse(body);
  if (repeated) markdown_of(chat, json).insert(0, repeated_note);
  if (chat == Chat::dingtalk && !secret.empty()) {
    const std::string timestamp = fmt::format("{}000", seconds);
    const std::string sign = percent_encoded(base64(hmac_sha256(secret, timestamp + "\n" + secret)));
    request.url +=
        fmt::format("{}timestamp={}&sign={}", url.find('?') == std::string::npos ? "?" : "&", timestamp, sign);
  }
  if (chat == Chat::feishu && !secret.empty()) {
    // The text to sign is the key, and nothing is signed with it: as Feishu's documentation has it.
    const std::string timestamp = fmt::format("{}", seconds);
    json["timestamp"] = timestamp;
    json["sign"] = base64(hmac_sha256(timestamp + "\n" + secret, ""));
  }
  request.body = json.dump();
  return request;
}

std::string chat_refusal(Chat chat, const std::string& answer) {
  const Json json = Json::parse(answer, nullptr, false);
  if (!json.is_object()) return "the robot's answer is no JSON";
  const char* code = chat == Chat::feishu && !json.contains("StatusCode") ? "code"
                     : chat == Chat::feishu                               ? "StatusCode"
                                                                          : "errcode";
  if (!json.contains(code) || !json[code].is_number_integer()) return fmt::format("the robot's answer has no {}", code);
  const auto number = json[code].get<long long>();
  if (number == 0) return "";
  for (const char* key : {"errmsg", "msg", "StatusMessage"})
    if (json.contains(key) && json[key].is_string())
      return fmt::format("refused with {} {}: {}", code, number, json[key].get<std::string>());
  return fmt::format("refused with {} {}", code, number);
}

}  // namespace plotwatch::notify
