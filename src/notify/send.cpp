#include "notify/send.hpp"

#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "notify/chat.hpp"
#include "notify/http.hpp"
#include "notify/mail.hpp"
#include "notify/secret.hpp"
#include "notify/webhook.hpp"

namespace plotwatch::notify {
namespace {

std::string secret_of(const std::string& place, const std::string& field) {
  return place.empty() ? "" : resolve_secret(place, field);
}

std::string send_webhook(const OutboxMessage& message, const NotifyOptions& o, UtcTime now) {
  const std::string url = resolve_secret(o.webhook.url, "notify.webhook.url");
  const std::string secret = secret_of(o.webhook.secret, "notify.webhook.secret");
  return http_post(url, message.body, webhook_headers(message.id, message.body, secret, now), o.timeout_seconds)
      .problem;
}

std::string send_chat(Chat chat, const HttpChannelOptions& channel, const OutboxMessage& message, bool repeated,
                      const NotifyOptions& o, UtcTime now) {
  const std::string field = "notify." + message.channel;
  const ChatRequest request = chat_request(chat, resolve_secret(channel.url, field + ".url"),
                                           secret_of(channel.secret, field + ".secret"), message.body, repeated, now);
  const HttpAnswer answer = http_post(request.url, request.body, {}, o.timeout_seconds);
  return answer.problem.empty() ? chat_refusal(chat, answer.body) : answer.problem;
}

std::string send_as_mail(const OutboxMessage& message, const NotifyOptions& o, UtcTime now) {
  const MailOptions& m = o.mail;
  const auto body = nlohmann::json::parse(message.body);
  const Mail mail{parse_addresses(m.from, "notify.mail.from").front(),
                  parse_addresses(m.to, "notify.mail.to"),
                  message.subject,
                  message.id,
                  body.at("text").get<std::string>(),
                  body.at("html").get<std::string>()};
  return send_mail({m.relay, m.user, secret_of(m.password, "notify.mail.password"), m.starttls}, mail, now,
                   o.timeout_seconds);
}

}  // namespace

std::string send(const OutboxMessage& message, bool repeated, const NotifyOptions& o, UtcTime now) {
  if (message.channel == "webhook" && !o.webhook.url.empty()) return send_webhook(message, o, now);
  if (message.channel == "wecom" && !o.wecom.url.empty())
    return send_chat(Chat::wecom, o.wecom, message, repeated, o, now);
  if (message.channel == "dingtalk" && !o.dingtalk.url.empty())
    return send_chat(Chat::dingtalk, o.dingtalk, message, repeated, o, now);
  if (message.channel == "feishu" && !o.feishu.url.empty())
    return send_chat(Chat::feishu, o.feishu, message, repeated, o, now);
  if (message.channel == "mail" && !o.mail.relay.empty()) return send_as_mail(message, o, now);
  return "the configuration has no channel " + message.channel + " any more";
}

}  // namespace plotwatch::notify
