// Group robots of WeCom (企业微信), DingTalk (钉钉) and Feishu (飞书): what is posted to each, and how it is signed.
// From their public documentation: developer.work.weixin.qq.com/document/path/91770,
// open.dingtalk.com/document/robots/custom-robot-access, open.feishu.cn/document/client-docs/bot-v3/add-custom-bot.
#pragma once

#include <cstddef>
#include <string>

#include "core/utc_time.hpp"

namespace plotwatch::notify {

enum class Chat { wecom, dingtalk, feishu };

// Bytes of Markdown that a message may have, with room for the signs that JSON adds around it.
std::size_t max_markdown_bytes(Chat chat);

// The message as it is kept until it is sent; canonical JSON.
std::string chat_body(Chat chat, const std::string& subject, const std::string& markdown);

struct ChatRequest {
  std::string url, body;
};

// Adds the signature: DingTalk's to the address (milliseconds), Feishu's to the body (seconds). WeCom has none. An
// empty secret: not signed. `repeated`: the message may have arrived already, and says so.
ChatRequest chat_request(Chat chat, const std::string& url, const std::string& secret, const std::string& body,
                         bool repeated, UtcTime now);

// What a robot answered: empty when it took the message, else its reason. They answer 200 to a refusal too.
std::string chat_refusal(Chat chat, const std::string& answer);

}  // namespace plotwatch::notify
