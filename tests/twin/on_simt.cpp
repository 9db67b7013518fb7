// Twin tests on the CUDA sources, executed on the processor.
#include <functional>
#include <string>

#include "simt/launch.hpp"
#include "simt/simt.hpp"
#include "twin/twin.hpp"

namespace plotwatch::test {

kernels::Backend twin_backend() { return kernels::Backend::simt; }
std::size_t twin_launches() { return simt::kernels_run(); }

// Each test runs in another order of blocks and threads, always the same for the same test.
void Twin::SetUp() {
  simt::attach();
  const auto* info = testing::UnitTest::GetInstance()->current_test_info();
  simt::set_order(static_cast<unsigned>(std::hash<std::string>{}(std::string(info->test_suite_name()) + info->name())));
  launches_before_ = twin_launches();
}

void Twin::TearDown() {
  EXPECT_EQ(twin_launches() > launches_before_, !no_kernel_) << (no_kernel_ ? "a kernel ran" : "no kernel ran");
}

}  // namespace plotwatch::test
