#include "model/device.hpp"

#include <gtest/gtest.h>

namespace plotwatch {
namespace {

using Kind = DeviceRequest::Kind;

TEST(DeviceRequest, ReadsWhatAUserMayWrite) {
  EXPECT_EQ(parse_device("auto")->kind, Kind::automatic);
  EXPECT_EQ(parse_device("cpu")->kind, Kind::cpu);
  EXPECT_EQ(parse_device("cuda")->kind, Kind::cuda);
  EXPECT_FALSE(parse_device("cuda")->index.has_value());
  EXPECT_EQ(parse_device("cuda:12")->index, 12);
  EXPECT_EQ(parse_device("cuda:12")->kind, Kind::cuda);
  for (const char* bad : {"", "gpu", "CUDA", "cuda:", "cuda:x", "cuda:-1", "cuda:1x", "cuda: 1", "cuda:99999999999"})
    EXPECT_FALSE(parse_device(bad).has_value()) << bad;
}

}  // namespace
}  // namespace plotwatch
