// Twin tests on a CUDA device.
#include "kernels/device/device.hpp"
#include "twin/twin.hpp"

namespace plotwatch::test {

kernels::Backend twin_backend() { return kernels::Backend::cuda; }
std::size_t twin_launches() { return 0; }

// A forced backend that cannot run throws, so that here nothing falls back unseen.
void Twin::SetUp() {
  const auto list = kernels::list_devices(kernels::Backend::cuda);
  if (list.devices.empty()) GTEST_SKIP() << "no CUDA device: " << list.why_none;
}

void Twin::TearDown() {}

}  // namespace plotwatch::test
