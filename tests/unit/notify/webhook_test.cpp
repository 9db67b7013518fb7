#include "notify/webhook.hpp"

#include <gtest/gtest.h>

#include "core/error.hpp"

namespace plotwatch::notify {
namespace {

// The example of the specification's reference libraries (Standard Webhooks, Python: test_sign_function).
TEST(Webhook, SignsAsTheSpecificationsExample) {
  const UtcTime now{std::chrono::seconds{1614265330}};
  const Headers headers = webhook_headers("msg_p5jXN8AQM9LWM0D4loKWxJek", R"({"test": 2432232314})",
                                          "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", now);
  ASSERT_EQ(headers.size(), 3u);
  EXPECT_EQ(headers[1].second, "1614265330");
  EXPECT_EQ(headers[2].first, "webhook-signature");
  EXPECT_EQ(headers[2].second, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST(Webhook, RefusesASecretThatIsCutOff) { EXPECT_THROW(webhook_headers("a", "b", "whsec_abc", UtcTime{}), Error); }

}  // namespace
}  // namespace plotwatch::notify
