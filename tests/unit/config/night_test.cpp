// What a night's configuration must hold, and what it may not.
#include <gmock/gmock.h>

#include "config/config.hpp"
#include "core/error.hpp"
#include "support/temporary_folder.hpp"
#include "support/write_text.hpp"

namespace plotwatch::config {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class NightConfig : public testing::Test {
 protected:
  LoadedOptions file(const std::string& text) {
    test::write_text(path_, text);
    return load(path_, {}, Purpose::nightly);
  }
  std::string refusal(const std::string& text) {
    try {
      file(text);
    } catch (const Error& e) {
      EXPECT_EQ(e.code(), ExitCode::config);
      return e.what();
    }
    return "";
  }

  test::TemporaryFolder folder_;
  std::string path_ = folder_.file("night.toml");
  const std::string least_ =
      "[ledger]\npath = \"l.gpkg\"\n[archive]\npath = \"a\"\n[plots]\npath = \"p.gpkg\"\n"
      "[sources.places]\nhere = \"in/*\"\nbucket = \"/vsis3/b/s\"\n";
};

TEST_F(NightConfig, PathsAreBesideTheFile) {
  const NightlyOptions night = file(least_).options.nightly;
  EXPECT_EQ(night.ledger.path, folder_.file("l.gpkg"));
  EXPECT_EQ(night.sources.places.at("here"), folder_.file("in/*"));
  EXPECT_EQ(night.sources.places.at("bucket"), "/vsis3/b/s");
}

TEST_F(NightConfig, EverythingThatIsMissingIsToldAtOnce) {
  const std::string message = refusal("[alarm]\nunseen_days = 30\n");
  for (const char* field : {"ledger.path", "archive.path", "plots.path", "sources.places"})
    EXPECT_THAT(message, HasSubstr(field));
  EXPECT_THAT(message, Not(HasSubstr("before.path")));
}

TEST_F(NightConfig, ASecretInTheFileIsRefusedAndNotShown) {
  const std::string message = refusal(least_ + "[notify]\nwebhook.url = \"https://x\"\nwebhook.secret = \"hunter2\"\n");
  EXPECT_THAT(message, HasSubstr("notify.webhook.secret"));
  EXPECT_THAT(message, Not(HasSubstr("hunter2")));
}

TEST_F(NightConfig, AWebhookIsSigned) {
  EXPECT_THAT(refusal(least_ + "[notify]\nwebhook.url = \"https://x\"\n"),
              HasSubstr("notify.webhook.secret is missing"));
}

TEST_F(NightConfig, ScenesAreNotNamed) {
  EXPECT_THAT(refusal(least_ + "[before]\npath = \"a.tif\"\n"), HasSubstr("sources.places"));
}

TEST_F(NightConfig, ChecksOfValues) {
  for (const char* text :
       {"[notify]\nlanguage = \"fr\"\n", "[notify]\nlink = \"https://x\"\n",
        "[notify]\nmail.relay = \"mail.example.org\"\n", "[notify]\nwecom.url = \"key=1\"\n",
        "[choose]\nmin_clear_share = 1.5\n", "[gate]\nmax_registration_px = 0\n",
        "[cases]\nconfirm_looks = 3\nestablish_looks = 2\n", "[sources]\nwait_nights = 0\n", "[sources]\nnights = 3\n"})
    EXPECT_NE(refusal(std::string(text) + (std::string(text).starts_with("[sources]") ? "" : least_)), "") << text;
}

TEST_F(NightConfig, AScanPassesOverWhatOnlyANightReads) {
  test::write_text(path_, least_ + "[before]\npath = \"a\"\n[after]\npath = \"b\"\n[run]\nout = \"o\"\n");
  EXPECT_NO_THROW(load(path_, {}));
}

}  // namespace
}  // namespace plotwatch::config
