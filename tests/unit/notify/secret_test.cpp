#include "notify/secret.hpp"

#include <cstdlib>

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "support/temporary_folder.hpp"
#include "support/write_text.hpp"

namespace plotwatch::notify {
namespace {

TEST(Secret, FromEnvironmentAndFileWithoutWhiteSpace) {
  const test::TemporaryFolder folder;
  test::write_text(folder.file("key"), " s3cret \n");
  ::setenv("PLOTWATCH_TEST_SECRET", "from here\n", 1);
  EXPECT_EQ(resolve_secret("env:PLOTWATCH_TEST_SECRET", "f"), "from here");
  EXPECT_EQ(resolve_secret("file:" + folder.file("key"), "f"), "s3cret");
  EXPECT_EQ(resolve_secret("https://x/", "f"), "https://x/");
}

TEST(Secret, AnEmptyPlaceIsAnErrorThatNamesField) {
  ::setenv("PLOTWATCH_TEST_EMPTY", " ", 1);
  for (const char* place : {"env:PLOTWATCH_NOT_THERE", "env:PLOTWATCH_TEST_EMPTY", "file:/no/such/file"}) try {
      resolve_secret(place, "notify.webhook.secret");
      ADD_FAILURE() << place;
    } catch (const Error& e) {
      EXPECT_EQ(e.code(), ExitCode::config);
      EXPECT_NE(std::string(e.what()).find("notify.webhook.secret"), std::string::npos);
    }
}

TEST(Secret, OnlyTheHostOfAnAddressIsShown) {
  EXPECT_EQ(host_of("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1"), "https://qyapi.weixin.qq.com");
  EXPECT_EQ(host_of("smtp://user:word@mail.example.org:25"), "smtp://mail.example.org:25");
  EXPECT_EQ(host_of("https://x?key=a@b"), "https://x");
  EXPECT_EQ(host_of("no address"), "");
}

}  // namespace
}  // namespace plotwatch::notify
