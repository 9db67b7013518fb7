#include "notify/channels.hpp"

#include <nlohmann/json.hpp>

#include "notify/chat.hpp"
#include "notify/mail_message.hpp"
#include "notify/news_text.hpp"
#include "notify/secret.hpp"

namespace plotwatch::notify {
namespace {

std::string body_for(const std::string& channel, const NightNews& news, const NotifyOptions& options) {
  const TextLimits limits{options.max_lines, 0};
  const auto chat = [&](Chat kind) {
    return chat_body(kind, subject(news, options),
                     markdown(news, options, {options.max_lines, max_markdown_bytes(kind)}));
  };
  if (channel == "wecom") return chat(Chat::wecom);
  if (channel == "dingtalk") return chat(Chat::dingtalk);
  if (channel == "feishu") return chat(Chat::feishu);
  if (channel == "mail")
    return nlohmann::json{{"text", plain_text(news, options, limits)}, {"html", html(news, options, limits)}}.dump();
  if (channel == "digest") return plain_text(news, options, limits);
  return json(news, options);
}

}  // namespace

std::vector<std::string> channels(const NotifyOptions& o) {
  std::vector<std::string> names;
  if (!o.webhook.url.empty()) names.emplace_back("webhook");
  if (!o.wecom.url.empty()) names.emplace_back("wecom");
  if (!o.dingtalk.url.empty()) names.emplace_back("dingtalk");
  if (!o.feishu.url.empty()) names.emplace_back("feishu");
  if (!o.mail.relay.empty()) names.emplace_back("mail");
  if (!o.digest.empty()) names.emplace_back("digest");
  return names;
}

void check_channels(const NotifyOptions& o) {
  for (const auto& [name, channel] : {std::pair{"webhook", &o.webhook}, std::pair{"wecom", &o.wecom},
                                      std::pair{"dingtalk", &o.dingtalk}, std::pair{"feishu", &o.feishu}}) {
    if (channel->url.empty()) continue;
    resolve_secret(channel->url, std::string("notify.") + name + ".url");
    if (!channel->secret.empty()) resolve_secret(channel->secret, std::string("notify.") + name + ".secret");
  }
  if (o.mail.relay.empty()) return;
  parse_addresses(o.mail.from, "notify.mail.from");
  parse_addresses(o.mail.to, "notify.mail.to");
  if (!o.mail.password.empty()) resolve_secret(o.mail.password, "notify.mail.password");
}

OutboxMessage message_for(const std::string& channel, const NightNews& news, const NotifyOptions& options) {
  OutboxMessage message;
  message.channel = channel;
  message.subject = subject(news, options);
  message.body = body_for(channel, news, options);
  return message;
}

}  // namespace plotwatch::notify
