#include "notify/metrics.hpp"

#include <gtest/gtest.h>

namespace plotwatch::notify {
namespace {

TEST(Metrics, TextFormat) {
  EXPECT_EQ(prometheus_text({{"a_total", "how\nmany", true, {{{}, 3}}},
                             {"b", "by \"kind\"", false, {{{{"kind", "x \"y\"\\\n"}, {"n", "1"}}, 0.25}, {{}, 1e20}}}}),
            "# HELP a_total how\\nmany\n# TYPE a_total counter\na_total 3\n"
            "# HELP b by \"kind\"\n# TYPE b gauge\nb{kind=\"x \\\"y\\\"\\\\\\n\",n=\"1\"} 0.25\nb 1e+20\n");
}

}  // namespace
}  // namespace plotwatch::notify
