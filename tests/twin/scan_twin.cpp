// A whole scan of a small district, its tiles scored by a device or by the CUDA sources, against the processor's: every
// output.
#include <filesystem>
#include <map>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "io/atomic_file.hpp"
#include "kernels/device/device.hpp"
#include "pipeline/device_choice.hpp"
#include "pipeline/scan.hpp"
#include "support/expect_error.hpp"
#include "support/temporary_folder.hpp"
#include "twin/district_scan.hpp"
#include "twin/twin.hpp"

namespace plotwatch::pipeline {
namespace {
namespace fs = std::filesystem;

class DeviceScan : public test::Twin {};

TEST_F(DeviceScan, HasTheBytesOfTheProcessor) {
  const std::string device_name(kernels::name(test::twin_backend()));
  const test::TemporaryFolder folder;
  ScanOptions o = test::district_scan(folder.path());
  std::map<std::string, std::map<std::string, std::string>> found;
  for (const std::string& device : {std::string("cpu"), device_name}) {
    o.run.device = device;
    o.run.out = (folder.path() / device).string();
    const ScanSummary summary = scan(o, {});
    EXPECT_GE(summary.result.candidates.size(), 3u);
    found[device] = test::digests(o.run.out);
    const auto log = nlohmann::json::parse(io::read_file(fs::path(o.run.out) / "run.json"));
    EXPECT_EQ(log["device"]["asked"], device);
    EXPECT_EQ(log["device"]["backend"], device);
    const bool on_device = device != "cpu" && !log["device"].contains("why_no_transforms");
    EXPECT_EQ(log["device"]["windows_correlated"] > 0, on_device);
    EXPECT_LE(log["device"]["windows_again_on_cpu"], log["device"]["windows_correlated"]);
    if (on_device) RecordProperty("device", log["device"].dump());
  }
  EXPECT_GE(found["cpu"].size(), 7u);
  EXPECT_EQ(found["cpu"], found[device_name]);
}

TEST(DeviceChoice, TakesWhatIsAskedForOrSaysWhyNot) {
  EXPECT_EQ(choose_device("cpu").backend, kernels::Backend::cpu);
  test::fact_of_error(ExitCode::config, [] { choose_device("gpu"); });
  const auto cuda = kernels::list_devices(kernels::Backend::cuda);
  if (!cuda.devices.empty()) {
    EXPECT_EQ(choose_device("auto").backend, kernels::Backend::cuda);
    EXPECT_EQ(choose_device("cuda:0").name, cuda.devices[0].name);
  } else {
    EXPECT_EQ(choose_device("auto").backend, kernels::Backend::cpu);
    const std::string fact = test::fact_of_error(ExitCode::resources, [] { choose_device("cuda"); });
    EXPECT_EQ(fact, "cuda is asked for, but " + cuda.why_none);
  }
}

}  // namespace
}  // namespace plotwatch::pipeline
