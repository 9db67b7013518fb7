#include "review/http/multipart.hpp"

#include <gtest/gtest.h>

namespace plotwatch::review {
namespace {

constexpr const char* type = "multipart/form-data; boundary=XyZ";

std::string part(const std::string& disposition, const std::string& bytes) {
  return "--XyZ\r\nContent-Disposition: form-data; " + disposition + "\r\nContent-Type: image/png\r\n\r\n" + bytes +
         "\r\n";
}

TEST(Form, GivesItsFilesByteForByte) {
  const std::string bytes("\0\r\n--Xy\r\n\r\nZ", 13);
  const std::string body =
      part("name=\"file\"; filename=\"照片 \\\"1\\\".png\"", bytes) + part("name=note", "x") + "--XyZ--\r\n";
  const auto parts = parse_form(type, body);
  ASSERT_TRUE(parts);
  ASSERT_EQ(parts->size(), 2u);
  EXPECT_EQ((*parts)[0].name, "file");
  EXPECT_EQ((*parts)[0].file_name, "照片 \"1\".png");
  EXPECT_EQ((*parts)[0].bytes, bytes);
  EXPECT_EQ((*parts)[1].name, "note");
  EXPECT_EQ((*parts)[1].bytes, "x");
}

TEST(Form, ThatIsCutShortOrNoneIsRefused) {
  const std::string whole = part("name=\"file\"", "abc") + "--XyZ--";
  ASSERT_TRUE(parse_form(type, whole));
  for (std::size_t length = 0; length + 2 < whole.size(); ++length)
    EXPECT_FALSE(parse_form(type, whole.substr(0, length))) << length;
  EXPECT_FALSE(parse_form("application/json", whole));
  EXPECT_FALSE(parse_form("multipart/form-data", whole));
  EXPECT_FALSE(parse_form("multipart/form-data; boundary=\"XyZ", whole));
  EXPECT_FALSE(parse_form(type, part("filename=\"a\"", "x") + "--XyZ--")) << "without a name";
  EXPECT_FALSE(parse_form(type, "--XyZ\r\nContent-Type: text/plain\r\n\r\nx\r\n--XyZ--")) << "without a disposition";
}

TEST(Form, HasNoMorePartsThanAllowed) {
  std::string body;
  for (int i = 0; i < 3; ++i) body += part("name=\"file\"", "x");
  body += "--XyZ--";
  EXPECT_TRUE(parse_form(type, body, 3));
  EXPECT_FALSE(parse_form(type, body, 2));
}

}  // namespace
}  // namespace plotwatch::review
