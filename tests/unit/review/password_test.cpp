#include "review/password.hpp"

#include <set>

#include <gtest/gtest.h>

namespace plotwatch::review {
namespace {

TEST(Password, FitsItsOwnHashAlone) {
  const std::string hash = hash_password("correct horse 马");
  EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=65536,t=2,p=1$")) << hash;
  EXPECT_TRUE(password_fits("correct horse 马", hash));
  EXPECT_FALSE(password_fits("correct horse", hash));
  EXPECT_NE(hash_password("correct horse 马"), hash) << "each has a salt of its own";
}

TEST(Password, FitsNoEmptyOrDamagedHash) {
  EXPECT_FALSE(password_fits("nobody", ""));
  EXPECT_FALSE(password_fits("", ""));
  EXPECT_FALSE(password_fits("x", "$argon2id$v=19$m=65536"));
}

TEST(Password, ThatIsEasyToGuessIsRefused) {
  EXPECT_TRUE(password_problem("short", "li"));
  EXPECT_TRUE(password_problem("inspector-li", "inspector-li"));
  EXPECT_TRUE(password_problem("aaaaaaaaaaaaa", "li"));
  EXPECT_TRUE(password_problem(std::string(257, 'x') + "y", "li"));
  EXPECT_FALSE(password_problem("four plain words here", "li"));
}

TEST(Token, IsLongAndNeverTheSame) {
  std::set<std::string> tokens;
  for (int i = 0; i < 1000; ++i) tokens.insert(random_token());
  EXPECT_EQ(tokens.size(), 1000u);
  EXPECT_EQ(tokens.begin()->size(), 43u);
  EXPECT_TRUE(same_secret("abc", "abc"));
  EXPECT_FALSE(same_secret("abc", "abd"));
  EXPECT_FALSE(same_secret("abc", "ab"));
}

}  // namespace
}  // namespace plotwatch::review
