// What a night's news reads like. Every text says suspected, 疑似, and that a person on site decides.
#pragma once

#include <string>

#include "model/news.hpp"
#include "model/nightly.hpp"

namespace plotwatch::notify {

// How much of the news a text may hold.
struct TextLimits {
  int max_lines = 20;         // cases of each kind; the others are counted
  std::size_t max_bytes = 0;  // UTF-8; 0: any. Lines are left out until the text fits
};

std::string subject(const NightNews& news, const NotifyOptions& options);  // one line
std::string plain_text(const NightNews& news, const NotifyOptions& options, const TextLimits& limits);
// The subset of Markdown that WeCom, DingTalk and Feishu share: bold, links, bullet points. Signs in names that would
// be markup, or would call out to people, become their full-width forms.
std::string markdown(const NightNews& news, const NotifyOptions& options, const TextLimits& limits);
std::string html(const NightNews& news, const NotifyOptions& options, const TextLimits& limits);  // for mail: no script
std::string json(const NightNews& news, const NotifyOptions& options);  // all of it, canonical: sorted keys

}  // namespace plotwatch::notify
