#include "review/http/range.hpp"

#include <gtest/gtest.h>

namespace plotwatch::review {
namespace {

RangeAnswer part(std::uint64_t offset, std::uint64_t length) { return {RangeKind::part, {offset, length}}; }

TEST(Range, OfBytesFromAndTo) {
  EXPECT_EQ(parse_range("bytes=0-99", 1000), part(0, 100));
  EXPECT_EQ(parse_range("bytes=900-", 1000), part(900, 100));
  EXPECT_EQ(parse_range("bytes=-100", 1000), part(900, 100));
  EXPECT_EQ(parse_range("bytes=999-999", 1000), part(999, 1));
}

TEST(Range, EndsWithTheFile) {
  EXPECT_EQ(parse_range("bytes=990-5000", 1000), part(990, 10));
  EXPECT_EQ(parse_range("bytes=-5000", 1000), part(0, 1000));
}

TEST(Range, BehindTheEndIsOutside) {
  for (const char* header : {"bytes=1000-", "bytes=1000-1001", "bytes=18446744073709551615-", "bytes=-0"})
    EXPECT_EQ(parse_range(header, 1000).kind, RangeKind::outside) << header;
  EXPECT_EQ(parse_range("bytes=0-0", 0).kind, RangeKind::outside);
}

TEST(Range, ThatIsNotUnderstoodOrSeveralGetTheWholeFile) {
  for (const char* header : {"", "bytes=", "bytes=-", "bytes=5-2", "bytes=a-b", "bytes=0-1,5-9", "lines=0-1",
                             "bytes=0-1x", "bytes=99999999999999999999-", "bytes= 0-1", "0-1"})
    EXPECT_EQ(parse_range(header, 1000), (RangeAnswer{RangeKind::whole, {0, 1000}})) << header;
}

}  // namespace
}  // namespace plotwatch::review
