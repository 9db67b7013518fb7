#include "notify/mail_message.hpp"

#include <gtest/gtest.h>

#include "core/error.hpp"

namespace plotwatch::notify {
namespace {

TEST(MailMessage, EncodesHeadersInWordsThatCutNoCharacter) {
  EXPECT_EQ(encoded_header("plain text, 1-2"), "plain text, 1-2");
  EXPECT_EQ(encoded_header("疑似"), "=?UTF-8?B?55aR5Ly8?=");
  std::string text;
  for (int i = 0; i < 40; ++i) text += "疑";
  const std::string header = encoded_header(text);
  std::size_t start = 0;
  while (start < header.size()) {
    const std::size_t end = std::min(header.find("\r\n", start), header.size());
    EXPECT_LE(end - start, 76u);
    EXPECT_EQ((end - start - (start > 0) - 12) % 4, 0u);  // whole base64 of whole characters
    start = end + 2;
  }
}

TEST(MailMessage, ALineBreakInASubjectStartsNoHeader) {
  const std::string header = encoded_header("a\r\nBcc: x@example.org");
  EXPECT_EQ(header.find('\r'), std::string::npos);
}

TEST(MailMessage, Addresses) {
  EXPECT_EQ(parse_addresses("a@x.org", "f"), (std::vector<std::string>{"a@x.org"}));
  EXPECT_EQ(parse_addresses(" a@x.org ,b@y.org", "f"), (std::vector<std::string>{"a@x.org", "b@y.org"}));
  for (const char* text : {"", "a", "a@x.org,", "A <a@x.org>", "a@x.org\r\nRCPT TO:<b@y.org>", "a b@x.org"})
    EXPECT_THROW(parse_addresses(text, "f"), Error) << text;
}

}  // namespace
}  // namespace plotwatch::notify
