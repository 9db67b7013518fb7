// send_message CHANNEL ADDRESS ID SUBJECT REPEATED NOW: one attempt, the body from standard input; prints the problem.
// Secrets come from the environment as the configuration would name them.
#include <cstdlib>
#include <iostream>
#include <iterator>

#include "core/error.hpp"
#include "notify/send.hpp"

int main(int argc, char** argv) try {
  if (argc != 7) return 2;
  using namespace plotwatch;
  const std::string channel = argv[1], address = argv[2];
  NotifyOptions options;
  options.timeout_seconds = 5;
  const auto secret = [](const char* name) { return std::getenv(name) ? std::string("env:") + name : std::string(); };
  for (auto* http : {&options.webhook, &options.wecom, &options.dingtalk, &options.feishu})
    *http = {address, secret("TEST_SECRET")};
  options.mail = {address, "plotwatch@example.org", "a@example.org, b@example.org", "", "", false};
  if (std::getenv("TEST_USER")) options.mail.user = std::getenv("TEST_USER"), options.mail.password = "env:TEST_SECRET";
  OutboxMessage message;
  message.channel = channel;
  message.id = argv[3];
  message.subject = argv[4];
  message.body.assign(std::istreambuf_iterator<char>(std::cin), {});
  std::cout << notify::send(message, std::string(argv[5]) == "1", options, *parse_utc_time(argv[6]));
  return 0;
} catch (const plotwatch::Error& e) {
  std::cout << "Error: " << e.what();
  return static_cast<int>(e.code());
}
