#include "notify/chat.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace plotwatch::notify {
namespace {

const UtcTime now{std::chrono::seconds{1795467845}};

TEST(Chat, BodiesAsTheRobotsDocumentThem) {
  EXPECT_EQ(chat_body(Chat::wecom, "s", "m"), R"({"markdown":{"content":"m"},"msgtype":"markdown"})");
  EXPECT_EQ(chat_body(Chat::dingtalk, "s", "m"), R"({"markdown":{"text":"m","title":"s"},"msgtype":"markdown"})");
  EXPECT_EQ(chat_body(Chat::feishu, "s", "m"),
            R"({"card":{"elements":[{"content":"m","tag":"markdown"}],)"
            R"("header":{"title":{"content":"s","tag":"plain_text"}}},"msg_type":"interactive"})");
}

TEST(Chat, WithoutASecretNothingIsSigned) {
  const std::string body = chat_body(Chat::dingtalk, "s", "m");
  const ChatRequest request = chat_request(Chat::dingtalk, "https://x/send?access_token=t", "", body, false, now);
  EXPECT_EQ(request.url, "https://x/send?access_token=t");
  EXPECT_EQ(request.body, body);
}

TEST(Chat, ARepeatSaysSo) {
  for (const Chat chat : {Chat::wecom, Chat::dingtalk, Chat::feishu}) {
    const std::string body = chat_body(chat, "s", "m");
    EXPECT_EQ(chat_request(chat, "https://x", "", body, false, now).body.find("repeat"), std::string::npos);
    EXPECT_NE(chat_request(chat, "https://x", "", body, true, now).body.find("repeat"), std::string::npos);
  }
}

TEST(Chat, Refusals) {
  EXPECT_EQ(chat_refusal(Chat::wecom, R"({"errcode":0,"errmsg":"ok"})"), "");
  EXPECT_EQ(chat_refusal(Chat::dingtalk, R"({"errcode":310000,"errmsg":"sign not match"})"),
            "refused with errcode 310000: sign not match");
  EXPECT_EQ(chat_refusal(Chat::feishu, R"({"code":0})"), "");
  EXPECT_EQ(chat_refusal(Chat::feishu, R"({"StatusCode":0,"StatusMessage":"success"})"), "");
  EXPECT_NE(chat_refusal(Chat::feishu, R"({"code":9499,"msg":"Bad Request"})"), "");
  EXPECT_NE(chat_refusal(Chat::wecom, "{}"), "");
  EXPECT_NE(chat_refusal(Chat::wecom, ""), "");
  EXPECT_NE(chat_refusal(Chat::wecom, "[1]"), "");
}

}  // namespace
}  // namespace plotwatch::notify
