#include <vector>

#include "kernels/runs/runs.hpp"
#include "support/poisoned_planes.hpp"
#include "twin/twin.hpp"

namespace plotwatch {
namespace {

using namespace kernels;
using test::twin_backend;

class RunsTwin : public test::Twin {};

// Runs that end and start at the 256 pixels that a block looks at, rows without any, rows that are one run.
TEST_F(RunsTwin, GiveTheSameRunsInTheSameOrder) {
  for (const int width : {0, 1, 31, 32, 33, 255, 256, 257, 700}) {
    for (const double share : {0.0, 0.1, 0.5, 0.95, 1.0}) {
      auto weak = test::random_mask(width, 7, share, 1), strong = test::random_mask(width, 7, 0.7, 2);
      std::vector<kernels::Run> cpu = {{-5, 1, 2, true}}, twin = cpu;
      extract_runs(Backend::cpu, weak.read_view(), strong.read_view(), 100, -50, cpu);
      extract_runs(twin_backend(), weak.read_view(), strong.read_view(), 100, -50, twin);
      EXPECT_EQ(cpu, twin) << width << ' ' << share;
    }
  }
}

}  // namespace
}  // namespace plotwatch
