// A scan on a device that fails or is small.
#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "pipeline/scan.hpp"
#include "simt/simt.hpp"
#include "support/expect_error.hpp"
#include "support/temporary_folder.hpp"
#include "twin/district_scan.hpp"
#include "twin/twin.hpp"

namespace plotwatch::pipeline {
namespace {

class SimtScan : public test::Twin {
 protected:
  void TearDown() override {
    simt::break_kernel("");
    simt::set_streams_left(-1);
    simt::set_device_memory(std::size_t{2} << 30);
    Twin::TearDown();
  }
};

// A kernel fails in the survey, another among the tiles; what is there then is no finished scan, and goes on to the
// bytes of one that nothing stopped.
TEST_F(SimtScan, GoesOnAfterAFailedKernelAndOnASmallDevice) {
  const test::TemporaryFolder folder;
  ScanOptions o = test::district_scan(folder.path());
  o.run.device = "cpu";
  o.run.out = (folder.path() / "cpu").string();
  scan(o, {});
  const auto want = test::digests(o.run.out);

  o.run.device = "simt";
  o.run.out = (folder.path() / "simt").string();
  for (const char* kernel : {"correlate crop", "keep_supported"}) {
    simt::break_kernel(kernel);
    try {
      scan(o, {});
      FAIL() << "no error";
    } catch (const Error& e) {
      EXPECT_EQ(e.code(), ExitCode::resources);
      EXPECT_NE(e.fact().find(kernel), std::string::npos) << e.fact();
      EXPECT_NE(e.where().find("column"), std::string::npos) << e.where();
    }
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "simt" / "manifest.json"));
    o.run.resume = true;
  }
  simt::set_device_memory(simt::allocated_bytes() + 600000);  // no tile of 64 pixels fits
  scan(o, {});
  EXPECT_EQ(test::digests(o.run.out), want);
}

// In the survey; before the first tile.
TEST_F(SimtScan, SaysThatTheDeviceIsShortWhereNoQueueCanBeMade) {
  const test::TemporaryFolder folder;
  ScanOptions o = test::district_scan(folder.path());
  o.run.device = "simt";
  o.run.workers = 1;
  o.run.out = (folder.path() / "simt").string();
  for (int streams = 0; streams < 2; ++streams) {
    simt::set_streams_left(streams);
    const std::string fact = test::fact_of_error(ExitCode::resources, [&] { scan(o, {}); });
    EXPECT_NE(fact.find("making a stream"), std::string::npos) << fact;
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "simt" / "manifest.json"));
  }
}

}  // namespace
}  // namespace plotwatch::pipeline
