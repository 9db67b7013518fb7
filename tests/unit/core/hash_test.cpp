// Test vectors of FIPS 180-2, appendix B, and its change notice 1.
#include "core/hash.hpp"

#include <gtest/gtest.h>

#include "support/message_of.hpp"
#include "support/temporary_folder.hpp"
#include "support/write_text.hpp"

namespace plotwatch {
namespace {

constexpr const char* of_nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
constexpr const char* of_abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
constexpr const char* of_two_blocks = "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1";
constexpr const char* of_a_million_a = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

TEST(Sha256, TestVectors) {
  EXPECT_EQ(sha256(""), of_nothing);
  EXPECT_EQ(sha256("abc"), of_abc);
  EXPECT_EQ(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"), of_two_blocks);
  EXPECT_EQ(sha256(std::string(1000000, 'a')), of_a_million_a);
}

TEST(Sha256, PartsAddUpWhereverTheyAreCut) {
  for (const std::size_t cut :
       {std::size_t{1}, std::size_t{63}, std::size_t{64}, std::size_t{65}, std::size_t{999999}}) {
    const std::string a(1000000, 'a');
    Sha256 hash;
    hash.update(a.data(), cut);
    hash.update(a.data() + cut, a.size() - cut);
    EXPECT_EQ(hash.hex(), of_a_million_a) << cut;
  }
}

TEST(Sha256, OfAFile) {
  const test::TemporaryFolder folder;
  test::write_text(folder.file("empty"), "");
  test::write_text(folder.file("a"), std::string(1000000, 'a'));
  test::write_text(folder.file("binary"), std::string("a\0b\n", 4));
  EXPECT_EQ(sha256_file(folder.file("empty")), of_nothing);
  EXPECT_EQ(sha256_file(folder.file("a")), of_a_million_a);
  EXPECT_EQ(sha256_file(folder.file("binary")), sha256(std::string("a\0b\n", 4)));
}

TEST(Sha256, AMissingFileIsAnInputError) {
  EXPECT_EQ(test::message_of([] { sha256_file("/no/such/file"); }).substr(0, 19), "[4] /no/such/file: ");
}

}  // namespace
}  // namespace plotwatch
