// The channels of a configuration, and a night's message for each.
#pragma once

#include <string>
#include <vector>

#include "model/ledger.hpp"
#include "model/news.hpp"
#include "model/nightly.hpp"

namespace plotwatch::notify {

// "webhook", "wecom", "dingtalk", "feishu", "mail", "digest": those that are set, in this order.
std::vector<std::string> channels(const NotifyOptions& options);

// Every secret can be found and every address read. Throws Error(config).
void check_channels(const NotifyOptions& options);

// Subject and body as the channel's send() takes them; no secret and no time is in them. The caller gives the id.
OutboxMessage message_for(const std::string& channel, const NightNews& news, const NotifyOptions& options);

}  // namespace plotwatch::notify
