// Damaged text and archives, the same ones in every run: readers give plots or an Error, never anything else. The
// libFuzzer targets in tests/fuzz look further.
#include <gtest/gtest.h>

#include "core/error.hpp"
#include "io/atomic_file.hpp"
#include "plots/boundary_points.hpp"
#include "plots/register_source.hpp"

namespace plotwatch::plots {
namespace {

class Mutator {
 public:
  explicit Mutator(unsigned seed) : state_(seed) {}
  std::size_t below(std::size_t n) {
    state_ = state_ * 6364136223846793005ull + 1442695040888963407ull;
    return n ? static_cast<std::size_t>((state_ >> 33) % n) : 0;
  }
  std::string operator()(std::string bytes) {
    for (std::size_t n = 1 + below(6); n > 0; --n) {
      const std::size_t at = below(bytes.size()), length = 1 + below(24);
      switch (below(5)) {
        case 0: bytes[at] = static_cast<char>(below(256)); break;
        case 1: bytes.erase(at, length); break;
        case 2: bytes.insert(at, bytes.substr(below(bytes.size()), length)); break;
        case 3: bytes.insert(at, length, "@,\n09.-J[\xA3\xEF"[below(11)]); break;
        default: bytes.resize(at + 1);
      }
      if (bytes.empty()) return "x";
    }
    return bytes;
  }

 private:
  unsigned long long state_;
};

std::string golden(const std::string& name) {
  return io::read_file(std::string(PLOTWATCH_SOURCE_DIR) + "/tests/golden/plots/" + name);
}

TEST(Mutations, BoundaryPointsAreReadOrRefused) {
  std::size_t plots = 0, refused = 0;
  for (const char* name : {"plain-gb18030.txt", "plain-utf8-bom.txt", "irregular-gb18030.txt", "no-header.txt"}) {
    const std::string whole = golden(name);
    Mutator mutate(7);
    for (int i = 0; i < 2500; ++i) {
      try {
        const RegisterSource source = boundary_points_source(mutate(whole), name, "EPSG:4548");
        ASSERT_FALSE(source.layer.features.empty());
        plots += source.layer.features.size();
      } catch (const Error& e) {
        ASSERT_EQ(e.code(), ExitCode::input) << e.what();
        ASSERT_FALSE(e.advice().empty()) << e.what();
        ++refused;
      }
    }
  }
  EXPECT_GT(plots, 5000u);
  EXPECT_GT(refused, 50u);
}

TEST(Mutations, BoundaryUploadsAreReadOrRefused) {
  std::size_t plots = 0, refused = 0;
  for (const char* name : {"初步调查1101150000001.zip", "no-cpg.zip"}) {
    const std::string whole = golden(name);
    Mutator mutate(11);
    for (int i = 0; i < 1500; ++i) {
      try {
        plots += boundary_upload_source(mutate(whole), name).layer.features.size();
      } catch (const Error& e) {
        ASSERT_EQ(e.code(), ExitCode::input) << e.what();
        ++refused;
      }
    }
  }
  EXPECT_GT(refused, 1000u);
}

}  // namespace
}  // namespace plotwatch::plots
